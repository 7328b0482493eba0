"""What decides: each clause of the interview and of a verdict, on toolkits cut down to what the clause needs.

Written from the mutants of `cst/engine/plan.py` and `cst/engine/verdict.py` that the other tests let live.
"""

from __future__ import annotations

from typing import Any

import pytest

from cst import contract
from cst.engine.answers import Answers
from cst.engine.call_order import LAST_RUNG
from cst.engine.plan import plan, scheme_rule
from cst.engine.situation import Situation, Taken
from cst.engine.verdict import verdict
from cst.rules import questions
from cst.toolkit.toolkit import Toolkit
from tests.support.states import TUESDAY, small

FALLBACK = "ask-your-lead"
LEAD = {FALLBACK: small().kind("pathways")[FALLBACK]}
EDITION = {
    "title": "Anyshire test toolkit",
    "version": "1",
    "published": "2026-11-23",
    "disclaimer": "It does not replace your judgement.",
}
PAGE = {
    "id": "page",
    "title": "A page",
    "publisher": "Anyshire",
    "dated": "2026-10-01",
    "consulted": "2026-11-22",
}
NOBODY = frozenset[str]()


def _toolkit(**kinds: Any) -> Toolkit:
    """The invented toolkit without modes and schemes, and with these kinds in place of its own."""
    return Toolkit({**small().records, "modes": {}, "schemes": {}, **kinds}, small().names)


def _pathway(rule: Any, **other: Any) -> dict[str, Any]:
    """A pathway with this rule, and nothing else in it but what is given."""
    empty = {"title": "A pathway", "urgency": "today", "steps": [], "cautions": [], "call": []}
    return {**empty, "on_not_sure": [{"do": "take"}], "rule": rule, "sources": ["page"], **other}


def _questions(**changed: dict[str, Any]) -> dict[str, Any]:
    """The invented toolkit's questions, some with more to them; dashes are written as underscores."""
    ours = small().kind("questions")
    return {name: {**record, **changed.get(name.replace("-", "_"), {})} for name, record in ours.items()}


def _known(unsure: str = "", **known: Any) -> Answers:
    """Answers by question, dashes written as underscores; `unsure` lists the rest, apart by spaces."""
    return Answers({name.replace("_", "-"): value for name, value in known.items()}, frozenset(unsure.split()))


def _plan(toolkit: Toolkit, answers: Answers, area: str | None = "anyshire") -> contract.Plan:
    return plan(toolkit, answers, TUESDAY, area)


def _taken(said: contract.Plan) -> list[tuple[str, bool]]:
    return [(outcome["id"], outcome["certain"]) for outcome in said["outcomes"]]


def _asked(said: contract.Plan) -> list[str]:
    return [question["id"] for question in said["next"]]


# What comes


def test_nothing_is_said_before_the_topic_is_known() -> None:
    """The fallback waits for the topic: it is for those who have said that nothing fits."""
    assert [] == _taken(_plan(small(), _known()))
    assert [] == _taken(_plan(small(), _known(immediate_danger=False)))
    assert [(FALLBACK, True)] == _taken(_plan(small(), _known(immediate_danger=False, concerns=NOBODY)))


def test_the_fallback_waits_for_every_topic_question() -> None:
    """Where two questions give the topic, one answered is not enough."""
    toolkit = _toolkit(questions=_questions(signs={"not_sure_leans": False}), pathways=LEAD)

    assert [] == _taken(_plan(toolkit, _known(concerns=NOBODY)))
    assert [(FALLBACK, True)] == _taken(_plan(toolkit, _known(concerns=NOBODY, signs=NOBODY)))


@pytest.mark.parametrize("name", ["a-pathway", "zebra"])
def test_a_topic_that_is_not_sure_adds_the_fallback_to_what_applies(name: str) -> None:
    """It comes after the rest, whatever the rest is called, and takes nothing away."""
    said = _plan(_toolkit(pathways={name: _pathway("child"), **LEAD}), _known("concerns", child=True))

    assert [(name, True), (FALLBACK, True)] == _taken(said)


def test_the_fallback_comes_once() -> None:
    """A fallback that applies by a rule of its own is not added again."""
    lead = {**LEAD[FALLBACK], "rule": {"any": [{"concerns": {"includes": "other"}}, "needs"]}}
    toolkit = _toolkit(pathways={FALLBACK: lead})

    assert [(FALLBACK, True)] == _taken(_plan(toolkit, _known("concerns", needs=True)))


def test_the_most_urgent_comes_first_and_equals_as_written() -> None:
    """Now, today, soon, routine; in the author's order within each."""
    urgencies = ["routine", "soon", "today", "now", "today", "now"]
    pathways = {f"{urgency}-{place}": _pathway("child", urgency=urgency) for place, urgency in enumerate(urgencies)}
    said = _plan(_toolkit(pathways={**pathways, **LEAD}), _known(child=True))

    expected = ["now-3", "now-5", "today-2", "today-4", "soon-1", "routine-0"]
    assert expected == [outcome["id"] for outcome in said["outcomes"]]


