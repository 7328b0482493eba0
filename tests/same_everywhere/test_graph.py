"""Pictures of rules: every rule can be drawn, and a picture says what the engine says."""

from __future__ import annotations

import json
import random
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator

import pytest

from cst import contract
from cst.engine.answers import Answers
from cst.engine.plan import plan
from cst.engine.rule_graph import GRAPHED, branch, graph
from cst.engine.situation import Situation
from cst.rules import Rule, questions, residual
from cst.views.formats.rule_graph import decisive, mermaid, svg, tree
from tests.support.command import cst
from tests.support.states import NOT_SURE, TUESDAY, answered, shipped, ways

RULED = [(kind, name) for kind in GRAPHED for name in shipped().kind(kind)]


def _some_answers(seed: int) -> Answers:
    chance = random.Random(seed)
    answers = Answers()
    for question in shipped().kind("questions"):
        if question != "area" and chance.random() < 0.5:
            answers = answered(answers, question, chance.choice(ways(shipped(), question)))
    return answers


def _leaves(said: contract.Branch) -> Iterator[contract.Branch]:
    if said["parts"]:
        for part in said["parts"]:
            yield from _leaves(part)
    else:
        yield said


@pytest.mark.parametrize(("kind", "name"), RULED)
def test_the_mark_of_a_whole_rule_is_what_the_engine_makes_of_it(kind: str, name: str) -> None:
    """Promise 6 and 8: yes and no only where that is settled; not sure only where an answer was."""
    for seed in range(20):
        answers = _some_answers(seed)
        here = Situation(shipped(), answers, TUESDAY)
        said = graph(shipped(), kind, name, here)
        rule: Rule = here.rule(shipped().kind(kind)[name]["rule"])
        left = residual(rule, here.answers.known)
        state = said["rule"]["state"]

        assert (state == "yes", state == "no") == (left is True, left is False)
        if not isinstance(left, bool):
            assert (state == "not-sure") is bool(set(questions(left)) & here.answers.unsure)
        assert {one["state"] for one in _leaves(said["rule"])} <= {"yes", "no", "not-sure", "open"}


@pytest.mark.deep
def test_a_picture_shows_an_outcome_as_the_plan_does() -> None:
    """Every pathway that a plan takes for certain has a yes at the top of its picture."""
    for seed in range(100):
        answers = _some_answers(seed)
        here = Situation(shipped(), answers, TUESDAY)
        for outcome in plan(shipped(), answers, TUESDAY)["outcomes"]:
            if outcome["id"] == "find-out":  # the box is no pathway, and has no rule
                continue
            state = graph(shipped(), "pathways", outcome["id"], here)["rule"]["state"]
            fallback = outcome["id"] == shipped().records["fallback"]
            assert fallback or (state == "yes") is outcome["certain"]


@pytest.mark.parametrize(("kind", "name"), RULED)
def test_every_rule_can_be_drawn_in_every_form(kind: str, name: str) -> None:
    """Text that fits its width, Mermaid with one node a branch, SVG that parses and names no other place."""
    said = graph(shipped(), kind, name, Situation(shipped(), Answers(), TUESDAY))
    drawn, chart, picture = tree(said, 80), mermaid(said), svg(said)

    assert all(len(line) <= 80 for line in drawn.splitlines()[1:])
    assert said["rule"]["says"].split()[0] in drawn
    assert len([line for line in chart.splitlines() if '["' in line]) == 1 + _branches(said["rule"])
    assert ElementTree.fromstring(picture).tag.endswith("svg")
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")


def _branches(said: contract.Branch) -> int:
    return 1 + sum(map(_branches, said["parts"]))


def test_not_sure_is_not_yet_a_no() -> None:
    """A branch that was answered not sure is marked so, and so is all that hangs on it."""
    rule = Situation(shipped(), Answers(), TUESDAY).rule(shipped().kind("schemes")["marac-referral"]["rule"])
    said = branch(shipped(), rule, answered(Answers(), "professional-judgement", NOT_SURE))

    assert said["state"] == "not-sure"
    assert [one["state"] for one in said["parts"]].count("not-sure") == 1


def test_the_command_draws_marks_and_explains() -> None:
    """By id, by another name and by issue; an unknown name is exit 1 and names what there is."""
    drawn = cst("graph", "fire-visit", "-a", "age=82")
    assert drawn.returncode == 0
    assert "[yes] How old is the person: 65 or more years" in drawn.stdout
    assert "pathway da-support" in cst("graph", "domestic abuse").stdout
    assert "scheme clares-law" in cst("graph", "clares law").stdout

    unknown = cst("graph", "nonsense")
    assert (unknown.returncode, "These have one:" in unknown.stderr) == (1, True)
    assert cst("graph", "fire-visit", "--format", "png").returncode == 2

    explained = cst("eligible", "fire-visit", "--no-input", "-a", "age=82", "--explain")
    assert explained.stdout.index("[yes] Any one of these") > explained.stdout.index("Yes, ask for a visit")
    assert "(pathway fire-referral)" in cst("triage", "fire-safety", "--no-input", "--explain").stdout


def test_explaining_draws_what_decided_and_says_where_the_rest_is() -> None:
    """A verdict of yes shows the reason that held, one of no all that failed, an open one what is still open."""
    reason = "- [yes] How old is the person: 65 or more years"
    yes = cst("eligible", "fire-visit", "--no-input", "-a", "age=82", "--explain").stdout.split("(scheme ")[1]
    assert yes.splitlines()[1:3] == ["- [yes] Any one of these:", f"  {reason}"]
    assert yes.splitlines()[3:] == ["The whole rule: cst graph fire-visit -a ..."]

    undecided = cst("eligible", "fire-visit", "--no-input", "-a", "age=40", "--explain").stdout.split("(scheme ")[1]
    assert "[no]" not in undecided
    assert "[?] They are frail" in undecided


@pytest.mark.parametrize(("kind", "name"), RULED)
def test_what_decided_has_the_mark_of_the_whole(kind: str, name: str) -> None:
    """A branch keeps parts with its own mark, an undecided one those that are open; it ends where the rule did."""
    for seed in range(5):
        whole = graph(shipped(), kind, name, Situation(shipped(), _some_answers(seed), TUESDAY))["rule"]
        kept = decisive(whole)

        assert {leaf["says"] for leaf in _leaves(kept)} <= {leaf["says"] for leaf in _leaves(whole)}
        for one in _each(kept):
            marks = {part["state"] for part in one["parts"]}
            undecided = one["state"] in ("open", "not-sure")
            if undecided:
                assert marks <= {"open", "not-sure"}
            elif len(marks) > 1:
                assert one["state"] not in marks


def _each(said: contract.Branch) -> Iterator[contract.Branch]:
    yield said
    for part in said["parts"]:
        yield from _each(part)


def test_json_holds_the_same_tree() -> None:
    """One document, with the marks of the picture."""
    said = json.loads(cst("graph", "fire-visit", "-a", "age=64", "--json").stdout)

    assert (said["kind"], said["rule"]["state"]) == ("graph", "open")
    assert said["rule"]["parts"][0]["state"] == "no"
