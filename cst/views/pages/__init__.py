"""What stands on each page, in which order; how it is drawn is left to the formats."""
