"""The commands: arguments in, a view out. Nothing is decided here."""
