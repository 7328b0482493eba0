"""The interview, on a small invented toolkit: what is asked, what is said, what no longer matters."""

from __future__ import annotations

from datetime import datetime
from typing import Any, get_args, get_type_hints

import pytest

from cst import contract
from cst.checks.cases import case_faults
from cst.engine.answers import Answers, BadAnswer, BadAnswers, one, read_answers
from cst.engine.plan import plan
from cst.engine.verdict import verdict
from cst.toolkit.toolkit import NoFigure
from tests.support.states import LONDON, TUESDAY, small

FRIDAY_EVENING = datetime(2026, 11, 27, 16, 45, tzinfo=LONDON)


def _plan(written: dict[str, Any], at: datetime = TUESDAY, area: str | None = "anyshire") -> contract.Plan:
    return plan(small(), read_answers(small(), written), at, area)


def _taken(said: contract.Plan) -> dict[str, bool]:
    return {outcome["id"]: outcome["certain"] for outcome in said["outcomes"]}


def _asked(said: contract.Plan) -> list[str]:
    return [question["id"] for question in said["next"]]


def test_with_nothing_answered_danger_is_asked_alone_on_the_first_screen() -> None:
    """The first screen holds the danger question and nothing else."""
    said = _plan({})

    assert ["immediate-danger"] == [question["id"] for question in said["next"] if question["screen"] == 0]
    assert not said["complete"]


def test_a_row_that_takes_brings_a_pathway_below_what_is_certain() -> None:
    """It is marked as not certain, stands after what is, and names what it is not sure of."""
    said = _plan({"immediate-danger": "no", "concerns": ["abuse"], "child": "not-sure"})

    assert [("support", True), ("child-urgent", False)] == list(_taken(said).items())
    assert ["child"] == [question["id"] for question in said["outcomes"][1]["unsure_of"]]


def test_what_is_merely_unanswered_is_open_and_takes_nothing() -> None:
    """A half-finished plan says what is already sure, and no more."""
    said = _plan({"immediate-danger": "no", "concerns": ["abuse"]})

    assert {"support": True} == _taken(said)
    assert {"child-urgent", "high-risk"} == set(said["open"])


def test_a_pathway_that_replaces_another_hides_it_and_its_questions() -> None:
    """High risk takes the place of support; its conditions are no longer asked about."""
    said = _plan({"immediate-danger": "no", "concerns": ["abuse"], "signs": ["weapon"], "overheard": "no"})

    assert {"high-risk": True} == _taken(said)
    assert ["child"] == _asked(said)


def test_not_sure_never_opens_what_needs_a_definite_no() -> None:
    """Talks need no exclusion and both willing; not sure of either leaves them out."""
    start = {"immediate-danger": "no", "concerns": ["neighbours"]}

    assert "talks" in _taken(_plan({**start, "excluded": "no", "willing": "yes"}))
    assert "talks" not in _taken(_plan({**start, "excluded": "not-sure", "willing": "yes"}))
    assert "talks" not in _taken(_plan({**start, "excluded": "no", "willing": "not-sure"}))


def test_not_knowing_the_topic_leads_to_the_lead_and_not_to_every_topic() -> None:
    """Not sure what it is about: the fallback, and no questions of topics."""
    said = _plan({"immediate-danger": "no", "concerns": "not-sure"})

    assert {"ask-your-lead": True} == _taken(said)
    assert [] == _asked(said)


def test_a_plan_is_never_empty_once_nothing_is_left_to_ask() -> None:
    """No concern at all still ends with somebody to ask."""
    said = _plan({"immediate-danger": "no", "concerns": "none"})

    assert ["ask-your-lead"] == list(_taken(said))
    assert said["complete"]


def test_being_overheard_stops_all_questions_until_it_is_safe() -> None:
    """Short mode shows its lines, asks only whether it is safe, and adds its caution; safe again, the walk goes on."""
    start = {"immediate-danger": "no", "concerns": ["abuse"]}
    for answer in ("yes", "not-sure"):
        said = _plan({**start, "overheard": answer})
        assert ["short-mode"] == [mode["id"] for mode in said["modes"]]
        assert ["safe-to-go-on"] == _asked(said)
        assert not said["complete"]
        assert "do-not-call-back" in [caution["id"] for caution in said["outcomes"][0]["cautions"]]
    held = _plan({**start, "overheard": "yes", "safe-to-go-on": "no"})
    assert [] == _asked(held)
    assert not held["complete"]
    assert "child" in _asked(_plan({**start, "overheard": "yes", "safe-to-go-on": "yes"}))


