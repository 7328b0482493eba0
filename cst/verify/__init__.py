"""Confirming a contact with whoever answers it: what to ask, how answers are read, and the record they come to."""
