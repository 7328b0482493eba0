"""Somebody to ask: menus on a capable terminal, numbered lines anywhere else, with the screen taken over meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cst.exits import Exit, Interrupted, Left
from cst.walk.asker import Leave

if TYPE_CHECKING:
    from cst.walk.asker import Asker, FindPlace, FindTopics
    from cst.walk.console import Console


@contextmanager
def asking(console: Console, found: FindPlace | None = None, topics: FindTopics | None = None) -> Iterator[Asker]:
    """Who asks at a console, until the end of the block; with `found` areas can be typed, with `topics` topics.

    Raises:
        Left: the person left before the end, by q, the end of input or Ctrl-C.
        Interrupted: told to stop.
    """
    try:
        with asker(console, found, topics) as someone:
            yield someone
    except Leave:
        raise Left from None
    except Interrupted:
        raise
    except KeyboardInterrupt:
        raise Left(Exit.INTERRUPTED) from None


def asker(console: Console, found: FindPlace | None = None, topics: FindTopics | None = None) -> Asker:
    """Menus or numbered lines, whichever a console can show; without `found`, areas are chosen like anything else."""
    from cst.walk.numbered_lines import Lines

    if not (console.menus and console.source.isatty() and console.sink.isatty()):
        return Lines(console.source, console.sink, console.heard, found, topics)
    from cst.walk.menus import Menus

    return Menus(Lines(console.source, console.sink, found=found, topics=topics), colour=console.colour)
