"""`cst check`: proves a toolkit or overlay, every fault in one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cst.checks import Proof, Wrong
from cst.checks.cases import case_faults
from cst.checks.ladders import reviews_due
from cst.checks.proofs import edition_day, proofs
from cst.commands.common import Asked, open_with
from cst.commands.showing import show
from cst.commands.trouble import Trouble
from cst.contract import VERSION, DueSaid, FaultSaid, FaultsSaid, ProvedSaid
from cst.exits import Exit
from cst.toolkit import Toolkit, shipped_files

COUNTED = ("issues", "contacts", "schemes", "pathways", "questions", "cautions", "terms", "areas", "sources", "cases")


def check(asked: Asked, files: Sequence[str]) -> Exit:
    """Proves the shipped toolkit with these overlays on top; shows every fault, or what was proved."""
    overlays = [*asked.overlays, *files]
    try:
        toolkit = open_with(overlays)
    except Trouble as refused:
        if refused.exit_code is not Exit.REFUSED:
            raise
        said = FaultsSaid(cst=VERSION, kind="faults", exit=int(Exit.NO), faults=refused.faults, checked={})
    else:
        said = _proved(toolkit, [*shipped_files(), *overlays])
    from cst.views.faults import faults_page

    show(said, faults_page, asked)
    return Exit(said["exit"])


def _proved(toolkit: Toolkit, files: Sequence[str]) -> FaultsSaid:
    """What the proofs and the cases came to."""
    proved = list(proofs(toolkit))
    faults = [_case(says) for says in case_faults(toolkit)]
    faults += _located([wrong for proof in proved for wrong in proof.wrong], files)
    due = reviews_due(toolkit, edition_day(toolkit))
    return FaultsSaid(
        cst=VERSION,
        kind="faults",
        exit=int(Exit.NO if faults else Exit.DONE),
        faults=faults,
        checked={kind: len(toolkit.records.get(kind, ())) for kind in COUNTED},
        proved=[_said(proof) for proof in proved],
        due=[DueSaid(by=day, contacts=contacts) for day, contacts in due.items()],
    )


def _said(proof: Proof) -> ProvedSaid:
    return ProvedSaid(promise=proof.promise, tried=proof.tried, holds=not proof.wrong)


def _case(says: str) -> FaultSaid:
    return FaultSaid(
        code="case", file="", line=0, says=says, remedy="Mend the rule, or the case if the facts have changed."
    )


def _located(wrong: Sequence[Wrong], files: Sequence[str]) -> list[FaultSaid]:
    """Counter-examples with the file and line of the record each is about; files are read again only for that."""
    return list(_faults(wrong, files)) if wrong else []


def _faults(wrong: Sequence[Wrong], files: Sequence[str]) -> Iterator[FaultSaid]:
    from pathlib import Path

    from cst.toolkit import yaml

    trees = [(file, yaml.read(Path(file).read_bytes(), file)[0]) for file in reversed(files)]
    for one in wrong:
        kind, name = (*one.record, "")[:2]
        file, line = next(
            ((file, yaml.line_of(tree, one.record)) for file, tree in trees if not name or name in tree.get(kind, ())),
            ("", 0),
        )
        says = f"{one.says[0].upper()}{one.says[1:]}."
        remedy = f"{one.remedy[0].upper()}{one.remedy[1:]}."
        yield FaultSaid(code=one.code, file=file, line=line, says=says, remedy=remedy)
