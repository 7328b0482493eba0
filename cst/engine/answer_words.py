"""Yes, no and not sure in the words that people and programs use: the one table that prompts, options and files share.

Compared in small letters, with single blanks. A word that is not here is never guessed at.
"""

from __future__ import annotations

_DO_NOT_KNOW = tuple(f"{who}{how} know" for who in ("", "i ") for how in ("don't", "dont", "don\u2019t", "do not"))

YES = ("yes", "y", "true")
NO = ("no", "n", "false")
NOT_SURE = ("not-sure", "not sure", "notsure", "ns", "unsure", "dk", "dunno", *_DO_NOT_KNOW, "?")

# What only programs write, and only a file of people may hold: at a prompt a digit is a place in a list.
YES_IN_FILES = (*YES, "t", "1", "on")
NO_IN_FILES = (*NO, "f", "0", "off")
NOT_SURE_IN_FILES = (*NOT_SURE, "not_sure", "unknown", "not known", "n/k", "nk")
BLANK_IN_FILES = ("", "null")  # databases write the second


def plainly(text: str) -> str:
    """A text as these words are compared: in small letters, with single blanks."""
    return " ".join(text.casefold().split())


def is_not_sure(text: str) -> bool:
    """Whether a text is a known way to say "not sure"."""
    return plainly(text) in NOT_SURE
