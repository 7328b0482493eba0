"""Yes, no and not sure in the words that people and programs use: the one table that prompts, options and files share.

Compared in small letters, with single blanks. A word that is not here is never guessed at.
"""

from __future__ import annotations

_DO_NOT_KNOW = tuple(f"{who}{how} know" for who in ("", "i ") for how in ("don't", "dont", "don\u2019t", "do not"))

YES = ("yes", "y", "true")
NO = ("no", "n", "false")
NOT_SURE = ("u", "not-sure", "not sure", "notsure", "ns", "unsure", "dk", "dunno", *_DO_NOT_KNOW, "?")

# What only programs write, and only a file of people may hold: at a prompt a digit is a place in a list.
YES_IN_FILES = (*YES, "t", "1", "1.0", "on")  # data frames write 1 as 1.0 once a cell of the column is blank
NO_IN_FILES = (*NO, "f", "0", "0.0", "off")
_NOT_GIVEN = ("not stated", "not recorded", "not disclosed", "prefer not to say", "declined", "refused")
NOT_SURE_IN_FILES = (*NOT_SURE, "not_sure", "unknown", "not known", "n/k", "nk", *_NOT_GIVEN)
# How databases, spreadsheets and data frames write that nothing is there; R writes NA, and a dump of a database \\N.
BLANK_IN_FILES = ("", "null", "(null)", "nan", "nat", "na", "n/a", "n.a.", "#n/a", "<na>", "\\n")
# Python's word. In small letters it is an answer: none of these. So these two count as they stand, letter for letter.
BLANK_AS_WRITTEN = ("None", "NONE")


def plainly(text: str) -> str:
    """A text as these words are compared: in small letters, with single blanks."""
    return " ".join(text.casefold().split())


def is_not_sure(text: str) -> bool:
    """Whether a text is a known way to say "not sure"."""
    return plainly(text) in NOT_SURE
