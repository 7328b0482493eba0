"""Promise 10, hazards H10 and H11: nothing that a local file adds or corrects moves a shipped line that is open down.

Tried with random corrections of random shipped contacts, and with contacts that fill every role, in every call order
and look-up that rings them, over minutes of day and night and over areas.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cst import contract
from cst.engine.answers import Answers
from cst.engine.call_order import LAST_RUNG, Call, call_order, in_order
from cst.engine.contact import Here
from cst.engine.entry import entry
from cst.engine.plan import plan
from cst.source import load
from cst.source.faults import Refused
from cst.source.open import shipped_files
from cst.source.overlay import mark_of
from cst.toolkit import names
from cst.toolkit.search.phrases import rows
from cst.toolkit.toolkit import Toolkit
from tests.support.in_process import run
from tests.support.levels import NIGHTLY
from tests.support.states import shipped, shipped_read

SHIPPED = [Path(path) for path in shipped_files()]
TOOLKIT = shipped()
RECORDS = TOOLKIT.records
LIVE = [name for name, one in RECORDS["contacts"].items() if one["status"] == "active" and name != LAST_RUNG]
AREAS = ("winchester", "southampton", "isle-of-wight", "harborough", "city-of-london", None)
MINUTES = [
    datetime.fromisoformat(f"2026-{minute}").replace(tzinfo=ZoneInfo("Europe/London"))
    for minute in (
        "11-24T10:00",
        "11-24T18:30",
        "11-25T02:30",
        "11-28T11:00",
        "11-29T22:15",
        "12-25T12:00",
        "11-27T16:45",
    )
]
NEW = "01632 960888"
ALWAYS = {"schedule": "always", "review_by": "2030-01-01", "status": "active", "confidence": "two pages agree"}
LINE = {"number": NEW, "kind": "voice"}
ROUNDS = [*range(2), *(pytest.param(number, marks=pytest.mark.deep) for number in range(2, 24 if NIGHTLY else 9))]
Records = dict[str, Any]


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _file(folder: Path, contacts: Records) -> Path:
    file = folder / "team.yaml"
    file.write_text(json.dumps(_texts({"contacts": contacts})), "utf-8")
    return file


def _laid(folder: Path, contacts: Records) -> Toolkit:
    """The shipped toolkit with these contacts on top."""
    records = load.together(SHIPPED, [_file(folder, contacts)])
    return Toolkit(records, names.index(records))


@pytest.fixture(autouse=True)
def shipped_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped files are read once for all rounds."""
    read = load.read
    monkeypatch.setattr(load, "read", lambda shipped, overlays=(): [*shipped_read(), *read((), overlays)])


def _corrected(name: str, chance: random.Random) -> Records:
    """A correction of a contact with the right base, in whatever a correction may change."""
    before = RECORDS["contacts"][name]
    record = {**before, "based_on": mark_of(before)}
    hours = [{"days": chance.choice(("Mon", "Sat-Sun", "Mon-Fri")), "opens_at": "09:00", "closes_at": "09:01"}]
    schedule = chance.choice(("always", "unknown", hours, hours))
    phones = list(before.get("phones", ()))
    changes = {
        "schedule": {"schedule": schedule},
        "phones": {"phones": [{**phone, "schedule": schedule} for phone in phones]},
        "order": {"phones": phones[::-1]},
        "new first": {"phones": [{"number": NEW, "kind": phones[0]["kind"], "schedule": "always"}, *phones]}
        if phones
        else {},
        "swapped": {
            "phones": [{"number": NEW, "kind": phones[0]["kind"], "schedule": schedule}, *phones[1:]],
            "old_numbers": [*before.get("old_numbers", ()), phones[0]["number"]],
        }
        if phones
        else {},
        "given": {"phones": [LINE]} if not phones else {},
        "old": {"review_by": chance.choice(("2020-01-01", "2030-01-01"))},
        "out of hours": {"out_of_hours": chance.choice((True, False))},
        "fills": {"fills": [*before.get("fills", ()), *chance.sample(sorted(RECORDS["roles"]), 2)]},
        "serves": {"serves": [*before["serves"], "southampton"]},
        "who for": {"who_for": "Nobody here."},
    }
    for change in chance.sample(sorted(changes), chance.randint(1, 4)):
        record.update(changes[change])
    record["fills"] = list(dict.fromkeys(record.get("fills", ())))
    record["serves"] = list(dict.fromkeys(record["serves"]))
    return record