@pytest.mark.parametrize(
    ("answers", "taken", "asked"),
    [
        (_known(), False, True),
        (_known(needs=True), True, False),
        (_known(needs=False), False, True),
        (_known("needs"), False, True),
        (_known("frail", needs=True), True, False),
        (_known(needs=True, frail=False), False, False),
    ],
)
def test_only_a_yes_implies_another_answer(answers: Answers, taken: bool, asked: bool) -> None:
    """What another answer implies is not asked; what it does not imply is; an answer of one's own comes first."""
    said = _plan(_toolkit(pathways={"visit": _pathway("frail"), **LEAD}), answers)

    assert taken == ("visit" in {outcome["id"] for outcome in said["outcomes"]})
    assert ("needs" in answers.unsure) == ("needs" in {line["question"] for line in said["find_out"]})
    assert asked == ("frail" in _asked(said))


@pytest.mark.parametrize(
    ("answers", "taken", "asked"),
    [
        (_known(child=True, needs=True), ["first", "second"], []),
        (_known(child=True, needs=True, excluded=True), ["first"], []),
        (_known(child=True, needs=True, excluded=False), ["first", "second"], []),
        (_known("excluded", child=True, needs=True), ["first", "second"], []),
        (_known(child=False, needs=True, excluded=True), ["second"], []),
    ],
)
def test_a_pathway_is_left_out_only_where_it_is_certain_that_it_does_not_fit(
    answers: Answers, taken: list[str], asked: list[str]
) -> None:
    """Not sure whether it fits keeps it, and nothing is asked for that alone."""
    second = _pathway("needs", not_if={"all": ["child", "excluded"]})
    said = _plan(_toolkit(pathways={"first": _pathway("child"), "second": second, **LEAD}), answers)

    assert taken == [outcome["id"] for outcome in said["outcomes"]]
    assert asked == [name for name in _asked(said) if name != "concerns"]


def test_what_is_open_is_neither_taken_nor_ruled_out_nor_replaced() -> None:
    """Only pathways with a rule left over are open."""
    pathways = {
        "taken": _pathway("child", replaces=["replaced"]),
        "ruled-out": _pathway({"not": "child"}),
        "replaced": _pathway("needs"),
        "open": _pathway("willing"),
    }
    taken, opened = Situation(_toolkit(pathways=pathways), _known(child=True), TUESDAY).sort_out()

    assert [Taken("taken", certain=True)] == taken
    assert ["open"] == list(opened)
    assert ("willing",) == questions(opened["open"])


def test_what_waits_on_a_not_sure_alone_is_not_open() -> None:
    """A question answered "not sure" is not put again, and the plan is complete without it."""
    asking = _pathway("child", on_not_sure=[{"do": "find-out"}])
    said = _plan(_toolkit(pathways={"asking": asking, **LEAD}), _known("child", concerns=NOBODY))

    assert [] == said["open"]
    assert [] == _asked(said)
    assert said["complete"]


def test_what_waits_on_a_not_sure_and_another_answer_is_open() -> None:
    """The question without an answer is put; the other is not put again."""
    asking = _pathway({"all": ["child", "needs"]}, on_not_sure=[{"do": "find-out"}])
    said = _plan(_toolkit(pathways={"asking": asking, **LEAD}), _known("child", concerns=NOBODY))

    assert ["asking"] == said["open"]
    assert ["needs"] == _asked(said)
    assert not said["complete"]


# What is asked


@pytest.mark.parametrize(
    ("answers", "asked"),
    [(_known(), True), (_known(needs=True), True), (_known("needs"), True), (_known(needs=False), False)],
)
def test_a_question_is_put_unless_what_it_is_asked_for_is_ruled_out(answers: Answers, asked: bool) -> None:
    """A condition that is yes, not sure or not yet known lets the question stand."""
    toolkit = _toolkit(questions=_questions(child={"asked_if": "needs"}), pathways={"one": _pathway("child"), **LEAD})

    assert asked == ("child" in _asked(_plan(toolkit, answers)))


@pytest.mark.parametrize(
    ("answers", "asked"),
    [(_known(), ["needs"]), (_known(needs=True), ["child"]), (_known("needs"), ["child"]), (_known(needs=False), [])],
)
def test_what_decides_if_a_question_is_put_comes_before_it(answers: Answers, asked: list[str]) -> None:
    """A fire visit asks about signs of high risk only where there is abuse: so it asks about abuse first."""
    both = {"one": _pathway({"all": ["child", "needs"]}), **LEAD}
    toolkit = _toolkit(questions=_questions(child={"asked_if": "needs"}), pathways=both)

    assert asked == [name for name in _asked(_plan(toolkit, answers)) if name in ("child", "needs")]


