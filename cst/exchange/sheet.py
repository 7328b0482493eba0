"""Contacts as a CSV file for a spreadsheet: a row for each number, and one for each service that has none."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from cst.exchange.contacts import asked_about, ended, made_on, services, way
from cst.views.dates import day
from cst.views.formats.formula_guard import harmless
from cst.views.formats.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cst.exchange.contacts import Service
    from cst.toolkit.toolkit import Toolkit

COLUMNS = (
    "Area", "Service", "Number", "Ring or text", "Hours", "About this number", "E-mail", "Page", "Notes",
    "Check again by", "Id", "From",
)  # fmt: skip


def sheet(toolkit: Toolkit, at: datetime, area: str | None) -> str:
    """The whole file, the emergency line first, then area by area.

    Args:
        toolkit: what is known.
        at: the minute it is made, in Europe/London.
        area: the area it is for; None for all areas.
    """
    made = made_on(toolkit, at)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for service in services(asked_about(toolkit, at, area)):
        writer.writerows([*row, made] for row in _rows(service))
    return file.getvalue()


def _rows(service: Service) -> Iterator[list[str]]:
    contact = service.contact
    named = _words(contact["area"], contact["name"])
    after = _words(
        "; ".join(mail["address"] for mail in contact["emails"]),
        contact["url"] or "",
        " ".join(map(ended, service.notes)),
        day(contact["review_by"]),
        contact["id"],
    )
    for phone in contact["phones"]:
        about = _words(way(phone), phone["hours"], phone["note"] or "")
        yield [*named, _number(phone["number"]), *about, *after]
    if not contact["phones"]:
        hours = contact["hours"] if contact["open"] is not None else ""
        yield [*named, "", "", hours, "", *after]


def _words(*cells: str) -> list[str]:
    """Cells of text, none of which a spreadsheet runs as a formula."""
    return [harmless(one_line(cell)) for cell in cells]


def _number(number: str) -> str:
    """A number as it stands; one that a spreadsheet would take for a figure, and cut a 0 or a plus from, has a mark."""
    return f"'{number}" if number[0] in "0+" and " " not in number else number
