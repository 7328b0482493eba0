"""A feed of Open Referral as a local file: what of it may be added to what `cst` knows, and the report of the rest."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from cst import CONTRACT
from cst.exchange.feed_file import NotAFeed, services_in
from cst.exchange.feed_taking import Reader, Taken, ascii_words
from cst.source import schema, yaml
from cst.source.overlay import shown_name
from cst.source.record_text import record_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst import contract
    from cst.toolkit.toolkit import Toolkit


def imported(data: bytes, file: str, toolkit: Toolkit, today: date, serves: str | None) -> contract.Import:
    """A feed as a local file, with the report.

    Args:
        data: the bytes of the feed.
        file: its name.
        toolkit: what is known already.
        today: the day it is.
        serves: the area of services that name none; None leaves those out.

    Raises:
        NotAFeed: it cannot be read, or so much comes of it that no local file can hold it.
    """
    feed, name = services_in(data), shown_name(file)
    reader = Reader(toolkit, today, serves, _source_ids(toolkit, name))
    taken = [one for place, service in enumerate(feed.services, 1) if (one := reader.take(service, place))]
    text = "\n".join(_lines(taken, name, today)) + "\n" if taken else ""
    tree, faults = yaml.read(text.encode(), name)
    if faults := faults or schema.check(tree, name)[1]:
        raise NotAFeed("too-large", 1, f"what comes of it is no local file: {faults[0].says}", "split the feed")
    return {
        "cst": CONTRACT,
        "kind": "import",
        "file": name,
        "read": len(feed.services),
        "taken": [_said(one) for one in taken],
        "left_out": reader.left_out,
        "notes": list(feed.notes),
        "local_file": text,
    }


def _said(taken: Taken) -> contract.ImportedService:
    numbers = [phone["number"] for phone in taken.record.get("phones", ())]
    return {"service": taken.service or None, "contact": taken.id, "name": taken.record["name"], "phones": numbers}


def _source_ids(toolkit: Toolkit, name: str) -> str:
    """How the ids of the feed as a source begin; each ends with a day. No known source has such an id."""
    known, begins = toolkit.kind("sources"), f"feed-{ascii_words(name.rpartition('.')[0] or name)}"
    tried = (f"{begins}{number or ''}-" for number in count())
    return next(one for one in tried if not any(source.startswith(one) for source in known))


def _lines(taken: list[Taken], name: str, today: date) -> Iterator[str]:
    yield f"# Imported from {name}, a feed of Open Referral, on {today.isoformat()}."
    yield "# Nobody has rung these numbers. They fill no role, so no plan rings them: they are found by their names."
    yield "contacts:"
    for one in taken:
        yield from ("", *([f"  # service {one.service}"] if one.service else ()))
        yield from record_lines(one.id, one.record)
    yield from ("", "sources:")
    for dated in sorted({(one.source, one.dated) for one in taken}):
        yield from record_lines(dated[0], source_record(name, dated[1], today))


def source_record(name: str, dated: date, today: date) -> dict[str, str]:
    """The feed as a source, as it was on one day."""
    title = f"Open Referral feed {name}"
    dates = {"dated": dated.isoformat(), "consulted": today.isoformat()}
    return {"title": title, "publisher": "Not said in the feed", **dates}
