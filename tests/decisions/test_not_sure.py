"""What "not sure" does: it never shouts down what is certain, and nothing that a yes would bring is lost."""

from __future__ import annotations

import random
from datetime import datetime
from functools import lru_cache
from itertools import combinations, product
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pytest

from cst.engine.answers import Answers, read_answers
from cst.engine.disclosure import as_shown
from cst.engine.not_sure import FIND_OUT, ORDER, URGENCIES, in_words, shared_lines
from cst.engine.plan import plan
from cst.engine.questions import describe_answers
from cst.engine.situation import Situation
from cst.exits import Exit, of_plan
from cst.rules import questions
from cst.views.formats.plain import plain
from cst.views.pages.find_out import not_known
from cst.views.pages.plan import plan_page
from cst.views.pages.referral import referral_page
from cst.views.pages.three_lines import short_page
from tests.support.in_process import run
from tests.support.states import LONDON, NOT_SURE, TUESDAY, answered, shipped

if TYPE_CHECKING:
    from cst import contract

ISSUES = list(shipped().kind("issues"))
AREAS = ["hampshire", "southampton", "portsmouth", "isle-of-wight", "city-of-london", None]
NIGHT = TUESDAY.replace(hour=23, minute=30)
FORCED_MARRIAGE = ("forced-marriage-unit", "forced-marriage-unit-out-of-hours")
URGENT = ("now", "today")
PERSONAS = [case for case in shipped().records["cases"] if "scheme" not in case]


@lru_cache
def all_not_sure(issue: str, area: str | None = "winchester", *, night: bool = False) -> contract.Plan:
    """The plan for an issue when all that is then asked is answered not sure, but for danger and who looks on."""
    at = NIGHT if night else TUESDAY
    answers = Answers({"immediate-danger": False, "overheard": False, "concerns": frozenset({issue})})
    while asked := plan(shipped(), answers, at, area)["next"]:
        answers = Answers(answers.known, answers.unsure | {question["id"] for question in asked})
    return plan(shipped(), answers, at, area)


def _plan(**written: Any) -> contract.Plan:
    given = {"immediate-danger": "no", "overheard": "no"}
    given |= {name.replace("_", "-"): value for name, value in written.items()}
    return plan(shipped(), read_answers(shipped(), given), TUESDAY, "winchester")


def _lines_before_small_print(text: str) -> int:
    return sum(bool(line.strip()) for line in text[: text.rindex("\n\n")].splitlines())


@pytest.mark.parametrize("issue", ISSUES)
def test_all_not_sure_gives_no_emergency_and_no_marriage_unit_outside_its_topic(issue: str) -> None:
    """Six areas by day and night: no 999 first, the unit for marriage in its topic alone, exit 3, no wall of text."""
    for area, night in product(AREAS, (False, True)):
        told = all_not_sure(issue, area, night=night)

        assert "emergency" not in {outcome["id"] for outcome in told["outcomes"]}
        # That nobody knows who is missing leads, and is signed for.
        assert not told["first"] or told["first"]["contact"] != "police-emergency" or issue == "missing-person"
        assert not told["first"] or told["first"]["contact"] not in FORCED_MARRIAGE or issue == "forced-marriage"
        assert Exit.CANNOT_SAY == of_plan(told)
        assert _lines_before_small_print(plain(plan_page(told))) <= 40
        assert len(shared_lines(told["find_out"])) <= 12


@pytest.mark.parametrize("issue", ISSUES)
def test_whatever_a_yes_would_bring_is_accounted_for(issue: str) -> None:
    """One unknown and all of them: each urgent pathway of each yes stands, has a line, or is signed for in a row."""
    told = all_not_sure(issue)
    unsure = frozenset(name for name, value in told["answers"].items() if value == "not-sure") - {"area"}
    known = {"immediate-danger": False, "overheard": False, "concerns": frozenset({issue})}
    pathways = shipped().kind("pathways")
    for some in (*(frozenset({one}) for one in unsure), unsure):
        answers = Answers(known, some)
        said = plan(shipped(), answers, TUESDAY, "winchester")
        here = Situation(shipped(), answers, TUESDAY, "winchester")
        standing = {one["id"] for one in said["outcomes"]}
        replaced = {other for name in standing - {FIND_OUT} for other in pathways[name].get("replaces", ())}
        lines = {name for line in said["find_out"] for name in line["pathways"]}
        signed = {name for rows in here.unknowns.rows.values() for row in rows for name in row.get("leaves_out", ())}
        for question, value in _yeses(some):
            after = Situation(shipped(), Answers({**known, question: value}, some - {question}), TUESDAY, "winchester")
            for one in after.sort_out()[0]:
                if pathways[one.name]["urgency"] in URGENT and "if_unknown" not in pathways[one.name]:
                    assert one.name in standing | replaced | lines | signed, (question, value)


