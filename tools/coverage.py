"""What the source documents name, and the entries that carry it: `python -m tools.coverage` writes docs/coverage.md.

The names stand in named.yaml, read by people from beginning to end of each document. The entries are looked up in the
shipped toolkit, by the functions that `cst lookup` uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cst.source import yaml
from cst.toolkit.names import NAMED_KINDS, EntryRef, exact
from cst.toolkit.search.find import Search
from cst.toolkit.toolkit import Toolkit
from tests.support import ROOT
from tests.support.states import shipped

NAMED = Path(__file__).parent / "named.yaml"
PAGE = ROOT / "docs" / "coverage.md"

BY_NAME = "by name"
BY_NEAREST = "among the nearest"
NOT_FOUND = "not found"


@dataclass(frozen=True)
class Named:
    """A name as a document writes it, and the id that a look-up must come to, where it must be a certain one."""

    name: str
    entry: str | None = None


@dataclass(frozen=True)
class Section:
    """A section of a document: what carries it, what it names, and what of that is left out, with the reason."""

    title: str
    carried_by: tuple[str, ...]
    names: tuple[Named, ...]
    addresses: tuple[Named, ...]
    left_out: tuple[tuple[str, str], ...]
    places: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A source document; `file` is where it stands among the sources."""

    title: str
    file: str
    why: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Carried:
    """How a name was found, and the entries that bear it: those that a look-up shows, the first of them first."""

    how: str
    entries: tuple[EntryRef, ...] = ()


@lru_cache
def documents() -> tuple[Document, ...]:
    """Every document in named.yaml, in its order.

    Raises:
        ValueError: the file has a fault or a key that nobody knows.
    """
    tree, faults = yaml.read(NAMED.read_bytes(), NAMED.name)
    if faults:
        raise ValueError(str(faults))
    return tuple(_document(**record) for record in tree["documents"])


def _document(document: str, file: str, why: str, sections: list[Any]) -> Document:
    return Document(document, file, why, tuple(_section(**record) for record in sections))


def _section(
    section: str,
    carried_by: list[str],
    names: Iterable[Any] = (),
    addresses: Iterable[Any] = (),
    left_out: Iterable[dict[str, str]] = (),
    places: Iterable[str] = (),
) -> Section:
    reasons = tuple((str(out["name"]), str(out["because"])) for out in left_out)
    return Section(section, tuple(carried_by), _named(names), _named(addresses), reasons, tuple(places))


def _named(written: Iterable[Any]) -> tuple[Named, ...]:
    return tuple(Named(**one) if isinstance(one, dict) else Named(one) for one in written)


def carried(toolkit: Toolkit, named: Named) -> Carried:
    """The entries that a look-up of this name shows, or offers where it shows none.

    Where a certain entry is wanted, that one must be shown, or be among those offered; without one, what is only
    offered does not count.
    """
    found = exact(toolkit.names, named.name)
    if found:
        wanted = named.entry in (None, *(name for _, name in found))
        return Carried(BY_NAME, tuple(found)) if wanted else Carried(NOT_FOUND)
    offered = tuple(entry for entry in Search(toolkit.words()).find(named.name).entries if entry[1] == named.entry)
    return Carried(BY_NEAREST, offered) if offered else Carried(NOT_FOUND)


def not_found(toolkit: Toolkit, names: Iterable[Named]) -> list[str]:
    """The names that lead to no entry, or not to the one they must lead to."""
    return [
        one.name if one.entry is None else f"{one.name} -> {one.entry}"
        for one in names
        if carried(toolkit, one).how == NOT_FOUND
    ]


def unknown_ids(toolkit: Toolkit, section: Section) -> list[str]:
    """The ids that a section speaks of and the toolkit does not have."""
    wanted = (*section.carried_by, *(one.entry for one in (*section.names, *section.addresses) if one.entry))
    return sorted({name for name in wanted if _kind(toolkit, name) is None})


def _kind(toolkit: Toolkit, name: str) -> str | None:
    return next((kind for kind in NAMED_KINDS if name in toolkit.kind(kind)), None)


