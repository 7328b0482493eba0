"""What can be wrong with a toolkit file, said so that a person can mend it."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Fault(NamedTuple):
    """One fault: a code that stays the same, the place, what is wrong and what to do."""

    code: str
    file: str
    line: int
    says: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.says} - {self.remedy} [{self.code}]"


class Refused(Exception):
    """A toolkit or overlay that is not used, with all its faults."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line))
        super().__init__("\n".join(map(str, self.faults)))
