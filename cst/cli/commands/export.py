"""`cst export`: the same rule, and all that is known, elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cst.cli.commands.eligible import scheme_called
from cst.cli.errors import either, trouble
from cst.cli.extras import not_installed
from cst.cli.request import no_figure
from cst.engine.describe import area_name, describe_edition
from cst.engine.plan import scheme_rule
from cst.exits import Exit
from cst.toolkit.toolkit import NoFigure
from cst.views.dates import day
from cst.views.formats.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from cst.cli.request import Request
    from cst.screening.warehouse import Column
    from cst.toolkit.toolkit import Toolkit


# A file with national numbers alone would be read as if it had that place's.
OTHER_AREA = "Name another area. For all areas, leave out --area and CST_AREA."


def export_sql(request: Request, scheme: str, dialect: str) -> int:
    """Writes a scheme's rule as one SQL expression, under comments that say what it is and which columns it needs.

    Raises:
        Trouble: there is no such scheme or dialect.
    """
    from cst.screening.warehouse import DIALECTS, exported

    if dialect not in DIALECTS:
        raise trouble(Exit.USAGE, "dialect", f"No dialect is called {dialect:.40}.", f"Write {', '.join(DIALECTS)}.")
    toolkit = request.toolkit()
    name = scheme_called(toolkit, scheme)
    at, (area, area_says) = request.moment(toolkit), request.place(toolkit)
    try:
        found = exported(toolkit, name, at.date(), area)
    except NoFigure as missing:
        raise no_figure(missing) from None
    head = [*_head(toolkit, name, area, at), *([area_says] if area_says else []), *_columns(toolkit, found.columns)]
    comments = "".join(f"-- {one_line(line)}\n" for line in head)
    sys.stdout.write(f"{comments}{found.sql(dialect)}\n")
    return Exit.DONE


def export_handbook(request: Request) -> int:
    """Writes the handbook for the area asked for, or for all areas.

    Raises:
        Trouble: the place is not known, the day is before the edition, or Jinja2 is not installed.
    """
    from importlib.util import find_spec

    if find_spec("jinja2") is None:
        raise not_installed("jinja2", "The handbook needs Jinja2, which is not installed.")
    from cst.handbook.book import book
    from cst.handbook.html import html

    sys.stdout.write(html(book(*_asked(request, "The handbook"))))
    return Exit.DONE


def export_known(request: Request, form: str) -> int:
    """Writes what is known for the area asked for, or for all areas, in the form of another program.

    Args:
        request: the options.
        form: vcard, csv, markdown or json.

    Raises:
        Trouble: the place is not known, or the day is before the edition.
    """
    from cst.cli.output import write_file
    from cst.exchange import document, known, sheet, vcard
    from cst.views.formats.json import data

    forms: dict[str, Callable[[Toolkit, datetime, str | None], str]] = {
        "vcard": vcard.vcards,
        "csv": sheet.sheet,
        "markdown": document.document,
        "json": lambda *asked: data(known.known(*asked)),
    }
    write_file(forms[form](*_asked(request, "The file")))
    return Exit.DONE


def _asked(request: Request, what: str) -> tuple[Toolkit, datetime, str | None]:
    """The toolkit, the minute and the area of something that is read at another minute.

    Raises:
        Trouble: the place is not known, or the day is before the edition.
    """
    toolkit = request.toolkit()
    area = request.known_area(toolkit, OTHER_AREA)
    at, published = request.moment(toolkit), toolkit.records["edition"]["published"]
    if at.date().isoformat() < published:  # a page that says so would never look old
        says = f"{what} would say {day(at.date().isoformat())}, and this edition is of {day(published)}."
        raise trouble(Exit.USAGE, "clock", says, "Set the clock, or give the day, for example: --at 2026-12-01T10:00")
    return toolkit, at, area


def export_open_referral(request: Request, profile: str) -> int:
    """Writes the contacts of the area asked for, or of all areas, as services of Open Referral.

    Raises:
        Trouble: the place or the profile is not known.
    """
    from cst.cli.output import write_file
    from cst.exchange.open_referral import feed
    from cst.exchange.open_referral_terms import PROFILES, Asked

    if profile not in PROFILES:
        raise trouble(Exit.USAGE, "profile", f"No profile is called {profile:.40}.", f"Write {either(PROFILES)}.")
    toolkit = request.toolkit()
    write_file(feed(Asked(toolkit, request.known_area(toolkit, OTHER_AREA), profile)))
    return Exit.DONE


def _head(toolkit: Toolkit, scheme: str, area: str | None, at: datetime) -> Iterator[str]:
    edition = describe_edition(toolkit)
    record = toolkit.kind("schemes")[scheme]
    own = scheme_rule(record, toolkit, area)[1]
    yield f"{record['title']} ({scheme}): {edition['title']}, edition {edition['version']}, {edition['published']}."
    place = area_name(toolkit, area) or "none, so no rule of an area alone"
    yield f"Figures of {at.date().isoformat()}. Area: {place}."
    for source in dict.fromkeys((*record["sources"], *(own["sources"] if own else ()))):
        page = toolkit.kind("sources")[source]
        yield f"Source: {page['title']}, {page['publisher']}, {page['dated']}."
    yield "It is eligible, not-eligible or cannot-say. NULL in a column means not known or not sure, and never no."
    yield "A value that is no answer counts as not known."


def _columns(toolkit: Toolkit, columns: tuple[Column, ...]) -> Iterator[str]:
    """Each column with what it holds."""
    for column in columns:
        record = toolkit.kind("questions")[column.question]
        asks = record["ask"]
        if column.choice is not None:
            asks = f"{asks} {toolkit.choices(record)[column.choice]}"
        elif column.kind == "text":
            asks = f"{asks} One of: {', '.join(toolkit.choices(record))}"
        elif column.kind == "integer":
            asks = f"{asks} {record['constraint']['at_least']} to {record['constraint']['at_most']}."
        yield f"{column.name} {column.kind}: {asks}"