def page(toolkit: Toolkit, of: tuple[Document, ...]) -> str:
    """The page: the counts, then for each document its sections and names with the entries that carry them."""
    lines = [
        "# Coverage: what the source documents name, and where it stands",
        "",
        "`python -m tools.coverage` writes this page from `tools/named.yaml` and the toolkit.",
        "A test fails when the page is not current, or when a name leads to no entry.",
        "",
        "Every name is written as its document writes it. `cst lookup` finds it under that name, and shows the first",
        "entry beside it. *near* marks a description in a document that is nobody's name: there `cst lookup` offers",
        "the entry among the nearest. Numbers and addresses of the documents are looked up too; they are counted",
        "here and not printed, as many are dead. `cst lookup` with the old number says what to ring instead.",
        "",
        *_counts(toolkit, of),
        *(line for document in of for line in _chapter(toolkit, document)),
    ]
    return "\n".join(lines) + "\n"


def _counts(toolkit: Toolkit, of: tuple[Document, ...]) -> Iterator[str]:
    heads = ("document", "sections", "names", "found by name", "near", "not found", "addresses", "of these not found")
    yield _row(heads)
    yield _row(["---"] + ["---:"] * (len(heads) - 1))
    sums = [0] * (len(heads) - 1)
    for document in of:
        figures = _figures(toolkit, document)
        sums = [total + figure for total, figure in zip(sums, figures, strict=True)]
        yield _row((document.title, *figures))
    yield _row(("all", *sums))


def _figures(toolkit: Toolkit, document: Document) -> list[int]:
    names = [carried(toolkit, one).how for section in document.sections for one in section.names]
    addresses = [carried(toolkit, one).how for section in document.sections for one in section.addresses]
    found = [names.count(how) for how in (BY_NAME, BY_NEAREST, NOT_FOUND)]
    return [len(document.sections), len(names), *found, len(addresses), addresses.count(NOT_FOUND)]


def _chapter(toolkit: Toolkit, document: Document) -> Iterator[str]:
    yield from ("", f"## {document.title}", "", document.why, "", _row(("section", "name", "entries")))
    yield _row(("---", "---", "---"))
    for section in document.sections:
        if not section.places:
            yield _row((f"**{section.title}**", "", _carriers(toolkit, section)))
        yield from (_row(("", one.name, _entries(toolkit, carried(toolkit, one)))) for one in section.names)
        if section.addresses:
            yield _row(("", "*numbers and addresses*", _tally(toolkit, section)))
    yield from _aside(document)


def _carriers(toolkit: Toolkit, section: Section) -> str:
    known = ((_kind(toolkit, name), name) for name in section.carried_by)
    return _listed(toolkit, ((kind, name) for kind, name in known if kind))


def _entries(toolkit: Toolkit, found: Carried) -> str:
    if found.how == NOT_FOUND:
        return "**not found**"
    return _listed(toolkit, found.entries) + (" *near*" if found.how == BY_NEAREST else "")


def _tally(toolkit: Toolkit, section: Section) -> str:
    absent = sum(carried(toolkit, one).how == NOT_FOUND for one in section.addresses)
    return f"{len(section.addresses)}, " + (f"**{absent} not found**" if absent else "all found")


def _listed(toolkit: Toolkit, entries: Iterable[EntryRef]) -> str:
    return ", ".join(f"`{name}` {_sort(toolkit, kind, name)}" for kind, name in entries)


def _sort(toolkit: Toolkit, kind: str, name: str) -> str:
    """The kind of an entry in the singular; a contact that is gone, or not sure, says so."""
    status = toolkit.kind(kind)[name].get("status", "active")
    return kind.removesuffix("s") + ("" if status == "active" else f" ({status})")


def _aside(document: Document) -> Iterator[str]:
    out = [reason for section in document.sections for reason in section.left_out]
    if out:
        yield from ("", "Named there and left out:", "")
        yield from (f"- {name}: {because}" for name, because in out)
    for section in document.sections:
        if section.places:
            yield from ("", f"**{section.title}**", "")
            yield "Places named only in passing. They are no names to look up: `--area` says that they are not in"
            yield from ("this toolkit, or takes those that are.", "", ", ".join(section.places))


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(shipped(), documents()), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