def _yeses(unsure: frozenset[str]) -> list[tuple[str, Any]]:
    """Each of these questions with each answer that is not a no."""
    found: list[tuple[str, Any]] = []
    for name in unsure:
        record = shipped().kind("questions")[name]
        match record["type"]:
            case "yes-no":
                found.append((name, True))
            case "choice":
                found += [(name, choice) for choice in shipped().choices(record)]
            case "pick-many":
                found += [(name, frozenset({choice})) for choice in shipped().choices(record)]
    return found


@pytest.mark.parametrize("issue", ISSUES)
def test_an_unknown_leaves_the_first_outcome_and_number_as_with_no(issue: str) -> None:
    """Each unknown alone, against no: the first call is the same, but for the rows that lead."""
    known = {"immediate-danger": False, "overheard": False, "concerns": frozenset({issue})}
    for name in all_not_sure(issue)["answers"]:
        question = shipped().kind("questions")[name]
        leads = any(row.get("leads") for row in question.get("not_sure", ()))
        if question["type"] == "yes-no" and name not in known and not leads:
            without = plan(shipped(), Answers({**known, name: False}), TUESDAY, "winchester")
            unsure = plan(shipped(), Answers(known, frozenset({name})), TUESDAY, "winchester")

            assert without["first"] == unsure["first"], name
            assert without["outcomes"][0]["id"] == unsure["outcomes"][0]["id"], name


@pytest.mark.parametrize("issue", ISSUES)
def test_every_line_rings_somebody_and_says_do_not_wait(issue: str) -> None:
    """By day and night, everywhere: a question, what a yes means, a number to ring first, and no reason to wait."""
    for area, night in product(AREAS, (False, True)):
        told = all_not_sure(issue, area, night=night)
        for lines in shared_lines(told["find_out"]):
            says = in_words(lines)

            assert "If yes:" in says
            assert "do not wait" in says
            assert lines[0]["ring"]["first"]
            assert lines[0]["ring"]["contacts"][0]["open"] is not False
            assert lines[0]["ring"]["contacts"][-1]["always"]
        assert told["outcomes"][-1]["title"] == ("Find out tonight" if night else "Find out today")
        assert "safeguarding lead" in told["outcomes"][-1]["steps"][-1]["text"]


@pytest.mark.parametrize("issue", ISSUES)
def test_the_deadliest_line_is_first_in_every_form_and_none_is_folded_under_a_lesser_one(issue: str) -> None:
    """Sets of two to six unknowns: order and count hold, and plain, short and JSON begin with the same line."""
    asked = [name for name, value in all_not_sure(issue)["answers"].items() if value == "not-sure"]
    chance = random.Random(7)
    sets = [*combinations(asked, 2), *(tuple(chance.sample(asked, min(len(asked), size))) for size in (3, 4, 5, 6) * 3)]
    known = {"immediate-danger": False, "overheard": False, "concerns": frozenset({issue})}
    for some in chance.sample(sets, min(len(sets), 40)):
        told = plan(shipped(), Answers(known, frozenset(some)), TUESDAY, "winchester")
        deadly = [
            min((URGENCIES.index(line["urgency"]), ORDER.index(line["about"])) for line in lines)
            for lines in shared_lines(told["find_out"])
        ]
        first = told["find_out"][:1]
        written = [line for line in plain(plan_page(told)).splitlines() if line.startswith("Find out: ")]

        assert sorted(deadly) == deadly
        assert len(deadly) == len(written)
        assert all(line["says"] in written[0] for line in first)
        assert all(f"FIND OUT: {line['says']}" in plain(short_page(told)) for line in first)


def test_the_box_closes_the_outcomes_for_whoever_knows_nothing_else() -> None:
    """Every line stands in the steps of the last outcome; where all is known there is neither."""
    for issue in ISSUES:
        told = all_not_sure(issue)
        steps = [step["text"] for step in told["outcomes"][-1]["steps"]]

        assert FIND_OUT == told["outcomes"][-1]["id"]
        assert [in_words(lines) for lines in shared_lines(told["find_out"])] == steps[:-2]
    known = _plan(concerns=["support"])
    assert [] == known["find_out"]
    assert FIND_OUT not in {outcome["id"] for outcome in known["outcomes"]}


