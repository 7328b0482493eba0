"""The answer on one screen of this terminal, and the whole of it in a pager; what stays on the screen after that."""

from __future__ import annotations

import os
import sys

from cst import card
from cst.cli.page_text import as_heard, as_text, width
from cst.lean_typing import TYPE_CHECKING
from cst.views.dates import short_moment
from cst.views.pages.contacts import first_call
from cst.views.screen.answer_screen import STANDARD, answer_screens
from cst.views.screen.layout import Size
from cst.views.screen.shared_rows import ALL

if TYPE_CHECKING:
    from typing import Any

    from cst.cli.request import Request
    from cst.views.page import Page

KEYS = "All: key a"
PROMPT = 1  # rows that the shell's prompt takes
LEFT = 3  # numbers that stay on the screen after the pager


def one_screen(answer: Any, request: Request) -> str:
    """The answer for this terminal. Of two screens the second stands above the first, which so stays in sight.

    Read aloud they come in order.
    """
    screens = drawn_for(answer, card.columns(), card.rows() - PROMPT, request)
    return "".join(screens if request.accessible else reversed(screens))


def drawn_for(answer: Any, columns: int, rows: int, request: Request, rest: str = ALL) -> list[str]:
    """The answer on one screen or two: a frame, or lines for a screen reader.

    Args:
        answer: a plan with no mode on, a verdict or an entry.
        columns: those there are.
        rows: those there are for it.
        request: how it is asked for.
        rest: how to see what is not shown.
    """
    if request.accessible:
        from cst.views.formats.spoken import spoken

        return [as_heard(spoken(answer_screens(answer, STANDARD, rest), _again(answer)), request)]
    from cst.views.formats.framed import framed

    size = Size(width(columns), rows)
    ascii_only = "utf" not in (sys.stdout.encoding or "").lower()
    colour = not os.environ.get("NO_COLOR")
    return [framed(one, size, colour=colour, ascii_only=ascii_only) for one in answer_screens(answer, size, rest)]


def _again(answer: Any, *, whole: bool = False) -> list[str]:
    """The danger line, and whom to ring first, by the name that the answer has it under: brief on one screen."""
    call = first_call(answer) if answer["first"] else None
    if call is None:
        return [card.LINE]
    contact, phone = call
    name = contact["name"] if whole else contact["brief"] or contact["name"]
    return [card.LINE, f"Ring first: {phone['number']}, {name}"]


def whole(page: Page, answer: Any, request: Request) -> str:
    """The whole answer at this terminal: in a pager where it is longer than the screen.

    Returns:
        What is to be printed: the whole where it fits, else what stays in sight after the pager.
    """
    text = as_text(page, request, sys.stdout)
    if request.accessible:
        return text + as_heard("".join(f"{line}\n" for line in _again(answer, whole=True)), request)
    if text.count("\n") < card.rows() or not sys.stdin.isatty():
        return text
    from cst.walk.console import DrawnPage
    from cst.walk.pager import pager
    from cst.walk.terminal_screen import taken_over

    drawn = DrawnPage(lambda some, columns: as_text(some, request, sys.stdout, columns), page)
    try:
        with taken_over(sys.stdout):
            pager(drawn, {"q": "q end"}, None, sys.stdout)
    except OSError:  # the console cannot be opened
        return text
    return stays(answer)


def stays(answer: Any) -> str:
    """What stays on the screen after the pager, at most five rows: the deadliest do-not, first numbers, danger line."""
    rows = [f"× {answer['do_nots'][0]['says']}"] if answer["do_nots"] else []
    holders = [one for one in answer.get("outcomes", ()) if one["urgency"] == "now"] or [answer]
    calls = {call[1]["number"]: call[0]["name"] for one in holders if one["first"] and (call := first_call(one))}
    rows += [f"{number}  {name}" for number, name in list(calls.items())[:LEFT]]
    place = f"{answer['area_name'] or 'No area'}, as it was {short_moment(answer['at'])}"
    return "\n".join((*rows, f"{card.LINE}  {place}")) + "\n"