def test_two_questions_that_wait_for_each_other_are_both_put() -> None:
    """A circle is a maintainer's mistake, and nobody is left without a question for it."""
    both = {"one": _pathway({"any": ["child", "needs"]}), **LEAD}
    toolkit = _toolkit(questions=_questions(child={"asked_if": "needs"}, needs={"asked_if": "child"}), pathways=both)

    assert {"child", "needs"} == set(_asked(_plan(toolkit, _known(concerns=frozenset()))))


PART: dict[str, Any] = {
    "steps": {"say": "Do this.", "when": "child"},
    "cautions": {"caution": "do-not-mediate", "when": "child"},
    "call": {"use": "children", "when": "child"},
}


@pytest.mark.parametrize("part", PART)
def test_a_part_with_a_condition_comes_unless_the_answer_is_no_and_is_asked_about(part: str) -> None:
    """Yes brings each, no does not, until then it is asked. Not sure brings no call: it would change whom to ring."""
    toolkit = _toolkit(pathways={"one": _pathway("needs", **{part: [PART[part]]}), **LEAD})
    shown: dict[str, Any] = {}
    for said, answers in {
        "yes": _known(needs=True, child=True),
        "not-sure": _known("child", needs=True),
        "no": _known(needs=True, child=False),
        "open": _known(needs=True),
    }.items():
        outcome = _plan(toolkit, answers)["outcomes"][0]
        found = [contact["id"] for contact in outcome["contacts"] if contact["id"] == "day-team"]
        shown[said] = len(outcome["steps"]) + len(outcome["cautions"]) + len(found)

    assert {"yes": 1, "not-sure": int(part != "call"), "no": 0, "open": 0} == shown
    assert "child" in _asked(_plan(toolkit, _known(needs=True)))
    assert "child" not in _asked(_plan(toolkit, _known()))


@pytest.mark.parametrize(
    ("answers", "area", "asked"),
    [
        (_known(needs=True), None, False),
        (_known(child=True), None, True),
        (_known(child=True, needs=True), None, True),
        (_known("area", child=True), None, False),
        (_known(child=True), "anyshire", False),
        (_known(child=True, area="anyshire"), None, False),
    ],
)
def test_the_area_is_asked_only_where_it_could_bring_somebody_to_ring(
    answers: Answers, area: str | None, asked: bool
) -> None:
    """Not for national lines alone, nor where it is known: one local call is enough, among others too."""
    local = _pathway("child", call=[{"use": "advice"}, {"use": "children"}])
    national = _pathway("needs", call=[{"use": "advice"}])
    toolkit = _toolkit(pathways={"local": local, "national": national, **LEAD})

    assert asked == ("area" in _asked(_plan(toolkit, answers, area)))


@pytest.mark.parametrize(
    ("answers", "area", "expected"),
    [
        (_known(), None, (None, None)),
        (_known("area"), None, (None, None)),
        (_known(area="anyshire"), None, ("anyshire", "Anyshire")),
        (_known(area="anyshire"), "othershire", ("othershire", "Othershire")),
    ],
)
def test_the_area_is_the_one_given_apart_and_else_the_one_answered(
    answers: Answers, area: str | None, expected: tuple[str | None, str | None]
) -> None:
    """Said by its id and its name; nowhere is nowhere."""
    said = _plan(small(), answers, area)

    assert expected == (said["area"], said["area_name"])


# Modes


SHORT = {"title": "Someone may hear", "rule": "excluded", "says": ["Press q to leave."]}
CHILD = {"one": _pathway("child"), **LEAD}


@pytest.mark.parametrize(
    ("answers", "on", "asked"),
    [
        (_known(concerns=NOBODY), False, ["child", "excluded"]),
        (_known(concerns=NOBODY, excluded=True), True, []),
        (_known("excluded", concerns=NOBODY), True, []),
        (_known(concerns=NOBODY, excluded=False), False, ["child"]),
    ],
)
@pytest.mark.parametrize("says", [True, False])
def test_a_mode_is_asked_about_and_keeps_questions_back_while_it_is_on(
    answers: Answers, on: bool, asked: list[str], says: bool
) -> None:
    """Yes and not sure turn it on. With no lines to show it does its work unseen; with no end to it, nothing waits."""
    mode = {key: value for key, value in SHORT.items() if says or key != "says"} | {"never_asks": ["child"]}
    said = _plan(_toolkit(modes={"short": mode}, pathways=CHILD), answers)

    assert asked == _asked(said)
    assert (["short"] if on and says else []) == [one["id"] for one in said["modes"]]


