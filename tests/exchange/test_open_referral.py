"""Promise: the contacts as Open Referral are valid, hold the same numbers and hours, and bend no field."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from dateutil.rrule import rrulestr

from cst.engine.contact import calendar
from cst.exchange.open_referral import feed, page
from cst.exchange.open_referral_hours import row_of, row_text, schedules, spans
from cst.exchange.open_referral_terms import PROFILES, Asked, service_id
from cst.hours import DAYS, opening, row_days
from cst.source.open import open_toolkit
from cst.source.overlay import mark_of
from cst.toolkit.toolkit import Toolkit
from tests.local_files.test_local_files import DESK, PAGES, corrected, laid
from tests.support import CORPORA
from tests.support.in_process import run
from tests.support.levels import within
from tests.support.states import LONDON, SMALL, shipped, small

SCHEMAS = {
    "3.0": ("hsds-3.0/service_with_definitions.json", "hsds-3.0/service_list.json"),
    "uk": ("hsds-uk/service.json", "hsds-uk/service_list.json"),
}
OF_THE_PAGE = {
    "total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents",
    "version", "profile", "description",
}  # fmt: skip


@lru_cache
def made(profile: str, area: str | None = None) -> dict[str, Any]:
    """The shipped contacts, as read back from the file."""
    found: dict[str, Any] = json.loads(feed(Asked(shipped(), area, profile)))
    return found


def services(profile: str) -> dict[str, dict[str, Any]]:
    """The services by the id of their contact."""
    by_id = {one["id"]: one for one in made(profile)["contents"]}
    contacts = shipped().kind("contacts").items()
    return {name: by_id[its] for name, record in contacts if (its := service_id(name, record)) in by_id}


def phones_of(service: dict[str, Any]) -> list[dict[str, Any]]:
    """Its numbers, wherever the profile has them."""
    return [*service.get("phones", ()), *(one for contact in service.get("contacts", ()) for one in contact["phones"])]


def schema_of(file: str) -> dict[str, Any]:
    """A published schema; the test is left out where it is not there."""
    path = CORPORA / file
    if not path.exists():
        pytest.skip("no corpora here (see CST_CORPORA)")
    read: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return read


def faults(schema: dict[str, Any], service: dict[str, Any]) -> list[str]:
    """What a validator says of a service."""
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    return [f"{error.json_path} {error.message:.80}" for error in validator.iter_errors(service)]


@pytest.mark.parametrize(("profile", "file"), [(one, file) for one in PROFILES for file in SCHEMAS[one]])
def test_each_service_is_valid_against_the_published_schema(profile: str, file: str) -> None:
    """And what is broken on purpose is not."""
    schema = schema_of(file)
    found = made(profile)["contents"]

    assert {} == {one["name"]: wrong for one in found if (wrong := faults(schema, one))}
    assert faults(schema, {**found[0], "status": "open"})
    assert faults(schema, {**found[0], "id": "police-emergency"})
    assert faults(schema, {key: value for key, value in found[0].items() if key != "name"})


@pytest.mark.parametrize("profile", PROFILES)
def test_what_is_no_address_of_a_page_stands_in_words(profile: str) -> None:
    """The standard asks for a whole address, which the validator at hand does not look at."""
    found = services(profile)
    addresses = [one["url"] for one in found.values() if "url" in one]
    terms = [one["taxonomy_term"] for service in found.values() for one in service["attributes"]]
    addresses += [term["term_uri"] for term in terms if "term_uri" in term]
    data = shipped().kind("contacts")["city-domestic-abuse-service"]["url"]

    assert len(addresses) > 300
    assert all(re.fullmatch(r"https?://[\w.-]+\.\w+(?:[/?#][^\s<>]*)?", one, re.ASCII) for one in addresses)
    assert "url" not in found["city-domestic-abuse-service"]
    assert f"On the web: {data}." in found["city-domestic-abuse-service"]["description"]
    assert set(found) == {
        name for name in found if _has_page(found[name]) == ("url" in shipped().kind("contacts")[name])
    }


def _has_page(service: dict[str, Any]) -> bool:
    return "url" in service or "On the web: " in service["description"]


@pytest.mark.parametrize("profile", PROFILES)
def test_no_field_is_invented(profile: str) -> None:
    """Each field at each depth is one of the schema; the UK profile has no numbers, and gets them as HSDS has them."""
    schema = schema_of(SCHEMAS[profile][0])
    full = schema_of(SCHEMAS["3.0"][0])
    odd = {path for one in made(profile)["contents"] for path in _odd(one, schema, schema, "")}

    assert ({"/contacts/phones"} if profile == "uk" else set()) == odd
    in_uk = [one for one in made("uk")["contents"] if "contacts" in one]
    assert set() == {path for one in in_uk for path in _odd({"contacts": one["contacts"]}, full, full, "")}
    assert set(made(profile)) == OF_THE_PAGE


def _odd(value: Any, schema: dict[str, Any], whole: dict[str, Any], path: str) -> Iterator[str]:
    """The fields that a schema does not name."""
    if "$ref" in schema:
        schema = whole["definitions"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for one in value:
            yield from _odd(one, schema["items"], whole, path)
    elif isinstance(value, dict):
        for field, inner in value.items():
            if field not in schema["properties"]:
                yield f"{path}/{field}"
            else:
                yield from _odd(inner, schema["properties"][field], whole, f"{path}/{field}")


@pytest.mark.parametrize("profile", PROFILES)
def test_every_contact_that_can_be_used_is_there_with_its_numbers_as_they_stand(profile: str) -> None:
    """In the order of the data, the emergency line first; nothing of the past."""
    living = {name: one for name, one in shipped().kind("contacts").items() if one["status"] != "historic"}
    found = services(profile)

    assert list(living) == list(found)
    assert {name: [phone["number"] for phone in record.get("phones", ())] for name, record in living.items()} == {
        name: [phone["number"] for phone in phones_of(service)] for name, service in found.items()
    }
    assert "999" == phones_of(made(profile)["contents"][0])[0]["number"]


@pytest.mark.parametrize("profile", PROFILES)
def test_what_must_not_be_rung_is_nowhere_in_it(profile: str) -> None:
    """Old numbers and old addresses, and the values of sources that differ, but for those that are in use."""
    contacts = shipped().kind("contacts").values()
    used = {phone["number"] for one in contacts for phone in one.get("phones", ())}
    used |= {mail["address"] for one in contacts for mail in one.get("emails", ())}
    old = {text for one in contacts for text in (*one.get("old_numbers", ()), *one.get("old_emails", ()))}
    values = (value for one in contacts for conflict in one.get("conflicts", ()) for value in conflict["values"])
    old |= {value["number"] for value in values if "number" in value}
    text = feed(Asked(shipped(), None, profile))

    assert len(old - used) > 30
    assert [] == [one for one in old - used if one in text]


def test_every_source_stands_with_its_dates() -> None:
    """When a page is from, when it was read, and in HSDS also what it said."""
    record = shipped().kind("contacts")["crimestoppers"]
    sources = [one for one in services("3.0")["crimestoppers"]["attributes"] if one["link_type"] == "source"]

    assert [one.get("said") for one in record["evidence"]] == [one["value"] for one in sources]
    for evidence, one in zip(record["evidence"], sources, strict=True):
        page = shipped().kind("sources")[evidence["source"]]
        assert one["taxonomy_term"]["name"] == page["title"]
        assert one["taxonomy_term"]["description"].endswith(f"Dated: {page['dated']}. Read: {page['consulted']}.")


def test_what_is_not_known_is_never_said_to_be_closed() -> None:
    """No schedule at all, and words that say so, in the file and in each service."""
    contacts = shipped().kind("contacts")
    for profile in PROFILES:
        found = services(profile)
        unknown = [name for name in found if contacts[name].get("schedule", "unknown") == "unknown"]
        assert len(unknown) > 100
        for name in unknown:
            assert "schedules" not in found[name]
            assert "Hours not known" in found[name]["description"]
            assert "That no schedule stands here does not mean that it is closed." in found[name]["description"]
            assert "not known" in _terms(found[name], "hours")
        assert "That does not mean closed." in made(profile)["description"]


def test_what_schedules_cannot_hold_stands_beside_them() -> None:
    """Day and night, bank holidays, and a line that answers out of hours, nobody knows when."""
    found = services("uk")

    assert ["always"] == _terms(found["crimestoppers"], "hours")
    assert ["bank-holidays closed"] == _terms(found["hampshire-children"], "hours")
    assert ["bank-holidays 00:00 to 24:00", "answers out of hours"] == _terms(found["hampshire-out-of-hours"], "hours")
    assert ["not known", "answers out of hours"] == _terms(found["test-valley-housing"], "hours")
    assert ["bank-holidays not known"] == _terms(found["portsmouth-housing-needs"], "hours")
    (text,) = phones_of(found["shout"])
    assert ["always"] == _terms(text, "hours")
    assert "open day and night" in text["description"]


def _terms(of: dict[str, Any], kind: str) -> list[str]:
    """The attributes of one kind."""
    return [one["taxonomy_term"]["name"] for one in of.get("attributes", ()) if one["link_type"] == kind]


def test_whom_nobody_has_confirmed_says_so() -> None:
    """The standard has no word for it, so the description and an attribute do."""
    contacts = shipped().kind("contacts")
    for name, service in services("uk").items():
        unconfirmed = contacts[name]["status"] == "unconfirmed"
        assert unconfirmed == ("Nobody has confirmed that this service is there today." in service["description"])
        assert unconfirmed == (["unconfirmed"] == _terms(service, "state"))
        assert "active" == service["status"]
        assert "caution" not in contacts[name] or contacts[name]["caution"].rstrip(".") in service["description"]


@pytest.mark.parametrize("profile", PROFILES)
def test_ids_stay_and_are_unique(profile: str) -> None:
    """The same bytes twice; what an area gets is part of what all get; no id names two things."""
    again = feed(Asked(shipped(), None, profile))
    ids = list(_ids(made(profile)["contents"]))
    gosport = made(profile, "gosport")["contents"]

    assert feed(Asked(shipped(), None, profile)) == again
    assert again.isascii()
    assert len(set(ids)) == len(ids)
    assert 100 < len(gosport) < len(made(profile)["contents"])
    assert all(one in made(profile)["contents"] for one in gosport)
    assert "2bd8c6a6-220c-5ff3-8c1f-cd9892d23a36" == gosport[0]["id"]  # as it was in the first edition


def _ids(value: Any) -> Iterator[str]:
    """The ids of all that stands in it; a term is the same for all who have it."""
    if isinstance(value, list):
        for one in value:
            yield from _ids(one)
    elif isinstance(value, dict):
        yield from [value["id"]] if "id" in value else []
        for field, inner in value.items():
            if field != "taxonomy_term":
                yield from _ids(inner)


def expanded(rows: list[dict[str, Any]], day: date) -> list[tuple[str, str]]:
    """The hours of one day, as a reader of iCalendar expands the rules."""
    start, found = datetime.combine(day, datetime.min.time()), []
    for row in rows:
        rule = rrulestr(f"FREQ={row['freq']};BYDAY={row['byday']}", dtstart=start)
        if rule.between(start, start, inc=True):
            found.append((row["opens_at"], row["closes_at"]))
    return sorted(found)


WEEKS = 53 if within("deep") else 5


def test_schedules_expand_to_the_hours_of_cst_at_each_minute_at_which_anything_changes() -> None:
    """By another program's rules, on each day of a year; on bank holidays what stands in the attributes holds."""
    days, contacts = calendar(shipped()), shipped().kind("contacts")
    told = {json.dumps(contacts[name].get("schedule", "unknown")): one for name, one in services("3.0").items()}
    wrong = []
    for text, service in told.items():
        for number in range(WEEKS * 7):
            day = date(2026, 12, 1) + timedelta(number)
            hours = _hours(service, day, holiday=day in days.dates)
            for minute in sorted({0, 1439, *(edge for one in hours or () for edge in _edges(one))}):
                at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=LONDON)
                is_open = None if hours is None else any(_minutes(a) <= minute < _minutes(b) for a, b in hours)
                if opening(json.loads(text), at, days).open != is_open:
                    wrong.append((service["name"], at, is_open))

    assert len(told) > 30
    assert not wrong


