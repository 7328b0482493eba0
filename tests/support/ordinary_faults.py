"""The ordinary ways in which a maintainer breaks a local file: one slip each in a file that is sound.

Each has the line that must be named, words of what is wrong, and words of how to mend it.
"""

from __future__ import annotations

from typing import NamedTuple

SOUND = """\
# What our team adds
contacts:
  our-desk:
    name: Our duty desk
    serves: [anyshire]
    status: active
    phones:
      - {number: "01632 960001", kind: voice}
    schedule:
      - {days: Mon-Fri, opens_at: "09:00", closes_at: "17:00"}
    out_of_hours: no
    evidence:
      - {source: our-list, consulted: 2026-11-22}
    confidence: our own list

sources:
  our-list:
    title: Our list
    publisher: Our team
    dated: 2026-11
    consulted: 2026-11-22

terms:
  our-word:
    title: Our word
    meaning: What we mean by it.
    see_also: [our-desk]
    sources: [our-list]
"""


class Slip(NamedTuple):
    """One slip: its name, the file with it, the line to be named, what must be said, and how to mend it."""

    name: str
    text: str
    line: int
    says: str
    remedy: str


def _slip(name: str, was: str, becomes: str, says: str, remedy: str, line: int = 0) -> Slip:
    """A slip where `was` stands in the sound file; the line is the first that differs unless another is given."""
    assert SOUND.count(was) == 1, f"{name}: {was} stands {SOUND.count(was)} times"
    text = SOUND.replace(was, becomes)
    pairs = enumerate(zip(SOUND.split("\n"), text.split("\n"), strict=False), 1)
    return Slip(name, text, line or next(number for number, (before, after) in pairs if before != after), says, remedy)


FAULTS = [
    _slip("tab", "    name: Our duty", "\tname: Our duty", "tab", "blanks"),
    _slip("tab-within", "      - {number", "    \t- {number", "tab", "blanks"),
    _slip("no-colon", "status: active", "status active", "colon", "colon"),
    _slip("no-blank-after-colon", "status: active", "status:active", "colon", "blank after"),
    _slip("no-colon-after-id", "our-word:\n", "our-word\n", "colon", "colon"),
    _slip("too-far-in", "    status", "      status", "indent", "as far in"),
    _slip("too-far-out", "    status", "   status", "indent", "as far in"),
    _slip("record-too-far-out", "  our-word", "our-word", "not a field", "remove", 24),
    _slip("open-double-quote", '"01632 960001"', '"01632 960001', "quote", "close"),
    _slip("open-single-quote", "title: Our word", "title: 'Our word", "quote", "close"),
    _slip("apostrophe-in-single-quotes", "title: Our word", "title: 'Our team's word'", "quote", "double quotes"),
    _slip("open-bracket", "serves: [anyshire]", "serves: [anyshire", "bracket", "close"),
    _slip("open-brace", "kind: voice}", "kind: voice", "brace", "close"),
    _slip("colon-in-text", "What we mean by it.", "What we mean: this.", "colon", "quotes"),
    _slip("hash-in-text", "What we mean by it.", "#1 of our words", "empty", "write it"),
    _slip("at-sign", "title: Our word", "title: @ourword", "cannot begin", "quotes"),
    _slip("per-cent", "title: Our word", "title: %ourword", "cannot begin", "quotes"),
    _slip("star", "title: Our word", "title: *our word", "points at", "write the value"),
    _slip("exclamation", "title: Our word", "title: !our word", "type", "remove the tag"),
    _slip("repeated-field", "    title: Our word\n", "    title: Our word\n    title: Word\n", "twice", "keep one", 26),
    _slip("repeated-record", "terms:\n", "terms:\n  our-word: {}\n", "twice", "keep one", 25),
    _slip("no-name", "    name: Our duty desk\n", "", "name is missing", "add name:", 3),
    _slip("no-sources", "    sources: [our-list]\n", "", "sources is missing", "add sources:", 24),
    _slip("misspelt-field", "meaning:", "meening:", "not a field", "did you mean meaning"),
    _slip("misspelt-section", "terms:", "term:", "not a field", "did you mean terms"),
    _slip("misspelt-status", "status: active", "status: actve", "not allowed", "'active'"),
    _slip("number-without-quotes", '"01632 960001"', "01632 960001", "in quotes", '"01632 960001"'),
    _slip("letters-in-number", "01632 960001", "01632 O60001", "not a telephone number", "digits"),
    _slip("hour-without-quotes", '"17:00"', "17:00", "in quotes", '"17:00"'),
    _slip("hour-with-dot", '"17:00"', '"17.00"', "not a time of day", '"08:30"'),
    _slip("hour-past-midnight", '"17:00"', '"25:00"', "not a time of day", '"08:30"'),
    _slip("hours-turned-round", '"17:00"', '"08:00"', "opens at", "rows", 9),
    _slip("no-such-day", "Mon-Fri", "Mon-Fry", "not a day", "rows", 9),
    _slip("no-such-area", "serves: [anyshire]", "serves: [anyshir]", "no anyshir", "id of a record that is there"),
    _slip("no-such-source", "sources: [our-list]", "sources: [our-lists]", "no our-lists", "id of a record"),
    _slip("list-without-brackets", "sources: [our-list]", "sources: our-list", "a list belongs", "hyphen"),
    _slip("two-forms", "sources: [our-list]", "sources: [our-list]\n      - our-list", "indent", "as far in", 29),
    _slip("british-date", "2026-11-22}", "22/11/2026}", "not a date", "year-month-day"),
    _slip("yes-in-words", "out_of_hours: no", "out_of_hours: nope", "neither yes nor no", "yes or no"),
    _slip("unquoted-answer", "title: Our word", "title: No", "in quotes", '"No"'),
    _slip("capital-id", "  our-word", "  Our-Word", "not an id", "small letters"),
    _slip("blank-in-id", "  our-desk:", "  our desk:", "not an id", "hyphens"),
    _slip("number-in-text", "What we mean by it.", "Ring 01632 960001.", "could be dialled", "contacts"),
    _slip("curly-quotes", '"01632 960001"', "\u201c01632 960001\u201d", "not a telephone number", "digits"),
    _slip("document-mark", "terms:", "---\nterms:", "second document", "keep one"),
]
