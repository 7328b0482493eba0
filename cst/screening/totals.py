"""How many rows came to which verdict, and which question would settle most of those that cannot be said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from cst.screening.caseload import RowVerdict


@dataclass
class Totals:
    """Counts while rows go by: the one value here that changes."""

    rows: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    would_settle: Counter[str] = field(default_factory=Counter)

    def add(self, said: RowVerdict) -> None:
        """Counts one row."""
        self.rows += 1
        self.verdicts[said.verdict] += 1
        if said.would_settle:
            self.would_settle.update(said.would_settle.split("; "))

    def balanced(self) -> bool:
        """Whether every row has one verdict."""
        return self.rows == sum(self.verdicts.values())
