"""Lines of a calendar (RFC 5545) or of an address book (RFC 2426): what is escaped in them, and how they are folded.

Lines end in CR LF and are folded at 75 octets; backslashes, commas, semicolons and ends of lines in texts are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cst.views.formats.safe_text import clean

_OCTETS = 75


def content(lines: Iterable[str]) -> str:
    """The whole file."""
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def escaped(text: str) -> str:
    """A text as it stands after the colon; each line of it with single blanks alone."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return "\\n".join(" ".join(line.split()) for line in clean(text).split("\n"))


def _folded(line: str) -> Iterator[str]:
    """Parts of at most 75 octets, no sign cut in two; each after the first begins with a blank."""
    part, octets = "", 0
    for sign in line:
        size = len(sign.encode("utf-8"))
        if octets + size > _OCTETS:
            yield part
            part, octets = " ", 1
        part, octets = part + sign, octets + size
    yield part
