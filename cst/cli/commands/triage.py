"""`cst triage`: the walkthrough."""

from __future__ import annotations

from cst.cli.answer_input import resumed
from cst.cli.errors import trouble
from cst.cli.output import show
from cst.engine.answers import Answers
from cst.engine.plan import EMERGENCY, Situation, plan
from cst.engine.questions import describe_answers
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.names import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst import contract
    from cst.cli.request import Request
    from cst.cli.saving import Keeping
    from cst.toolkit.toolkit import Toolkit

CONCERNS = "concerns"


def triage(
    request: Request,
    issues: Sequence[str],
    options: Sequence[str],
    file: str | None,
    *,
    ask: bool,
    explain: bool = False,
    keeping: Keeping | None = None,
) -> int:
    """Plans from what is given, asking for the rest when `ask` is set; shows the plan and gives the exit code."""
    place = None
    if keeping:
        from cst.cli.saving import place_for

        place = place_for(keeping, request, ask=ask)
    toolkit = request.toolkit()
    before, saved_area = resumed(toolkit, options, file)
    answers = _with_issues(toolkit, before, issues)
    at, (area, area_says) = request.moment(toolkit), request.resuming(saved_area).place(toolkit)
    keep, cleared, failed = True, False, None
    if ask:
        from cst.walk.session import walk
        from cst.walk.topics import plan_topic

        answers, keep, cleared = walk(toolkit, answers, plan_topic(toolkit, at, area, request, area_says), request)
    answer = plan(toolkit, answers, at, area)
    answer["area_says"] = None if answer["area"] else area_says
    from cst.views.pages.plan import plan_page

    if keeping:
        from cst.cli.saving import hand_over

        page = keeping.page(plan_page, describe_answers(toolkit, answers))
        shows = keep or (keeping.copy_text and not cleared)
        failed = hand_over(answer, page, keeping.form(request), place, shows=shows)
    elif keep:
        show(answer, plan_page, request)
    if explain and keep and not request.json:
        from cst.cli.commands.graph import explained

        here = Situation(toolkit, answers, at, area)
        explained(toolkit, [("pathways", outcome["id"]) for outcome in answer["outcomes"]], here)
    return failed or outcome_code(answer)


def _with_issues(toolkit: Toolkit, answers: Answers, issues: Sequence[str]) -> Answers:
    """The concerns named on the command line, added to those given as answers."""
    chosen = set()
    for text in issues:
        found = list(_issues_called(toolkit, text))
        if not found:
            known = ", ".join(toolkit.kind("issues"))
            raise trouble(Exit.USAGE, "issue", f"No issue is called {text:.60}.", f"The issues are: {known}.")
        chosen.add(found[0])
    if not chosen:
        return answers
    before = answers.known.get(CONCERNS, frozenset())
    both = frozenset(chosen) | (before if isinstance(before, frozenset) else frozenset())
    return Answers({**answers.known, CONCERNS: both}, answers.unsure - {CONCERNS})


def _issues_called(toolkit: Toolkit, text: str) -> Iterator[str]:
    """The issues with this name, then those of a pathway with it."""
    found = exact(toolkit.names, text)
    yield from (name for kind, name in found if kind == "issues")
    for kind, name in found:
        if kind == "pathways":
            yield from toolkit.kind("pathways")[name].get("issues", ())


def outcome_code(answer: contract.Plan) -> int:
    """How a finished triage tells its caller what came of it."""
    if any(outcome["id"] == EMERGENCY for outcome in answer["outcomes"]):
        return Exit.EMERGENCY
    return Exit.DONE if answer["complete"] else Exit.CANNOT_SAY
