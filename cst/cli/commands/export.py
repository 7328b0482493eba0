"""`cst export`: the same rule elsewhere."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cst.cli.commands.eligible import scheme_called
from cst.cli.errors import trouble
from cst.engine.describe import area_name, describe_edition
from cst.engine.plan import scheme_rule
from cst.exits import Exit
from cst.views.formats.safe_text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from cst.cli.request import Request
    from cst.screening.warehouse import Column
    from cst.toolkit.toolkit import Toolkit


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
    found = exported(toolkit, name, at.date(), area)
    head = [*_head(toolkit, name, area, at), *([area_says] if area_says else []), *_columns(toolkit, found.columns)]
    comments = "".join(f"-- {one_line(line)}\n" for line in head)
    sys.stdout.write(f"{comments}{found.sql(dialect)}\n")
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
