"""What is not known of a contact says what would settle it, and the most dangerous gap comes first."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cst.engine.not_sure import URGENCIES
from cst.views.pages.faults import counted
from tests.support.in_process import run
from tests.support.states import shipped

CONTACTS = {name: one for name, one in shipped().kind("contacts").items() if one["status"] != "historic"}
LIST: list[dict[str, str]] = json.loads(run("list", "to-settle", "--json").out)["items"]


def hours_of(contact: Any) -> list[Any]:
    """Every statement of hours that counts: of each phone its own or the service's, or the service's alone."""
    whole = contact.get("schedule", "unknown")
    return [phone.get("schedule", whole) for phone in contact.get("phones", ())] or [whole]


def not_known(hours: Any) -> bool:
    """Whether nobody states these hours, or they leave bank holidays or a day open."""
    if isinstance(hours, str):
        return hours == "unknown"
    return "bank-holidays" not in [row["days"] for row in hours] or any(row.get("unknown") for row in hours)


def urgency(name: str) -> int:
    """How urgent the most urgent pathway is that calls the contact, spelt out again from the records."""
    uses = {name, *CONTACTS[name].get("fills", ())}
    calls: list[tuple[str, Any]] = [(one["urgency"], one["call"]) for one in shipped().kind("pathways").values()]
    for question in shipped().kind("questions").values():
        calls += [(row.get("yes_is", "routine"), row.get("ring", ())) for row in question.get("not_sure", ())]
    found = [URGENCIES.index(how) for how, called in calls if uses & {call["use"] for call in called}]
    return min(found, default=len(URGENCIES))


@pytest.mark.parametrize("name", CONTACTS)
def test_whoever_has_no_known_hours_says_what_would_settle_them(name: str) -> None:
    """Nobody has rung yet: a maintainer reads in the data what to ask."""
    if any(map(not_known, hours_of(CONTACTS[name]))):
        assert "settle" in CONTACTS[name]


def test_the_list_has_each_of_them_once_with_its_numbers_and_what_to_ask() -> None:
    """The same in JSON as in the data; nothing else is listed."""
    assert {name for name, one in CONTACTS.items() if "settle" in one} == {item["id"] for item in LIST}
    assert len(LIST) == len({item["id"] for item in LIST})
    for item in LIST:
        contact = CONTACTS[item["id"]]
        assert contact["settle"] == item["note"]
        assert [] == [phone["number"] for phone in contact.get("phones", ()) if phone["number"] not in item["title"]]


def test_the_most_dangerous_gap_comes_first() -> None:
    """By the most urgent pathway that calls it; a number without any hours before one with some, and before none."""
    order = [urgency(item["id"]) for item in LIST]
    now = [item["id"] for item in LIST if urgency(item["id"]) == 0]
    unknown = [
        name for name in now if CONTACTS[name].get("phones") and set(map(str, hours_of(CONTACTS[name]))) == {"unknown"}
    ]

    assert sorted(order) == order
    assert 0 == order[0]
    assert now[: len(unknown)] == unknown
    assert unknown


def test_a_page_on_the_contact_says_it() -> None:
    """Where sources are shown, in full."""
    said = run("lookup", "hampshire-domestic-abuse-advice", "--area", "hampshire", "--plain").out

    assert f"To settle: {CONTACTS['hampshire-domestic-abuse-advice']['settle']}" in said


def test_one_contact_is_a_contact() -> None:
    """In what `cst check` counts."""
    assert ("1 contact", "2 contacts", "0 faults") == (
        counted(1, "contacts"),
        counted(2, "contacts"),
        counted(0, "faults"),
    )
