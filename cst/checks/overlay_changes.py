"""What a local file changes, in words: what it adds, and of what it corrects each field as it was and as it is.

    Adds a contact, Our duty desk (our-desk). phones: 01632 960001. serves: anyshire.
    Corrects a contact, Children's desk (childrens-desk). phones: was 01632 960002, is 01632 960003.
    Stands beside a contact, Old desk (old-desk), and never above it: it is out of date. phones: was ...

A correction of a record that has changed since is a fault: nobody has compared the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cst.checks.proof import Wrong
from cst.source.overlay import OUT_OF_DATE, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst.toolkit.toolkit import Record, Toolkit

ONE = {"issues": "an issue", "areas": "an area", "elsewhere": "a place elsewhere", "words": "words people say"}
UNSAID = ("local", "beside", "shipped", "stale", "based_on", "name", "title")
NAMED_FIRST = ("phones", "schedule", "fills", "serves", "urgency", "issues", "meaning")


def changes(before: Toolkit, after: Toolkit) -> list[str]:
    """What is other in a toolkit with local files, one sentence for each record.

    Args:
        before: the toolkit as it is shipped.
        after: the same with local files on top.
    """
    return list(_changes(before, after))


def _changes(before: Toolkit, after: Toolkit) -> Iterator[str]:
    for kind, name, record in _local(after):
        was = before.kind(kind).get(record.get("beside", name))
        if was is None:
            fields = [f"{field}: {in_words(record[field])}" for field in NAMED_FIRST if field in record]
            yield _ended(f"Adds {one(kind)}, {called(record)} ({name})", fields)
        elif "beside" in record:
            start = f"Stands beside {one(kind)}, {called(was)} ({record['beside']})"
            yield _ended(f"{start}, and never above it: it is out of date", list(_differing(was, record)))
        else:
            yield _ended(f"Corrects {one(kind)}, {called(record)} ({name})", list(_differing(was, record)))


def out_of_date(before: Toolkit, after: Toolkit) -> Iterator[Wrong]:
    """Corrections of what has changed since they were made, and of what is no longer shipped."""
    for kind, name, record in _local(after):
        if record["local"].endswith(OUT_OF_DATE):
            name = record.get("beside", name)
            was = before.kind(kind).get(name)
            if was is None:
                says, remedy = f"{name} is no longer shipped", "remove based_on, if the entry is still wanted"
            else:
                says = f"{name} has changed in cst since this correction was made"
                remedy = f"compare the two, then write based_on: {mark_of(was)}"
            yield Wrong("based-on", (kind, name), says, remedy)


def _local(toolkit: Toolkit) -> Iterator[tuple[str, str, Record]]:
    for kind, records in toolkit.records.items():
        for name, record in records.items() if isinstance(records, dict) else ():
            if isinstance(record, dict) and "local" in record:
                yield kind, name, record


def _differing(was: Record, record: Record) -> Iterator[str]:
    for field in dict.fromkeys((*NAMED_FIRST, *was, *record)):
        if field not in UNSAID and was.get(field) != record.get(field):
            yield f"{field}: was {in_words(was.get(field))}, is {in_words(record.get(field))}"


def _ended(start: str, fields: list[str]) -> str:
    return ". ".join([start, *(field.rstrip(".") for field in fields)]) + "."


def one(kind: str) -> str:
    """One record of a kind, in words."""
    return ONE.get(kind, f"a {kind.removesuffix('s')}")


def called(record: Record) -> str:
    """What a record is called in words."""
    title: str = record.get("name") or record.get("title") or record.get("ask") or ", ".join(record.get("said", ()))
    return title


def in_words(value: Any) -> str:
    """A value as a maintainer reads it: numbers and hours without braces, nothing as "nothing"."""
    match value:
        case None | []:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(in_words, value))
        case {"number": number, **more}:
            kind = more.get("kind", "")
            return number if kind in ("", "voice") else f"{number} ({kind})"
        case {"days": days, "opens_at": opens, "closes_at": closes}:
            return f"{days} {opens} to {closes}"
        case dict():
            return "; ".join(f"{key} {in_words(inner)}" for key, inner in value.items())
        case _:
            return str(value)