def test_a_mode_that_hangs_on_two_answers_asks_for_the_second_after_a_not_sure() -> None:
    """Not sure counts as yes, so the mode can still come."""
    mode = {**SHORT, "rule": {"all": ["excluded", "willing"]}}
    toolkit = _toolkit(modes={"short": mode}, pathways=LEAD)

    assert ["willing"] == _asked(_plan(toolkit, _known("excluded", concerns=NOBODY)))
    assert [] == _asked(_plan(toolkit, _known(excluded=False, concerns=NOBODY)))


def test_a_mode_says_its_title_its_lines_and_what_ends_it() -> None:
    """As written; what has no end says so."""
    modes = {"short": {**SHORT, "until": "safe-to-go-on"}, "other": {**SHORT, "rule": "needs"}}
    said = _plan(_toolkit(modes=modes, pathways=LEAD), _known(excluded=True, needs=True))

    line = {"title": "Someone may hear", "says": ["Press q to leave."]}
    assert [{"id": "short", **line, "until": "safe-to-go-on"}, {"id": "other", **line, "until": None}] == said["modes"]


def test_danger_is_asked_even_while_a_mode_holds_everything_up() -> None:
    """Danger first, then only what ends the mode; either once answered is not put again."""
    modes = {"short": {**SHORT, "until": "safe-to-go-on"}}
    toolkit = _toolkit(modes=modes, pathways=CHILD)

    assert ["immediate-danger", "safe-to-go-on"] == _asked(_plan(toolkit, _known(excluded=True)))
    assert ["safe-to-go-on"] == _asked(_plan(toolkit, _known("immediate-danger", excluded=True)))
    assert ["immediate-danger"] == _asked(_plan(toolkit, _known(excluded=True, safe_to_go_on=False)))


def test_a_plan_that_is_held_up_is_not_complete_though_nothing_is_left_to_ask() -> None:
    """It is not safe to go on, and every question has its answer."""
    toolkit = _toolkit(modes={"short": {**SHORT, "until": "safe-to-go-on"}}, pathways=LEAD)
    answers = _known(immediate_danger=False, excluded=True, safe_to_go_on=False, concerns=NOBODY)
    here = Situation(toolkit, answers, TUESDAY)

    assert set() == here.worth_asking(*here.sort_out())
    assert not _plan(toolkit, answers)["complete"]


def test_a_mode_adds_its_cautions_to_every_pathway_where_their_condition_holds() -> None:
    """After the pathway's own."""
    cautions = [{"caution": "do-not-call-back", "when": "willing"}]
    pathways = {"one": _pathway("child", cautions=[{"caution": "do-not-mediate"}]), **LEAD}
    toolkit = _toolkit(modes={"short": {**SHORT, "cautions": cautions}}, pathways=pathways)
    found = {
        willing: [
            caution["id"]
            for caution in _plan(toolkit, _known(child=True, excluded=True, willing=willing))["outcomes"][0]["cautions"]
        ]
        for willing in (True, False)
    }

    assert {True: ["do-not-mediate", "do-not-call-back"], False: ["do-not-mediate"]} == found


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        (_known(), True),
        (_known(concerns=frozenset({"abuse"})), True),
        (_known(concerns=frozenset({"abuse"}), overheard=False), False),
        (_known(concerns=frozenset({"abuse"}), overheard=True), False),
        (_known("overheard", concerns=frozenset({"abuse"})), False),
        (_known(concerns=frozenset({"neighbours"})), False),
    ],
)
def test_little_is_shown_until_it_is_known_whether_somebody_looks_on(answers: Answers, seen: bool) -> None:
    """As long as a question that could turn on short mode is to be asked, and no longer."""
    assert seen is Situation(small(), answers, TUESDAY).may_be_seen()


def test_a_mode_without_lines_holds_nothing_back() -> None:
    """Only a mode that shows its lines is about who may be looking on."""
    silent = {key: value for key, value in SHORT.items() if key != "says"}

    assert not Situation(_toolkit(modes={"silent": silent}), _known(), TUESDAY).may_be_seen()
    assert Situation(_toolkit(modes={"short": SHORT}), _known(), TUESDAY).may_be_seen()


def test_one_question_that_may_be_put_is_enough_to_be_careful() -> None:
    """Another that may not be put does not make it safe; where none may be put there is nothing to wait for."""
    changed = _questions(child={"asked_if": "willing"}, needs={"asked_if": "frail"})
    toolkit = _toolkit(questions=changed, modes={"short": {**SHORT, "rule": {"any": ["child", "needs"]}}})

    assert Situation(toolkit, _known(willing=False), TUESDAY).may_be_seen()
    assert not Situation(toolkit, _known(willing=False, frail=False), TUESDAY).may_be_seen()


# Why, and what no longer matters


def test_a_certain_outcome_names_no_doubt_among_its_reasons() -> None:
    """A not sure that stands first in the rule is no reason where another answer makes it certain."""
    either = {"one": _pathway({"any": ["child", "needs"]}), **LEAD}
    outcome = _plan(_toolkit(pathways=either), _known("child", needs=True))["outcomes"][0]

    assert outcome["certain"]
    assert ["needs"] == [reason["question"] for reason in outcome["because"]]
    assert [] == outcome["unsure_of"]


