"""Questions that fit: asked only where they can matter, in words for whoever is asked, nothing dropped in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cst.engine.answers import read_answers
from cst.engine.plan import plan
from cst.exits import Exit, of_plan
from cst.views.formats.plain import plain
from cst.views.pages.plan import plan_page
from cst.views.pages.referral import referral_page
from cst.views.pages.three_lines import short_page
from tests.support.states import TUESDAY, shipped

if TYPE_CHECKING:
    from cst import contract

ISSUES = list(shipped().kind("issues"))
MODES = ("with", "remote", "heard", "me")
BEGUN = {"immediate-danger": "no", "overheard": "no"}
HIDES_OTHERS = ("fire-safety", "homelessness", "scams", "support", "anti-social-behaviour")


def _plan(area: str | None = "gosport", **answers: object) -> contract.Plan:
    written = BEGUN | {name.replace("_", "-"): value for name, value in answers.items()}
    return plan(shipped(), read_answers(shipped(), written), TUESDAY, area)


def _asked(said: contract.Plan) -> list[str]:
    return [question["id"] for question in said["next"]]


# What a topic asks about this minute or this night; nothing else stands before how the worker knows of it.
IS_IT_NOW = {
    *("attack-signs", "caller-there-now", "money-gone", "arson-threat"),
    *("no-safe-place-tonight", "homeless-under-18", "fleeing-abuse"),
}


def _first_screen(said: contract.Plan) -> list[str]:
    return [question["id"] for question in said["next"] if question["screen"] == 0]


def _choices(said: contract.Plan, name: str) -> set[str]:
    return {choice["id"] for one in said["next"] if one["id"] == name for choice in one["choices"]}


def _text(said: contract.Plan) -> str:
    return "\n".join(
        [one["title"] for one in said["outcomes"]]
        + [step["text"] for one in said["outcomes"] for step in one["steps"]]
        + [caution["text"] for one in said["outcomes"] for caution in one["cautions"]]
    )


def _forms(said: contract.Plan) -> list[str]:
    return [plain(page) for page in (plan_page(said), short_page(said), referral_page(said, []))]


# How the worker knows of it


@pytest.mark.parametrize("issue", ISSUES)
def test_how_you_know_of_it_is_asked_right_after_the_topic(issue: str) -> None:
    """With whatever the topic asks about now, and who may look on, on one screen."""
    said = plan(shipped(), read_answers(shipped(), {"immediate-danger": "no", "concerns": [issue]}), TUESDAY, "gosport")

    first = _first_screen(said)
    assert {"contact-mode", "overheard"} <= {*first}
    assert {*first[: first.index("contact-mode")]} <= IS_IT_NOW


@pytest.mark.parametrize("issue", ISSUES)
@pytest.mark.parametrize("mode", MODES)
def test_how_you_know_of_it_changes_no_first_number_no_urgency_and_no_exit(issue: str, mode: str) -> None:
    """It words the steps. Whom to ring first, what is urgent and what a script is told stay as they are."""
    before, after = _plan(concerns=[issue]), _plan(concerns=[issue], contact_mode=mode)

    assert before["first"] == after["first"]
    assert [(one["id"], one["urgency"]) for one in before["outcomes"]] == [
        (one["id"], one["urgency"]) for one in after["outcomes"]
    ]
    assert of_plan(before) == of_plan(after)


@pytest.mark.parametrize("issue", ISSUES)
def test_not_sure_how_you_know_of_it_is_as_if_it_had_not_been_asked(issue: str) -> None:
    """The widest safe words, and nothing left open for it."""
    before, after = _plan(concerns=[issue]), _plan(concerns=[issue], contact_mode="not-sure")

    assert before["outcomes"] == after["outcomes"]
    assert before["complete"] is after["complete"]


@pytest.mark.parametrize("issue", ISSUES)
def test_nobody_who_has_not_met_them_is_told_to_talk_alone(issue: str) -> None:
    """F: step 1 for a neighbour, a bank or a landlord was "talk to the person alone"."""
    told = _text(_plan(concerns=[issue], contact_mode="heard", high_risk_signs=["threat-to-kill"])).casefold()

    for words in ("talk to the person alone", "talk to them alone", "see her alone", "see the person alone"):
        assert words not in told


@pytest.mark.parametrize("issue", ISSUES)
def test_on_the_phone_the_first_question_is_whether_they_can_talk(issue: str) -> None:
    """Where with the person it is "talk alone", on the phone it is "are you safe to talk?"."""
    with_them = _text(_plan(concerns=[issue], contact_mode="with"))
    remote = _text(_plan(concerns=[issue], contact_mode="remote"))

    if "alone" in with_them.partition("\n")[2] and "Talk to" in with_them:
        assert "safe to talk" in remote
    assert "Talk to the person alone" not in remote


@pytest.mark.parametrize("issue", ISSUES)
def test_whoever_it_happens_to_hears_no_words_of_the_trade(issue: str) -> None:
    """No MARAC, DASH or IDVA, no lead, and no service for those who do harm but where they say so themselves."""
    said = _plan(
        concerns=[issue], contact_mode="me", high_risk_signs=["escalating"], who_harms="partner", child_affected="no"
    )
    rung = {contact["id"] for one in said["outcomes"] for contact in one["contacts"]}

    for word in ("MARAC", "DASH", "IDVA", "safeguarding lead", "Talk to the person", "Do not promise"):
        assert word not in _text(said)
    if issue != "harmful-behaviour":
        assert not [name for name in rung if "hampton" in name or "respect-phoneline" in name]


@pytest.mark.parametrize("mode", ["me", "with"])
def test_have_ready_and_if_it_gets_worse_speak_to_whoever_it_happens_to(mode: str) -> None:
    """Abuse, a choked neck and a talk of suicide: "you" for the one, "they" for the worker."""
    said = _plan(
        concerns=["domestic-abuse"],
        contact_mode=mode,
        who_harms="partner",
        high_risk_signs=["strangulation", "suicidal"],
    )
    words = {
        " ".join([*one["have_ready"], one["if_worse"]]).lower()
        for one in said["outcomes"]
        if one["id"] in ("da-high-risk", "strangulation-medical", "harm-to-self") and one["if_worse"]
    }

    assert 3 == len(words)
    assert all(("reach you" in one or "where you are" in one) is (mode == "me") for one in words)
    assert not any(" they " in f" {one} " and mode == "me" for one in words)


def test_a_child_to_whom_it_happens_gets_childline_and_a_safe_adult() -> None:
    """Beside children's services, and never the line for adults that worry alone."""
    said = _plan(concerns=["child-abuse"], contact_mode="me")
    (child,) = (one for one in said["outcomes"] if one["id"] == "child-urgent")

    assert "childline" in [contact["id"] for contact in child["contacts"]]
    assert "tell an adult you trust" in _text(said)


