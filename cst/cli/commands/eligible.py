"""`cst eligible`: a verdict on one scheme."""

from __future__ import annotations

from cst.cli.answer_input import resumed
from cst.cli.errors import trouble
from cst.cli.output import show
from cst.cli.request import Request
from cst.engine.plan import Situation
from cst.engine.questions import describe_answers
from cst.engine.verdict import verdict
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.names import exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst.toolkit.toolkit import Toolkit

if TYPE_CHECKING:
    from cst.cli.saving import Keeping

CODES = {"eligible": Exit.DONE, "not-eligible": Exit.NO, "cannot-say": Exit.CANNOT_SAY}


def eligible(
    request: Request,
    scheme: str,
    options: Sequence[str],
    file: str | None,
    *,
    ask: bool,
    explain: bool = False,
    keeping: Keeping | None = None,
) -> int:
    """Gives a verdict, asking for what is missing when `ask` is set; shows it and gives the exit code."""
    toolkit = request.toolkit()
    name = scheme_called(toolkit, scheme)
    if ask:
        from cst.walk.session import may_ask

        may_ask(False, f"cst eligible {name} --no-input -a QUESTION=VALUE")
    place = None
    if keeping:
        from cst.cli.saving import place_for

        place = place_for(keeping, request, ask=ask)
    answers, saved_area = resumed(toolkit, options, file)
    at, (area, area_says) = request.moment(toolkit), request.resuming(saved_area).place(toolkit)
    keep, cleared, failed = True, False, None
    if ask:
        from cst.walk.session import walk
        from cst.walk.topics import verdict_topic

        answers, keep, cleared = walk(
            toolkit, answers, verdict_topic(toolkit, name, at, area, request, area_says), request
        )
    answer = verdict(toolkit, name, answers, at, area)
    answer["area_says"] = None if answer["area"] else area_says
    from cst.views.pages.verdict import verdict_page

    if keeping:
        from cst.cli.saving import hand_over

        page = keeping.page(verdict_page, describe_answers(toolkit, answers))
        shows = keep or (keeping.copy_text and not cleared)
        failed = hand_over(answer, page, keeping.form(request), place, shows=shows)
    elif keep:
        show(answer, verdict_page, request)
    if explain and keep and not request.json:
        from cst.cli.commands.graph import explained

        explained(toolkit, [("schemes", name)], Situation(toolkit, answers, at, area))
    return failed or CODES[answer["verdict"]]


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