def test_an_outcome_is_unsure_only_of_what_was_answered_not_sure() -> None:
    """A question that nobody has answered yet is no doubt."""
    either = {"one": _pathway({"any": ["child", "needs"]}), **LEAD}
    outcome = _plan(_toolkit(pathways=either), _known("child"))["outcomes"][0]

    assert not outcome["certain"]
    assert ["child"] == [reason["question"] for reason in outcome["because"]]
    assert ["child"] == [question["id"] for question in outcome["unsure_of"]]


EITHER = {"one": _pathway({"any": ["child", "needs"]}), **LEAD}
BOTH = {"one": _pathway({"all": ["child", "needs"]}), **LEAD}
STEP = {"one": _pathway("child", steps=[{"say": "Do this.", "when": "needs"}]), **LEAD}


@pytest.mark.parametrize(
    ("pathways", "answers", "aside"),
    [
        pytest.param(EITHER, _known(child=True, needs=True), ["needs"], id="one reason is enough"),
        pytest.param(EITHER, _known("child needs"), ["needs"], id="one doubt is enough"),
        pytest.param(EITHER, _known(child=True), [], id="the reason stays"),
        pytest.param(BOTH, _known(child=True, needs=True), [], id="both are reasons"),
        pytest.param(BOTH, _known(child=True), [], id="a part of what is open"),
        pytest.param(BOTH, _known(child=False, needs=False), ["child", "needs"], id="neither would be asked again"),
        pytest.param(BOTH, _known("needs", child=False), ["needs"], id="the no would be asked again"),
        pytest.param(STEP, _known(child=True, needs=True), [], id="a step's condition"),
        pytest.param(STEP, _known(child=True, needs=False), [], id="a step's condition that is no"),
        pytest.param(STEP, _known(child=False, needs=True), ["needs"], id="a condition of what does not apply"),
    ],
)
def test_set_aside_is_what_decides_nothing_and_would_not_be_asked(
    pathways: dict[str, dict[str, Any]], answers: Answers, aside: list[str]
) -> None:
    """An answer stays as long as it is a reason, or would be asked for were it not given."""
    assert aside == _plan(_toolkit(pathways=pathways), answers)["set_aside"]


def test_answers_to_a_mode_and_the_area_are_never_set_aside() -> None:
    """Who looks on, whether it is safe to go on, and where somebody is matter whatever the topic."""
    modes = {"short": {**SHORT, "until": "safe-to-go-on"}}
    answers = _known(excluded=True, safe_to_go_on=True, area="anyshire", willing=True, age=40)

    assert ["willing", "age"] == _plan(_toolkit(modes=modes, pathways=LEAD), answers, None)["set_aside"]


# What is said


def test_a_plan_says_what_it_is_and_what_it_was_asked() -> None:
    """The contract's version and kind, the edition, the minute and the answers."""
    said = _plan(small(), _known("child", immediate_danger=False))
    head = ("cst", "kind", "edition", "area", "area_name", "area_says", "at", "answers")

    assert {
        "cst": 1,
        "kind": "plan",
        "edition": EDITION,
        "area": "anyshire",
        "area_name": "Anyshire",
        "area_says": None,
        "at": "2026-11-24T10:00+00:00",
        "answers": {"immediate-danger": "no", "child": "not-sure"},
    } == {key: value for key, value in said.items() if key in head}


def test_an_outcome_says_all_that_its_pathway_says() -> None:
    """Every field that is written arrives, as written."""
    written = {
        "title": "Ring them",
        "brief": "Ring",
        "urgency": "soon",
        "steps": [
            {"say": "Ring.", "within": "the same hour", "brief": "Same hour: ring.", "key": True, "duty": True},
            {"say": "Write."},
        ],
        "cautions": [{"caution": "do-not-mediate"}, {"caution": "do-not-call-back"}],
        "call": [{"use": "advice"}, {"use": "idle"}],
        "have_ready": ["Their name"],
        "if_worse": "Ring the emergency line.",
        "issues": ["abuse"],
    }
    roles = {**small().kind("roles"), "idle": {"name": "Idle", "if_none": "Nobody does this."}}
    cautions = small().kind("cautions")
    cautions = {**cautions, "do-not-mediate": {**cautions["do-not-mediate"], "brief": "Do not mediate."}}
    toolkit = _toolkit(pathways={"one": _pathway("child", **written), **LEAD}, roles=roles, cautions=cautions)
    outcome = dict(_plan(toolkit, _known(child=True))["outcomes"][0])
    contacts: Any = outcome.pop("contacts")

    assert ["advice-line", "police-emergency"] == [contact["id"] for contact in contacts]
    assert {
        "id": "one",
        "title": "Ring them",
        "brief": "Ring",
        "urgency": "soon",
        "certain": True,
        "leads": True,
        "asks": [],
        "because": [{"question": "child", "answer": "yes", "says": "A child may be affected: yes"}],
        "unsure_of": [],
        "steps": [
            {"text": "Ring.", "within": "the same hour", "brief": "Same hour: ring.", "key": True, "duty": True},
            {"text": "Write.", "within": None, "brief": None, "key": False, "duty": False},
        ],
        "cautions": [
            {
                "id": "do-not-mediate",
                "text": "Do not bring them together.",
                "why": "It can make things worse.",
                "brief": "Do not mediate.",
                "kills": "B",
            },
            {
                "id": "do-not-call-back",
                "text": "Do not call back without a safe number.",
                "why": None,
                "brief": None,
                "kills": "A",
            },
        ],
        "unfilled": [{"role": "idle", "says": "Nobody does this.", "first": False}],
        "first": {"contact": "advice-line", "phone": contacts[0]["phones"][0]["number"]},
        "no_first": None,
        "have_ready": ["Their name"],
        "if_worse": "Ring the emergency line.",
        "issues": ["abuse"],
        "sources": [PAGE],
    } == outcome


