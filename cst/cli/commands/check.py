"""`cst check`: proves a toolkit or overlay, every fault in one run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
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
from cst.cli.request import Request, copies, open_with
from cst.exits import Exit
from cst.plain_file import read_plain
from cst.source import yaml
from cst.source.briefs import unsigned
from cst.source.open import shipped_files, wrong_copies
from cst.toolkit.toolkit import Toolkit
from cst.views.formats.safe_text import one_line

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
    own = [file for file in files if not _is_shipped(file)]
    for file in files:
        if file not in own:
            sys.stderr.write(f"{one_line(file)} is shipped with cst already: every check reads it.\n")
    overlays = [*request.overlays, *own]
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


def _is_shipped(file: str) -> bool:
    """Whether a file is one of those that cst is made of, or a copy of one: that is no overlay on itself."""
    try:
        held = read_plain(file, yaml.MOST_BYTES)
    except OSError:
        return False
    return any(held == Path(one).read_bytes() for one in shipped_files(cases=True))


def _proved(toolkit: Toolkit, overlays: Sequence[str]) -> contract.Faults:
    """What the proofs and the cases came to, and what overlays change."""
    shipped = open_with([], cases=True) if overlays else toolkit
    proved = list(proofs(toolkit))
    files = [*shipped_files(cases=True), *overlays]
    faults = _cases(list(case_faults(toolkit)), files)
    wrong = [wrong for proof in proved for wrong in proof.wrong]
    faults += _located([*out_of_date(shipped, toolkit), *wrong], files)
    faults += [*_copy_faults(shipped, ()), *(_copy_faults(toolkit, overlays) if overlays else ())]
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
        "unsigned": unsigned(toolkit.records),
        "due": [{"by": day, "contacts": contacts} for day, contacts in due.items()],
    }


def _said(proof: Proof) -> contract.Proved:
    return {"promise": proof.promise, "tried": proof.tried, "holds": not proof.wrong}


def _cases(wrong: Sequence[str], files: Sequence[str]) -> list[contract.Fault]:
    """What does not come out as the cases say, each with the line of its case."""
    if not wrong:
        return []
    places = {
        case["name"]: (file, yaml.line_of(tree, ("cases", place)))
        for file, tree in _trees(files)
        for place, case in enumerate(tree.get("cases", ()))
    }
    found = (next((at for name, at in places.items() if says.startswith(f"{name}: ")), ("", 0)) for says in wrong)
    return [_case(says, *at) for says, at in zip(wrong, found, strict=True)]


def _case(says: str, file: str, line: int) -> contract.Fault:
    remedy = "Mend the rule or the record behind it, or the case if the facts have changed."
    return {"code": "case", "file": file, "line": line, "says": says, "remedy": remedy}


def _trees(files: Sequence[str]) -> list[tuple[str, yaml.Mapping]]:
    """The files as they are read, the last first: an overlay stands before what it corrects."""
    return [(file, yaml.read(Path(file).read_bytes(), file)[0]) for file in reversed(files)]


def _copy_faults(toolkit: Toolkit, overlays: Sequence[str]) -> Iterator[contract.Fault]:
    """A run-time copy that is not what the files say, or not this user's own: it is taken away."""
    folder = copies()
    for file, wrong in wrong_copies(toolkit, shipped_files(), overlays, folder) if folder else ():
        with suppress(OSError):
            os.unlink(file)
        gone = "It could not be removed." if os.path.lexists(file) else "It has been removed."
        says = f"There is something wrong with the run-time copy {file}: {wrong}. {gone}"
        remedy = "Run this again. If it comes back, find out who else can write there."
        yield {"code": "copy", "file": "", "line": 0, "says": says, "remedy": remedy}


def _located(wrong: Sequence[Wrong], files: Sequence[str]) -> list[contract.Fault]:
    """Counter-examples with the file and line of the record each is about; files are read again only for that."""
    return list(_faults(wrong, files)) if wrong else []


def _faults(wrong: Sequence[Wrong], files: Sequence[str]) -> Iterator[contract.Fault]:
    trees = _trees(files)
    for one in wrong:
        kind, name = (*one.record, "")[:2]
        file, line = next(
            ((file, yaml.line_of(tree, one.record)) for file, tree in trees if not name or name in tree.get(kind, ())),
            ("", 0),
        )
        says = f"{one.says[0].upper()}{one.says[1:]}."
        remedy = f"{one.remedy[0].upper()}{one.remedy[1:]}."
        yield {"code": one.code, "file": file, "line": line, "says": says, "remedy": remedy}
