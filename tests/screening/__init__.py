"""Screening: each row of a caseload has the verdict that a person asked about would have (promises 2 and 8)."""