def test_an_outcome_with_little_written_says_as_little() -> None:
    """What a pathway leaves out is empty, and not an error."""
    outcome = _plan(_toolkit(pathways={"one": _pathway("child"), **LEAD}), _known(child=True))["outcomes"][0]

    assert ([], None, []) == (outcome["have_ready"], outcome["if_worse"], outcome["issues"])


# Schemes


VISIT = small().kind("schemes")["visit"]
OWN = {"rule": "needs", "note": "A rule of its own.", "sources": ["page"]}


@pytest.mark.parametrize(
    ("answers", "area", "hints"),
    [
        (_known(), "anyshire", []),
        (_known(age=70), "anyshire", [(True, "They can have a visit.")]),
        (_known(age=64), "anyshire", [(False, "Are they frail?")]),
        (_known("frail", age=64), "anyshire", [(False, "Are they frail?")]),
        (_known(age=64, frail=False), "anyshire", []),
        (_known(), "othershire", []),
        (_known(age=70), "othershire", []),
        (_known(age=80), "othershire", [(True, "They can have a visit.")]),
    ],
)
def test_a_scheme_is_mentioned_where_it_is_met_or_one_answer_away(
    answers: Answers, area: str, hints: list[tuple[bool, str]]
) -> None:
    """By the area's own rule where it has one; never where no answer bears on it, or where it is ruled out."""
    toolkit = _toolkit(schemes={"visit": VISIT})

    assert [{"scheme": "visit", "title": "A visit", "met": met, "says": says} for met, says in hints] == _plan(
        toolkit, answers, area
    )["also_ask"]


@pytest.mark.parametrize(
    ("area", "expected"),
    [(None, VISIT["rule"]), ("othershire", "needs"), ("anyshire", "willing"), ("england", "willing")],
)
def test_the_nearest_area_with_a_rule_decides_and_nowhere_has_none(area: str | None, expected: Any) -> None:
    """From the inside out; where the area is not known the scheme's own rule holds."""
    scheme = {**VISIT, "area_rules": {"england": {**OWN, "rule": "willing"}, "othershire": OWN}}
    rule, entry = scheme_rule(scheme, small(), area)

    assert expected == rule
    assert (entry is None) == (area is None)


def test_a_scheme_without_rules_of_areas_has_one_rule_everywhere() -> None:
    """The scheme's own."""
    counted = small().kind("schemes")["counted"]

    assert (counted["rule"], None) == scheme_rule(counted, small(), "anyshire")
    assert (counted["rule"], None) == scheme_rule(counted, small(), None)


# Verdicts


def _verdict(scheme: dict[str, Any], answers: Answers, area: str | None = "anyshire", **kinds: Any) -> contract.Verdict:
    return verdict(_toolkit(schemes={"visit": scheme}, **kinds), "visit", answers, TUESDAY, area)


def _ids(said: Any) -> list[str]:
    return [one["id"] for one in said]


