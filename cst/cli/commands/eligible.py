"""`cst eligible`: a verdict on one scheme."""

from __future__ import annotations

import sys

from cst.cli.ending import begin, draw_reasons, hand_over, walked
from cst.cli.errors import either, trouble
from cst.engine.verdict import verdict
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.names import exact, normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst.cli.request import Request
    from cst.cli.saving import Keeping
    from cst.toolkit.toolkit import Toolkit

NEAREST = 3
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
    request, name, taken = _understood(request, toolkit, scheme)
    if ask:
        from cst.cli.terminal import may_ask

        may_ask(False, f"cst eligible {name} --no-input -a QUESTION=VALUE")
    run = begin(request, toolkit, options, file, keeping, ask=ask)
    if ask:
        from cst.walk.verdict_walk import VerdictWalk

        run = walked(run, VerdictWalk(toolkit, name, run.at, run.place, taken))
    answer = verdict(toolkit, name, run.answers, run.at, *run.place)
    from cst.views.pages.verdict import verdict_page

    failed = hand_over(run, answer, verdict_page)
    if explain:
        draw_reasons(run, [("schemes", name)])
    if taken and not ask:
        sys.stderr.write(f"{taken}\n")
    return failed or CODES[answer["verdict"]]


def _understood(request: Request, toolkit: Toolkit, text: str) -> tuple[Request, str, str]:
    """The scheme that is meant, with the place at the end of the words; and what they were taken as.

    "fire" is the one scheme with that word in its name, and "fire visit gosport" is a scheme and a place.

    Raises:
        Trouble: they mean no scheme, or several.
    """
    if _named(toolkit, text):
        return request, scheme_called(toolkit, text), ""
    from cst.cli.guesses import taken_as
    from cst.cli.placed_words import as_typed, placed

    asked, before = placed(request, toolkit, [text], lambda words: bool(_holding(toolkit, words)))
    found = _holding(toolkit, " ".join(before))
    name = found[0] if len(found) == 1 else scheme_called(toolkit, " ".join(before))
    return asked, name, taken_as(as_typed("eligible", [name], asked.area if asked is not request else None))


def _named(toolkit: Toolkit, text: str) -> list[str]:
    return [name for kind, name in exact(toolkit.names, text) if kind == "schemes"]


def _holding(toolkit: Toolkit, text: str) -> list[str]:
    """The schemes with this name; else those with all of these words in their id or title."""
    wanted = set(normal(text).split())
    schemes = toolkit.kind("schemes")
    held = [name for name in schemes if wanted <= set(normal(f"{name} {schemes[name]['title']}").split())]
    return _named(toolkit, text)[:1] or (held if wanted else [])


def scheme_called(toolkit: Toolkit, text: str) -> str:
    """The id of the scheme with this id or name.

    Raises:
        Trouble: there is none; it names the nearest.
    """
    found = _named(toolkit, text)
    if found:
        return found[0]
    import difflib

    spelt = difflib.get_close_matches(text.casefold().replace(" ", "-"), toolkit.kind("schemes"), NEAREST, 0.6)
    near = (_holding(toolkit, text) or spelt)[:NEAREST]
    closest = f"Did you mean {either(near)}? " if near else ""
    says = f"No scheme is called {text:.60}."
    raise trouble(Exit.USAGE, "scheme", says, f"{closest}All of them: cst list schemes")
