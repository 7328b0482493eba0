"""Knowledge: every fact has a source and a date, and what the toolkit holds is proved (promises 5 and 6)."""