def test_a_verdict_says_all_that_its_scheme_says() -> None:
    """Every field that is written arrives, as written; why, whom to ring, and what to have ready."""
    scheme = {
        **VISIT,
        "brief": "A visit, in short",
        "law": {"status": "guidance", "note": "Since April."},
        "area_rules": {"othershire": {**OWN, "sources": ["old-page"]}},
        "steps": [{"say": "Ring.", "within": "a week"}],
        "cautions": [{"caution": "do-not-call-back"}],
        "call": [{"use": "children"}],
        "have_ready": ["Their name"],
    }
    said: dict[str, Any] = dict(_verdict(scheme, _known("frail", needs=True), "othershire"))
    how = said.pop("how")

    assert ["page", "old-page"] == _ids(said.pop("sources"))
    assert {
        "cst": 1,
        "kind": "verdict",
        "edition": EDITION,
        "scheme": "visit",
        "title": "A visit",
        "brief": "A visit, in short",
        "summary": "Someone comes.",
        "verdict": "eligible",
        "answer": "yes",
        "says": "They can have a visit.",
        "urgency": None,
        "urgency_says": None,
        "law": {"status": "guidance", "note": "Since April."},
        "area": "othershire",
        "area_name": "Othershire",
        "area_says": None,
        "area_note": "A rule of its own.",
        "at": "2026-11-24T10:00+00:00",
        "answers": {"needs": "yes", "frail": "not-sure"},
        "because": [{"question": "needs", "answer": "yes", "says": "Someone needs care: yes"}],
        "also_because": [],
        "unsure_of": [],
        "would_settle": [],
        "next": [],
        "first": None,
        "no_first": "Ask the council which team it is.",
        "do_nots": [
            {
                "says": "Do not call back without a safe number.",
                "kills": "A",
                "of": ["do-not-call-back"],
                "outcomes": [],
            }
        ],
    } == said
    assert [LAST_RUNG] == _ids(how.pop("contacts"))
    assert {
        "steps": [{"text": "Ring.", "within": "a week", "brief": None, "key": False, "duty": False}],
        "cautions": [
            {
                "id": "do-not-call-back",
                "text": "Do not call back without a safe number.",
                "why": None,
                "brief": None,
                "kills": "A",
            }
        ],
        "unfilled": [{"role": "children", "says": "Ask the council which team it is.", "first": True}],
        "have_ready": ["Their name"],
    } == how


def test_a_verdict_with_little_written_says_as_little() -> None:
    """No law, nothing to have ready, and no note where the area has no rule of its own."""
    scheme = {key: value for key, value in VISIT.items() if key not in ("law", "area_rules")}
    said = _verdict(scheme, _known(age=80))

    assert (None, None, []) == (said["law"], said["area_note"], said["how"]["have_ready"])
    assert ["page"] == _ids(said["sources"])


@pytest.mark.parametrize(
    ("answers", "expected", "says", "because", "unsure_of", "would_settle", "asked"),
    [
        (_known(), "cannot-say", "Ask the team.", [], [], ["age", "frail"], ["age", "frail"]),
        (_known("age"), "cannot-say", "Ask the team.", [], ["age"], ["age", "frail"], ["frail"]),
        (_known("age frail"), "cannot-say", "Ask the team.", [], ["age", "frail"], ["age", "frail"], []),
        (_known("frail", age=65), "eligible", "They can have a visit.", ["age"], [], [], []),
        (_known(age=64, frail=False), "not-eligible", "Ask anyway.", ["age", "frail"], [], [], []),
    ],
)
def test_a_verdict_says_why_what_is_in_doubt_and_what_would_settle_it(
    answers: Answers,
    expected: str,
    says: str,
    because: list[str],
    unsure_of: list[str],
    would_settle: list[str],
    asked: list[str],
) -> None:
    """A verdict that is given has reasons and no doubts; one that cannot be given has doubts and no reasons."""
    said = _verdict(VISIT, answers)

    assert (expected, says) == (said["verdict"], said["says"])
    assert because == [reason["question"] for reason in said["because"]]
    assert unsure_of == _ids(said["unsure_of"])
    assert would_settle == _ids(said["would_settle"])
    assert asked == _ids(said["next"])


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        (_known(age=65), ["child", "willing"]),
        (_known("child", age=65), ["willing"]),
        (_known(age=65, child=True, willing=False), []),
        (_known(age=64, frail=False), []),
        (_known(age=64), ["frail"]),
    ],
)
def test_what_else_a_scheme_asks_comes_only_once_it_is_met(answers: Answers, asked: list[str]) -> None:
    """After its rule, and each question once; not for somebody who cannot have it."""
    assert asked == _ids(_verdict({**VISIT, "also_ask": ["child", "willing"]}, answers)["next"])


