"""Whom to ring: every criterion of the order, office hours, and each field of a contact as it is said.

Written from the mutants of `cst/engine/call_order.py` that the other tests let live. The contacts are invented.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from cst.engine.call_order import LAST_RUNG, Call, call_order, likeliest_first
from cst.engine.contact import Here, describe_contact, hours_in_words
from cst.hours import Opening
from cst.toolkit.toolkit import Toolkit
from tests.support.states import LONDON, TUESDAY, small

CLOSED = [{"days": "Sun", "opens_at": "09:00", "closes_at": "10:00"}]
NIGHT = TUESDAY.replace(hour=22)
OFFICE = Here("anyshire", TUESDAY)
LINE = {"number": "01632 960004", "kind": "voice"}
PAGE = {"id": "page", "title": "A page", "publisher": "Anyshire", "dated": "2026-10-01", "consulted": "2026-11-22"}
SOURCES = {
    "page": {key: value for key, value in PAGE.items() if key != "id"},
    "other-page": {"title": "B page", "publisher": "Anyshire", "dated": "2026-10-02", "consulted": "2026-11-20"},
    "undated-page": {"title": "C page", "publisher": "Anyshire", "dated": "undated", "consulted": "2026-11-23"},
}


def _contact(**other: Any) -> dict[str, Any]:
    """A national line, always open, with what is given in place of its own."""
    usual = {
        "name": "A line",
        "serves": ["england"],
        "status": "active",
        "phones": [LINE],
        "schedule": "always",
        "evidence": [{"source": "page"}],
        "confidence": "two pages agree",
    }
    return {**usual, **other}


def _toolkit(**contacts: dict[str, Any]) -> Toolkit:
    """The invented toolkit with these contacts and the emergency line, and two roles: first and second."""
    last = small().kind("contacts")[LAST_RUNG]
    roles = {name: {"name": name, "if_none": f"Nobody is {name}."} for name in ("first", "second")}
    records = {**small().records, "contacts": {**contacts, LAST_RUNG: last}, "roles": roles, "sources": SOURCES}
    return Toolkit(records, small().names)


def _rungs(toolkit: Toolkit, calls: list[str], here: Here = OFFICE) -> list[str]:
    """The ids of the contacts in the order in which to ring."""
    return [said["id"] for said in call_order(toolkit, [Call(call) for call in calls], here)[0]]


# The order

# Better and worse by each criterion, the weightiest first; what follows gives way to what stands above.
CRITERIA: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "answers now": ({}, {"schedule": CLOSED}),
    "shipped": ({}, {"local": "our-file"}),
    "within its review date": ({}, {"review_by": "2026-11-23"}),
    "asked for first": ({"fills": ["first"]}, {"fills": ["second"]}),
    "has a number": ({}, {"phones": []}),
    "known to be open": ({}, {"schedule": "unknown"}),
    "meant for these hours": ({}, {"out_of_hours": True}),
    "confirmed": ({}, {"status": "unconfirmed"}),
    "nearest": ({"serves": ["anyshire"]}, {"serves": ["england"]}),
}


def _differing(above: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A contact better by one criterion and worse by all below it, and one the other way about."""
    below = list(CRITERIA)[list(CRITERIA).index(above) + 1 :]
    better, worse = dict[str, Any]({"fills": ["first"]}), dict[str, Any]({"fills": ["first"]})
    for name in reversed(below):
        better.update(CRITERIA[name][1])
        worse.update(CRITERIA[name][0])
    better.update(CRITERIA[above][0])
    return _contact(**better), _contact(**{**worse, **CRITERIA[above][1]})


@pytest.mark.parametrize("above", CRITERIA)
def test_each_criterion_outweighs_all_that_follow(above: str) -> None:
    """Whatever the second has in its favour further down, and although it stands first in the file."""
    better, worse = _differing(above)

    assert ["better", "worse", LAST_RUNG] == _rungs(_toolkit(worse=worse, better=better), ["first", "second"])