def _hours(service: dict[str, Any], day: date, *, holiday: bool) -> list[tuple[str, str]] | None:
    """What a service says of its hours on a day; None where it says that they are not known."""
    terms = _terms(service, "hours")
    if terms == ["always"]:
        return expanded(service["schedules"], day)
    rows = [row for term in terms if (row := row_of(term))]
    named = [(row, row_days(row["days"])) for row in rows]
    here = [row for row, days in named if (days is None if holiday else days is not None and day.weekday() in days)]
    if "not known" in terms or any(row.get("unknown") for row in here):
        return None
    if holiday:
        return sorted((row["opens_at"], row["closes_at"]) for row in here if "opens_at" in row)
    return expanded(service["schedules"], day)


def _edges(spell: tuple[str, str]) -> list[int]:
    """The minutes about which a spell of hours changes."""
    first, last = map(_minutes, spell)
    return [minute for edge in (first, last) for minute in (edge - 1, edge) if 0 <= minute < 1440]


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def test_words_for_rows_read_back() -> None:
    """Each form of row, and nothing else."""
    rows: list[Any] = [
        {"days": "Mon-Thu", "opens_at": "08:30", "closes_at": "17:00"},
        {"days": "bank-holidays", "closed": True},
        {"days": "Sat", "unknown": True},
    ]

    assert rows == [row_of(row_text(row)) for row in rows]
    assert ["Mon-Thu 08:30 to 17:00", "bank-holidays closed", "Sat not known"] == [row_text(row) for row in rows]
    assert [None] * 4 == [row_of(text) for text in ("always", "Mon closed ", "Mon 8 to 9", "closed")]
    for number in range(1, 128):
        days = {day for day in range(7) if number >> day & 1}
        assert days == {day for span in spans(days) for day in row_days(span) or ()}
    assert ["Mon-Sun"] == list(spans(range(7)))
    assert ["Mon", "Wed-Fri", "Sun"] == list(spans((6, 0, 2, 3, 4)))
    assert 7 == len(DAYS)
    assert [] == list(schedules("unknown"))