INSTEAD = [
    {"when": {"not": "willing"}, "answer": "not now", "says": "They refuse.", "steps": [{"say": "Ask why."}]},
    {"not_sure_of": "willing", "answer": "ask them", "says": "Ask them."},
]
SOON = [
    {"when": {"all": [{"not": "willing"}, "child"]}, "urgency": "today", "says": "Today."},
    {"not_sure_of": "child", "urgency": "soon", "says": "Find out if a child is there."},
    {"urgency": "routine", "says": "In time."},
]
ASKED = {**VISIT, "also_ask": ["child", "willing"], "steps": [{"say": "Ring."}, {"say": "Tell.", "when": "child"}]}
BY_ANSWER = {**ASKED, "instead": INSTEAD, "how_soon": SOON}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (_known(age=65), ("yes", "They can have a visit.", "routine", ["Ring."])),
        (_known(age=65, willing=True, child=True), ("yes", "They can have a visit.", "routine", ["Ring.", "Tell."])),
        (_known(age=65, willing=False, child=False), ("not now", "They refuse.", "routine", ["Ask why."])),
        (_known(age=65, willing=False, child=True), ("not now", "They refuse.", "today", ["Ask why."])),
        (_known("willing", age=65), ("ask them", "Ask them.", "routine", ["Ring."])),
        (_known("child", age=65, willing=False), ("not now", "They refuse.", "soon", ["Ask why."])),
        (_known("child willing", age=65), ("ask them", "Ask them.", "soon", ["Ring."])),
        (_known(age=64, frail=False, willing=False, child=True), ("no", "Ask anyway.", None, ["Ring.", "Tell."])),
        (_known(age=64, willing=False, child=True), ("cannot say yet", "Ask the team.", None, ["Ring.", "Tell."])),
    ],
)
def test_the_same_yes_says_another_thing_for_another_answer(
    answers: Answers, expected: tuple[str, str, str | None, list[str]]
) -> None:
    """By what is certain, or by a "not sure" of its own; only where the scheme is met, and the verdict stays."""
    said = _verdict(BY_ANSWER, answers)

    assert expected == (said["answer"], said["says"], said["urgency"], [one["text"] for one in said["how"]["steps"]])


def test_where_an_area_has_words_of_its_own_no_answer_brings_back_the_schemes() -> None:
    """There it is another thing: neither what stands in the place of its yes nor its urgency holds."""
    own = {**OWN, "says": {"eligible": "Ask here.", "not_eligible": "No.", "cannot_say": "Ask."}}
    said = _verdict({**BY_ANSWER, "area_rules": {"othershire": own}}, _known(needs=True, willing=False), "othershire")

    assert ("yes", "Ask here.", None, None, []) == (
        said["answer"],
        said["says"],
        said["urgency"],
        said["urgency_says"],
        said["how"]["steps"],
    )


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (_known(age=65), "They can have a visit."),
        (_known(age=65, willing=False), "They refuse."),
        (_known(age=65, willing=False, child=True), "They refuse. Today."),
        (_known("willing", age=65), "Ask them."),
    ],
)
def test_a_scheme_is_mentioned_in_the_words_of_its_verdict(answers: Answers, says: str) -> None:
    """A plan does not say "ask for it" of somebody who refused; how soon it says where that is today."""
    assert [says] == [hint["says"] for hint in _plan(_toolkit(schemes={"visit": BY_ANSWER}), answers)["also_ask"]]


def test_every_reason_that_holds_is_named_though_one_is_enough() -> None:
    """Whoever gets the referral wants to know of all; the first alone decided, and what does not hold is no reason."""
    both = _verdict(VISIT, _known(age=80, frail=True))
    one = _verdict(VISIT, _known(age=80, frail=False))
    every = {**VISIT, "rule": {"all": ["frail", {"age": {"at_least": 65}}]}}

    assert (["age"], ["frail"]) == tuple([fact["question"] for fact in both[k]] for k in ("because", "also_because"))
    assert (["age"], []) == tuple([fact["question"] for fact in one[k]] for k in ("because", "also_because"))
    assert [] == _verdict(every, _known(age=80, frail=True))["also_because"]
    twice = {**VISIT, "rule": {"any": [{"all": ["frail", "child"]}, {"all": ["frail", "willing"]}]}}
    said = _verdict(twice, _known(frail=True, child=True, willing=True))
    assert ["willing"] == [fact["question"] for fact in said["also_because"]]


@pytest.mark.parametrize("part", PART)
def test_not_sure_of_what_is_only_asked_beside_the_rule_brings_nothing(part: str) -> None:
    """A long list that nobody knows about would bring all its steps; the same question in the rule still does."""
    scheme = {**VISIT, "steps": [], "call": [], part: [PART[part]]}
    beside = _verdict({**scheme, "also_ask": ["child"]}, _known("child", age=80))["how"]

    assert [] == [*beside["steps"], *beside["cautions"]]
    assert "day-team" not in _ids(beside["contacts"])


@pytest.mark.parametrize("part", PART)
def test_a_part_of_a_scheme_with_a_condition_comes_unless_the_answer_is_no(part: str) -> None:
    """Steps, cautions and calls, as in a pathway: nothing comes before the answer."""
    shown = []
    for answers in (_known(child=True), _known("child"), _known(child=False), _known()):
        how = _verdict({**VISIT, "steps": [], "call": [], part: [PART[part]]}, answers)["how"]
        shown.append(len(how["steps"]) + len(how["cautions"]) + ("day-team" in _ids(how["contacts"])))

    assert [1, 1, 0, 0] == shown