def test_what_is_called_first_stands_before_what_is_open_unless_it_is_closed() -> None:
    """Money is gone: the bank comes before any line that happens to be open, whatever the hour."""
    toolkit = _toolkit(bank=_contact(schedule="unknown"), advice=_contact(), shut=_contact(schedule=CLOSED))
    calls = [Call("advice"), Call("bank", first=True), Call("shut", first=True)]

    assert ["bank", "advice", "shut", LAST_RUNG] == [
        said["id"] for said in call_order(toolkit, calls, Here("anyshire", NIGHT))[0]
    ]


def test_no_local_contact_is_called_first_before_what_is_open() -> None:
    """Where a role is called first, what a local file adds to it stays behind what is shipped and open."""
    toolkit = _toolkit(desk=_contact(fills=["first"], local="our-file"), advice=_contact())
    calls = [Call("advice"), Call("first", first=True)]

    assert ["advice", "desk", LAST_RUNG] == [said["id"] for said in call_order(toolkit, calls, OFFICE)[0]]


def test_of_closed_lines_in_one_role_the_soonest_to_open_comes_first() -> None:
    """A quarter to nine: the line that opens at nine stands above the one that opens at five."""
    late = _contact(fills=["first"], schedule=[{"days": "Mon-Fri", "opens_at": "23:00", "closes_at": "24:00"}])
    soon = _contact(fills=["first"], schedule=[{"days": "Mon-Fri", "opens_at": "22:30", "closes_at": "23:00"}])
    other = _contact(fills=["second"], schedule=[{"days": "Mon-Fri", "opens_at": "22:15", "closes_at": "23:00"}])

    assert ["soon", "late", "other", LAST_RUNG] == _rungs(
        _toolkit(late=late, soon=soon, other=other), ["first", "second"], Here("anyshire", NIGHT)
    )


def test_equals_stay_in_the_order_of_the_file() -> None:
    """Nothing is put by the alphabet."""
    line = _contact(fills=["first"])

    assert ["zebra", "ant", LAST_RUNG] == _rungs(_toolkit(zebra=line, ant=line), ["first"])


def test_a_correction_keeps_the_place_of_what_it_corrects() -> None:
    """Only what a local file adds of its own comes after what is shipped."""
    line = _contact(fills=["first"])
    corrected = {**line, "local": "our-file", "based_on": "the shipped one", "shipped": line}
    added = _contact(fills=["first"], local="our-file")
    toolkit = _toolkit(added=added, corrected=corrected, shipped=_contact(fills=["first"]))

    assert ["corrected", "shipped", "added", LAST_RUNG] == _rungs(toolkit, ["first"])


@pytest.mark.parametrize(
    ("moment", "office"),
    [
        ("2026-11-24T08:59", False),
        ("2026-11-24T09:00", True),
        ("2026-11-24T16:59", True),
        ("2026-11-24T17:00", False),
        ("2026-11-27T16:59", True),
        ("2026-11-28T12:00", False),
        ("2026-11-29T12:00", False),
        ("2026-11-30T12:00", True),
        ("2026-12-25T12:00", False),
        ("2026-12-28T12:00", False),
        ("2026-12-29T12:00", True),
    ],
)
def test_hours_that_nobody_states_count_as_likely_while_offices_are_open(moment: str, office: bool) -> None:
    """Nine to five, Monday to Friday, and not on bank holidays: else a line known to be open comes first."""
    toolkit = _toolkit(silent=_contact(fills=["first"], schedule="unknown"), known=_contact(fills=["second"]))
    at = datetime.fromisoformat(moment).replace(tzinfo=LONDON)
    first = "silent" if office else "known"

    assert first == _rungs(toolkit, ["first", "second"], Here("anyshire", at))[0]


UNSTATED = {
    "closed": _contact(fills=["first"], schedule=CLOSED),
    "day": _contact(fills=["first"], schedule="unknown"),
    "night": _contact(fills=["first"], schedule="unknown", out_of_hours=True),
    "open": _contact(fills=["first"]),
}


@pytest.mark.parametrize(
    ("at", "expected"),
    [(TUESDAY, ["open", "day", "night", "closed"]), (NIGHT, ["open", "night", "day", "closed"])],
)
def test_a_line_for_the_other_hours_comes_after_those_for_these(at: datetime, expected: list[str]) -> None:
    """What is known to be open, what is meant for these hours, what is meant for others, what is closed."""
    assert [*expected, LAST_RUNG] == _rungs(_toolkit(**UNSTATED), ["first"], Here("anyshire", at))