def test_the_only_chance_is_not_asked_of_whoever_has_not_met_them() -> None:
    """Nor of whoever it happens to; of a worker it is."""
    assert "only-chance" in _asked(_plan(concerns=["domestic-abuse"], contact_mode="with"))
    assert "only-chance" not in _asked(_plan(concerns=["domestic-abuse"], contact_mode="heard"))
    assert "only-chance" not in _asked(_plan(concerns=["domestic-abuse"], contact_mode="me"))


def test_the_one_you_are_with_is_no_choice_for_who_heard_of_it_or_whom_it_happens_to() -> None:
    """Given all the same it counts."""
    for mode, offered in (("with", True), ("remote", True), ("heard", False), ("me", False)):
        assert offered is ("self" in _choices(_plan(concerns=["stalking"], contact_mode=mode), "who-harms"))


# Is it now?


def _answered_first_screen(issue: str, **answers: str) -> contract.Plan:
    """A topic with its first screen answered: no, none or not sure, but where an answer is given."""
    begun: dict[str, object] = {"immediate-danger": "no", "concerns": [issue]}
    before = plan(shipped(), read_answers(shipped(), begun), TUESDAY, "gosport")
    others = {"yes-no": "no", "choice": "not-sure", "pick-many": "none"}
    first = {one["id"]: others[one["type"]] for one in before["next"] if one["screen"] == 0}
    given = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return plan(
        shipped(), read_answers(shipped(), begun | first | {"contact-mode": "with"} | given), TUESDAY, "gosport"
    )


