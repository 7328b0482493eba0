"""`cst eligible`: a verdict on one scheme."""

from __future__ import annotations

from cst.cli.ending import begin, draw_reasons, hand_over, walked
from cst.cli.errors import trouble
from cst.engine.verdict import verdict
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.names import exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst.cli.request import Request
    from cst.cli.saving import Keeping
    from cst.toolkit.toolkit import Toolkit

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
        from cst.cli.terminal import may_ask

        may_ask(False, f"cst eligible {name} --no-input -a QUESTION=VALUE")
    run = begin(request, toolkit, options, file, keeping, ask=ask)
    if ask:
        from cst.walk.verdict_walk import VerdictWalk

        run = walked(run, VerdictWalk(toolkit, name, run.at, run.place))
    answer = verdict(toolkit, name, run.answers, run.at, *run.place)
    from cst.views.pages.verdict import verdict_page

    failed = hand_over(run, answer, verdict_page)
    if explain:
        draw_reasons(run, [("schemes", name)])
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