@pytest.mark.parametrize("issue", ISSUES)
def test_what_is_not_known_is_named_in_the_text_for_a_form(issue: str) -> None:
    """Left out, it would read as no to the service that gets it."""
    told = all_not_sure(issue)
    here = Answers({"concerns": frozenset({issue})})
    text = plain(referral_page(told, describe_answers(shipped(), here)))

    assert "NOT KNOWN: " in text
    assert all(says in text for says in not_known(told["find_out"]))


@pytest.mark.parametrize("answer", ["yes", "not-sure"])
def test_no_named_question_is_shown_while_somebody_may_look_on(answer: str) -> None:
    """Short mode: no box until it is safe; a safe that is not sure is a no. JSON keeps it, with the mode."""
    given = {"concerns": ["domestic-abuse"], "high_risk_signs": "not-sure", "overheard": answer}
    for held in (_plan(**given), _plan(**given, safe_to_go_on="not-sure")):
        text = plain(plan_page(held)) + plain(short_page(held)) + plain(referral_page(held, []))

        assert held["find_out"]
        assert [] == as_shown(held)["find_out"]
        assert not any(line["says"] in text for line in held["find_out"])
    safe = _plan(**given, safe_to_go_on="yes")
    assert safe["find_out"][0]["says"] in plain(plan_page(safe))


def test_a_choice_that_means_not_known_is_read_as_not_sure() -> None:
    """`who-harms: unknown` gives what not sure gives, and is still said in its own words."""
    for issue in ISSUES:
        for signs in (["weapon"], "not-sure", "none"):
            given = {"concerns": [issue], "high_risk_signs": signs, "child_affected": "yes"}
            unknown, unsure = _plan(**given, who_harms="unknown"), _plan(**given, who_harms="not-sure")

            assert [one["id"] for one in unsure["outcomes"]] == [one["id"] for one in unknown["outcomes"]]
            assert unsure["find_out"] == unknown["find_out"]
            assert "unknown" == unknown["answers"]["who-harms"]


def test_every_question_that_a_plan_asks_says_what_not_sure_does() -> None:
    """A row for each, line by line, so that nothing rests on what happens without one."""
    sources = [
        toolkit_rule
        for kind in ("pathways", "modes")
        for record in shipped().kind(kind).values()
        for toolkit_rule in [record["rule"], *(part["when"] for part in record.get("steps", ()) if "when" in part)]
    ]
    asked = {name for source in sources for name in questions(shipped().rule(source, TUESDAY.date()))}

    assert not {name for name in asked if "not_sure" not in shipped().kind("questions")[name]}


def test_a_lead_that_is_not_urgent_says_find_out_over_a_line_that_could_be_for_now() -> None:
    """A heading of SOON over carbon monoxide that nobody asked about would say that it can wait."""
    text = plain(plan_page(_plan(concerns=["fire-safety"], co_signs="not-sure")))

    assert "SOON: Ask for a fire safety visit, and find out what is below\n" in text


@pytest.mark.deep
@pytest.mark.parametrize("case", PERSONAS, ids=itemgetter("name"))
def test_each_persona_is_told_the_same_first_number_and_loses_nothing(case: dict[str, Any]) -> None:
    """Walked with what is not said as no and as not sure; then each unknown that is in fact a yes is named."""
    at, area = datetime.fromisoformat(case["at"]).replace(tzinfo=LONDON), case.get("area")
    given = read_answers(shipped(), case["answers"])
    begun = Answers({"overheard": False, **given.known}, given.unsure - {"overheard"})
    without, unsure = (_walked(begun, at, area, no=no) for no in (True, False))
    told = plan(shipped(), unsure, at, area)
    here = Situation(shipped(), unsure, at, area)
    rows = [row for found in here.unknowns.rows.values() for row in found]
    standing, pathways = {one["id"] for one in told["outcomes"]} - {FIND_OUT}, shipped().kind("pathways")
    accounted = standing | {other for name in standing for other in pathways[name].get("replaces", ())}
    accounted |= {name for line in told["find_out"] for name in line["pathways"]}
    accounted |= {name for row in rows for name in row.get("leaves_out", ())}

    assert plan(shipped(), without, at, area)["first"] == told["first"] or any(row.get("leads") for row in rows)
    for question, value in _yeses(unsure.unsure - {"concerns", "area"}):
        after = Answers({**unsure.known, question: value}, unsure.unsure - {question})
        if isinstance(value, frozenset) and value.isdisjoint(here.offered(question)):
            continue  # it was not asked, so that "not sure" says nothing of it
        for one in Situation(shipped(), after, at, area).sort_out()[0]:
            urgent = pathways[one.name]["urgency"] in URGENT
            assert not one.heads or not urgent or one.name in accounted, (question, value)


