"""The danger line on the screen before anything heavy is loaded: what asks takes half a second to load.

It is taken back once the walk has the screen, which shows it on every page of its own. Not where lines are read aloud
or printed: those begin with the whole card, and nothing can be taken back there.
"""

from __future__ import annotations

import sys

from cst import card
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

UP_AND_CLEAR = "\x1b[1A\r\x1b[K"
_said: list[TextIO] = []  # the stream it stands on


def say() -> None:
    """Writes the danger line where menus can follow."""
    if not sys.stdout.isatty() or card.is_lines_only():
        return
    sys.stdout.write(f"{card.LINE}\n")
    sys.stdout.flush()
    _said.append(sys.stdout)


def take_back() -> bool:
    """Clears the line again, where it was written; gives whether it was."""
    was = bool(_said) and _said.pop() is sys.stdout
    if was:
        sys.stdout.write(UP_AND_CLEAR)
        sys.stdout.flush()
    return was
