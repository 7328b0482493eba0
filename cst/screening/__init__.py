"""A file of people to verdicts, and a rule as SQL. One compiler of rules, one reading of cells, both in SQL alone.

Nothing about one person is shown on a screen here, and nothing in Python may judge a row.
"""