@pytest.mark.parametrize(
    ("at", "expected"),
    [(TUESDAY, ["day", "open", "night", "closed"]), (NIGHT, ["night", "open", "day", "closed"])],
)
def test_likeliest_first_moves_only_what_is_for_other_hours(at: datetime, expected: list[str]) -> None:
    """Among those that answer, or are likely to, the order given stands."""
    toolkit = _toolkit(**UNSTATED)
    given = [describe_contact(toolkit, name, Here("anyshire", at)) for name in ("closed", "day", "night", "open")]

    assert expected == [said["id"] for said in likeliest_first(toolkit, given, at)]


def test_likeliest_first_leaves_what_is_open_where_it_is() -> None:
    """A line for the night that is open by day answers as well as any."""
    toolkit = _toolkit(awake=_contact(out_of_hours=True), day=_contact())
    given = [describe_contact(toolkit, name, OFFICE) for name in ("awake", "day")]

    assert ["awake", "day"] == [said["id"] for said in likeliest_first(toolkit, given, TUESDAY)]


# Who is on the ladder


def test_the_emergency_line_is_last_also_after_what_is_closed() -> None:
    """Asked for by name it stands where it is asked for, once."""
    toolkit = _toolkit(shut=_contact(fills=["first"], schedule=CLOSED), open=_contact(fills=["second"]))

    assert ["open", "shut", LAST_RUNG] == _rungs(toolkit, ["first", "second"])
    assert [LAST_RUNG, "open"] == _rungs(toolkit, [LAST_RUNG, "second"])
    assert ["open", LAST_RUNG] == _rungs(toolkit, ["second", LAST_RUNG])
    assert [LAST_RUNG] == _rungs(toolkit, [])


def test_a_toolkit_without_an_emergency_line_is_given_none() -> None:
    """It is not made up."""
    toolkit = _toolkit(line=_contact(fills=["first"]))
    contacts = {name: record for name, record in toolkit.kind("contacts").items() if name != LAST_RUNG}

    assert ["line"] == _rungs(Toolkit({**toolkit.records, "contacts": contacts}, toolkit.names), ["first"])


def test_a_contact_asked_for_twice_stands_once_where_it_was_first_asked_for() -> None:
    """Its second role does not move it."""
    toolkit = _toolkit(other=_contact(fills=["second"]), both=_contact(fills=["first", "second"]))

    assert ["both", "other", LAST_RUNG] == _rungs(toolkit, ["first", "second"])


def test_what_is_gone_and_what_serves_elsewhere_fill_nothing() -> None:
    """A role that nobody here fills is named with what to do; a contact that is not here is left out."""
    toolkit = _toolkit(
        gone=_contact(fills=["first"], status="historic"),
        away=_contact(fills=["first"], serves=["othershire"]),
        filled=_contact(fills=["second"]),
    )
    said, unfilled, *_ = call_order(toolkit, [Call("first"), Call("second"), Call("away"), Call("gone")], OFFICE)

    assert ["filled", LAST_RUNG] == [contact["id"] for contact in said]
    assert [{"role": "first", "says": "Nobody is first.", "first": True}] == unfilled


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("anyshire", ["here", "everywhere"]),
        ("othershire", ["there", "everywhere"]),
        ("england", ["everywhere"]),
        (None, ["everywhere"]),
    ],
)
def test_contacts_come_from_the_area_and_all_around_it_the_nearest_first(area: str | None, expected: list[str]) -> None:
    """With no area, only what serves everywhere."""
    toolkit = _toolkit(
        everywhere=_contact(fills=["first"]),
        here=_contact(fills=["first"], serves=["anyshire"]),
        there=_contact(fills=["first"], serves=["othershire"]),
    )

    assert [*expected, LAST_RUNG] == _rungs(toolkit, ["first"], Here(area, TUESDAY))


def test_of_several_areas_served_the_nearest_counts() -> None:
    """In whatever order they are written."""
    both = _contact(fills=["first"], serves=["england", "anyshire"])
    near = _contact(fills=["first"], serves=["anyshire"])

    assert ["both", "near", LAST_RUNG] == _rungs(_toolkit(both=both, near=near), ["first"])