def _orders(toolkit: Toolkit, here: Here) -> Iterator[tuple[str, list[contract.Contact], contract.First | None]]:
    """Every call order at a place and a minute, and every look-up that shows contacts, with whom to ring first."""
    for kind in ("pathways", "schemes"):
        for name, record in RECORDS[kind].items():
            calls = [Call(use["use"], use.get("first", False)) for use in record["call"]]
            came = call_order(toolkit, calls, here)
            yield f"{kind} {name}", came.contacts, came.first
    for role in RECORDS["roles"]:
        came = call_order(toolkit, [Call(role)], here)
        yield f"role {role}", came.contacts, came.first
    for kind in ("contacts", "terms", "areas"):
        for name in RECORDS[kind]:
            if kind == "areas" or RECORDS[kind][name].get("see_also") or kind == "contacts":
                said = entry(toolkit, kind, name, here.at, here.area)
                yield f"{kind} {name}", said["contacts"], said["first"]


@lru_cache
def _before(here: Here) -> dict[str, tuple[list[contract.Contact], contract.First | None]]:
    return {of: (contacts, first) for of, contacts, first in _orders(TOOLKIT, here)}


def _fallen(of: str, here: Here, contacts: list[contract.Contact], first: contract.First | None) -> list[str]:
    """The shipped lines, open at this minute, that stand below more than they stood below before.

    Numbers count and not contacts alone: of what stands first, the number to ring is the one that was there.
    """
    was, was_first = _before(here)[of]
    now = [one["id"] for one in contacts]
    fallen = [
        one["id"]
        for place, one in enumerate(was)
        if one["open"] and one["phones"] and one["id"] != LAST_RUNG and now.index(one["id"]) > place
    ]
    opening = [one for one in was if was_first and one["id"] == was_first["contact"] and one["open"]]
    fallen += [f"first {one['id']}" for one in opening if first is None or first["contact"] != one["id"]]
    return fallen


@pytest.mark.parametrize("number", ROUNDS)
def test_no_correction_moves_an_open_line_down(number: int, tmp_path: Path) -> None:
    """With the right base: not the line that it corrects and no other, whatever it says of hours, phones or review."""
    chance = random.Random(number)
    toolkit = _laid(tmp_path, {name: _corrected(name, chance) for name in chance.sample(LIVE, 3) if _may_be_laid(name)})
    for at in chance.sample(MINUTES, 2):
        here = Here(chance.choice(AREAS), at)
        for of, contacts, first in _orders(toolkit, here):
            assert [] == _fallen(of, here, contacts, first), (of, here)


def test_a_correction_of_a_line_that_is_only_for_some_stands_where_it_stood(tmp_path: Path) -> None:
    """It is for the same people as before, and comes before nobody's line for all."""
    some = [name for name in LIVE if "only_for" in RECORDS["contacts"][name]]
    corrected = {
        name: {
            **RECORDS["contacts"][name],
            "based_on": mark_of(RECORDS["contacts"][name]),
            "review_by": "2030-01-01",
        }
        for name in some
    }
    toolkit = _laid(tmp_path, corrected)
    here = Here("winchester", MINUTES[0])

    assert len(some) >= 3
    for of, contacts, first in _orders(toolkit, here):
        was, was_first = _before(here)[of]
        assert ([one["id"] for one in was], was_first) == ([one["id"] for one in contacts], first), of


