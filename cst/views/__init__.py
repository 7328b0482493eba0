"""How it looks: one page structure, drawn as panels, plain text or JSON. Nothing is decided here."""
