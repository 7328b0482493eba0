"""A proof and its counter-examples.

A proof looks at every state, not at examples. What it finds wrong it says as a counter-example in words, with the
record to mend.
"""

from __future__ import annotations

from typing import NamedTuple


class Wrong(NamedTuple):
    """A counter-example: a short code, the record it is about (kind and id), what is wrong, and how to mend it."""

    code: str
    record: tuple[str, ...]
    says: str
    remedy: str


class Proof(NamedTuple):
    """One promise, over how much it was tried, and what speaks against it: nothing, where it is proved."""

    promise: str
    tried: str
    wrong: tuple[Wrong, ...] = ()
