"""Running a command line in this process: hundreds of them in the time that one process takes."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple
from unittest import mock

from cst.__main__ import _run
from cst.checks.all_proofs import proofs
from cst.checks.cases import case_faults
from cst.checks.proof import Proof
from cst.cli import request as common
from cst.cli.commands import check
from cst.toolkit.toolkit import Toolkit


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
def _proved(toolkit: Toolkit) -> list[Proof]:
    return list(proofs(toolkit))


@lru_cache(maxsize=4)
def _case_faults(toolkit: Toolkit) -> list[str]:
    return list(case_faults(toolkit))


@lru_cache(maxsize=4)
def _opened(overlays: tuple[str, ...], cases: bool) -> Toolkit:
    return _open_with(overlays, cases=cases)


_open_with = common.open_with


def _open_once(overlays: Sequence[str], *, cases: bool = False) -> Toolkit:
    """What is opened stays the same: a damaged toolkit is tried in a process of its own."""
    return _opened(tuple(overlays), cases)


@contextmanager
def streams(text: str, *, terminal: bool) -> Iterator[tuple[Stream, Stream]]:
    """The standard streams replaced, as the way in would set them up."""
    out, err = Stream(terminal=terminal), Stream(terminal=terminal)
    stdin = Stream(text.encode("utf-8", "surrogatepass"), terminal=terminal)
    with mock.patch.multiple(sys, stdin=stdin, stdout=out, stderr=err):
        yield out, err


def run(*arguments: str, text: str = "", terminal: bool = False, **environment: str) -> Ran:
    """Runs a command line as the program does, but for its process; a toolkit is opened once and proved once."""
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.object(common, "open_with", _open_once),
        mock.patch.multiple(check, open_with=_open_once, proofs=_proved, case_faults=_case_faults),
        streams(text, terminal=terminal) as (out, err),
    ):
        code = _run(arguments)
        return Ran(code, out.written(), err.written())
