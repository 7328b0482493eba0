"""Answers in, what to say out: plan, verdict, entry, call order; no screen, no file, no clock."""