def test_answers_that_no_longer_matter_are_set_aside_and_kept() -> None:
    """Changing the concern sets aside what only the old one needed; the answer is still there."""
    said = _plan({"immediate-danger": "no", "concerns": ["neighbours"], "signs": ["weapon"], "excluded": "no"})

    assert ["signs"] == said["set_aside"]
    assert ["weapon"] == said["answers"]["signs"]


def test_questions_of_one_group_share_a_screen() -> None:
    """Open yes-no questions of one group are asked together."""
    said = _plan({"immediate-danger": "no", "concerns": ["abuse"], "overheard": "no"})
    screens = {question["id"]: question["screen"] for question in said["next"]}

    assert screens["child"] == screens["needs"] == 0
    assert screens["signs"] == 1


def test_without_an_area_only_national_contacts_come_and_the_area_is_asked() -> None:
    """Nothing is assumed about where the person is."""
    answers = {"immediate-danger": "no", "concerns": ["abuse"], "child": "yes", "overheard": "no"}
    said = _plan(answers, area=None)

    assert ["police-emergency"] == [contact["id"] for contact in said["outcomes"][0]["contacts"]]
    assert ["children"] == [role["role"] for role in said["outcomes"][0]["unfilled"]]
    assert "area" in _asked(said)
    assert "area" not in _asked(_plan({**answers, "area": "anyshire"}, area=None))


def test_the_first_rung_is_open_and_the_last_always_is() -> None:
    """At 16:45 on a Friday the day team has closed, and the night team comes first."""
    said = _plan({"immediate-danger": "no", "concerns": ["abuse"], "child": "yes"}, FRIDAY_EVENING)
    rungs = said["outcomes"][0]["contacts"]

    assert ["night-team", "day-team", "police-emergency"] == [contact["id"] for contact in rungs]
    assert "open now, until Mon 08:30" == rungs[0]["hours"]
    assert "2026-11-30T08:30+00:00" == rungs[1]["opens_at"]
    assert rungs[-1]["always"]


def test_a_contact_past_review_is_marked_and_never_above_a_fresher_one() -> None:
    """An old number is shown, marked, and after the others that answer."""
    said = _plan({"immediate-danger": "no", "concerns": ["abuse"], "child": "yes"})
    support = next(outcome for outcome in said["outcomes"] if outcome["id"] == "support")

    assert ["day-team", "advice-line"] == [contact["id"] for contact in support["contacts"]][:2]
    assert [False, True] == [contact["old"] for contact in support["contacts"]][:2]


def test_facts_are_shared_between_questions() -> None:
    """Needing care implies being frail, so a visit is met and offered; an answer of one's own wins over that."""
    answers = {"immediate-danger": "no", "concerns": ["abuse"], "needs": "yes"}

    assert [("visit", True)] == [(hint["scheme"], hint["met"]) for hint in _plan(answers)["also_ask"]]
    assert [("visit", False)] == [
        (hint["scheme"], hint["met"]) for hint in _plan({**answers, "frail": "no"})["also_ask"]
    ]


def test_every_outcome_says_why() -> None:
    """Each names the answers that decided it, in words."""
    said = _plan({"immediate-danger": "no", "concerns": ["abuse"], "child": "not-sure"})

    assert ["A child may be affected: not sure", "What are you worried about: Abuse"] == [
        reason["says"] for reason in said["outcomes"][1]["because"]
    ]


def test_a_figure_without_a_value_for_the_day_is_never_taken_from_another() -> None:
    """What needs it cannot be said, whatever is answered; and the rest goes on."""
    later = datetime(2030, 1, 1, tzinfo=LONDON)
    uses = [(name, one["rule"]) for name, one in small().kind("schemes").items() if "old-age" in str(one["rule"])]

    assert uses
    for name, source in uses:
        with pytest.raises(NoFigure, match="old-age on 2030-01-01"):
            small().rule(source, later.date())
        said = verdict(small(), name, Answers({"age": 99}), later)
        assert "cannot-say" == said["verdict"]
        assert "eligible" == verdict(small(), name, Answers({"age": 99}), TUESDAY)["verdict"]
    assert ["emergency"] == [one["id"] for one in _plan({"immediate-danger": "yes"}, later)["outcomes"]]


def test_the_same_answers_give_the_same_plan() -> None:
    """A pure function: no state between calls, whatever came in between."""
    answers = Answers({"immediate-danger": False, "concerns": frozenset({"abuse"})})
    first = plan(small(), answers, TUESDAY, "anyshire")
    plan(small(), Answers({"immediate-danger": True}), FRIDAY_EVENING)

    assert first == plan(small(), answers, TUESDAY, "anyshire")


