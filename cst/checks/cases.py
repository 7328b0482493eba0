"""Cases: named personas, written from the facts, whose answers must lead where the facts say.

A case with a `scheme` is put to that scheme; any other is a triage. Passing and failing:

    - name: aged 82
      scheme: fire-visit
      answers: {age: 82}
      at: 2026-11-27T16:45
      expect: {verdict: eligible}      # {verdict: not-eligible} would fail
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cst.engine.answers import BadAnswers, read_answers
from cst.engine.plan import plan
from cst.engine.verdict import verdict
from cst.london import LONDON

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from cst import contract
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit


def case_faults(toolkit: Toolkit) -> Iterator[str]:
    """What does not come out as the cases in the toolkit say, one sentence each."""
    for case in toolkit.records.get("cases", ()):
        for says in _faults(toolkit, case):
            yield f"{case['name']}: {says}."


def _faults(toolkit: Toolkit, case: records.Case) -> Iterator[str]:
    at = datetime.fromisoformat(case["at"]).replace(tzinfo=LONDON)
    try:
        answers = read_answers(toolkit, case["answers"])
    except BadAnswers as bad:
        yield from (str(one).rstrip(".") for one in bad.refused.values())
        return
    expect = case["expect"]
    if "scheme" in case:
        came = verdict(toolkit, case["scheme"], answers, at, case.get("area"))
        if not {"verdict", "answer", "urgency", "cautions", "first_number"} & set(expect):
            yield f"the verdict is {came['verdict']}, and expect names none"
        yield from _verdict_faults(came, expect)
        return
    yield from _plan_faults(plan(toolkit, answers, at, case.get("area")), expect)


def _verdict_faults(came: contract.Verdict, expect: records.Expect) -> Iterator[str]:
    told: dict[str, Any] = {part: came[part] for part in ("verdict", "answer", "urgency")}
    wanted: Mapping[str, Any] = expect
    yield from (
        f"the {part} is {value}, not {wanted[part]}" for part, value in told.items() if value != wanted.get(part, value)
    )
    warned = {caution["id"] for caution in came["how"]["cautions"]}
    yield from (f"the caution {name} is missing" for name in expect.get("cautions", ()) if name not in warned)
    first = came["first"]["contact"] if came["first"] else "nobody"
    if first != expect.get("first_number", first):
        yield f"the first to ring is {first}, not {expect['first_number']}"


def _plan_faults(plan: contract.Plan, expect: records.Expect) -> Iterator[str]:
    came = [outcome["id"] for outcome in plan["outcomes"]]
    warned = {caution["id"] for outcome in plan["outcomes"] for caution in outcome["cautions"]}
    yield from (
        f"{name} does not come; what comes is {', '.join(came) or 'nothing'}"
        for name in expect.get("pathways", ())
        if name not in came
    )
    yield from (f"{name} comes, and must not" for name in expect.get("never", ()) if name in came)
    told = {line["question"] for line in plan["find_out"]}
    yield from (f"nothing is to be found out about {name}" for name in expect.get("find_out", ()) if name not in told)
    yield from (f"the caution {name} is missing" for name in expect.get("cautions", ()) if name not in warned)
    rungs = (contact["id"] for outcome in plan["outcomes"] for contact in outcome["contacts"])
    first = next(rungs, "nobody")
    if first != expect.get("first_number", first):
        yield f"the first to ring is {first}, not {expect['first_number']}"
    if len(plan["next"]) > expect.get("questions_at_most", len(plan["next"])):
        yield f"{len(plan['next'])} questions are left, more than {expect['questions_at_most']}"