@pytest.mark.parametrize(("issue", "now"), [("scams", "caller-there-now"), ("prevent", "attack-signs")])
def test_the_topics_own_now_is_asked_on_the_screen_after_it_and_brings_999(issue: str, now: str) -> None:
    """The trader at the door: with the topic given, 999 after the second screen; chosen from the list, the third."""
    before = plan(
        shipped(), read_answers(shipped(), {"immediate-danger": "no", "concerns": [issue]}), TUESDAY, "gosport"
    )
    after = _answered_first_screen(issue, **{now: "yes"})

    assert now in _first_screen(before)
    assert after["first"]
    assert "999" == after["first"]["phone"]
    assert [] == after["next"]


def test_a_threat_of_fire_is_for_the_police_today_and_for_999_once_it_could_be_tonight() -> None:
    """Said alone it is no emergency; whether it could be tonight is still asked, and that is one."""
    before = plan(
        shipped(), read_answers(shipped(), {"immediate-danger": "no", "concerns": ["fire-safety"]}), TUESDAY, "gosport"
    )
    said = _answered_first_screen("fire-safety", arson_threat="yes")
    tonight = _answered_first_screen("fire-safety", arson_threat="yes", arson_when="yes")

    assert "arson-threat" in _first_screen(before)
    assert ("arson-threatened", "today") == (said["outcomes"][0]["id"], said["outcomes"][0]["urgency"])
    assert said["first"]
    assert "101" == said["first"]["phone"]
    assert "arson-when" in _asked(said)
    assert tonight["first"]
    assert "999" == tonight["first"]["phone"]
    assert [] == tonight["next"]


# Signs only where somebody may do harm


@pytest.mark.parametrize("issue", HIDES_OTHERS)
def test_signs_of_what_others_do_are_asked_only_where_somebody_does_harm(issue: str) -> None:
    """Unknown counts as somebody. Suicide and overdose under every topic but fire, arson where there are neighbours."""
    nobody = _choices(
        _plan(concerns=[issue], contact_mode="with", who_harms="nobody", fleeing_abuse="no"), "high-risk-signs"
    )
    unknown = _choices(_plan(concerns=[issue], contact_mode="with", who_harms="unknown"), "high-risk-signs")
    alone = {"suicidal", "overdose"} | ({"arson"} if issue == "anti-social-behaviour" else set())

    assert (set() if issue == "fire-safety" else alone) == nobody
    if issue not in ("fire-safety", "support"):
        assert {"weapon", "strangulation", "threat-to-kill", "arson"} < unknown


def test_a_choice_that_is_not_asked_counts_when_it_is_given_and_leaves_nothing_open() -> None:
    """Not offered is not forbidden; and not sure about what was asked says nothing of what was not."""
    nobody = {"concerns": ["homelessness"], "who_harms": "nobody", "fleeing_abuse": "no"}
    given = _plan(**nobody, high_risk_signs=["weapon"])
    unsure = _plan(**nobody, high_risk_signs="not-sure")

    assert "high-risk-police" in [one["id"] for one in given["outcomes"]]
    assert {"overdose", "suicidal"} == {choice for line in unsure["find_out"] for choice in line["of"]}


@pytest.mark.parametrize("issue", [name for name in ISSUES if name not in ("fire-safety", "support")])
@pytest.mark.parametrize("said", [{"high_risk_signs": ["arson"]}, {"arson_threat": "yes"}])
def test_a_threat_of_fire_brings_the_police_under_every_topic_whichever_way_it_is_said(issue: str, said: Any) -> None:
    """F5: under neighbours it was thrown away without a word. The sign and the question are one fact."""
    brought = _plan(concerns=[issue], who_harms="neighbour", **said)

    police = {"high-risk-police", "da-high-risk", "emergency", "own-behaviour-high-risk", "arson-threatened"}
    told = [one for one in brought["outcomes"] if one["id"] in police]

    assert told
    assert all({"police-non-emergency", "police-emergency"} & {line["id"] for line in one["contacts"]} for one in told)
    assert {"now", "today"} >= {one["urgency"] for one in told}
    assert not {"arson-threat", "high-risk-signs"} & set(brought["set_aside"])


# MARAC and children