def test_a_correction_that_fills_one_more_role_takes_nothing_away_from_it(tmp_path: Path) -> None:
    """Where cst has no number for a role it names another line; that stays, whatever else fills the role."""
    before = RECORDS["contacts"]["switchboard-lgbt"]
    role = {"fills": ["asb-council"], "based_on": mark_of(before)}
    toolkit = _laid(tmp_path, {"switchboard-lgbt": {**before, **role}})
    said = entry(toolkit, "terms", "community-safety-team", MINUTES[0], "city-of-london")

    assert {"police-non-emergency", "switchboard-lgbt"} <= {one["id"] for one in said["contacts"]}


def _may_be_laid(name: str) -> bool:
    """Whether a correction may give it a number to speak at: not where it has another kind alone."""
    kinds = {phone["kind"] for phone in RECORDS["contacts"][name].get("phones", ())}
    return not kinds or "voice" in kinds


@pytest.mark.parametrize("number", ROUNDS)
def test_a_correction_that_is_out_of_date_stands_below_what_is_shipped(number: int, tmp_path: Path) -> None:
    """Both are there wherever the shipped one is; the other is after it, never first, and moves no open line down."""
    chance = random.Random(number)
    stale = {
        name: {
            **RECORDS["contacts"][name],
            **ALWAYS,
            "based_on": "r0000000000",
            "phones": [LINE],
        }
        for name in chance.sample(LIVE, 3)
    }
    toolkit = _laid(tmp_path, stale)
    for at in chance.sample(MINUTES, 2):
        here = Here(chance.choice(AREAS), at)
        for of, contacts, first in _orders(toolkit, here):
            ids = [one["id"] for one in contacts]
            assert [] == _fallen(of, here, contacts, first), (of, here)
            assert first is None or first["phone"] != NEW
            for name in stale:
                assert (name in ids) == (f"{name}-local" in ids), (of, here, name)
                assert name not in ids or ids.index(name) < ids.index(f"{name}-local"), (of, here, name)


@pytest.mark.parametrize("number", ROUNDS)
def test_an_added_contact_never_comes_before_a_shipped_line_that_is_open(number: int, tmp_path: Path) -> None:
    """In no call order, whichever roles it fills and however sure it is of itself."""
    chance = random.Random(number)
    roles = sorted(RECORDS["roles"]) if number % 2 else chance.sample(sorted(RECORDS["roles"]), 3)
    page = [{"source": next(iter(RECORDS["sources"]))}]
    desk = {**ALWAYS, "name": "A desk", "serves": ["england"], "fills": roles, "evidence": page}
    desk["phones"] = [LINE]
    desk["based_on"] = "r0000000000"  # says that it corrects something, and does not
    if number % 3:
        del desk["based_on"]
    toolkit = _laid(tmp_path, {"our-desk": desk})
    came = 0
    for at in chance.sample(MINUTES, 2):
        here = Here(chance.choice(AREAS), at)
        for of, contacts, first in _orders(toolkit, here):
            came += any(one["id"] == "our-desk" for one in contacts)
            assert [] == _fallen(of, here, contacts, first), (of, here)
    assert came > 0


def test_an_added_contact_is_first_when_it_is_asked_for_by_name(tmp_path: Path) -> None:
    """Who looks up their own desk gets its number, although a shipped line answers when it does not."""
    follows = next(name for name in LIVE if RECORDS["contacts"][name].get("schedule") == "always")
    page = [{"source": next(iter(RECORDS["sources"]))}]
    desk = {**ALWAYS, "name": "A desk", "serves": ["england"], "evidence": page, "if_no_answer": follows}
    toolkit = _laid(tmp_path, {"our-desk": {**desk, "phones": [LINE]}})

    assert ["our-desk", follows] == [
        one["id"] for one in entry(toolkit, "contacts", "our-desk", MINUTES[0])["contacts"]
    ]


