"""Kept true: what people hear is written down, and what differs between editions is said."""
