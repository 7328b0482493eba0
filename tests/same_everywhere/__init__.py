"""The same everywhere: every form holds the same numbers in the same order, and the first screen is enough (promises 8
and 11).
"""
