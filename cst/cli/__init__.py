"""The command line: arguments in, an answer out, an exit code; nothing about danger or whom to ring is decided here."""
