"""A page drawn: panels, plain text, Markdown, JSON; no word of advice is written here."""
