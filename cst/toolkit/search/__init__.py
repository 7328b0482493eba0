"""Finding entries by any words that people say; it only names entries, and never says what to do."""
