"""`cst triage`: the walkthrough."""

from __future__ import annotations

from cst.cli.answer_input import resumed
from cst.cli.errors import trouble
from cst.cli.output import show
from cst.engine.answers import Answers
from cst.engine.plan import EMERGENCY, Situation, plan
from cst.engine.questions import given_said
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.names import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst.cli.request import Asked
    from cst.cli.saving import Keeping
    from cst.contract import PlanSaid
    from cst.toolkit.toolkit import Toolkit

CONCERNS = "concerns"


def triage(
    asked: Asked,
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

        place = place_for(keeping, asked, ask=ask)
    toolkit = asked.toolkit()
    before, saved_area = resumed(toolkit, options, file)
    answers = _with_issues(toolkit, before, issues)
    at, (area, area_says) = asked.moment(toolkit), asked.resuming(saved_area).place(toolkit)
    keep, cleared, failed = True, False, None
    if ask:
        from cst.walk.session import walk
        from cst.walk.topics import plan_topic

        answers, keep, cleared = walk(toolkit, answers, plan_topic(toolkit, at, area, asked, area_says), asked)
    said = plan(toolkit, answers, at, area)
    said["area_says"] = None if said["area"] else area_says
    from cst.views.pages.plan import plan_page

    if keeping:
        from cst.cli.saving import hand_over

        page = keeping.page(plan_page, given_said(toolkit, answers))
        shows = keep or (keeping.copy_text and not cleared)
        failed = hand_over(said, page, keeping.form(asked), place, shows=shows)
    elif keep:
        show(said, plan_page, asked)
    if explain and keep and not asked.json:
        from cst.cli.commands.graph import explained

        here = Situation(toolkit, answers, at, area)
        explained(toolkit, [("pathways", outcome["id"]) for outcome in said["outcomes"]], here)
    return failed or outcome_code(said)


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


def outcome_code(said: PlanSaid) -> int:
    """How a finished triage tells its caller what came of it."""
    if any(outcome["id"] == EMERGENCY for outcome in said["outcomes"]):
        return Exit.EMERGENCY
    return Exit.DONE if said["complete"] else Exit.CANNOT_SAY
