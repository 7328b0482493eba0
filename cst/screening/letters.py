"""Whether the letters of a file come from two programs: some are UTF-8, and some can only be Windows-1252.

Each is read for itself, so no name changes for another's sake. But nobody can be sure of such a file, so it is said.
"""

from __future__ import annotations

import re

from cst.screening.people_file import People, binary

_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def odd_line(people: People) -> int | None:
    """The first line with letters that are not UTF-8, in a file that has letters in UTF-8 as well; else None."""
    odd, other = None, False
    with binary(people) as file:
        for number, line in enumerate(file, 1):
            if not line.isascii():
                other = other or bool(_UTF8.search(line))
                odd = odd or (None if _decodes(line) else number)
            if odd and other:
                return odd
    return None


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
