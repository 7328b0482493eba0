"""Nothing that the source documents name is lost: every section and every service leads to an entry.

The documents themselves stand outside the checkout; where they are at hand, the list of names is held against them.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest

from cst.exits import Exit
from cst.toolkit.names import index, normal
from cst.toolkit.toolkit import Toolkit
from tests.support.command import cst
from tests.support.states import shipped
from tools import coverage
from tools.coverage import BY_NAME, NOT_FOUND, Document, Named, carried, documents, not_found, unknown_ids

NOTES = Path(os.environ.get("CST_FACTS", coverage.ROOT.parent / "shared"))
SECTIONS = [section for document in documents() for section in document.sections]
each_document = pytest.mark.parametrize("document", documents(), ids=[document.file for document in documents()])
with_notes = pytest.mark.skipif(not NOTES.exists(), reason="no source notes")

# The numbers that each document gives its own sections. Two documents give none.
NUMBERED = {
    "seeds/toolkit-2013.txt": [str(number) for number in range(1, 12)],
    "seeds/county-agreement-2019-21.txt": [str(number) for number in range(1, 8)],
    "seeds/select-committee-2015.txt": [],
    "seeds/harborough-2013-14.txt": [],
    "seeds/city-of-london-2017.txt": [str(number) for number in range(1, 6)],
    "facts/contacts-hampshire.md": [*(str(number) for number in range(33)), "32a", "33", "34", "35"],
    "facts/contacts-national.md": [str(number) for number in range(16)],
    "facts/areas.md": ["1.1", "1.2", "1.3", "2", "3", "4"],  # the rest of it is about the notes themselves
}
_NUMBER = re.compile(r"(?:## |### |Priority )?(\d[\d.]*a?) ?[.:]? ")
_HEADING = {
    "seeds/toolkit-2013.txt": re.compile(r"^(\d+) ?\. (?=[A-Z])", re.MULTILINE),
    "seeds/county-agreement-2019-21.txt": re.compile(r"^Priority (\d):", re.MULTILINE),
    "seeds/select-committee-2015.txt": re.compile(r"^#+ (\d+)\. ", re.MULTILINE),
    "seeds/harborough-2013-14.txt": re.compile(r"^#+ (\d+)\. ", re.MULTILINE),
    "seeds/city-of-london-2017.txt": re.compile(r"Priority (\d): "),
    "facts/contacts-hampshire.md": re.compile(r"^## (\d+a?)\. ", re.MULTILINE),
    "facts/contacts-national.md": re.compile(r"^## (\d+)\. ", re.MULTILINE),
    "facts/areas.md": re.compile(r"^##+ ([1234](?:\.\d)?)\.? (?!Hampshire$)", re.MULTILINE),
}


def _numbers(document: Document) -> list[str]:
    """The numbers in a document's section titles."""
    found = (_NUMBER.match(section.title) for section in document.sections)
    return [match[1].rstrip(".") for match in found if match]


def _without(kind: str, name: str) -> Toolkit:
    """The shipped toolkit, but for one record."""
    records = {
        other: {key: record for key, record in of.items() if (other, key) != (kind, name)}
        for other, of in shipped().records.items()
        if isinstance(of, dict)
    }
    return Toolkit(records, index(records))


def test_every_name_leads_to_an_entry() -> None:
    """`cst lookup` finds every service, panel, scheme, form and law that the documents name, and the right one."""
    for section in SECTIONS:
        missing = not_found(shipped(), section.names)

        assert not missing, f"no entry for {'; '.join(missing)}"


def test_every_number_and_address_leads_to_an_entry() -> None:
    """Who holds an old leaflet looks its number up, and is told what to ring instead."""
    for section in SECTIONS:
        missing = not_found(shipped(), section.addresses)

        assert not missing, f"no entry for {'; '.join(missing)}"


def test_every_section_is_carried_by_entries_that_exist() -> None:
    """A section of a document is an issue, a pathway, a term or an area here; places named in passing are none."""
    for section in SECTIONS:
        assert bool(section.carried_by) is not bool(section.places), section.title
        assert [] == unknown_ids(shipped(), section), section.title


