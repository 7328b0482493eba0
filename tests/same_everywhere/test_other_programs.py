"""Promise 8 for other programs: address book, spreadsheet, document and data have the handbook's numbers, in its order.

Each is read back by a program of somebody else.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import Any

import duckdb
import jsonschema
import pytest
import vobject
from markdown_it import MarkdownIt

from cst import card
from cst.engine.entry import entry
from cst.exchange.document import document
from cst.exchange.known import known
from cst.exchange.sheet import COLUMNS, sheet
from cst.exchange.vcard import DANGER, vcards
from cst.handbook.book import Book, book
from cst.toolkit.toolkit import Toolkit
from cst.views.formats.content_lines import content, escaped
from cst.views.page import Ring
from tests.support import ROOT
from tests.support.in_process import run
from tests.support.states import LONDON, shipped, small

AT = datetime(2026, 12, 1, 1, 45, tzinfo=LONDON)
AREAS = (None, "gosport")
LARGE = (pytest.param(None, marks=pytest.mark.deep), "gosport")  # where all areas take long
FORMS = {"vcard": vcards, "csv": sheet, "markdown": document, "json": known}
LAST = "police-emergency"

Numbers = dict[str, list[str]]  # ids of contacts, and their numbers in order


@lru_cache
def made(form: str, area: str | None) -> Any:
    """One form of the shipped toolkit."""
    return FORMS[form](shipped(), AT, area)


@lru_cache
def handbook(area: str | None) -> Book:
    """What every form is compared with."""
    return book(shipped(), AT, area)


def in_handbook(area: str | None) -> Numbers:
    """The contacts of the handbook that can be used, with their numbers."""
    sections = (one for served in handbook(area).areas for one in served.contacts)
    return {one.id: [item.number for item in one.items if isinstance(item, Ring)] for one in sections}


def cards(text: str) -> list[Any]:
    """An address book as vobject reads it."""
    return list(vobject.readComponents(text))


def in_address_book(area: str | None) -> Numbers:
    """The numbers of each card."""
    return {
        one.uid.value.removesuffix("@cst"): [tel.value for tel in one.contents.get("tel", ())]
        for one in cards(made("vcard", area))
    }


def in_spreadsheet(area: str | None) -> Numbers:
    """The numbers of the rows of each service."""
    found: Numbers = {}
    for row in csv.DictReader(io.StringIO(made("csv", area), newline="")):
        found.setdefault(row["Id"], []).extend(filter(None, [row["Number"]]))
    return found


def in_data(area: str | None) -> Numbers:
    """The numbers of each contact."""
    return {one["id"]: [phone["number"] for phone in one["phones"]] for one in made("json", area)["contacts"]}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("read", [in_address_book, in_spreadsheet, in_data])
def test_each_contact_has_the_numbers_of_the_handbook_in_its_order(read: Any, area: str | None) -> None:
    """Each once, the emergency line first and then area by area; no more contacts, and no fewer."""
    wanted, found = in_handbook(area), read(area)
    emergency_first = [LAST, *(name for name in wanted if name != LAST)]

    assert wanted == found
    assert emergency_first == list(found)
    assert ["999"] == found[LAST]
    assert len(found) > 80


@pytest.mark.parametrize("area", LARGE)
def test_a_document_has_them_under_each_contact(area: str | None) -> None:
    """As a reader of Markdown sees it: headings, and the numbers in the lists below them."""
    tokens = MarkdownIt().parse(made("markdown", area))
    wanted = {
        one.title: [item.number for item in one.items if isinstance(item, Ring)]
        for served in handbook(area).areas
        for one in served.contacts
    }
    found: Numbers = {}
    part, title = "", ""
    for before, token in pairwise(tokens):
        if before.type == "heading_open" and before.tag == "h2":
            part = seen(token)
        elif before.type == "heading_open" and before.tag == "h4":
            title = seen(token)
            found[title] = []
        elif part == "Contacts by area" and token.type == "inline" and (call := CALL.match(seen(token))):
            found[title].append(call[1])

    assert wanted == found


CALL = re.compile(r"(?:THEN )?(?:RING|TEXT|TEXTPHONE|RELAY)(?: FIRST| WHEN OPEN)?: ([\d+ ]+), ")


def seen(token: Any) -> str:
    """What is read of a line, without its marks."""
    return "".join(one.content for one in token.children)


@pytest.mark.parametrize("area", AREAS)
def test_a_number_says_the_same_hours_everywhere(area: str | None) -> None:
    """As a timetable; nothing speaks of the minute at which it was made."""
    rows = list(csv.DictReader(io.StringIO(made("csv", area), newline="")))
    rings = [item for served in handbook(area).areas for one in served.contacts for item in one.items]
    wanted = {(item.number, item.hours) for item in rings if isinstance(item, Ring)}
    notes = "\n".join(one.note.value for one in cards(made("vcard", area)))

    assert wanted == {(row["Number"], row["Hours"]) for row in rows if row["Number"]}
    assert wanted == {(p["number"], p["hours"]) for one in made("json", area)["contacts"] for p in one["phones"]}
    assert not [hours for number, hours in wanted if f" {number}: {hours}" not in notes]
    for text in (made("vcard", area), made("csv", area), made("markdown", area)):
        assert not re.findall(r"open now|closed, opens|\bopens (?:Mon|Tue|\d)|cst lookup", text)


@pytest.mark.parametrize("area", AREAS)
def test_a_number_of_the_past_is_none_to_ring(area: str | None) -> None:
    """It stands in the document and in the data under what is past, and nowhere in an address book or spreadsheet."""
    past = {name for name, one in shipped().kind("contacts").items() if one["status"] == "historic"}

    assert len(past) > 40
    assert not past & (set(in_address_book(area)) | set(in_spreadsheet(area)) | set(in_data(area)))
    assert past == {one["id"] for one in made("json", area)["past"]}


def test_what_is_not_sure_of_a_number_is_said_with_it() -> None:
    """Not confirmed, sources that differ, what was never rung, and since when it is old."""
    notes = {one.uid.value.removesuffix("@cst"): one.note.value for one in cards(made("vcard", None))}
    rows = {row["Id"]: row["Notes"] for row in csv.DictReader(io.StringIO(made("csv", None), newline=""))}
    later = {one.uid.value: one.note.value for one in cards(vcards(shipped(), AT.replace(year=2031), None))}
    contacts = {name: one for name, one in shipped().kind("contacts").items() if one["status"] != "historic"}

    for name, record in contacts.items():
        for told in (notes[name], rows[name]):
            assert ("Not confirmed: check before you rely on it" in told) == (record["status"] == "unconfirmed")
            assert ("Sources differ" in told) == ("conflicts" in record)
            assert ("not yet rung" in told) == ("assured_date" not in record)
        assert "OLD: it was due to be checked by" in later[f"{name}@cst"]


@pytest.mark.parametrize("read", [in_address_book, in_spreadsheet, in_data])
def test_an_area_has_no_number_of_another_one(read: Any) -> None:
    """Only of services that serve it or an area around it."""
    chain = set(shipped().around("gosport"))

    assert not [name for name in read("gosport") if not chain & set(shipped().kind("contacts")[name]["serves"])]


def test_a_card_is_of_a_service_and_can_be_found_by_its_area() -> None:
    """Shown as an organisation, with the day on which its sources were read last."""
    for one in cards(made("vcard", "gosport")):
        assert one.fn.value == one.n.value.family == one.org.value[0]
        assert "COMPANY" == one.x_abshowas.value
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", one.rev.value)
        assert "England" in one.categories.value or {"Gosport", "Hampshire"} & {*" ".join(one.categories.value).split()}
    assert [DANGER, "England"] == cards(made("vcard", "gosport"))[0].categories.value


def test_what_is_no_voice_line_is_labelled() -> None:
    """A number that is texted is not rung by mistake, nor a textphone taken for a person."""
    kinds = {"sms": "Text", "text": "Text", "textphone": "Textphone", "relay": "Relay"}
    found = 0
    for one in cards(made("vcard", None)):
        record = shipped().kind("contacts")[one.uid.value.removesuffix("@cst")]
        wanted = {(p["number"], kinds.get(p["kind"])) for p in record.get("phones", ())}
        labels = {label.group: label.value for label in one.contents.get("x-ablabel", ())}
        assert wanted == {(tel.value, labels.get(tel.group)) for tel in one.contents.get("tel", ())}
        assert all(tel.params["TYPE"] for tel in one.contents.get("tel", ()))
        found += len(labels)

    assert found > 10


def test_no_line_of_an_address_book_is_longer_than_phones_take() -> None:
    """75 octets, each line ending in CR LF, and no letter cut in two."""
    lines = made("vcard", None).encode("utf-8").split(b"\r\n")

    assert 75 == max(map(len, lines))
    assert b"" == lines[-1]
    assert not [line for line in lines if b"\n" in line or b"\r" in line]
    accents = content(["NOTE:" + "é" * 100]).encode("utf-8")
    assert [75, 75, 57] == [len(line) for line in accents.split(b"\r\n")[:-1]]
    assert "é" * 100 in accents.decode("utf-8").replace("\r\n ", "")


def test_words_of_the_data_end_no_line_of_an_address_book() -> None:
    """Commas, semicolons, backslashes and ends of lines; and letters that hide or turn words are gone."""
    text = "A; b, c\\n d\nEND:VCARD\r\nX:\u202eturned\x1b[31m"
    toolkit, name = with_name(text)
    found = {one.uid.value: one for one in cards(vcards(toolkit, AT, None))}

    assert "A\\; b\\, c\\\\n d\\nEND:VCARD\\nX:turned[31m" == escaped(text)
    assert "A; b, c\\n d\nEND:VCARD\nX:turned[31m" == found[f"{name}@cst"].fn.value


def test_no_cell_is_run_as_a_formula() -> None:
    """A name from a local file may begin like one."""
    toolkit, name = with_name("=HYPERLINK(1)")
    rows = [row for row in csv.DictReader(io.StringIO(sheet(toolkit, AT, None), newline="")) if row["Id"] == name]

    assert rows
    assert {"'=HYPERLINK(1)"} == {row["Service"] for row in rows}


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        ("+44 1632 960123", "+44 1632 960123"),
        ("01632 960123", "01632 960123"),
        ("+441632960123", "'+441632960123"),
        ("01632960123", "'01632960123"),
        ("101", "101"),
    ],
)
def test_a_number_keeps_its_first_sign_in_a_spreadsheet(number: str, cell: str) -> None:
    """One without blanks would be taken for a figure, and lose a 0 or a plus; any other stands as in the data."""
    toolkit, name = with_name("A team")
    toolkit.records["contacts"][name]["phones"] = [{"number": number, "kind": "voice"}]
    rows = csv.DictReader(io.StringIO(sheet(toolkit, AT, None), newline=""))

    assert [cell] == [row["Number"] for row in rows if row["Id"] == name]


def with_name(text: str) -> tuple[Toolkit, str]:
    """The invented toolkit with another name on a contact that can be used; and its id."""
    records: Any = copy.deepcopy(small().records)
    name = next(name for name, one in records["contacts"].items() if one["status"] != "historic" and "phones" in one)
    records["contacts"][name]["name"] = text
    return Toolkit(records, small().names), name


def test_a_database_reads_the_same_rows(tmp_path: Any) -> None:
    """DuckDB, told nothing but the name of the file."""
    file = tmp_path / "contacts.csv"
    file.write_bytes(made("csv", None).encode("utf-8"))
    rows = list(csv.reader(io.StringIO(made("csv", None), newline="")))
    relation = duckdb.connect().read_csv(str(file), all_varchar=True)

    assert [*COLUMNS] == relation.columns == rows[0]
    assert [tuple(cell or None for cell in row) for row in rows[1:]] == relation.fetchall()


@pytest.mark.parametrize("area", LARGE)
def test_the_data_is_what_its_schema_says(area: str | None) -> None:
    """And every id in it is of something that is there."""
    document = made("json", area)
    jsonschema.validate(document, json.loads((ROOT / "docs" / "cst.schema.json").read_text("utf-8")))
    contacts = {one["id"] for one in document["contacts"]}
    there = contacts | {one["id"] for one in (*document["past"], *document["entries"])}
    sources = {one["id"] for one in document["sources"]}
    entries = document["entries"]

    assert len(entries) > 400
    assert not [one for one in (*document["contacts"], *entries) if not sources.issuperset(one["sources"])]
    assert not {name for one in entries for name in one["see_also"]} - there
    assert not {name for one in entries for name in one["contacts"]} - there


@pytest.mark.parametrize("area", LARGE)
def test_the_data_rings_first_whom_a_look_up_rings_first(area: str | None) -> None:
    """By day and at night, for every topic."""
    document = made("json", area)
    day, night = (datetime.fromisoformat(document[when]) for when in ("day", "night"))
    topics = [one for one in document["entries"] if one["type"] == "issue"]

    assert 23 == len(topics)
    for one in topics:
        assert one["first_by_day"] == entry(shipped(), "issues", one["id"], day, area)["first"]
        assert one["first_at_night"] == entry(shipped(), "issues", one["id"], night, area)["first"]


def test_where_a_local_file_differs_no_schedule_is_given_alone() -> None:
    """The words have both; a program that read one of them would say closed of a line that cst says is open."""
    records: Any = copy.deepcopy(small().records)
    name, contact = next((name, one) for name, one in records["contacts"].items() if one.get("schedule") == "always")
    corrected = {"days": "Mon-Fri", "opens_at": "09:00", "closes_at": "17:00"}
    records["contacts"][name] = {**contact, "schedule": [corrected], "shipped": contact, "local": "Team file"}
    found = next(one for one in known(Toolkit(records, small().names), AT, None)["contacts"] if one["id"] == name)

    assert found["schedule"] is None
    assert {None} == {phone["schedule"] for phone in found["phones"]}
    assert "Mon-Fri 09:00 to 17:00; bank holidays not known; cst says open day and night" == found["hours"]


@pytest.mark.parametrize("area", LARGE)
def test_a_document_has_every_section_of_the_handbook_in_its_order(area: str | None) -> None:
    """With the danger line first; and no words of the data are taken for markup."""
    text = made("markdown", area)
    tokens = MarkdownIt().parse(text)
    titles = [seen(token) for before, token in pairwise(tokens) if before.type == "heading_open"]
    found = handbook(area)
    wanted = [one.title for part in (found.issues, found.pathways, found.schemes, found.cautions) for one in part]
    told = [re.sub(r"^(NOW|TODAY|SOON|WHEN YOU CAN|EMERGENCY): ", "", title) for title in titles]
    start = told.index(wanted[0])

    assert text.index(card.LINE) < 120
    assert [*wanted] == [title for title in told[start:] if title in set(wanted)][: len(wanted)]
    assert not [token for token in tokens if token.type in ("html_block", "code_block", "fence", "hr")]
    assert not [one for token in tokens for one in token.children or () if one.type in ("html_inline", "link_open")]


def test_a_command_writes_each_form() -> None:
    """To standard output, for the area and the minute asked about."""
    for form in FORMS:
        ran = run("export", form, "--area", "gosport", "--at", "2026-12-01T01:45")
        assert (0, "") == (ran.code, ran.err)
        assert made(form, "gosport") == (json.loads(ran.out) if form == "json" else ran.out)


def test_every_form_says_on_which_day_it_was_made() -> None:
    """Each card and each row for itself, as they are copied alone."""
    day = "1 Dec 2026"

    assert {True} == {f"cst, edition 2026.1, {day}." in one.note.value for one in cards(made("vcard", "gosport"))}
    rows = csv.DictReader(io.StringIO(made("csv", "gosport"), newline=""))
    assert {f"cst, edition 2026.1, {day}"} == {row["From"] for row in rows}
    assert day in made("markdown", "gosport")[:400]
    assert "2026-12-01T01:45+00:00" == made("json", "gosport")["at"]


def test_no_form_is_made_for_a_place_that_is_not_known_or_from_before_the_edition() -> None:
    """It would be read as that place's numbers; and one dated later than it is would never look old."""
    for form in FORMS:
        _refused(form)


def _refused(form: str) -> None:
    elsewhere = run("export", form, "--area", "Atlantis")
    before = run("export", form, "--at", "2026-11-22T10:00")

    assert (2, "") == (elsewhere.code, elsewhere.out)
    assert "No area here is called Atlantis." in elsewhere.err
    assert (2, "") == (before.code, before.out)
    assert "The file would say 22 Nov 2026, and this edition is of 23 Nov 2026." in before.err
