"""`--copy-text` and Markdown: what goes into a referral form, and what never does."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cst import card
from cst.engine.questions import describe_answers
from cst.views.formats.markdown import escaped, markdown
from cst.views.formats.plain import plain
from cst.views.page import Block, Listed, Never, Ring, Small, Step, Words
from cst.views.pages.referral import FILL, IN_THE_FORM, referral_page
from tests.nothing_kept.test_saving import HELD, TRIAGE, VISIT
from tests.support.command import cst


def test_the_text_for_a_form_has_what_a_service_asks_for() -> None:
    """What to have ready with room for it, the answers, why, where and when, what is not sure, the steps."""
    said = cst(*TRIAGE, "--copy-text").stdout
    plan = json.loads(cst(*TRIAGE, "--json").stdout)
    lines = said.splitlines()

    assert card.LINE == lines[0]
    assert "Council area: Southampton" in lines
    assert "When: Tue 24 Nov 2026 10:00" in lines
    wanted = {item for outcome in plan["outcomes"] for item in outcome["have_ready"]}
    assert wanted
    for item in wanted:
        assert 1 == sum(line in (f"{item}: {FILL}", f"{item}: {IN_THE_FORM}") for line in lines), item
    for outcome in plan["outcomes"]:
        assert outcome["title"] in said
        assert all(step["text"] in said for step in outcome["steps"])
        assert all(reason["says"] in said for reason in outcome["because"])
    assert "A child may be affected, or be there: not sure" in lines[lines.index("Not sure") :]
    assert "What are you worried about: Domestic abuse, Scams and doorstep crime" in said
    assert not set("╭╮╰╯│─\x1b") & set(said)


def test_the_text_for_a_form_asks_for_nobody_and_what_is_pasted_holds_no_number() -> None:
    """Who it is about belongs in the service's own form; refuge details nowhere; whom to ring stands before it."""
    said = cst(*TRIAGE, "--copy-text").stdout

    assert "Put no refuge details in a form" in said
    assert ["999", "101"] == re.findall(r"\d{2,}", said.split("REFERRAL SUMMARY")[0])
    assert "Ring first: 101, " in said.split("REFERRAL SUMMARY")[0]
    assert [] == re.findall(r"\b0\d{2,}[ \d]{5,}|\b(?:999|101|111)\b", said.split("REFERRAL SUMMARY", 1)[1])
    for line in said.splitlines():
        if line.endswith(FILL):
            assert not re.search(r"\b(name|address|birth|passport|phone|number)\b", line, re.IGNORECASE), line


def test_in_danger_the_text_for_a_form_starts_with_the_whole_card() -> None:
    """Promise 1: writing comes after ringing."""
    ran = cst("triage", "--no-input", "-a", "immediate-danger=not-sure", "--copy-text")

    assert 10 == ran.returncode
    assert card.CARD[-1] in ran.stdout.split("REFERRAL SUMMARY")[0]


def test_in_short_mode_the_text_for_a_form_is_the_few_lines() -> None:
    """Nobody who looks on reads what was answered."""
    assert cst("triage", "--no-input", *HELD).stdout == cst("triage", "--no-input", *HELD, "--copy-text").stdout


def test_the_text_for_a_form_works_for_a_scheme() -> None:
    """The verdict, why, what is not sure and the steps."""
    ran = cst(*VISIT, "--no-input", "--copy-text")

    assert 0 == ran.returncode
    assert "How old is the person: 82" in ran.stdout
    assert "They are coming home from hospital: not sure" in ran.stdout.split("Not sure")[1]
    assert f"What puts them at risk, and which risks come together: {FILL}" in ran.stdout


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_the_text_for_a_form_can_be_saved_as_text(ending: str, tmp_path: Path) -> None:
    """What is saved is what is printed."""
    file = tmp_path / f"form.{ending}"
    ran = cst(*TRIAGE, "--copy-text", "--save", str(file))
    saved = file.read_text("utf-8")

    assert saved == ran.stdout if ending == "txt" else "## REFERRAL SUMMARY" in saved
    assert 2 == cst(*TRIAGE, "--copy-text", "--save", str(tmp_path / "form.json")).returncode
    assert 2 == cst(*TRIAGE, "--copy-text", "--json").returncode


@pytest.mark.parametrize("ending", ["txt", "md"])
def test_with_short_only_its_few_lines_are_saved(ending: str, tmp_path: Path) -> None:
    """No more than was on the screen; JSON and text for a form are more, and refused."""
    file = tmp_path / f"plan.{ending}"
    shown = cst(*TRIAGE, "--short", "--save", str(file)).stdout

    lines = shown.splitlines()
    assert ["RING", "DO", "CAUTION"] == [line.split(":")[0] for line in lines[:3]]
    assert all(line.startswith(("NO LOCAL NUMBER: ", "ALSO NOW: ")) for line in lines[3:])
    assert shown.split() == file.read_text("utf-8").replace("\\", "").split()
    for command in (("--save", str(tmp_path / "plan.json")), ("--copy-text",)):
        assert 2 == cst(*TRIAGE, "--short", *command).returncode
    assert [file] == list(tmp_path.iterdir())


# Markdown


def test_markdown_takes_nothing_in_the_data_for_markup() -> None:
    """Signs that Markdown obeys are escaped; words, addresses and numbers read as they are written."""
    page = (
        Block((Words("1. not a list"), Words("# no heading"), Small("- no [link](x) <b> *now* `code`"))),
        Block(
            (Ring("01632 960001", "A_b team", "open now", "first"), Step(1, "Go_to a_b", "1 hour")), "Do * it", "now"
        ),
        Block((Listed("Signs", ("one", "two")), Never("Do not wait", "It harms"))),
    )

    assert (
        "1\\. not a list\n\n\\# no heading\n\n\\- no \\[link\\](x) \\<b\\> \\*now\\* \\`code\\`\n\n"
        "## NOW: Do \\* it\n\n- **RING FIRST:** 01632 960001, A_b team, open now\n"
        "- **Step 1:** 1 hour: Go_to a_b\n\n"
        "**Signs:**\n\n- one\n- two\n- **CAUTION:** Do not wait. It harms\n"
    ) == markdown(page)
    assert "\\_x\\_" == escaped("_x_")


def test_a_summary_of_nothing_is_still_whole() -> None:
    """No outcome, no answer: no empty heading, and still the danger line and the reminders."""
    said = json.loads(cst("triage", "--no-input", "--json").stdout)
    text = plain(referral_page({**said, "outcomes": []}, []))

    assert text.startswith(card.LINE)
    assert "Answers given" not in text
    assert "What the service will ask" not in text


def test_every_answer_is_given_in_words() -> None:
    """In the author's order, "not sure" as well."""
    from cst.engine.answers import Answers
    from tests.support.states import shipped

    toolkit = shipped()
    given = describe_answers(toolkit, Answers({"age": 82, "immediate-danger": False}, frozenset({"frailty"})))

    order = [name for name in toolkit.kind("questions") if name in ("age", "immediate-danger", "frailty")]
    assert order == [one["question"] for one in given]
    assert {"no", 82, "not-sure"} == {one["answer"] for one in given}
