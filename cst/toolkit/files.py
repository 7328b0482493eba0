"""From files to records: read, check, put together, refuse with every fault.

The shipped toolkit is `toolkit.yaml` and the area packs beside it. Overlays are laid on top: they may add records
and correct contacts and terms, and nothing else; what keeps people safe cannot be touched from outside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cst.toolkit import schema, yaml
from cst.toolkit.consistency import inconsistencies
from cst.toolkit.faults import Fault, Refused

CORRECTABLE = ("contacts", "terms")
PROTECTED = ("police-emergency",)
SINGLE = ("edition", "bank_holidays", "fallback")


class Source:
    """One file that was read: its name, what stands in it with lines, and its checked records."""

    def __init__(self, file: str, tree: yaml.Mapping, records: dict[str, Any]) -> None:
        self.file = file
        self.tree = tree
        self.records = records

    def fault(self, code: str, path: schema.Path, says: str, remedy: str) -> Fault:
        """A fault at a place in this file."""
        return Fault(code, self.file, yaml.line_of(self.tree, path), says, remedy)


def read(paths: Iterable[Path]) -> list[Source]:
    """Reads files, each on its own.

    Raises:
        Refused: with every fault of all files.
        OSError: a file cannot be read.
    """
    sources, faults = [], []
    for path in paths:
        tree, found = yaml.read(path.read_bytes(), str(path))
        records: dict[str, Any] = {}
        if not found:
            records, found = schema.check(tree, str(path))
        faults += found
        sources.append(Source(str(path), tree, records))
    if faults:
        raise Refused(faults)
    return sources


def together(shipped: Sequence[Path], overlays: Sequence[Path] = ()) -> dict[str, Any]:
    """The records of the shipped files with overlays laid on top, all references checked.

    Raises:
        Refused: with every fault of all files.
        OSError: a file cannot be read.
    """
    sources = read([*shipped, *overlays])
    whole: dict[str, Any] = {}
    owners: dict[tuple[str, str], Source] = {}
    faults: list[Fault] = []
    for number, source in enumerate(sources):
        faults += _lay(source, whole, owners, overlay=number >= len(shipped))
    faults += inconsistencies(whole, sources, owners)
    if faults:
        raise Refused(faults)
    plain: dict[str, Any] = schema.plain(whole)
    return plain


def _lay(source: Source, whole: dict[str, Any], owners: dict[tuple[str, str], Source], *, overlay: bool) -> list[Fault]:
    """Lays one file's records on the whole; returns what it may not do."""
    faults = []
    for kind, records in source.records.items():
        if kind == "cases":
            whole.setdefault(kind, []).extend(records)
        elif kind in SINGLE:
            if kind in whole:
                faults.append(
                    source.fault(
                        "one-only",
                        (kind,),
                        f"{kind} stands in the main toolkit already",
                        f"remove {kind} from this file",
                    )
                )
            whole[kind] = records
            owners[kind, ""] = source
        else:
            for name, record in records.items():
                fault = _lay_record(source, whole, owners, kind, name, record, overlay)
                faults += [fault] if fault else []
    return faults


def _lay_record(
    source: Source,
    whole: dict[str, Any],
    owners: dict[tuple[str, str], Source],
    kind: str,
    name: str,
    record: dict[str, Any],
    overlay: bool,
) -> Fault | None:
    there = whole.setdefault(kind, {})
    place = (kind, name)
    if name in there and not overlay:
        return source.fault(
            "id-twice", place, f"{name} stands in {owners[kind, name].file} already", "give it another id"
        )
    if name in there and (kind not in CORRECTABLE or name in PROTECTED):
        return source.fault(
            "protected",
            place,
            f"{name} is shipped with cst; a local file cannot change it",
            "remove it; contacts and terms are what a local file may correct",
        )
    if name in there and kind == "contacts" and (lost := _lost(there[name], record)):
        return source.fault(
            "weaker", place, f"{name} would lose {lost}", "keep what it fills and serves, and its status"
        )
    if overlay and kind == "pathways" and record.get("replaces"):
        return source.fault(
            "protected", (*place, "replaces"), "a local pathway cannot take the place of others", "remove replaces"
        )
    if overlay and kind == "contacts":
        record["local"] = Path(source.file).name
    there[name] = record
    owners[kind, name] = source
    return None


def _lost(before: dict[str, Any], after: dict[str, Any]) -> str:
    """What a correction would take from a contact: a role, an area, a number to ring, or its being active."""
    for field in ("fills", "serves"):
        if gone := set(before.get(field, ())) - set(after.get(field, ())):
            return f"{field}: {', '.join(sorted(gone))}"
    if before.get("phones") and not after.get("phones"):
        return "its phones"
    return "its status" if before["status"] == "active" and after["status"] != "active" else ""
