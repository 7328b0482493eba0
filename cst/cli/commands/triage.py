"""`cst triage`: the walkthrough."""

from __future__ import annotations

from cst.cli.ending import begin, draw_reasons, hand_over, walked
from cst.cli.errors import trouble
from cst.engine.answers import Answers
from cst.engine.disclosure import as_shown
from cst.engine.plan import plan
from cst.exits import Exit, of_plan
from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.names import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    toolkit = request.toolkit()
    run = begin(request, toolkit, options, file, keeping, ask=ask)
    run = run._replace(answers=_with_issues(toolkit, run.answers, issues))
    if ask:
        from cst.walk.plan_walk import PlanWalk

        run = walked(run, PlanWalk(toolkit, run.at, run.place))
    answer = plan(toolkit, run.answers, run.at, *run.place)
    from cst.views.pages.plan import plan_page

    failed = hand_over(run, answer, plan_page)
    if explain:
        draw_reasons(run, [("pathways", outcome["id"]) for outcome in as_shown(answer)["outcomes"]])
    return failed or of_plan(answer)


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