def _walked(answers: Answers, at: datetime, area: str | None, *, no: bool) -> Answers:
    """The answers once all that is asked is answered no, or not sure; a choice is not sure in both."""
    nothing: dict[str, Any] = {"yes-no": False, "pick-many": frozenset(), "number": 0}
    while asked := plan(shipped(), answers, at, area)["next"]:
        for question in asked:
            if no and question["type"] in nothing:
                answers = answered(answers, question["id"], nothing[question["type"]])
            else:
                answers = answered(answers, question["id"], NOT_SURE)
    return answers


def test_what_an_emergency_leaves_unasked_is_named_under_it() -> None:
    """Whoever rings can say it; what is for the person's ears alone is not there."""
    text = plain(plan_page(_plan(immediate_danger="yes", concerns=["domestic-abuse"])))
    card, emergency, unasked = text.split("\n\n")[:3]

    assert card.startswith("EMERGENCY: ")
    assert emergency.startswith("NOW: Ring the emergency line")
    assert "Not asked: a child there, care needs, a weapon, choking, threats or fire. Tell 999 if so." == unasked
    assert "Not asked" not in plain(plan_page(_plan(concerns=["domestic-abuse"])))


GIVEN = ("-a", "overheard=no", "-a", "concerns=homelessness")


@pytest.mark.parametrize(
    ("danger", "extra", "code"),
    [
        ("no", ("-a", "no-safe-place-tonight=not-sure"), 3),
        ("no", ("-a", "high-risk-signs=not-sure"), 3),
        ("no", ("-a", "high-risk-signs=overdose"), 10),
        ("not-sure", (), 10),
    ],
)
def test_the_exit_code_is_never_done_on_a_not_sure(danger: str, extra: tuple[str, ...], code: int) -> None:
    """A script must not close a case that rests on what nobody knows."""
    assert code == run("triage", "--no-input", "-a", f"immediate-danger={danger}", *GIVEN, *extra).code


def test_the_screen_shows_three_lines_and_names_and_counts_the_rest() -> None:
    """Three, and more only where more could be for now; a pipe has all."""
    from cst.views.formats.panels import panels

    told = all_not_sure("adult-safeguarding")
    urgent = sum(lines[0]["urgency"] == "now" for lines in shared_lines(told["find_out"]))
    text = panels(plan_page(told), 100, colour=False, ascii_only=True)

    assert max(3, urgent) == sum(line.startswith("|  ? ") for line in text.splitlines())
    folded = sum(len(lines) for lines in shared_lines(told["find_out"])[max(3, urgent) :])
    assert (f"Also not known ({folded})" in text) is bool(folded)


@pytest.mark.parametrize("topic", ["homelessness", "scams", "drugs-alcohol", "mental-health-crisis"])
def test_suicide_and_overdose_have_a_line_where_nobody_does_harm(topic: str) -> None:
    """Not sure brings both lines and no other sign; yes brings the crisis line and the emergency line."""
    told = _plan(concerns=[topic], who_harms="nobody", high_risk_signs="not-sure")
    lines = [line["of"] for line in told["find_out"] if line["question"] == "high-risk-signs"]
    yes = _plan(concerns=[topic], who_harms="nobody", high_risk_signs=["suicidal"])
    certain = {one["id"] for one in yes["outcomes"]}

    assert ["overdose"] in lines
    assert ["suicidal"] in lines or topic == "mental-health-crisis"
    assert [] not in lines
    assert "harm-to-self" in certain
    assert "emergency" == _plan(concerns=[topic], high_risk_signs=["overdose"])["outcomes"][0]["id"]


def test_questions_that_protect_say_that_to_suspect_it_is_a_yes() -> None:
    """Whoever means "I think so" is told which answer that is."""
    named = "child-affected care-needs cannot-protect-self only-chance attack-signs caller-there-now arson-threat "
    named += "exploitation-signs high-risk-signs abuse-at-home home-taken-over stalked threats-or-fear honour-shame "
    named += "marriage-pressure"

    assert not [name for name in named.split() if "suspect" not in shipped().kind("questions")[name]["hint"]]


@pytest.mark.parametrize("who", [*shipped().kind("questions")["who-harms"]["choices"], "not-sure"])
def test_money_that_may_have_gone_rings_the_bank_but_not_within_the_family(who: str) -> None:
    """The one who takes it may hold the account: then the service that helps is rung first."""
    told = _plan(concerns=["scams"], who_harms=who, money_gone="not-sure")
    close = who in ("partner", "family", "carer-unpaid", "trusted-role")

    assert ("bank-now" in {one["id"] for one in told["outcomes"]}) is not close
    assert ("money-gone" in {line["question"] for line in told["find_out"]}) is close
