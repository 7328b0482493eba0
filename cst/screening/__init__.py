"""A file of people to verdicts, and a rule as SQL; nothing in Python judges a row, nothing shows one on a screen."""
