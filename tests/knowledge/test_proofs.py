"""What `cst check` proves: the shipped toolkit passes, and every promise has a toolkit that breaks it.

Each file under `bad/proofs` says in its first line what a maintainer did, which proof has to notice, and what was
changed in the shipped records; beside it stand the exact messages. The change is made in memory, past the checks of
form and reference that would refuse some of them sooner.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from collections.abc import Callable
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from cst.checks import agreement, not_known, nothing_idle, numbers, protection, schemes, somebody_answers, triage
from cst.checks import proof as checks
from cst.checks.all_proofs import edition_day
from cst.checks.proof import Proof, Wrong
from cst.checks.state_space import leaning
from cst.engine.answers import Answers
from cst.engine.contact import calendar
from cst.hours import opening
from cst.rules import AllOf, AnyOf, Fact, Not, Rule
from cst.toolkit import names
from cst.toolkit.toolkit import Toolkit
from cst.views.formats import plain
from tests.support import ROOT
from tests.support.in_process import run
from tests.support.states import shipped

MODULES = {
    module.__name__.rpartition(".")[2]: module
    for module in (agreement, somebody_answers, not_known, numbers, protection, schemes, triage, nothing_idle)
}
BAD = sorted((ROOT / "tests" / "files" / "bad" / "proofs").glob("*.yaml"))
# Places at which only a fault in cst itself is reported: broken on purpose in the tests at the end.
OWN_FAULTS = {"look_up_and_plan_agree", "views_hold_the_same_numbers", "_not_final", "certain_stands_first"}
# Tried where local files are: tests/local_files/test_local_files.py.
ELSEWHERE = {"out_of_date"}


def changed(change: list[dict[str, Any]]) -> Toolkit:
    """The shipped toolkit with these changes: put a value, drop it, or move it to the front."""
    records = dict(shipped().records)
    for one in change:
        *path, last = one["at"]
        held: Any = records
        for key in path:  # what leads to the place is copied, and nothing else
            held[key] = copy(held[key])
            held = held[key]
        if "put" in one:
            held[last] = one["put"]
        elif one.get("drop"):
            held.pop(last, None)
        else:
            value = held.pop(last)
            rest = dict(held)
            held.clear()
            held.update({last: value, **rest})
    return Toolkit(records, names.index(records))


def proof_of(name: str, toolkit: Toolkit) -> Proof:
    """What one proof says of a toolkit."""
    module, _, function = name.partition(".")
    proof: Proof = getattr(MODULES[module], function)(toolkit, edition_day(toolkit))
    return proof


def said(wrong: tuple[Wrong, ...]) -> str:
    """Faults as a maintainer reads them: code, record, what is wrong and how to mend it."""
    return "".join(f"{one.code}: {'.'.join(one.record)}: {one.says}. To mend it: {one.remedy}.\n" for one in wrong)


@lru_cache
def proved_as_shipped(name: str) -> bool:
    """Whether the shipped toolkit passes the proof that a bad one breaks."""
    return not proof_of(name, shipped()).wrong


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.stem)
def test_each_bad_toolkit_is_caught_with_exactly_these_messages(bad: Path) -> None:
    """Each says what is wrong, with the answers that bring it about, and what to do."""
    content = yaml.safe_load(bad.read_text("utf-8"))
    proof = proof_of(content["proof"], changed(content["change"]))
    expected = bad.with_suffix(".txt")
    if os.environ.get("CST_RESET"):
        expected.write_text(said(proof.wrong), "utf-8")

    assert proof.wrong
    assert proved_as_shipped(content["proof"])
    assert expected.read_text("utf-8") == said(proof.wrong)


@lru_cache
def sites() -> dict[tuple[str, str, int], range]:
    """Every place in the checks at which a fault is made: module, function and first line, with its lines."""
    found = {}
    for path in sorted(Path(checks.__file__).parent.glob("*.py")):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name != "_wrong":
                for call in ast.walk(function):
                    if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("Wrong", "_wrong"):
                        lines = range(call.lineno, (call.end_lineno or call.lineno) + 1)
                        found[(path.stem, function.name, call.lineno)] = lines
    return found


@pytest.mark.deep
def test_every_fault_that_can_be_found_has_a_bad_toolkit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever a check reports a fault, some bad toolkit makes it do so: a new check needs one of its own."""
    reached = set()

    def noted(*values: Any) -> Wrong:
        frame = sys._getframe(1)
        if frame.f_code.co_name == "_wrong":
            frame = frame.f_back or frame
        reached.add((Path(frame.f_code.co_filename).stem, frame.f_lineno))
        return Wrong(*values)

    for module in MODULES.values():
        if hasattr(module, "Wrong"):
            monkeypatch.setattr(module, "Wrong", noted)
    for bad in BAD:
        content = yaml.safe_load(bad.read_text("utf-8"))
        proof_of(content["proof"], changed(content["change"]))
    missing = [place for place, lines in sites().items() if not any((place[0], line) in reached for line in lines)]

    assert len(sites()) >= 30
    assert {place[1] for place in missing} == OWN_FAULTS | ELSEWHERE


