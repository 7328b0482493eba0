"""Promise 10: what a feed says is added, marked and never believed; what may not stand is left out.

Everything in a feed is text that nobody trusts. What comes of it is a local file in order, whatever the feed holds, and
each thing that is left out is named with its reason.
"""

from __future__ import annotations

import copy
import json
import os
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cst import contract
from cst.exchange import feed_file
from cst.exchange.feed import imported
from cst.exchange.feed_contact import Known, contact_of
from cst.exchange.feed_file import NotAFeed, services_in
from cst.exchange.feed_phones import KnownNumbers
from cst.exchange.open_referral import feed, page
from cst.exchange.open_referral_terms import PROFILES, Asked
from cst.hours import DAYS, row_days, schedule_faults
from cst.source import schema, yaml
from cst.source.number_kinds import national
from cst.source.open import open_toolkit, shipped_files
from cst.toolkit.toolkit import Toolkit
from cst.views.pages.imported import import_page
from tests.support import CORPORA, ROOT
from tests.support.in_process import run
from tests.support.states import SMALL, shipped, small

TODAY = date(2026, 12, 1)
NAUGHTY = CORPORA / "naughty-strings.json"
SERVICE = {
    "id": "4f6a2b7e-0c1d-4e5f-8a9b-0c1d2e3f4a5b",
    "name": "Drama street kitchen",
    "status": "active",
    "description": "Hot food for anyone.",
    "last_modified": "2026-10-02T10:30:45.123Z",
    "phones": [{"id": "4f6a2b7e-0c1d-4e5f-8a9b-0c1d2e3f4a5c", "number": "01632 960123", "type": "voice"}],
    "schedules": [{"freq": "WEEKLY", "byday": "MO,TU,WE", "opens_at": "09:00", "closes_at": "17:00"}],
    "service_areas": [{"name": "Gosport"}],
}


def read(*services: Any, toolkit: Toolkit | None = None, serves: str | None = None) -> contract.Import:
    """What comes of a feed of these services."""
    data = json.dumps(list(services)).encode()
    return imported(data, "feed.json", toolkit or shipped(), TODAY, serves)


def one(found: contract.Import) -> dict[str, Any]:
    """The one contact that was taken, as it stands in the local file."""
    (record,) = contacts(found).values()
    return record


def contacts(found: contract.Import) -> dict[str, dict[str, Any]]:
    """The contacts of the local file, read as any local file is."""
    tree, unread = yaml.read(found["local_file"].encode(), "")
    records, faults = schema.check(tree, "")
    assert [] == [*unread, *faults]
    held: dict[str, dict[str, Any]] = schema.plain(records.get("contacts", {}))
    return held


def why(found: contract.Import) -> dict[str, str]:
    """Each thing that was left out, with the reason; "" is a whole service."""
    return {item["field"] or "": item["why"] for item in found["left_out"]}


def test_a_service_becomes_a_contact_that_says_where_it_comes_from() -> None:
    """Marked as imported, with the day of the feed; nobody has confirmed it, and no plan rings it."""
    found = read(SERVICE)
    record = one(found)
    source = record["evidence"][0]["source"]

    assert {
        "name": "Drama street kitchen",
        "serves": ["gosport"],
        "who_for": "Hot food for anyone.",
        "status": "unconfirmed",
        "phones": [{"number": "01632 960123", "kind": "voice"}],
        "schedule": [{"days": "Mon-Wed", "opens_at": "09:00", "closes_at": "17:00"}],
        "evidence": [{"source": source}],
        "confidence": "third party only",
        "review_by": "2027-10-02",
    } == record
    assert [] == found["left_out"]
    assert found["local_file"].startswith("# Imported from feed.json, a feed of Open Referral, on 2026-12-01.\n")
    assert f"  {source}:\n    title: Open Referral feed feed.json\n" in found["local_file"]
    assert "    dated: 2026-10-02\n    consulted: 2026-12-01\n" in found["local_file"]
    assert f"  # service {SERVICE['id']}\n  imported-drama-street-kitchen:\n" in found["local_file"]


