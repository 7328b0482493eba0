"""How an answer looks: one page, drawn in several forms; nothing is decided here and no file is read."""