@pytest.mark.parametrize(
    ("contacts", "expected"),
    [
        ([], False),
        ([_contact(fills=["first"])], False),
        ([_contact(fills=["first"], serves=["anyshire"])], True),
        ([_contact(fills=["first"]), _contact(fills=["first"], serves=["anyshire"])], True),
        ([_contact(fills=["first"], serves=["anyshire", "england"])], False),
        ([_contact(fills=["first"], serves=["anyshire"], status="historic")], False),
        ([_contact(fills=["second"], serves=["anyshire"])], False),
    ],
)
def test_a_role_is_local_where_knowing_the_area_could_bring_somebody(
    contacts: list[dict[str, Any]], expected: bool
) -> None:
    """One who still exists, fills it, and is not there without the area."""
    toolkit = _toolkit(**{f"line-{number}": record for number, record in enumerate(contacts)})

    assert expected is toolkit.is_local("first")


def test_a_contact_asked_for_by_name_is_local_as_a_role_is() -> None:
    """Its own id serves as well as a role."""
    toolkit = _toolkit(near=_contact(serves=["anyshire"]), wide=_contact())

    assert toolkit.is_local("near")
    assert not toolkit.is_local("wide")


# What is said of a contact


def test_a_contact_says_all_that_its_record_says() -> None:
    """Every field that is written arrives, as written."""
    text = {
        "name": "A service",
        "url": "https://example.test/",
        "only_for": None,
        "later": None,
        "who_for": "Anyone.",
        "application_process": "Write.",
        "have_ready": ["A name"],
        "if_no_answer": "other",
        "caution": "Do not leave a message.",
        "alert": "It moves next year.",
        "brief": "A short name",
        "settle": "Ring and ask the hours.",
        "assured_date": "2026-11-01",
        "review_by": "2027-01-31",
        "confidence": "one page only",
        "became": {"outcome": "renamed", "says": "Another does this.", "see": ["other"]},
        "old_numbers": ["01632 960098"],
        "old_emails": ["old@example.test"],
        "local": "our-file",
        "status": "unconfirmed",
    }
    record = _contact(
        **text,
        serves=["anyshire", "othershire"],
        phones=[{**LINE, "note": "Ask for the desk.", "cost": "Free."}],
        emails=[{"address": "a@example.test", "note": "Not at night."}, {"address": "b@example.test"}],
        schedule=[{"days": "Mon-Fri", "opens_at": "09:00", "closes_at": "17:00"}],
        out_of_hours=True,
        evidence=[{"source": "page"}, {"source": "other-page"}],
        conflicts=[
            {
                "about": "The number",
                "values": [
                    {"number": "01632 960005", "source": "page"},
                    {"says": "There is none.", "source": "undated-page"},
                ],
                "handling": "Ring to check.",
            }
        ],
    )
    until = {"open": True, "always": False, "until": "2026-11-24T17:00+00:00", "opens_at": None}

    assert {
        **text,
        **until,
        "id": "line",
        "beside": None,
        "area": "Anyshire, Othershire",
        "here": True,
        "phones": [{**LINE, **until, "hours": "open now, until 17:00", "note": "Ask for the desk.", "cost": "Free."}],
        "emails": [{"address": "a@example.test", "note": "Not at night."}, {"address": "b@example.test", "note": ""}],
        "hours": "open now, until 17:00",
        "out_of_hours": True,
        "seen": "confirmed by a person on 2026-11-01",
        "old": False,
        "conflicts": [
            {
                "about": "The number",
                "values": [
                    {"number": "01632 960005", "source": "A page (2026-10-01)"},
                    {"says": "There is none.", "source": "C page (undated)"},
                ],
                "handling": "Ring to check.",
            }
        ],
        "sources": [PAGE, {"id": "other-page", **SOURCES["other-page"]}],
    } == describe_contact(_toolkit(line=record), "line", OFFICE)


