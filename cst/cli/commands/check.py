"""`cst check`: proves a toolkit or overlay, every fault in one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cst import CONTRACT
from cst.checks.all_proofs import edition_day, proofs
from cst.checks.cases import case_faults
from cst.checks.overlay_changes import changes, out_of_date
from cst.checks.proof import Proof, Wrong
from cst.checks.somebody_answers import reviews_due
from cst.cli.errors import Trouble
from cst.cli.output import show
from cst.cli.request import Request, open_with
from cst.exits import Exit
from cst.source import yaml
from cst.source.open import shipped_files
from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from cst import contract

COUNTED = ("issues", "contacts", "schemes", "pathways", "questions", "cautions", "terms", "areas", "sources")


def check(request: Request, files: Sequence[str]) -> int:
    """Proves the shipped toolkit with these overlays on top; shows every fault, or what was proved.

    Args:
        request: the options that mean the same everywhere.
        files: overlays.

    Raises:
        Trouble: a file cannot be read.
    """
    overlays = [*request.overlays, *files]
    try:
        toolkit = open_with(overlays, cases=True)
    except Trouble as refused:
        if refused.exit_code != Exit.REFUSED:
            raise
        report: contract.Faults = {
            "cst": CONTRACT,
            "kind": "faults",
            "exit": Exit.NO,
            "faults": refused.faults,
            "checked": {},
        }
    else:
        report = _proved(toolkit, overlays)
    from cst.views.pages.faults import faults_page

    show(report, faults_page, request)
    return report["exit"]


def _proved(toolkit: Toolkit, overlays: Sequence[str]) -> contract.Faults:
    """What the proofs and the cases came to, and what overlays change."""
    shipped = open_with([], cases=True) if overlays else toolkit
    proved = list(proofs(toolkit))
    faults = [_case(says) for says in case_faults(toolkit)]
    wrong = [wrong for proof in proved for wrong in proof.wrong]
    faults += _located([*out_of_date(shipped, toolkit), *wrong], [*shipped_files(cases=True), *overlays])
    due = reviews_due(toolkit, edition_day(toolkit))
    return {
        "cst": CONTRACT,
        "kind": "faults",
        "exit": int(Exit.NO if faults else Exit.DONE),
        "faults": faults,
        "checked": {kind: len(toolkit.kind(kind)) for kind in COUNTED}
        | {"cases": len(toolkit.records.get("cases", ()))},
        "changes": changes(shipped, toolkit) if overlays else [],
        "proved": [_said(proof) for proof in proved],
        "due": [{"by": day, "contacts": contacts} for day, contacts in due.items()],
    }


def _said(proof: Proof) -> contract.Proved:
    return {"promise": proof.promise, "tried": proof.tried, "holds": not proof.wrong}


def _case(says: str) -> contract.Fault:
    return {
        "code": "case",
        "file": "",
        "line": 0,
        "says": says,
        "remedy": "Mend the rule, or the case if the facts have changed.",
    }


def _located(wrong: Sequence[Wrong], files: Sequence[str]) -> list[contract.Fault]:
    """Counter-examples with the file and line of the record each is about; files are read again only for that."""
    return list(_faults(wrong, files)) if wrong else []


def _faults(wrong: Sequence[Wrong], files: Sequence[str]) -> Iterator[contract.Fault]:
    trees = [(file, yaml.read(Path(file).read_bytes(), file)[0]) for file in reversed(files)]
    for one in wrong:
        kind, name = (*one.record, "")[:2]
        file, line = next(
            ((file, yaml.line_of(tree, one.record)) for file, tree in trees if not name or name in tree.get(kind, ())),
            ("", 0),
        )
        says = f"{one.says[0].upper()}{one.says[1:]}."
        remedy = f"{one.remedy[0].upper()}{one.remedy[1:]}."
        yield {"code": one.code, "file": file, "line": line, "says": says, "remedy": remedy}