def _with(**fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(SERVICE), **fields}


def _phone(number: str, **fields: Any) -> dict[str, Any]:
    return _with(phones=[*SERVICE["phones"], {"number": number, **fields}])  # type: ignore[misc]


def _hours(**fields: Any) -> dict[str, Any]:
    return _with(schedules=[{**SERVICE["schedules"][0], **fields}])  # type: ignore[index, dict-item]


LEFT_OUT: dict[str, tuple[dict[str, Any], str, str]] = {
    "premium": (_phone("0909 8790 123"), "phones 0909 8790 123", "it is a premium number"),
    "premium 0871": (_phone("0871 200 0000"), "phones 0871 200 0000", "it is a premium number"),
    "personal": (_phone("070 1234 5678"), "phones 070 1234 5678", "it is a personal number"),
    "foreign": (_phone("+33 1 23 45 67 89"), "phones +33 1 23 45 67 89", "it is a foreign number"),
    "service code": (_phone("1470"), "phones 1470", "it is a service code"),
    "old": (
        _phone("0845 603 5620"),
        "phones 0845 603 5620",
        "cst says that it is no longer to be rung, in hantsdirect-children-0845",
    ),
    "letters": (_phone("0800 FLOWERS"), "phones 0800 FLOWERS", "it is no telephone number"),
    "too short": (_phone("01632 960"), "phones 01632 960", "it is no number that an ordinary line here has"),
    "extension": (
        _phone("01632 960124", extension=12),
        "phones 01632 960124",
        "it has an extension, which cannot be dialled with it",
    ),
    "fax": (_phone("01632 960124", type="fax"), "phones 01632 960124", "it is for fax"),
    "note": (
        _with(phones=[{**SERVICE["phones"][0], "description": "Or ring 01632 960999"}]),  # type: ignore[index, dict-item]
        "phones 01632 960123 > description",
        "something in it could be dialled",
    ),
    "unknown field": (_with(mood="glad"), "mood", "Open Referral has no such field"),
    "unknown inner field": (_hours(mood="glad"), "schedules > mood", "Open Referral has no such field"),
    "no place": (_with(funding=[{"source": "grants"}]), "funding", "a local file has no place for it"),
    "a person": (
        _with(contacts=[{"name": "Ann Persona"}]),
        "contacts > name",
        "names of people are never taken",
    ),
    "a person in words": (_with(description="Ask for Ann Persona at the desk."), "description", "it names a person"),
    "a number in words": (_with(description="Ring 01632 960999."), "description", "something in it could be dialled"),
    "markup": (_with(description="<b>Food</b>"), "description", "there is markup in it"),
    "long": (_with(description="word " * 100), "description", "it has more than 400 characters"),
    "bidi": (_with(description="Food \u202efor all"), "description", "a hidden character stands in it"),
    "no page": (_with(url="javascript:alert(1)"), "url", "it is no address of a web page"),
    "a page with a name in it": (_with(url="https://a@b.example/"), "url", "it is no address of a web page"),
    "no mail": (_with(email="a b@example.org"), "email", "it is no e-mail address"),
    "known name": (_with(alternate_name="MARAC"), "alternate_name", "cst has something of that name already"),
    "another place": (
        _with(service_areas=[{"name": "Gosport"}, {"name": "Atlantis"}]),
        "service_areas",
        "it names a place that is no area here",
    ),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_field_that_may_not_stand_is_left_out_with_the_reason(name: str) -> None:
    """The rest of the service is taken, and nothing of that field is in the file."""
    service, field, reason = LEFT_OUT[name]
    found = read(service)

    assert {field: reason} == why(found)
    assert "01632 960123" == one(found)["phones"][0]["number"]
    assert "Persona" not in json.dumps(found)


def test_the_mobile_of_a_person_is_left_out_and_so_is_the_name() -> None:
    """A number of an ordinary line that hangs on the same contact is taken."""
    phones = [{"number": "07700 900123"}, {"number": "01632 960124"}]
    person = {"name": "Ann Persona", "title": "Manager", "email": "ann@kitchen.example", "phones": phones}
    found = read(_with(contacts=[person]))

    assert {
        "contacts > phones 07700 900123": "it is the mobile of a person",
        "contacts > name": "names of people are never taken",
        "contacts > title": "a local file has no place for it",
        "contacts > email": "a local file has no place for it",
    } == why(found)
    assert ["01632 960123", "01632 960124"] == [phone["number"] for phone in one(found)["phones"]]
    assert "persona" not in json.dumps(found).casefold()
    assert "ann@" not in json.dumps(found)


REFUSED: dict[str, tuple[Any, str]] = {
    "text": ("a service", "it is no set of fields"),
    "no date": (_with(last_modified=None), "it does not say when it was last looked at"),
    "a date to come": (_with(last_modified="2027-01-01"), "it says 2027-01-01, a day that has not come"),
    "a date long past": (_with(last_modified="2020-01-01"), "it was last looked at on 2020-01-01, too long ago"),
    "no such date": (_with(last_modified="2026-13-45"), "it does not say when it was last looked at"),
    "ended": (_with(status="defunct"), "its status is defunct"),
    "no status": (_with(status=None), "it does not say that it is active"),
    "no area": (_with(service_areas=[]), "it does not say where it serves; give --serves AREA for these"),
    "elsewhere": (_with(service_areas=[{"name": "Atlantis"}]), "it serves only places that are no areas here"),
    "a town": (_with(service_areas=[{"name": "Lee-on-the-Solent"}]), "it serves only places that are no areas here"),
    "no way": (_with(phones=[]), "there is nothing in it by which a local file could reach it"),
    "no name": (_with(name=""), "its name cannot be taken: it is empty"),
    "a person's name": (_with(name="Dr Ann Persona"), "its name cannot be taken: it names a person"),
    "a number for a name": (
        _with(name="Ring 01632 960999"),
        "its name cannot be taken: something in it could be dialled",
    ),
    "a known name": (_with(name="Samaritans"), "cst has something of that name already: samaritans"),
    "a topic's name": (_with(name="Hate crime"), "cst has something of that name already: hate-crime"),
    "a known number": (
        _with(phones=[{"number": "0300 555 1384"}]),
        "cst has its number already: hampshire-children",
    ),
    "could pass for ours": (
        _with(name="Samaritans of Drama Street"),
        "Samaritans of Drama Street could pass for samaritans",
    ),
    "two alphabets": (
        _with(name="S\u0430maritans"),
        "S\u0430maritans has letters of two alphabets, and may look like another word",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_service_that_may_not_stand_is_left_out_with_the_reason(name: str) -> None:
    """One reason, and no file where nothing else is taken."""
    service, reason = REFUSED[name]
    found = read(service)

    assert {"": reason} == why(found)
    assert "" == found["local_file"]
    assert "Persona" not in json.dumps(found)


def test_where_no_number_is_left_the_reason_for_each_is_said() -> None:
    """And the service is one that is left out."""
    found = read(_with(phones=[{"number": "0909 8790 123"}], url="ftp://kitchen.example"))

    assert {
        "": "there is nothing in it by which a local file could reach it",
        "phones 0909 8790 123": "it is a premium number",
        "url": "it is no address of a web page",
    } == why(found)
    (left_out,) = [block for block in import_page(found) if block.heading == "Left out"]
    assert 1 == len(left_out.items)
    assert "it is a premium number" in str(left_out.items[0])


HOURS: dict[str, tuple[dict[str, Any], str]] = {
    "monthly": (_hours(freq="MONTHLY"), "its hours are not the same in each week"),
    "each second week": (_hours(interval=2), "its hours are not the same in each week"),
    "some weeks": (_hours(byweekno="1,2"), "its hours are not the same in each week"),
    "no rule": (_hours(freq=None), "its hours are not the same in each week"),
    "no days": (_hours(byday=None), "its days of the week cannot be read"),
    "odd days": (_hours(byday="MO,2TU"), "its days of the week cannot be read"),
    "past midnight": (
        _hours(opens_at="20:00", closes_at="02:00"),
        "it opens at 20:00 and closes at 02:00, which may mean the next day",
    ),
    "no time": (_hours(opens_at=None), "it says no time of day"),
    "no such time": (_hours(opens_at="25:00"), "a time of day cannot be read"),
    "UTC": (_hours(opens_at="09:00Z"), "its times have a distance from UTC, and London's changes twice a year"),
    "an offset": (_hours(timezone=1), "its times have a distance from UTC, and London's changes twice a year"),
    "ended": (_hours(valid_to="2026-11-30"), "no schedule holds today"),
    "ending": (_hours(valid_to="2027-03-31"), "its hours hold only until 2027-03-31"),
    "to begin": (_hours(valid_from="2027-03-31"), "its hours hold only from 2027-03-31"),
    "no list": (_with(schedules={"freq": "WEEKLY"}), "the schedules are no list, or very many"),
    "overlap": (
        _with(
            schedules=[SERVICE["schedules"][0], {**SERVICE["schedules"][0], "opens_at": "16:00", "closes_at": "18:00"}]
        ),  # type: ignore[index, dict-item]
        "the rows for Mon, Tue, Wed overlap or contradict each other",
    ),
    "one bad, one good": (
        _with(schedules=[*SERVICE["schedules"], {"freq": "WEEKLY", "byday": "FR", "opens_at": "9am"}]),  # type: ignore[misc]
        "a time of day cannot be read",
    ),
    "words that cannot be kept": (
        _hours(notes="Ring 01632 960999 first"),
        "words about the hours cannot be taken, so they are not known: something in it could be dialled",
    ),
}


@pytest.mark.parametrize("name", HOURS)
def test_hours_that_cannot_be_read_are_not_known_and_never_half_kept(name: str) -> None:
    """A day that is missing would read as closed."""
    service, reason = HOURS[name]
    found = read(service)

    assert {"schedules": reason} == why(found)
    assert "unknown" == one(found)["schedule"]


def test_what_a_feed_says_beside_its_hours_is_not_lost() -> None:
    """Term time, by appointment: a caution, since the rows would say more than the feed does."""
    record = one(read(_hours(description="In term time only.")))

    assert "The feed says of its hours: In term time only." == record["caution"]
    assert [{"days": "Mon-Wed", "opens_at": "09:00", "closes_at": "17:00"}] == record["schedule"]


def test_midnight_seconds_and_a_number_from_abroad_are_read() -> None:
    """What can mean only one thing is taken."""
    service = _hours(opens_at="18:00:00", closes_at="00:00:00")
    service["phones"] = [{"number": "+44 (0)1632 960-123"}, {"number": "01632960123"}]
    record = one(read(service))

    assert [{"days": "Mon-Wed", "opens_at": "18:00", "closes_at": "24:00"}] == record["schedule"]
    assert [{"number": "01632 960 123", "kind": "voice"}] == record["phones"]


def test_no_hours_at_all_are_not_known() -> None:
    """A feed that says nothing is not said to be closed."""
    assert "unknown" == one(read(_with(schedules=None)))["schedule"]


def test_a_service_that_names_no_area_gets_the_one_that_is_given() -> None:
    """And one that names its own keeps it."""
    found = read(_with(service_areas=None), {**_with(name="Another kitchen"), "id": None}, serves="havant")

    assert [["havant"], ["gosport"]] == [record["serves"] for record in contacts(found).values()]


def test_what_stands_twice_is_taken_once() -> None:
    """The same id, or the same name, numbers and areas; the same name elsewhere is another service."""
    again = {**_with(), "id": "4f6a2b7e-0c1d-4e5f-8a9b-0c1d2e3f4a5e"}
    elsewhere = {**again, "service_areas": [{"name": "Havant"}]}
    found = read(SERVICE, SERVICE, again, elsewhere)

    assert 2 == len(found["taken"])
    assert ["it stands twice in the feed"] * 2 == [item["why"] for item in found["left_out"]]
    assert 2 == len({item["contact"] for item in found["taken"]})


def test_a_feed_from_cst_itself_is_known_already() -> None:
    """Every service of it, by its id."""
    for profile in PROFILES:
        found = imported(feed(Asked(shipped(), "gosport", profile)).encode(), "ours.json", shipped(), TODAY, None)
        assert [] == found["taken"]
        assert all(item["why"].startswith("cst has it already: ") for item in found["left_out"])


@lru_cache
def everything_known() -> Known:
    """All numbers are known, and no contact is: so that every shipped one can be read back."""
    used = {
        national(one["number"]): name
        for name, record in shipped().kind("contacts").items()
        for one in record.get("phones", ())
    }
    return Known(shipped(), KnownNumbers(used, {}), TODAY)


@pytest.mark.parametrize("profile", PROFILES)
def test_every_shipped_contact_comes_back_with_the_same_numbers_and_hours(profile: str) -> None:
    """Through the file and back, in both profiles: numbers as they stand, what they are for, and hours row by row."""
    wrong = []
    living = [(name, one) for name, one in shipped().kind("contacts").items() if one["status"] != "historic"]
    services = json.loads(feed(Asked(shipped(), None, profile)))["contents"]
    for (name, record), service in zip(living, services, strict=True):
        if not {"phones", "url", "email", "contacts"} & set(service):
            continue
        back = contact_of(service, everything_known())
        odd = [left for left in back.left_out if left[0] in ("", "schedules") or "phones" in left[0]]
        if odd or _numbers_and_hours(back.record) != _numbers_and_hours(record):
            wrong.append((name, odd, back.record))
    assert len(living) > 200
    assert not wrong


def _numbers_and_hours(record: Any) -> Any:
    """What must come back, with hours by day."""
    whole = record.get("schedule", "unknown")
    phones = [
        (phone["number"], phone["kind"], _by_day(phone["schedule"]) if "schedule" in phone else None)
        for phone in record.get("phones", ())
    ]
    return phones, _by_day(whole), record.get("out_of_hours", False), record["serves"]


def _by_day(schedule: Any) -> Any:
    """A schedule as what it says of each day: rows may be put together in another way."""
    if isinstance(schedule, str):
        return schedule
    said: dict[str, list[Any]] = {day: [] for day in (*DAYS, "bank-holidays")}
    for row in schedule:
        days = row_days(row["days"])
        for day in ["bank-holidays"] if days is None else [DAYS[number] for number in days]:
            said[day].append((row.get("opens_at"), row.get("closes_at"), row.get("unknown", False)))
    for day, rows in said.items():
        rows.sort(key=str)
        if rows in ([], [(None, None, True)]) and day == "bank-holidays":
            rows[:] = [(None, None, True)]  # no row and a row that says so are the same
        elif rows == [(None, None, False)] and day != "bank-holidays":
            rows.clear()  # closed in words, and not named
    return said


CLOCKS = st.integers(0, 24 * 12).map(lambda five: f"{five // 12:02}:{five % 12 * 5:02}")
SPELLS = (
    st.lists(CLOCKS, min_size=2, max_size=6, unique=True)
    .map(sorted)
    .map(lambda one: list(zip(one[::2], one[1::2], strict=False)))
)
OF_A_DAY = st.one_of(SPELLS, st.sampled_from(["closed", "unknown"]))


@st.composite
def schedules(draw: st.DrawFn) -> Any:
    """A schedule in which no fault is found."""
    if draw(st.integers(0, 5)) == 0:
        return draw(st.sampled_from(["always", "unknown"]))
    rows: list[dict[str, Any]] = []
    for day in draw(st.lists(st.sampled_from([*DAYS, "Mon-Fri", "Sat-Sun", "bank-holidays"]), min_size=1, unique=True)):
        said = draw(OF_A_DAY)
        if isinstance(said, str):
            rows.append({"days": day, said: True})
        else:
            rows += [{"days": day, "opens_at": opens, "closes_at": closes} for opens, closes in said]
    return rows if not schedule_faults(rows) else "unknown"  # type: ignore[arg-type]


@st.composite
def made_up(draw: st.DrawFn) -> dict[str, Any]:
    """A contact with numbers for drama."""
    last = draw(st.lists(st.integers(500, 999), min_size=1, max_size=4, unique=True))
    kinds = st.sampled_from(["voice", "sms", "textphone", "video", "text", "relay"])
    phones = [{"number": f"01632 960{number:03}", "kind": draw(kinds)} for number in last]
    for phone in phones:
        if draw(st.booleans()):
            phone["schedule"] = draw(schedules())
    return {
        "name": "Drama desk",
        "serves": ["anyshire"],
        "status": draw(st.sampled_from(["active", "unconfirmed"])),
        "phones": phones,
        "schedule": draw(schedules()),
        "out_of_hours": draw(st.booleans()),
        "who_for": draw(st.sampled_from(["Anyone.", 'People aged 18 or over: it\'s free, #1 & "best"'])),
        "evidence": [{"source": next(iter(small().kind("sources")))}],
        "confidence": "our own list",
    }


@given(made_up(), st.sampled_from(PROFILES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_made_up_contacts_come_back_with_the_same_numbers_and_hours(record: dict[str, Any], profile: str) -> None:
    """Export, import, and read the local file as any local file is."""
    whole: Any = {**small().records, "contacts": {"drama-desk": record}}
    (service,) = page(Asked(Toolkit(whole, small().names), None, profile))["contents"]
    found = imported(json.dumps([service]).encode(), "feed.json", small(), date(2026, 11, 30), None)

    assert [] == [item for item in found["left_out"] if not str(item["field"]).endswith("description")]
    assert _numbers_and_hours(one(found)) == _numbers_and_hours(record)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _paths(inner, (*path, key))


def _put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    made = copy.copy(value)
    made[path[0]] = _put(value[path[0]], path[1:], new)
    return made


WHOLE = {
    **SERVICE,
    "alternate_name": "The drama kitchen",
    "url": "https://kitchen.example/",
    "email": "desk@kitchen.example",
    "alert": "Closed in August.",
    "contacts": [{"name": "Drama street kitchen", "phones": [{"number": "01632 960124", "description": "The desk."}]}],
    "attributes": [{"taxonomy_term": {"name": "Sat not known", "taxonomy": "Community safety toolkit: hours"}}],
}
IN_ANYSHIRE: dict[str, Any] = {**WHOLE, "service_areas": [{"name": "Anyshire"}]}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(list(_paths(IN_ANYSHIRE))), ANYTHING)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_anywhere_in_a_service_what_comes_of_it_is_in_order(path: tuple[Any, ...], new: Any) -> None:
    """Any value in any place: the file can be read, or there is none, and the reason is said."""
    found = read(_put(IN_ANYSHIRE, path, new), toolkit=small())

    assert len(found["taken"]) == len(contacts(found))
    assert found["taken"] or found["left_out"]
    assert found["local_file"].replace("\n", "").isprintable()


@pytest.mark.skipif(not NAUGHTY.exists(), reason="no corpora here (see CST_CORPORA)")
def test_no_string_that_has_broken_other_programs_breaks_out_of_its_place() -> None:
    """As a name and as words: the record holds it as it is, or it is left out."""
    own = ["a: b\ncontacts: {}", "x\n  other: {name: y}", "- a", "{a: b}", "#", "!!x", "*a", "&a", "| a", "yes"]
    strings = [*json.loads(NAUGHTY.read_text("utf-8")), *own]
    named = [{**IN_ANYSHIRE, "id": None, "alternate_name": None, "name": f"Kitchen {text}"} for text in strings]
    said = [{**named[0], "name": f"Kitchen {number}", "description": text} for number, text in enumerate(strings)]
    found = contacts(read(*named, *said, toolkit=small())).values()

    assert len(found) > len(strings)
    names = {" ".join(one["name"].split()) for one in (*named, *said)}
    words = {" ".join(one["description"].split()) for one in (*named, *said)}
    for record in found:
        assert {"name", "serves", "status", "evidence"} <= set(record)
        assert record["name"] in {unicodedata.normalize("NFC", name) for name in names}
        assert record.get("who_for", WHOLE["description"]) in words


FILES: dict[str, tuple[bytes, str, int]] = {
    "empty": (b"", "json", 1),
    "not JSON": (b'[\n{"id": 1,}\n]', "json", 2),
    "NaN": (b'[{"interval": NaN}]', "json", 1),
    "a number without end": (b"[" + b"9" * 5000 + b"]", "json", 1),
    "brackets without end": (b"[" * 200_000, "too-deep", 1),
    "UTF-16": ("[]".encode("utf-16"), "encoding", 1),
    "a name twice in the page": (b'{"contents": [], "contents": []}', "repeated-key", 1),
    "no services": (b'{"content": []}', "no-feed", 1),
    "nothing": (b"null", "no-feed", 1),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_feed_says_so_with_its_line(name: str) -> None:
    """Never a traceback, and never half a feed."""
    data, code, line = FILES[name]
    with pytest.raises(NotAFeed) as found:
        services_in(data)

    assert (code, line) == (found.value.code, found.value.line)
    assert found.value.remedy


def test_a_name_that_stands_twice_in_a_service_leaves_out_that_service_alone() -> None:
    """Nobody knows which of the two holds, however deep it stands."""
    twice = json.dumps(_with()).replace(
        '"number": "01632 960123"', '"number": "01632 960123", "number": "01632 960999"'
    )
    found = imported(f"[{twice}, {json.dumps(_with(name='Another', id=None))}]".encode(), "f", shipped(), TODAY, None)

    assert {"": "a field stands twice in it, and nobody knows which holds"} == why(found)
    assert 1 == len(found["taken"])


def test_very_many_services_and_very_much_text_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Before anything is made of them."""
    monkeypatch.setattr(feed_file, "MOST_SERVICES", 3)
    with pytest.raises(NotAFeed, match="it holds 4 services"):
        services_in(b"[1, 2, 3, 4]")
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(feed_file.MOST_BYTES + 1)
    ran = run("import", "open-referral", str(huge))

    assert (65, "") == (ran.code, ran.out)
    assert "20,000,000 is the most" in ran.err


def test_one_service_a_list_and_a_page_are_read_alike() -> None:
    """And a page says that it is one of several."""
    whole = {"total_pages": 7, "contents": [SERVICE]}
    forms = [
        imported(json.dumps(form).encode(), "feed.json", shipped(), TODAY, None) for form in (SERVICE, [SERVICE], whole)
    ]

    assert 1 == len({form["local_file"] for form in forms})
    assert [[], [], ["The feed has more pages than this one. Import each of them."]] == [
        form["notes"] for form in forms
    ]


@pytest.fixture
def services(tmp_path: Path) -> Path:
    """A feed of one service that is taken and one that is not."""
    file = tmp_path / "feed.json"
    file.write_text(json.dumps([_phone("0909 8790 123"), _with(status="defunct")]), "utf-8")
    return file


def test_without_save_the_file_is_printed_and_the_report_goes_elsewhere(services: Path) -> None:
    """So that a redirect makes the local file."""
    ran = run("import", "open-referral", str(services))

    assert 0 == ran.code
    assert ran.out.startswith("# Imported from feed.json")
    assert "feed.json: 2 services read, 1 taken, 1 left out." in ran.err
    assert "phones 0909 8790 123: it is a premium number" in ran.err
    assert "its status is defunct" in ran.err


@pytest.mark.deep
def test_with_save_it_is_written_and_can_be_laid_on_top(services: Path, tmp_path: Path) -> None:
    """The next look-up with that file finds it, marked; a file that is there is not written over."""
    file = tmp_path / "theirs.yaml"
    ran = run("import", "open-referral", str(services), "--save", str(file))
    found = run("lookup", "drama street kitchen", "--toolkit", str(file), "--area", "gosport")
    again = run("import", "open-referral", str(services), "--save", str(file))
    known = run("import", "open-referral", str(services), "--toolkit", str(file))

    assert 0 == ran.code
    assert "1 taken" in ran.out
    assert 0o600 == file.stat().st_mode & 0o777 or os.name == "nt"
    assert "01632 960123, Drama street kitchen (local: theirs.yaml)" in found.out
    assert "Not confirmed" in found.out
    assert (2, "") == (again.code, again.out)
    assert "is there already" in again.err
    assert 1 == known.code
    assert "cst has something of that name already: imported-drama-street-kitchen" in known.err


def test_the_report_as_json_keeps_the_contract(services: Path) -> None:
    """With the local file in it; exit 1 where nothing was taken."""
    shape = json.loads((ROOT / "docs" / "cst.schema.json").read_text("utf-8"))
    ran = run("import", "open-referral", str(services), "--json")
    jsonschema.validate(json.loads(ran.out), shape)
    services.write_text("[]", "utf-8")
    nothing = run("import", "open-referral", str(services), "--json")
    jsonschema.validate(json.loads(nothing.out), shape)

    assert (0, "import") == (ran.code, json.loads(ran.out)["kind"])
    assert (1, "") == (nothing.code, json.loads(nothing.out)["local_file"])


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nowhere.json"], 66, "nowhere.json cannot be read"),
        (["."], 66, "cannot be read: this is a folder"),
        (["feed.json", "--save", "theirs.txt"], 2, "End the name in .yaml"),
        (["feed.json", "--serves", "atlantis"], 2, "--serves cannot be atlantis."),
        (["feed.json", "--save", "no/such/folder.yaml"], 74, "could not be saved"),
    ],
)
def test_what_cannot_be_done_says_what_and_how_to_mend_it(
    arguments: list[str], code: int, says: str, services: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the exit code for it."""
    monkeypatch.chdir(services.parent)
    ran = run("import", "open-referral", *arguments)

    assert code == ran.code
    assert says in ran.err


@pytest.mark.nightly
def test_the_whole_passes_the_check_of_a_local_file(tmp_path: Path) -> None:
    """Every proof holds with it, and it is read with what is shipped."""
    feed_json, file = tmp_path / "feed.json", tmp_path / "theirs.yaml"
    many = [
        {**WHOLE, "id": None, "name": f"Drama kitchen {chr(97 + number)}", "alternate_name": None,
         "phones": [{"number": f"01632 960{number:03}"}]}
        for number in range(26)
    ]  # fmt: skip
    feed_json.write_text(json.dumps(many), "utf-8")
    assert 0 == run("import", "open-referral", str(feed_json), "--save", str(file)).code
    ran = run("check", str(file), "--json")

    assert 0 == ran.code, ran.out[:2000]
    assert 26 == sum("Adds a contact" in change for change in json.loads(ran.out)["changes"])
    assert open_toolkit(shipped_files(), [str(file)], None).kind("contacts")["imported-drama-kitchen-z"]


def test_the_invented_toolkit_takes_one_too() -> None:
    """Areas are those of the toolkit in use."""
    found = read(_with(service_areas=[{"name": small().kind("areas")["anyshire"]["name"]}]), toolkit=small())

    assert ["anyshire"] == one(found)["serves"]
    assert SMALL.exists()
