"""`cst triage`: the walkthrough."""

from __future__ import annotations

import sys

from cst.cli.ending import begin, draw_reasons, hand_over, walked
from cst.cli.errors import Trouble, either, trouble
from cst.engine.answers import Answers
from cst.engine.disclosure import as_shown
from cst.engine.plan import plan
from cst.exits import Exit, of_plan
from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.names import exact, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cst.cli.request import Request
    from cst.cli.saving import Keeping
    from cst.toolkit.names import EntryRef
    from cst.toolkit.toolkit import Toolkit

CONCERNS = "concerns"
EMERGENCY = "emergency"
NEAREST = 3
NO_TOPIC = "Those words may mean danger now. They choose no topic."


def triage(
    request: Request,
    words: Sequence[str],
    options: Sequence[str],
    file: str | None,
    *,
    ask: bool,
    explain: bool = False,
    keeping: Keeping | None = None,
) -> int:
    """Plans from what is given, asking for the rest when `ask` is set; shows the plan and gives the exit code."""
    toolkit = request.toolkit()
    request, issues, taken = _understood(request, toolkit, words)
    run = begin(request, toolkit, options, file, keeping, ask=ask)
    run = run._replace(answers=_with_issues(run.answers, issues))
    if ask:
        from cst.walk.plan_walk import PlanWalk

        run = walked(run, PlanWalk(toolkit, run.at, run.place, taken))
    answer = plan(toolkit, run.answers, run.at, *run.place)
    from cst.views.pages.plan import plan_page

    failed = hand_over(run, answer, plan_page)
    if explain:
        draw_reasons(run, [("pathways", outcome["id"]) for outcome in as_shown(answer)["outcomes"]])
    if taken and not ask:
        sys.stderr.write(f"{taken}\n")
    return failed or of_plan(answer)


def _understood(request: Request, toolkit: Toolkit, words: Sequence[str]) -> tuple[Request, list[str], str]:
    """The issues that the words on the command line mean, with the place at their end; and what they were taken as.

    "rogue trader" needs no quotes, "child gosport" is a topic and a place, and any other words are searched for.

    Raises:
        Trouble: they mean no issue.
    """
    if not words or (named := _named(toolkit, words)):
        return request, named if words else [], ""
    from cst.cli.guesses import taken_as
    from cst.cli.placed_words import as_typed, placed

    asked, before = placed(request, toolkit, words, lambda text: True)
    issues = _named(toolkit, before) or _holding(toolkit, before) or _searched(toolkit, " ".join(before))
    place = asked.area if asked is not request else None
    return asked, issues, taken_as(as_typed("triage", issues, place)) if issues or place else NO_TOPIC


def _named(toolkit: Toolkit, words: Sequence[str]) -> list[str]:
    """The issue with this name, or the issue that each of the words names; [] where one of them names none."""
    together = next(_issues_called(toolkit, " ".join(words)), None)
    if together:
        return [together]
    each = [next(_issues_called(toolkit, word), None) for word in words]
    return list(dict.fromkeys(filter(None, each))) if all(each) else []


def _holding(toolkit: Toolkit, words: Sequence[str]) -> list[str]:
    """The one issue with all of these words in its id: "child" is child-abuse."""
    wanted = set(normal(" ".join(words)).split())
    held = [name for name in toolkit.kind("issues") if wanted and wanted <= set(name.split("-"))]
    return held if len(held) == 1 else []


def _searched(toolkit: Toolkit, text: str) -> list[str]:
    """The issue that words clearly mean; none where there are no words, or they may mean danger: that is asked first.

    Raises:
        Trouble: they fit several, or none.
    """
    if not text:
        return []
    from cst.cli.find import fits_in

    fits = fits_in(toolkit, text)
    issues = list(dict.fromkeys(issue for entry in fits.danger_first() for issue in _issues_of(toolkit, entry)))
    first = list(_issues_of(toolkit, fits.entries[0])) if fits.entries else []
    if fits.clear and first and fits.entries[0][1] != EMERGENCY:
        return first[:1]
    if any(name == EMERGENCY for _, name in fits.danger_first()[:1]):
        return []
    raise _no_issue(toolkit, text, issues[:NEAREST])


def _with_issues(answers: Answers, issues: Sequence[str]) -> Answers:
    """The concerns named on the command line, added to those given as answers."""
    if not issues:
        return answers
    before = answers.known.get(CONCERNS, frozenset())
    both = frozenset(issues) | (before if isinstance(before, frozenset) else frozenset())
    return Answers({**answers.known, CONCERNS: both}, answers.unsure - {CONCERNS})


def _no_issue(toolkit: Toolkit, text: str, like: Sequence[str]) -> Trouble:
    """What to say of words that name no issue, with the nearest: by what they mean, or else by how they are spelt."""
    import difflib

    near = like or difflib.get_close_matches(text.casefold().replace(" ", "-"), toolkit.kind("issues"), NEAREST, 0.6)
    closest = f"Did you mean {either(near)}? " if near else ""
    remedy = f"{closest}All of them: cst list issues. Or find it by any words: cst lookup"
    return trouble(Exit.USAGE, "issue", f"No issue is called {text:.60}.", remedy)


def _issues_called(toolkit: Toolkit, text: str) -> Iterator[str]:
    """The issues with this name, then those of a pathway with it."""
    found = sorted(exact(toolkit.names, text), key=lambda entry: entry[0] != "issues")
    return (issue for entry in found for issue in _issues_of(toolkit, entry))


def _issues_of(toolkit: Toolkit, entry: EntryRef) -> Iterator[str]:
    """An issue itself, or the issues of a pathway."""
    kind, name = entry
    if kind == "issues":
        yield name
    elif kind == "pathways":
        yield from toolkit.kind("pathways")[name].get("issues", ())
