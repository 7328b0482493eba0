"""Running a command line in this process: hundreds of them in the time that one process takes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple
from unittest import mock

from cst.__main__ import _run
from cst.cli import request as common
from cst.toolkit.toolkit import Toolkit

NIGHTLY = os.environ.get("CST_NIGHTLY") == "1"


class Ran(NamedTuple):
    """How a command line ended, and what it wrote."""

    code: int
    out: str
    err: str


class Stream(io.TextIOWrapper):
    """A stream that is, or is not, a terminal."""

    def __init__(self, data: bytes = b"", *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(data), "utf-8", errors="replace", newline="")
        self.terminal = terminal

    def isatty(self) -> bool:
        """As it was made."""
        return self.terminal

    def written(self) -> str:
        """All that was written to it."""
        self.flush()
        held: Any = self.buffer
        return str(held.getvalue().decode("utf-8"))


@lru_cache(maxsize=4)
def _opened(overlays: tuple[str, ...]) -> Toolkit:
    return _open_with(overlays)


_open_with = common.open_with


@contextmanager
def streams(text: str, *, terminal: bool) -> Iterator[tuple[Stream, Stream]]:
    """The standard streams replaced, as the way in would set them up."""
    out, err = Stream(terminal=terminal), Stream(terminal=terminal)
    stdin = Stream(text.encode("utf-8", "surrogatepass"), terminal=terminal)
    with mock.patch.multiple(sys, stdin=stdin, stdout=out, stderr=err):
        yield out, err


def run(*arguments: str, text: str = "", terminal: bool = False, **environment: str) -> Ran:
    """Runs a command line as the program does, but for its process; the toolkit is opened once."""
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.object(common, "open_with", lambda overlays: _opened(tuple(overlays))),
        streams(text, terminal=terminal) as (out, err),
    ):
        code = _run(arguments)
        return Ran(code, out.written(), err.written())


def sample(items: Mapping[str, Any] | list[Any], most: int) -> list[Any]:
    """All of them in the nightly run; evenly spread ones, the first and the last too, in any other."""
    whole = list(items)
    if NIGHTLY or len(whole) <= most:
        return whole
    return [whole[place * (len(whole) - 1) // (most - 1)] for place in range(most)]
