"""An area's entry under `area_rules` may leave the rule out: then the scheme's own holds, with the area's note."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from cst.checks.nothing_idle import every_question_is_asked
from cst.checks.schemes import rules, verdicts_hold
from cst.engine.answers import Answers
from cst.engine.plan import scheme_rule
from cst.engine.rule_graph import graph
from cst.engine.situation import Situation
from cst.engine.verdict import verdict
from cst.source.load import together
from cst.toolkit import names
from cst.toolkit.toolkit import Toolkit
from tests.support.second_entry import OWN_RULE
from tests.support.second_entry import rules as rules_in_short
from tests.support.states import SMALL, TUESDAY

OF_ITS_OWN = "        rule: {age: {at_least: 80}}\n"
OLD = Answers({"age": 70})  # old enough by the scheme's own rule, and not by that of Othershire


@lru_cache
def _toolkit(folder: Path) -> Toolkit:
    file = folder / "toolkit.yaml"
    file.write_text(SMALL.read_text("utf-8").replace(OF_ITS_OWN, ""), "utf-8")
    records = together([file])
    return Toolkit(records, names.index(records))


@pytest.fixture(scope="module")
def toolkit(tmp_path_factory: pytest.TempPathFactory) -> Toolkit:
    """The invented toolkit, in which Othershire has a note and no rule."""
    assert 1 == SMALL.read_text("utf-8").count(OF_ITS_OWN)
    return _toolkit(tmp_path_factory.mktemp("made"))


def _visit(toolkit: Toolkit) -> Any:
    return toolkit.kind("schemes")["visit"]


def test_the_schemes_own_rule_holds_and_the_note_is_shown(toolkit: Toolkit) -> None:
    """The verdict is that of everywhere else, beside what the area has to say and its source."""
    rule, own = scheme_rule(_visit(toolkit), toolkit, "othershire")
    here, elsewhere = (verdict(toolkit, "visit", OLD, TUESDAY, area) for area in ("othershire", "anyshire"))

    assert _visit(toolkit)["rule"] is rule
    assert own is _visit(toolkit)["area_rules"]["othershire"]
    assert "eligible" == here["verdict"] == elsewhere["verdict"]
    assert "Othershire has its own rule." == here["area_note"]
    assert elsewhere["area_note"] is None


def test_it_is_proved_and_drawn_as_the_schemes_own(toolkit: Toolkit) -> None:
    """Nothing that reads the entries of areas trips over one without a rule."""
    here, elsewhere = (
        graph(toolkit, "schemes", "visit", Situation(toolkit, OLD, TUESDAY, area)) for area in ("othershire", None)
    )

    assert [("schemes", "visit"), ("schemes", "counted")] == [place for place, _ in rules(toolkit, TUESDAY.date())]
    assert not verdicts_hold(toolkit, TUESDAY.date()).wrong
    assert every_question_is_asked(toolkit, TUESDAY.date())
    assert here["rule"] == elsewhere["rule"]


def test_the_second_entry_knows_that_an_area_stands_there_without_a_rule(toolkit: Toolkit) -> None:
    """Where the entry goes, what is around the area may decide instead: that must be seen."""
    assert ("area_rules othershire", OWN_RULE) in rules_in_short(_visit(toolkit))