def test_a_local_file_says_so_and_has_ids_of_its_own(tmp_path: Path) -> None:
    """Two teams may call a desk of theirs the same: the file is part of the id."""
    toolkit = laid(DESK + PAGES, tmp_path)
    (tmp_path / "other.yaml").write_text(DESK + PAGES, "utf-8")
    other = open_toolkit([str(SMALL)], [str(tmp_path / "other.yaml")], None)
    ours, theirs = (_named(one, "Our duty desk") for one in (toolkit, other))

    assert "Our duty desk (local: team.yaml)" == ours["name"]
    assert ours["id"] != theirs["id"]
    assert [("01632 960001", "voice", []), ("01632 960002", None, ["text"])] == [
        (one["number"], one.get("type"), _terms(one, "way")) for one in ours["phones"]
    ]


def test_hours_that_a_local_file_corrects_stand_in_words_alone(tmp_path: Path) -> None:
    """Both that file's and what `cst` ships, and no schedule takes a side."""
    before = _named(small(), "Anyshire day team")
    after = _named(laid(corrected(schedule="always"), tmp_path), "Anyshire day team")

    assert before["schedules"]
    assert "schedules" not in after
    assert before["id"] == after["id"]
    assert "the local file says open day and night; cst says " in after["description"]
    assert [] == _terms(after, "hours")


