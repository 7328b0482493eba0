"""What `triage` and `eligible` share: what they begin with, the walk between, and how the end is handed over."""

from __future__ import annotations

import sys

from cst.cli.answer_input import resumed
from cst.cli.output import show
from cst.cli.page_text import width
from cst.engine.questions import describe_answers
from cst.engine.situation import AREA, Situation
from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from typing import Any

    from cst import contract
    from cst.cli.request import Request
    from cst.cli.saving import Keeping, SavePlace
    from cst.engine.answers import Answers
    from cst.toolkit.places import Place
    from cst.toolkit.toolkit import Toolkit
    from cst.views.page import Page
    from cst.walk.session import Topic


class Run(NamedTuple):
    """One run of either command: what it is asked with, and how it stands.

    answers: those given, and after a walk all of them.
    at, place: the minute and the place asked about.
    keeping, file: what the user wants besides the usual screen, and where it is to be saved.
    unprinted: whether the end still has to be printed: a walk may have shown it.
    cleared: whether it was cleared from the screen on purpose.
    """

    request: Request
    toolkit: Toolkit
    answers: Answers
    at: datetime
    place: Place
    keeping: Keeping | None
    file: SavePlace | None
    unprinted: bool = True
    cleared: bool = False


def begin(
    request: Request,
    toolkit: Toolkit,
    options: Sequence[str],
    answers_file: str | None,
    keeping: Keeping | None,
    *,
    ask: bool,
) -> Run:
    """What is given, checked before anything is asked.

    Raises:
        Trouble: an answer, the minute or the place to save in cannot be used.
        Left: asked whether to write over a file, the user left.
    """
    file = None
    if keeping:
        from cst.cli.saving import place_for

        file = place_for(keeping, request, ask=ask)
    answers, saved_area = resumed(toolkit, options, answers_file)
    in_its_area = request.resuming(saved_area, answered=answers.answered(AREA))
    at, place = request.moment(toolkit), in_its_area.place(toolkit)
    return Run(request, toolkit, answers, at, place, keeping, file)


def walked(run: Run, topic: Topic) -> Run:
    """The run after a walk.

    Raises:
        Left: the person left before the end.
    """
    from cst.cli.first_words import take_back
    from cst.cli.terminal import console_for
    from cst.walk.session import walk

    console = console_for(run.request)
    if console.menus:
        import cst.walk.menus  # noqa: F401  # all that is heavy, before the danger line gives way to the walk's own
    take_back()
    ended = walk(run.toolkit, run.answers, topic, console)
    return run._replace(answers=ended.answers, unprinted=ended.keep, cleared=ended.cleared)


def hand_over(run: Run, answer: Any, page: Callable[[Any], Page]) -> int | None:
    """Shows the plan or verdict unless a walk did, and saves it where that is wanted.

    Returns:
        An exit code where it could not be saved, else None.
    """
    if run.keeping:
        from cst.cli.saving import hand_over as keep

        shown = run.keeping.page(page, describe_answers(run.toolkit, run.answers))
        shows = run.unprinted or (run.keeping.copy_text and not run.cleared)
        return keep(answer, shown, run.keeping.form(run.request), run.file, shows=shows)
    if run.unprinted:
        show(answer, page, run.request)
    return None


def draw_reasons(run: Run, names: Sequence[tuple[str, str]]) -> None:
    """Draws what decided in the rules of these records, each with its kind, and says where the whole rule is.

    Only where the end is printed as well: one that was shown and cleared leaves nothing behind.
    """
    if not run.unprinted or run.request.json:
        return
    from cst.engine.rule_graph import graph
    from cst.views.formats.rule_graph import decisive, tree

    here = Situation(run.toolkit, run.answers, run.at, run.place.area)
    for kind, name in names:
        picture = graph(run.toolkit, kind, name, here)
        shown: contract.Graph = {**picture, "rule": decisive(picture["rule"])}
        whole = "" if shown == picture else f"The whole rule: cst graph {name} -a ...\n"
        sys.stdout.write(f"\n{tree(shown, width())}{whole}")
