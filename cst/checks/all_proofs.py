"""All proofs, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cst.checks import agreement, not_known, nothing_idle, numbers, protection, schemes, somebody_answers, triage
from cst.checks.proof import Proof
from cst.toolkit.toolkit import Toolkit

MODULES = (triage, protection, not_known, schemes, nothing_idle, somebody_answers, agreement, numbers)


def proofs(toolkit: Toolkit) -> Iterator[Proof]:
    """Proves a toolkit, as things stand on the day its edition was published.

    Yields:
        One proof for each promise; one with nothing wrong is proved.
    """
    day = edition_day(toolkit)
    for module in MODULES:
        yield from module.proofs(toolkit, day)


def edition_day(toolkit: Toolkit) -> date:
    """The day the edition was published."""
    return date.fromisoformat(toolkit.records["edition"]["published"])