@each_document
def test_every_numbered_section_is_there(document: Document) -> None:
    """None of a document's own sections is forgotten, and none is there twice."""
    assert sorted(NUMBERED[document.file]) == sorted(_numbers(document))


def test_all_documents_are_there() -> None:
    """The five that were given, and the three notes of facts on whom to ring; with as many names as they hold."""
    assert set(NUMBERED) == {document.file for document in documents()}
    assert 1000 < sum(len(section.names) for section in SECTIONS)


def test_no_name_stands_twice_in_a_section() -> None:
    """The counts on the page count names, not spellings that are the same to a look-up."""
    for section in SECTIONS:
        names = [normal(one.name) for one in section.names]

        assert sorted(set(names)) == sorted(names), section.title


@each_document
def test_a_look_up_on_the_command_line_finds_what_the_page_says(document: Document) -> None:
    """The page speaks of `cst lookup` itself, so one name of each document goes all the way."""
    found = (one.name for section in document.sections for one in section.names if carried(shipped(), one).entries)
    ran = cst("lookup", next(found), "--plain")

    assert Exit.DONE == ran.returncode
    assert "Nothing is called" not in ran.stdout + ran.stderr


def test_the_page_is_current() -> None:
    """What a reviewer reads is what the toolkit holds; `python -m tools.coverage` writes it anew."""
    assert coverage.page(shipped(), documents()) == coverage.PAGE.read_text("utf-8")


@with_notes
@each_document
def test_the_numbered_sections_are_those_of_the_document(document: Document) -> None:
    """The list above is no one's memory: it is held against the headings of the document itself."""
    text = (NOTES / document.file).read_text("utf-8")

    assert sorted(NUMBERED[document.file]) == sorted(set(_HEADING[document.file].findall(text)))


@with_notes
@each_document
def test_every_name_stands_in_its_document(document: Document) -> None:
    """No name was made up, or mended on the way here."""
    text = f" {normal((NOTES / document.file).read_text('utf-8'))} "
    joined = text.replace(" ", "")
    for section in document.sections:
        names = [one.name for one in section.names] + [name for name, _ in section.left_out] + list(section.places)
        addresses = [one.name for one in section.addresses]

        assert [] == [name for name in names if f" {normal(name)} " not in text and f" {normal(name)}s " not in text]
        assert [] == [address for address in addresses if normal(address).replace(" ", "") not in joined]


def test_a_name_that_nothing_bears_is_not_found() -> None:
    """The test above can fail: on a name of nothing, and on a name that leads elsewhere than it must."""
    names = (Named("Anyshire Lantern Watch"), Named("MARAC", "frank"), Named("MARAC"), Named("MARAC", "marac"))

    assert ["Anyshire Lantern Watch", "MARAC -> frank"] == not_found(shipped(), names)


def test_an_id_that_no_record_has_is_named() -> None:
    """An entry that was renamed is missed, where it carries a section and where a name leads to it."""
    section = replace(SECTIONS[0], carried_by=("gone-section",), names=(Named("MARAC", "gone-entry"),), addresses=())

    assert ["gone-entry", "gone-section"] == unknown_ids(shipped(), section)


def test_taking_a_contact_away_loses_its_name_and_changes_the_page() -> None:
    """PIPPA without its contact is found nowhere, and the page says so."""
    without = _without("contacts", "pippa")

    assert BY_NAME == carried(shipped(), Named("PIPPA")).how
    assert NOT_FOUND == carried(without, Named("PIPPA")).how
    assert "| PIPPA | **not found** |" in coverage.page(without, documents())
    assert coverage.page(without, documents()) != coverage.page(shipped(), documents())


def test_a_forgotten_section_is_noticed() -> None:
    """A document without one of its sections no longer has all its numbers."""
    toolkit = documents()[0]
    shorter = replace(toolkit, sections=tuple(one for one in toolkit.sections if not one.title.startswith("8. ")))

    assert "8" in set(NUMBERED[toolkit.file]) - set(_numbers(shorter))