def test_a_contact_with_little_written_says_as_little() -> None:
    """What a record leaves out is empty, its hours are not known, and nothing is an error."""
    record = {key: value for key, value in _contact().items() if key not in ("phones", "schedule")}
    empty = ("url", "until", "opens_at", "who_for", "application_process", "if_no_answer", "caution", "alert")

    assert {
        **dict.fromkeys(
            (*empty, "assured_date", "became", "local", "beside", "open", "only_for", "later", "brief", "settle")
        ),
        **{key: [] for key in ("phones", "emails", "have_ready", "conflicts", "old_numbers", "old_emails")},
        "id": "line",
        "name": "A line",
        "area": "England",
        "here": True,
        "status": "active",
        "always": False,
        "hours": "hours not known",
        "out_of_hours": False,
        "seen": "seen on A page (2026-10-01), not yet rung",
        "review_by": "2027-11-22",
        "old": False,
        "confidence": "two pages agree",
        "sources": [PAGE],
    } == describe_contact(_toolkit(line=record), "line", OFFICE)


def test_a_line_that_is_closed_says_when_it_opens() -> None:
    """The contact and its phone alike."""
    said = describe_contact(_toolkit(line=_contact(schedule=CLOSED)), "line", OFFICE)

    for one in (said, said["phones"][0]):
        assert (False, False, None, "2026-11-29T09:00+00:00") == (
            one["open"], one["always"], one["until"], one["opens_at"],
        )  # fmt: skip
    assert "closed, opens Sun 09:00" == said["hours"]


def test_a_line_that_is_always_open_says_so() -> None:
    """The contact and its phone alike."""
    said = describe_contact(_toolkit(line=_contact()), "line", OFFICE)

    for one in (said, said["phones"][0]):
        assert (True, True, None, None) == (one["open"], one["always"], one["until"], one["opens_at"])
    assert "open day and night" == said["hours"]


PHONES = {"closed": CLOSED, "unknown": "unknown", "always": "always"}


@pytest.mark.parametrize(
    ("written", "expected", "answers"),
    [
        (["closed", "unknown", "always"], ["always", "unknown", "closed"], True),
        (["closed", "unknown"], ["unknown", "closed"], None),
        (["closed", "own"], ["own", "closed"], True),
        (["own", "always"], ["own", "always"], True),
        (["closed"], ["closed"], False),
        ([], [], True),
    ],
)
def test_phones_that_answer_come_first_and_the_service_answers_as_its_best_phone(
    written: list[str], expected: list[str], answers: bool | None
) -> None:
    """A phone keeps its own hours, or those of its service; equals stay as written."""
    phones = [
        {"number": name, "kind": "voice", **({} if name == "own" else {"schedule": PHONES[name]})} for name in written
    ]
    said = describe_contact(_toolkit(line=_contact(phones=phones)), "line", OFFICE)

    assert expected == [phone["number"] for phone in said["phones"]]
    assert answers is said["open"]


@pytest.mark.parametrize(
    ("out_of_hours", "says"), [(True, "hours not known; answers out of hours"), (False, "hours not known")]
)
def test_hours_that_nobody_states_are_said_with_whether_the_line_is_for_the_night(
    out_of_hours: bool, says: str
) -> None:
    """As the record has it."""
    record = _contact(schedule="unknown", out_of_hours=out_of_hours)

    assert says == describe_contact(_toolkit(line=record), "line", OFFICE)["hours"]


@pytest.mark.parametrize(
    ("evidence", "seen"),
    [
        (["page"], "seen on A page (2026-10-01), not yet rung"),
        (["undated-page"], "seen on C page (undated), not yet rung"),
        (["page", "other-page"], "seen on B page (2026-10-02) and 1 more, not yet rung"),
        (["other-page", "undated-page", "page"], "seen on B page (2026-10-02) and 2 more, not yet rung"),
        (["undated-page", "page"], "seen on A page (2026-10-01) and 1 more, not yet rung"),
    ],
)
def test_where_a_contact_was_seen_is_the_newest_page_with_a_date(evidence: list[str], seen: str) -> None:
    """And how many more there are; a page without a date is older than any."""
    record = _contact(evidence=[{"source": name} for name in evidence])

    assert seen == describe_contact(_toolkit(line=record), "line", OFFICE)["seen"]