def test_cases_in_the_file_are_held_and_a_wrong_one_is_named() -> None:
    """A persona whose outcome is not as written is a fault that says what came instead."""
    assert [] == list(case_faults(small()))
    records = {**small().records, "cases": [{**small().records["cases"][0], "expect": {"never": ["support"]}}]}
    wrong = type(small())(records, small().names)

    assert ["a child and abuse on a Friday evening: support comes, and must not."] == list(case_faults(wrong))


def test_a_case_about_a_scheme_must_expect_a_verdict() -> None:
    """A team's case that leaves it out is told so, as any other that does not hold."""
    name = next(iter(small().kind("schemes")))
    case = {**small().records["cases"][0], "name": "ours", "scheme": name, "answers": {}, "expect": {}}
    faults = list(case_faults(type(small())({**small().records, "cases": [case]}, small().names)))

    assert ["ours: the verdict is cannot-say, and expect names none."] == faults


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ({"verdict": "eligible", "answer": "yes"}, []),
        ({"verdict": "not-eligible"}, ["the verdict is eligible, not not-eligible"]),
        ({"answer": "ask them first"}, ["the answer is yes, not ask them first"]),
        ({"urgency": "today"}, ["the urgency is None, not today"]),
        ({"cautions": ["do-not-call-back"]}, ["the caution do-not-call-back is missing"]),
        ({"first_number": "emergency-line"}, ["the first to ring is day-team, not emergency-line"]),
    ],
)
def test_cases_about_a_scheme_hold_all_that_they_expect(expect: dict[str, object], says: list[str]) -> None:
    """The verdict in ids and in a word, how soon, what never to do, whom to ring first."""
    case = {
        "name": "one",
        "scheme": "visit",
        "answers": {"age": "80"},
        "at": "2026-11-24T10:00",
        "area": "anyshire",
        "expect": expect,
    }
    toolkit = type(small())({**small().records, "cases": [case]}, small().names)

    assert [f"one: {one}." for one in says] == list(case_faults(toolkit))


@pytest.mark.parametrize(
    ("question", "written", "expected"),
    [
        ("child", "yes", True),
        ("child", " No ", False),
        ("child", "not-sure", None),
        ("child", "don't know", None),
        ("age", "82", 82),
        ("age", "ns", None),
        ("area", "Anytown", "anyshire"),
        ("concerns", "abuse, other", frozenset({"abuse", "other"})),
        ("concerns", "none", frozenset()),
        ("concerns", [], frozenset()),
        ("score-one", "weekly", "weekly"),
    ],
)
def test_answers_are_understood(question: str, written: object, expected: object) -> None:
    """Each kind of question takes its own answers, and not sure."""
    assert expected == one(small(), question, written)


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("child", ""),
        ("child", "maybe"),
        ("child", "1"),
        ("age", "121"),
        ("age", "-1"),
        ("age", "８２"),
        ("age", "1e1"),
        ("age", "6 5"),
        ("area", "Nowhere"),
        ("concerns", "abuse,"),
        ("concerns", "none,abuse"),
        ("concerns", {"abuse": 1}),
        ("score-one", "sometimes"),
        ("nobody", "yes"),
    ],
)
def test_anything_else_is_refused_and_never_guessed(question: str, written: object) -> None:
    """A word that is no answer is no answer."""
    with pytest.raises(BadAnswer):
        one(small(), question, written)


def test_all_that_is_no_answer_is_told_at_once() -> None:
    """By question, so that each can be shown where it stands; a case of the toolkit is judged by the same reading."""
    written = {"child": "maybe", "age": "82", "nobody": "yes", "score-one": "not-sure"}
    with pytest.raises(BadAnswers) as refused:
        read_answers(small(), written)
    case = {**small().records["cases"][0], "name": "odd", "answers": written}
    faults = list(case_faults(type(small())({**small().records, "cases": [case]}, small().names)))

    assert ["child", "nobody"] == list(refused.value.refused)
    assert [f"odd: {str(bad).rstrip('.')}." for bad in refused.value.refused.values()] == faults


def test_each_type_of_question_in_the_contract_can_be_answered() -> None:
    """None is half built: there is one of each type to ask, and "not sure" is not the only answer that it takes."""
    questions = small().kind("questions")
    types = get_args(get_type_hints(contract.Question)["type"])
    written = {"yes-no": "yes", "number": "1", "pick-many": "none"}

    for kind in types:
        name = next(name for name, question in questions.items() if question["type"] == kind)
        first = next(iter(small().choices(questions[name])), "") if kind == "choice" else written[kind]
        assert one(small(), name, first) is not None
    assert set(types) == {question["type"] for question in questions.values()}