def test_what_the_hours_of_both_say_stands_on_the_page(tmp_path: Path) -> None:
    """A night line that a local file says is closed at night: open, as cst says, and what the file says beside it."""
    always = next(name for name in LIVE if RECORDS["contacts"][name].get("schedule") == "always")
    before = RECORDS["contacts"][always]
    hours = [{"days": "Mon", "opens_at": "09:00", "closes_at": "09:01"}]
    toolkit = _laid(tmp_path, {always: {**before, "based_on": mark_of(before), "schedule": hours}})
    said = entry(toolkit, "contacts", always, MINUTES[2])["contacts"][0]

    assert said["open"]
    assert said["phones"][0]["open"]
    assert "open day and night; the local file says closed, opens Mon 09:00" == said["hours"]
    assert said["hours"] == said["phones"][0]["hours"]


def test_longer_hours_that_a_local_file_knows_count_below_what_is_open(tmp_path: Path) -> None:
    """A line that cst has closed and a local file open stands above what is closed, and the page says both."""
    at = MINUTES[2]
    closed = next(
        name
        for name in LIVE
        if RECORDS["contacts"][name].get("phones")
        and entry(TOOLKIT, "contacts", name, at)["contacts"]
        and next(one for one in entry(TOOLKIT, "contacts", name, at)["contacts"] if one["id"] == name)["open"] is False
        and not any("schedule" in phone for phone in RECORDS["contacts"][name]["phones"])
    )
    before = RECORDS["contacts"][closed]
    toolkit = _laid(tmp_path, {closed: {**before, "based_on": mark_of(before), "schedule": "always"}})
    said = next(one for one in entry(toolkit, "contacts", closed, at)["contacts"] if one["id"] == closed)

    assert said["open"]
    assert said["hours"].startswith("open day and night; cst says closed")


def test_no_form_gives_a_correction_that_is_out_of_date_first(tmp_path: Path) -> None:
    """The shipped number comes first, or alone, by any name of either; the other is shown with its mark."""
    before = RECORDS["contacts"]["hampshire-out-of-hours"]
    stale = {**before, **ALWAYS, "based_on": "r0000000000", "phones": [LINE]}
    stale["alternate_name"] = ["the night people"]
    file = _file(tmp_path, {"hampshire-out-of-hours": {**stale, "old_numbers": [before["phones"][0]["number"]]}})
    number = before["phones"][0]["number"]
    here = ("--area", "hampshire", "--toolkit", str(file))
    asked_for = ("hampshire-out-of-hours", "hampshire-out-of-hours-local", "the night people", NEW)
    for form, hour, asked in product(("--field phone", "--short", "--json", "--plain"), ("02:30", "11:00"), asked_for):
        ran = run("lookup", asked, *form.split(), *here, "--at", f"2026-11-25T{hour}")
        assert 0 == ran.code, ran.err
        if form in ("--json", "--plain"):
            assert NEW in ran.out, (form, hour, asked)
            assert "out of date" in " ".join(ran.out.split())
        assert NEW not in ran.out or number in ran.out.split(NEW)[0], (form, hour, asked)


def test_every_name_of_a_correction_that_is_out_of_date_leads_to_what_is_shipped(tmp_path: Path) -> None:
    """It is no entry of its own beside which the shipped one would have to be chosen."""
    stale = {**RECORDS["contacts"][LIVE[0]], "based_on": "r0000000000", "alternate_name": ["the night people"]}
    toolkit = _laid(tmp_path, {LIVE[0]: stale})

    assert [("contacts", LIVE[0])] == names.exact(toolkit.names, "the night people")
    assert [("contacts", LIVE[0])] == names.exact(toolkit.names, f"{LIVE[0]}-local")
    assert not any(f"{LIVE[0]}-local" in str(line.speaks) for line in rows(toolkit.records))


