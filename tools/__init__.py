"""What writes pages of documents and pictures from the data and the code; each page says which one wrote it."""
