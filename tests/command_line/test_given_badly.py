"""Promise: what was typed and is no answer, or no name, is named for what it is; nothing typed is lost in silence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cst.cli.options import OPTIONS
from tests.support.in_process import run

TRIAGE = ("triage", "--no-input", "--json")
FILES = [(command, one.name) for one in OPTIONS if one.metavar == "FILE" for command in one.commands]
# What a command needs besides, so that nothing else is wrong.
BESIDES = {
    "lookup": ["marac"],
    "screen": ["fire-visit", "people.csv"],
    "graph": ["fire-visit"],
    "export sql": ["--scheme", "fire-visit", "--dialect", "duckdb"],
    "list": ["issues"],
    "changes": ["data"],
    "import open-referral": ["feed.json"],
}


@pytest.mark.parametrize(("command", "option"), FILES)
def test_a_file_without_a_name_is_refused(command: str, option: str) -> None:
    """As when the variable of a script is empty: its answers would be missing, and nobody would know."""
    ran = run(*command.split(), *BESIDES.get(command, ()), option, "")

    assert 2 == ran.code, ran
    assert f"{option} needs the name of a file." in ran.err


@pytest.mark.parametrize("written", ["", " ", "=", "=yes", "age=", "age", " = ", "\u200b=yes"])
def test_half_an_answer_is_shown_as_it_was_typed(written: str) -> None:
    """With the form that it must have."""
    ran = run(*TRIAGE, "-a", written)

    assert 2 == ran.code, ran
    assert "Write -a QUESTION=VALUE" in ran.err
    assert f"-a cannot be {written}" in ran.err if written.strip().isascii() and written.strip() else "-a" in ran.err


def test_two_answers_that_contradict_each_other_are_refused() -> None:
    """Also "not sure" and a fact; the same twice is none the worse."""
    for first, second in (("yes", "no"), ("no", "yes"), ("no", "not-sure")):
        ran = run(*TRIAGE, "-a", f"immediate-danger={first}", "-a", f"immediate-danger={second}")
        assert 2 == ran.code, ran
        assert f"-a gives immediate-danger two answers: {first} and {second}." in ran.err
    assert 10 == run(*TRIAGE, "-a", "immediate-danger=yes", "-a", "immediate-danger=yes").code


def test_what_may_be_ticked_together_may_be_given_one_by_one() -> None:
    """An alias may hold one topic, and the worker adds another."""
    one_by_one = run(*TRIAGE, "-a", "immediate-danger=no", "-a", "concerns=scams", "-a", "concerns=fire-safety")
    together = run(*TRIAGE, "-a", "immediate-danger=no", "-a", "concerns=scams,fire-safety")

    assert ["fire-safety", "scams"] == json.loads(one_by_one.out)["answers"]["concerns"]
    assert together == one_by_one


@pytest.mark.parametrize(
    "written", ["immediate\u200b-danger=yes", "\ufeffimmediate-danger=yes", "immediate-danger=yes\u00ad"]
)
def test_a_sign_that_nobody_sees_is_no_part_of_an_answer(written: str) -> None:
    """It comes with a text that was copied from a page or a chat."""
    assert 10 == run(*TRIAGE, "-a", written).code


@pytest.mark.parametrize("name", ["\uff4d\uff41\uff52\uff41\uff43", "ma\u200brac", "m\u00adarac"])
def test_a_name_in_wide_letters_or_with_signs_of_no_width_is_found(name: str) -> None:
    """As other keyboards and web pages write it: the very same entry."""
    assert run("lookup", "marac", "--json") == run("lookup", name, "--json")


def test_an_answers_file_of_another_shape_is_told_what_it_holds(tmp_path: Path) -> None:
    """Not what a toolkit holds."""
    file = tmp_path / "answers.yaml"
    for text in ("yes\n", "- age: 82\n", "[]\n"):
        file.write_text(text, "utf-8")
        ran = run("triage", "--no-input", "--answers", str(file))
        assert 65 == ran.code
        assert "the file must hold answers, a line each, such as age: 82." in ran.err
        assert "toolkit.yaml" not in ran.err


def test_a_remedy_is_a_sentence_and_a_file_that_is_not_read_has_no_line(tmp_path: Path) -> None:
    """What stands after a full stop begins with a capital."""
    ran = run("check", str(tmp_path))

    assert 1 == ran.code
    assert f"{tmp_path}: this is a folder. Name a plain file. [not-a-file]" in ran.out