def test_a_correction_that_is_out_of_date_is_left_out(tmp_path: Path) -> None:
    """What it corrected stands as it is shipped."""
    toolkit = laid(corrected(based_on="r0123456789", schedule="always"), tmp_path)
    assert mark_of(small().kind("contacts")["day-team"]) != "r0123456789"

    assert page(Asked(small(), None, "3.0")) == page(Asked(toolkit, None, "3.0"))


def _named(toolkit: Toolkit, name: str) -> dict[str, Any]:
    """The service whose name begins so."""
    found: dict[str, Any] = next(
        one for one in page(Asked(toolkit, None, "3.0"))["contents"] if one["name"].startswith(name)
    )
    return found


def test_the_command_writes_one_file_or_says_what_is_wrong() -> None:
    """Either profile, an area; what is no profile and no place exits with 2 and says what to write."""
    assert made("uk", "gosport") == json.loads(
        run("export", "open-referral", "--profile", "uk", "--area", "Gosport").out
    )
    assert made("3.0") == json.loads(run("export", "open-referral").out)
    odd = run("export", "open-referral", "--profile", "2.0")
    nowhere = run("export", "open-referral", "--area", "atlantis")

    assert (2, "") == (odd.code, odd.out)
    assert "No profile is called 2.0. Write 3.0 or uk." in odd.err
    assert (2, "") == (nowhere.code, nowhere.out)
    assert "For all areas, leave out --area and CST_AREA." in nowhere.err
