"""Packed: what is handed on is this project alone, the same bytes each time, and works where nothing else is."""