def test_the_shipped_toolkit_is_proved() -> None:
    """No fault, and each promise with how much was tried for it."""
    ran = run("check", "--json")
    document = json.loads(ran.out)

    assert 0 == ran.code
    assert not document["faults"]
    assert len(document["proved"]) >= 18
    for proof in document["proved"]:
        assert proof["promise"]
        assert proof["tried"]


# Faults in cst itself


def test_a_plan_that_leaves_out_a_contact_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look-up and plan must hold the same: here the plan loses its first contact."""
    whole = agreement.plan

    def short(*values: Any) -> Any:
        found = whole(*values)
        outcomes: Any = [{**one, "contacts": one["contacts"][1:]} for one in found["outcomes"]]
        return {**found, "outcomes": outcomes}

    monkeypatch.setattr(agreement, "plan", short)

    assert "look-up-differs" in {wrong.code for wrong in agreement.look_up_and_plan_agree(shipped(), DAY).wrong}


def test_a_view_that_leaves_out_a_number_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every view must hold every number: here plain text loses a line."""
    whole = plain.plain
    monkeypatch.setattr(plain, "plain", lambda page: whole(page).replace("999", ""))

    assert "views-differ" in {wrong.code for wrong in agreement.views_hold_the_same_numbers(shipped(), DAY).wrong}


def test_a_verdict_that_comes_too_soon_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A walk whose rule says yes after the first answer, whatever is left of it."""
    walk = schemes.walk

    def hasty(*values: Any) -> Any:
        for here in walk(*values):
            settled = [leaning(True, one.toward) if here.answers.known else one for one in here.state]
            yield here._replace(state=tuple(settled))

    monkeypatch.setattr(schemes, "walk", hasty)

    assert "verdict-turns" in {wrong.code for wrong in schemes.verdicts_hold(shipped(), DAY).wrong}


@pytest.mark.parametrize(
    ("broken", "codes"),
    [
        (lambda said: {"outcomes": said["outcomes"][1:]}, {"shouted-down", "certain-lost"}),
        (lambda said: {"first": None}, {"shouted-down"}),
        (lambda said: {"outcomes": said["outcomes"][:-1]}, {"no-box"}),
        (lambda said: {"find_out": said["find_out"][::-1]}, {"fold"}),
    ],
    ids=["what is first is gone", "whom to ring is gone", "the box is gone", "the box is upside down"],
)
def test_a_not_sure_that_takes_from_what_is_certain_is_noticed(
    broken: Callable[[Any], dict[str, Any]], codes: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No toolkit brings it about: here the plan of a "not sure" loses what it must keep."""
    whole = not_known.plan

    def short(toolkit: Toolkit, answers: Answers, *others: Any) -> Any:
        said = whole(toolkit, answers, *others)
        return {**said, **broken(said)} if answers.unsure else said

    monkeypatch.setattr(not_known, "plan", short)

    assert codes <= {wrong.code for wrong in not_known.certain_stands_first(shipped(), DAY).wrong}


# Short cuts come to the same as the long way


def test_mediation_by_the_form_of_its_rule_is_what_the_walk_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the form not looked at, every state is, and each that offers it has a plain no to every reason."""
    short = protection.mediation_only_when_safe(shipped(), DAY)
    monkeypatch.setattr(protection, "_plain_noes", lambda rule: set())
    long = protection.mediation_only_when_safe(shipped(), DAY)

    assert "by the form" in short.tried
    assert re.match(r"\d{3,} states, of which [1-9]", long.tried)
    assert short.wrong == long.wrong == ()


@pytest.mark.parametrize(
    ("rule", "noes"),
    [
        (Not(Fact("afraid", "is", True)), {"afraid"}),
        (Not(AnyOf((Fact("afraid", "is", True), Fact("hate", "is", True)))), {"afraid", "hate"}),
        (AllOf((Fact("willing", "is", True), Not(Fact("afraid", "is", True)))), {"afraid"}),
        (AnyOf((Not(Fact("afraid", "is", True)), Not(Fact("hate", "is", True)))), set()),
        (Not(AllOf((Fact("afraid", "is", True), Fact("hate", "is", True)))), set()),
        (Not(Not(Fact("afraid", "is", True))), set()),
        (Fact("afraid", "is", True), set()),
    ],
    ids=["not", "none of", "all", "any", "not both", "twice not", "yes"],
)
def test_the_form_names_only_what_no_yes_can_do_without(rule: Rule, noes: set[str]) -> None:
    """Where one of two noes is enough, neither is needed."""
    assert noes == protection._plain_noes(rule)


def test_a_line_put_to_the_test_at_its_own_hours_is_as_at_every_moment() -> None:
    """Each schedule that is shipped, at every moment of the proof, also those that other lines' hours bring."""
    days = calendar(shipped())
    every = list(somebody_answers._moments(shipped(), DAY))
    some = range(0, len(every), 3)
    schedules = {repr(one): one for one in somebody_answers._schedules(shipped())}

    assert len(schedules) >= 30
    for schedule in schedules.values():
        own = set(somebody_answers._open_places(schedule, every, days))
        assert own.intersection(some) == {place for place in some if opening(schedule, every[place], days).open}


DAY = edition_day(shipped())
