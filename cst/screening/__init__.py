"""A file of people to verdicts, and a rule as SQL; nothing about one person is shown on a screen."""
