"""Decisions: "not sure" never means no, an outcome names what decided it, and rules mean what they say (promises 2, 6
and 12).
"""
