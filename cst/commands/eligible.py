"""`cst eligible`: a verdict on one scheme."""

from __future__ import annotations

from collections.abc import Sequence

from cst.commands.common import Asked, given_answers
from cst.commands.showing import show
from cst.commands.trouble import trouble
from cst.eligibility import verdict
from cst.exits import Exit
from cst.interview import Situation
from cst.toolkit import Toolkit
from cst.toolkit.names import exact

CODES = {"eligible": Exit.DONE, "not-eligible": Exit.NO, "cannot-say": Exit.CANNOT_SAY}


def eligible(
    asked: Asked, scheme: str, options: Sequence[str], file: str | None, *, ask: bool, explain: bool = False
) -> Exit:
    """Gives a verdict, asking for what is missing when `ask` is set; shows it and gives the exit code."""
    toolkit = asked.toolkit()
    name = scheme_called(toolkit, scheme)
    answers = given_answers(toolkit, options, file)
    at, (area, area_says) = asked.moment(toolkit), asked.place(toolkit)
    keep = True
    if ask:
        from cst.commands.topics import verdict_topic
        from cst.commands.walking import walk

        answers, keep = walk(toolkit, answers, verdict_topic(toolkit, name, at, area, asked), asked)
    said = verdict(toolkit, name, answers, at, area)
    said["area_says"] = None if said["area"] else area_says
    if keep:
        from cst.views.verdict import verdict_page

        show(said, verdict_page, asked)
    if explain and keep and not asked.json:
        from cst.commands.graph import explained

        explained(toolkit, [("schemes", name)], Situation(toolkit, answers, at, area))
    return CODES[said["verdict"]]


def scheme_called(toolkit: Toolkit, text: str) -> str:
    """The id of the scheme with this id or name.

    Raises:
        Trouble: there is none; it names the nearest.
    """
    found = [name for kind, name in exact(toolkit.names, text) if kind == "schemes"]
    if found:
        return found[0]
    import difflib

    near = difflib.get_close_matches(text.casefold(), toolkit.kind("schemes"), 1, 0.5)
    closest = f"Did you mean {near[0]}? " if near else ""
    raise trouble(
        Exit.USAGE,
        "scheme",
        f"No scheme is called {text:.60}.",
        f"{closest}The schemes are: {', '.join(toolkit.kind('schemes'))}.",
    )