def test_a_correction_of_what_has_ended_since_is_as_dead_as_that(tmp_path: Path) -> None:
    """The shipped service is historic now: its old number is never offered again, whatever a local file still says."""
    ended = next(name for name, one in RECORDS["contacts"].items() if one["status"] == "historic")
    record = {**RECORDS["contacts"][LIVE[0]], "name": "The old desk", "based_on": "r0000000000"}
    record |= {
        "phones": [LINE],
        "alternate_name": ["the old desk we had"],
        "serves": ["england"],
    }
    toolkit = _laid(tmp_path, {ended: record})
    said = entry(toolkit, "contacts", ended, MINUTES[0], "winchester")

    beside = next(one for one in said["contacts"] if one["beside"] == ended)
    assert ("historic", []) == (beside["status"], beside["phones"])
    assert NEW in beside["old_numbers"]
    assert all(NEW not in str(first) for _, _, first in _orders(toolkit, Here("winchester", MINUTES[0])))


def test_an_out_of_date_meaning_stands_below_the_shipped_one(tmp_path: Path) -> None:
    """Of a term too both are shown, the shipped one first, and the other with the name of its file."""
    term = next(iter(RECORDS["terms"]))
    record = {**RECORDS["terms"][term], "meaning": "What we thought it was.", "based_on": "r0000000000"}
    file = tmp_path / "team.yaml"
    file.write_text(json.dumps(_texts({"terms": {term: record}})), "utf-8")
    records = load.together(SHIPPED, [file])
    said = entry(Toolkit(records, names.index(records)), "terms", term, MINUTES[0])

    assert RECORDS["terms"][term]["meaning"] == said["summary"]
    assert [{"heading": "Local file: team.yaml, out of date", "items": ["What we thought it was."]}] == said["lists"]


def test_in_order_never_gives_a_correction_that_is_out_of_date_as_first() -> None:
    """Even alone: who has no number but in a correction of something else has none."""
    one = call_order(TOOLKIT, [Call("police-non-emergency")], Here("winchester", MINUTES[0])).contacts[0]
    came = in_order([{**one, "beside": "another"}], [])

    assert came.first is None


def test_a_local_pathway_comes_after_all_that_are_shipped(tmp_path: Path) -> None:
    """However urgent it says it is: it may add our own desk, and not take the first number."""
    desk = {**ALWAYS, "name": "Our desk", "serves": ["england"], "phones": [LINE], "evidence": [{"source": "ours"}]}
    path = {
        "title": "Ring our desk",
        "urgency": "now",
        "rule": {"concerns": {"includes": "scams"}},
        "on_not_sure": "find-out",
        "steps": ["Ring our desk."],
        "cautions": ["do-not-confront"],
        "call": ["our-desk"],
        "sources": ["ours"],
    }
    source = {"title": "Our list", "publisher": "Our team", "dated": "2026-11-01", "consulted": "2026-11-22"}
    content = {"contacts": {"our-desk": desk}, "pathways": {"ours": path}, "sources": {"ours": source}}
    (tmp_path / "team.yaml").write_text(json.dumps(_texts(content)), "utf-8")
    records = load.together(SHIPPED, [tmp_path / "team.yaml"])
    answers = Answers({"immediate-danger": False, "concerns": frozenset({"scams"})})
    before = plan(TOOLKIT, answers, MINUTES[0], "gosport")
    after = plan(Toolkit(records, names.index(records)), answers, MINUTES[0], "gosport")

    assert [*(one["id"] for one in before["outcomes"]), "ours"] == [one["id"] for one in after["outcomes"]]
    assert before["first"] == after["first"]


def test_a_local_question_leads_nothing(tmp_path: Path) -> None:
    """What leads on a "not sure" is signed for, and only cst ships such rows."""
    row = {"do": "take", "leads": "yes"}
    question = {"ask": "Is it ours?", "why": "We want to know.", "type": "yes-no", "not_sure": [row]}
    (tmp_path / "team.yaml").write_text(json.dumps({"questions": {"ours": question}}), "utf-8")
    with pytest.raises(Refused) as refused:
        load.together(SHIPPED, [tmp_path / "team.yaml"])

    assert "only what cst asks may lead a plan" in str(refused.value)