@pytest.mark.parametrize(
    ("evidence", "review_by"),
    [
        ([{"source": "page"}], "2027-11-22"),
        ([{"source": "page"}, {"source": "other-page"}], "2027-11-22"),
        ([{"source": "page", "consulted": "2026-01-10"}], "2027-01-10"),
        ([{"source": "page", "consulted": "2026-01-10"}, {"source": "other-page"}], "2027-11-20"),
    ],
)
def test_a_contact_is_due_for_review_so_many_days_after_it_was_last_looked_up(
    evidence: list[dict[str, Any]], review_by: str
) -> None:
    """By the day beside the evidence, else by the day of its source; the last of them counts."""
    assert review_by == describe_contact(_toolkit(line=_contact(evidence=evidence)), "line", OFFICE)["review_by"]


def test_a_contact_is_old_from_the_day_after_its_review_date() -> None:
    """On the day itself it is not."""
    toolkit = _toolkit(line=_contact(review_by="2026-11-24"))
    old = [describe_contact(toolkit, "line", Here(None, TUESDAY + timedelta(days)))["old"] for days in (-1, 0, 1)]

    assert [False, False, True] == old


# Hours in words


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("now", "out_of_hours", "says"),
    [
        (Opening(open=True, always=True), False, "open day and night"),
        (Opening(open=True, always=True), True, "open day and night"),
        (Opening(open=None), False, "hours not known"),
        (Opening(open=None, reason="hours not known"), False, "hours not known"),
        (Opening(open=None, reason="hours not known"), True, "hours not known; answers out of hours"),
        (
            Opening(open=None, reason="bank holiday hours not known"),
            False,
            "hours not known (bank holiday hours not known)",
        ),
        (
            Opening(open=None, reason="no calendar for this date"),
            True,
            "hours not known (no calendar for this date); answers out of hours",
        ),
        (Opening(open=True), False, "open now"),
        (Opening(open=True, until=_at("2026-11-24T17:00")), False, "open now, until 17:00"),
        (Opening(open=True, until=_at("2026-11-25T00:00")), False, "open now, until Wed 00:00"),
        (Opening(open=False), False, "closed, opening time not known"),
        (Opening(open=False, reason="bank holiday"), False, "closed (bank holiday), opening time not known"),
        (Opening(open=False, opens_at=_at("2026-11-24T18:00")), True, "closed, opens 18:00"),
        (
            Opening(open=False, opens_at=_at("2026-11-25T09:00"), reason="bank holiday"),
            False,
            "closed (bank holiday), opens Wed 09:00",
        ),
        (Opening(open=False, opens_at=_at("2026-11-30T09:59")), False, "closed, opens Mon 09:59"),
        (Opening(open=False, opens_at=_at("2026-11-30T10:00")), False, "closed, opens Mon 30 Nov 10:00"),
        (Opening(open=False, opens_at=_at("2026-12-01T09:00")), False, "closed, opens Tue 1 Dec 09:00"),
    ],
)
def test_hours_are_said_as_a_person_would(now: Opening, out_of_hours: bool, says: str) -> None:
    """The day is named unless it is today, with its date where a week could be mistaken for this one."""
    assert says == hours_in_words(now, TUESDAY, out_of_hours=out_of_hours)


def test_a_contact_is_described_anew_in_the_second_pass_of_an_hour_that_comes_twice() -> None:
    """The two half past ones of 25 October are equal as moments are compared, and an hour apart."""
    toolkit = _toolkit(line=_contact(schedule=[{"days": "Sun", "opens_at": "01:00", "closes_at": "01:45"}]))
    moments = [datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=fold) for fold in (0, 1)]
    until = [describe_contact(toolkit, "line", Here(None, at))["until"] for at in moments]

    assert moments[0] == moments[1]
    assert ["2026-10-25T01:45+01:00", "2026-10-25T01:45+00:00"] == until


def test_what_one_answer_writes_on_a_contact_does_not_stand_in_the_next() -> None:
    """What a line is still for belongs to the plan that says so."""
    toolkit = _toolkit(line=_contact())
    describe_contact(toolkit, "line", OFFICE)["later"] = "for the report"

    assert describe_contact(toolkit, "line", OFFICE)["later"] is None
