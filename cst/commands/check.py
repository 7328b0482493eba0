"""`cst check`: proves a toolkit or overlay, every fault in one run."""

from __future__ import annotations

from collections.abc import Sequence

from cst.checks.cases import case_faults
from cst.commands.common import Asked, open_with
from cst.commands.showing import show
from cst.commands.trouble import Trouble
from cst.contract import VERSION, FaultSaid, FaultsSaid
from cst.exits import Exit
from cst.toolkit import Toolkit

COUNTED = ("issues", "contacts", "schemes", "pathways", "questions", "cautions", "terms", "areas", "sources", "cases")


def check(asked: Asked, files: Sequence[str]) -> Exit:
    """Checks the shipped toolkit with these overlays on top; shows every fault, or what was checked."""
    faults: list[FaultSaid] = []
    checked: dict[str, int] = {}
    try:
        toolkit = open_with([*asked.overlays, *files])
    except Trouble as refused:
        if refused.exit_code is not Exit.REFUSED:
            raise
        faults = refused.faults
    else:
        faults = [_case(says) for says in case_faults(toolkit)]
        checked = _counts(toolkit)
    code = Exit.NO if faults else Exit.DONE
    from cst.views.faults import faults_page

    show(FaultsSaid(cst=VERSION, kind="faults", exit=int(code), faults=faults, checked=checked), faults_page, asked)
    return code


def _case(says: str) -> FaultSaid:
    return FaultSaid(
        code="case", file="", line=0, says=says, remedy="Mend the rule, or the case if the facts have changed."
    )


def _counts(toolkit: Toolkit) -> dict[str, int]:
    return {kind: len(toolkit.records.get(kind, ())) for kind in COUNTED}