def test_no_marac_for_a_child_who_harms() -> None:
    """Under 16: a case for children's services. From 16, or with an age that nobody knows, MARAC as well."""
    for age, marac in {"under-10": 0, "10-to-15": 0, "16-17": 1, "adult": 1, "unknown": 1, "not-sure": 1}.items():
        told = _plan(
            concerns=["domestic-abuse"],
            who_harms="family",
            high_risk_signs=["weapon"],
            child_affected="yes",
            harmer_age=age,
        )
        ids = [one["id"] for one in told["outcomes"]]
        assert bool(marac) is ("da-high-risk" in ids)
        assert "child-urgent" in ids
        assert {"da-high-risk", "high-risk-police"} & set(ids)  # the police hear of a weapon either way


# After an emergency


def test_after_an_emergency_nothing_is_asked_that_changes_nothing_first() -> None:
    """What is left unasked is named in every form; the code stays 10."""
    said = _plan(immediate_danger="yes", concerns=["domestic-abuse"])

    assert [] == said["next"]
    assert {"child-affected", "care-needs", "high-risk-signs"} <= {one["id"] for one in said["not_asked"]}
    assert Exit.EMERGENCY == of_plan(said)
    for text in _forms(said):
        assert "a child there, care needs" in text
        assert "Tell 999 if so." in text


def test_who_may_look_on_is_still_asked_where_something_is_to_be_hidden() -> None:
    """With the topic known; with danger alone there is nothing on the screen but the card."""
    danger = {"immediate-danger": "yes"}
    topic = read_answers(shipped(), danger | {"concerns": ["domestic-abuse"]})

    assert ["overheard"] == _asked(plan(shipped(), topic, TUESDAY))
    assert [] == _asked(plan(shipped(), read_answers(shipped(), danger), TUESDAY))


def test_danger_itself_is_asked_even_where_something_else_is_an_emergency_already() -> None:
    """Answers given beforehand never take the first question away."""
    given = read_answers(shipped(), {"concerns": ["scams"], "caller-there-now": "yes"})

    assert "immediate-danger" == _asked(plan(shipped(), given, TUESDAY))[0]


# Nothing in silence


def test_an_answer_that_is_set_aside_is_said_in_every_form() -> None:
    """Page, three lines and the text to paste."""
    said = _plan(concerns=["domestic-abuse"], hate_motive="yes")

    assert ["hate-motive"] == said["set_aside"]
    for text in _forms(said):
        assert "not used here: the person, or anyone else, thinks it is about who they are: yes" in text.casefold()


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("bsl", "They sign (BSL)."),
        ("language", "another language"),
        ("easy", "short words"),
        ("cannot-speak", "yes or no"),
    ],
)
def test_how_they_need_to_be_understood_stands_in_every_form(need: str, words: str) -> None:
    """A line on top, the do-not about relatives, and it never comes before the emergency line."""
    said = _plan(concerns=["domestic-abuse"], communication=[need])

    for text in _forms(said):
        assert words in text
    assert "interpret" in _text(said)
    assert plain(plan_page(said)).startswith("Danger now: ring 999.")


def test_not_sure_how_they_need_to_be_understood_gives_the_do_not_and_no_line() -> None:
    """No relative interprets until it is known; four lines for four needs that nobody has would be noise."""
    said = _plan(concerns=["homelessness"], communication="not-sure")

    assert [] == said["lines"]
    assert "interpret" in _text(said)
    assert "interpret" not in _text(_plan(concerns=["homelessness"]))


def test_how_they_need_to_be_understood_holds_no_plan_up() -> None:
    """It is asked beside other questions, and never on a screen of its own."""
    assert "communication" not in _asked(
        _plan(
            concerns=["homelessness"],
            contact_mode="with",
            fleeing_abuse="no",
            no_safe_place_tonight="no",
            homeless_under_18="no",
        )
    )
    said = _plan(concerns=["prevent"])
    while said["next"]:
        answers = {one["id"]: "not-sure" for one in said["next"] if one["id"] not in ("contact-mode", "communication")}
        assert answers
        said = _plan(**{**{key: value for key, value in said["answers"].items() if key not in BEGUN}, **answers})

    assert said["complete"]
