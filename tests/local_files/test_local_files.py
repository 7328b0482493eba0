"""A team's own file: `cst check` says in words what it changes, and a correction that got old is seen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cst.checks.overlay_changes import changes, out_of_date
from cst.source.faults import Refused
from cst.source.open import open_toolkit
from cst.source.overlay import mark_of
from cst.toolkit.toolkit import Toolkit
from tests.support.in_process import run
from tests.support.states import SMALL, small

PAGES = "sources:\n  ours: {title: Ours, publisher: Us, dated: 2026-11, consulted: 2026-11-22}\n"
DESK = """contacts:
  our-desk:
    name: Our duty desk
    fills: [children]
    serves: [anyshire]
    status: active
    phones:
      - {number: "01632 960001", kind: voice}
      - {number: "01632 960002", kind: text}
    schedule:
      - {days: Mon-Fri, opens_at: "09:00", closes_at: "17:00"}
    evidence:
      - {source: ours}
    confidence: our own list
"""


def corrected(**fields: Any) -> str:
    """A file that corrects the day team of the invented toolkit."""
    record = {
        **small().kind("contacts")["day-team"],
        "based_on": mark_of(small().kind("contacts")["day-team"]),
        **fields,
    }
    return json.dumps({"contacts": {"day-team": _texts(record)}})


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def laid(text: str, folder: Path) -> Toolkit:
    """The invented toolkit with a local file of this text."""
    file = folder / "team.yaml"
    file.write_text(text, "utf-8")
    return open_toolkit([str(SMALL)], [str(file)], None)


def test_what_is_added_is_said_in_words(tmp_path: Path) -> None:
    """The numbers, the hours, the role and the area: what a second person needs to agree to it."""
    (said,) = [one for one in changes(small(), laid(DESK + PAGES, tmp_path)) if "contact" in one]

    expected = "phones: 01632 960001, 01632 960002 (text). schedule: Mon-Fri 09:00 to 17:00."
    assert said.startswith(f"Adds a contact, Our duty desk (local: team.yaml) (our-desk). {expected}")
    assert "fills: children. serves: anyshire." in said


def test_what_is_corrected_is_said_as_it_was_and_as_it_is(tmp_path: Path) -> None:
    """Each field that differs, and no other."""
    was = small().kind("contacts")["day-team"]["phones"][0]["number"]
    phones = [{"number": "01632 960009", "kind": "voice"}, *small().kind("contacts")["day-team"]["phones"][1:]]
    text = corrected(phones=phones, old_numbers=[was], who_for="Anyone")
    (said,) = changes(small(), laid(text, tmp_path))

    assert "Corrects a contact" in said
    assert f"phones: was {was}" in said
    assert "is 01632 960009" in said
    assert "who_for: was " in said
    assert "serves" not in said


def test_a_correction_names_what_it_was_based_on(tmp_path: Path) -> None:
    """Without that it is refused, and the message gives what to write."""
    record = json.loads(corrected())["contacts"]["day-team"]
    wanted = record.pop("based_on")
    with pytest.raises(Refused, match=f"write based_on: {wanted}"):
        laid(json.dumps({"contacts": {"day-team": record}}), tmp_path)


def test_a_correction_of_what_has_changed_since_says_so_wherever_it_is_shown(tmp_path: Path) -> None:
    """Hazard H11: it stands beside what is shipped, marked; the check names the record and what to write."""
    toolkit = laid(corrected(based_on="r0123456789"), tmp_path)
    (said,) = changes(small(), toolkit)

    assert "local" not in toolkit.kind("contacts")["day-team"]
    assert "(local: team.yaml, out of date)" in toolkit.kind("contacts")["day-team-local"]["name"]
    assert said.startswith("Stands beside a contact, Anyshire day team (day-team), and never above it: it is out of")
    (wrong,) = out_of_date(small(), toolkit)
    assert wrong.record == ("contacts", "day-team")
    assert "has changed in cst since" in wrong.says
    assert mark_of(small().kind("contacts")["day-team"]) in wrong.remedy


def test_a_correction_of_what_is_no_longer_there_is_out_of_date(tmp_path: Path) -> None:
    """It would stand as an entry of its own, which nobody meant."""
    (wrong,) = out_of_date(
        small(), laid(DESK.replace("    name", "    based_on: r0123456789\n    name") + PAGES, tmp_path)
    )

    assert "no longer shipped" in wrong.says


def test_a_correction_that_is_current_is_not_out_of_date(tmp_path: Path) -> None:
    """The mark depends on what the record holds and on nothing else."""
    assert [] == list(out_of_date(small(), laid(corrected(), tmp_path)))
    assert mark_of({"a": 1, "b": 2}) == mark_of({"b": 2, "a": 1}) != mark_of({"a": 1, "b": 3})


@pytest.mark.deep
def test_check_shows_what_a_file_changes_and_proves_the_whole(tmp_path: Path) -> None:
    """On the shipped toolkit, in both forms; exit 0 as nothing is wrong."""
    file = tmp_path / "team.yaml"
    file.write_text((DESK + PAGES).replace("anyshire", "gosport").replace("[children]", "[children-services]"), "utf-8")
    ran = run("check", str(file))
    said = json.loads(run("check", str(file), "--json").out)

    assert 0 == ran.code, ran.out
    assert "What the local file changes" in ran.out
    assert "Adds a contact, Our duty desk" in " ".join(ran.out.split())
    assert 2 == len(said["changes"])
    assert all(proof["holds"] for proof in said["proved"])


@pytest.mark.deep
def test_check_flags_a_correction_that_is_out_of_date(tmp_path: Path) -> None:
    """With its file and line, and exit 1."""
    file = tmp_path / "team.yaml"
    terms = "terms:\n  idva: {title: IDVA, meaning: A helper., sources: [ours], based_on: r0123456789}\n"
    file.write_text(terms + PAGES, "utf-8")
    ran = run("check", str(file))

    assert 1 == ran.code
    assert "1 fault." in ran.out
    assert "team.yaml:2: " in ran.out
    assert "has changed in cst since this correction was made" in " ".join(ran.out.split())
