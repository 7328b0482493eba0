"""From files to records: read, check, put together, refuse with every fault.

The shipped toolkit is `toolkit.yaml` and its packs of the same form. Overlays are laid on top: they may add records
and correct contacts and terms, and nothing else; what keeps people safe cannot be touched from outside. A correction
that is out of date stands beside what it corrects, with an id of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count, islice
from pathlib import Path
from typing import Any

from cst.plain_file import Unfit, read_plain
from cst.source import overlay, schema, yaml
from cst.source.consistency import inconsistencies
from cst.source.faults import Fault, Refused
from cst.source.records import ToolkitFile

SINGLE = ("edition", "bank_holidays", "fallback")


class Source:
    """One file that was read: its name, what stands in it with lines, and its checked records."""

    def __init__(self, file: str, tree: yaml.Mapping, records: dict[str, Any]) -> None:
        self.file = file
        self.tree = tree
        self.records = records
        self.beside: dict[str, str] = {}  # ids of corrections that are out of date, and of what they correct

    def fault(self, code: str, path: schema.Path, says: str, remedy: str) -> Fault:
        """A fault at a place in this file."""
        if len(path) > 1:
            path = (path[0], self.beside.get(str(path[1]), path[1]), *path[2:])
        return Fault(code, self.file, yaml.line_of(self.tree, path), says, remedy)


Owners = dict[tuple[str, str], Source]


def read(paths: Iterable[Path], overlays: Iterable[Path] = ()) -> list[Source]:
    """Reads files, each on its own; overlays only where they can be trusted.

    Args:
        paths: the shipped files.
        overlays: local files.

    Raises:
        Refused: with every fault of all files.
        OSError: a file cannot be read.
    """
    sources: list[Source] = []
    faults: list[Fault] = []
    for path, ours in [*((path, False) for path in paths), *((path, True) for path in overlays)]:
        data, found = _data(path, ours)
        tree, unread = yaml.read(data, str(path)) if not found else (yaml.nothing(), [])
        records: dict[str, Any] = {}
        found = [*found, *unread]
        if not found:
            records, found = schema.check(tree, str(path))
        faults += found
        sources.append(Source(str(path), tree, records))
    if faults:
        raise Refused(faults)
    return sources


def _data(path: Path, ours: bool) -> tuple[bytes, list[Fault]]:
    """The bytes of a file; none, and what is wrong with it, where it may not be used.

    Raises:
        OSError: it cannot be opened or read.
    """
    try:
        return read_plain(str(path), yaml.MOST_BYTES, ours=ours), []
    except Unfit as unfit:
        return b"", [Fault(unfit.code, str(path), 0, unfit.says, unfit.remedy)]


def together(shipped: Sequence[Path], overlays: Sequence[Path] = ()) -> ToolkitFile:
    """The records of the shipped files with overlays laid on top, all references checked.

    Args:
        shipped: the main file and its packs.
        overlays: local files, in the order in which they are laid.

    Raises:
        Refused: with every fault of all files.
        OSError: a file cannot be read.
    """
    sources = read(shipped, overlays)
    whole: dict[str, Any] = {}
    owners: Owners = {}
    faults: list[Fault] = []
    for source in sources[: len(shipped)]:
        faults += _lay(source, whole, owners, None)
    ours = overlay.Shipped(whole) if overlays else None
    for source in sources[len(shipped) :]:
        faults += _lay(source, whole, owners, ours)
    faults += islice(inconsistencies(whole, sources, owners), yaml.MOST_FAULTS)
    if faults:
        raise Refused(faults)
    plain = schema.plain(whole)
    for (kind, name), source in owners.items():
        if ours and source in sources[len(shipped) :]:
            _mark(plain[kind], kind, name, source, ours)
    checked: ToolkitFile = plain
    return checked


def _mark(there: dict[str, Any], kind: str, name: str, source: Source, shipped: overlay.Shipped) -> None:
    """Has a record of a local file say what it is: added, a correction of what is shipped, or one out of date."""
    corrects = source.beside.get(name, name)
    overlay.mark(kind, there[name], source.file, shipped.now(kind, corrects))
    if corrects != name:
        there[name]["beside"] = corrects
        there[corrects].setdefault("stale", []).append(name)
    elif kind == "contacts" and name in shipped.records[kind]:
        there[name]["shipped"] = schema.plain(shipped.records[kind][name])


def _lay(source: Source, whole: dict[str, Any], owners: Owners, shipped: overlay.Shipped | None) -> list[Fault]:
    """Lays one file's records on the whole, a local file's on what is shipped; returns what it may not do."""
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
                faults += _lay_record(source, whole, owners, kind, name, record, shipped)
    return faults


def _lay_record(
    source: Source,
    whole: dict[str, Any],
    owners: Owners,
    kind: str,
    name: str,
    record: dict[str, Any],
    shipped: overlay.Shipped | None,
) -> list[Fault]:
    there = whole.setdefault(kind, {})
    if shipped:
        wrong = shipped.wrong(kind, name, record, there.get(name))
        faults = [source.fault(code, (kind, name, *path), says, remedy) for code, path, says, remedy in wrong]
    elif name in there:
        says = f"{name} stands in {owners[kind, name].file} already"
        faults = [source.fault("id-twice", (kind, name), says, "give it another id")]
    elif "based_on" in record:
        faults = [source.fault("based-on", (kind, name, "based_on"), "nothing shipped is a correction", "remove it")]
    else:
        faults = []
    if not faults:
        if shipped and shipped.is_out_of_date(kind, name, record):
            record = overlay.beside(record, shipped.records[kind][name])
            corrected, name = name, _own_id(whole, name)
            source.beside[name] = corrected
        there[name] = record
        owners[kind, name] = source
    return faults


def _own_id(whole: Mapping[str, Any], name: str) -> str:
    """An id for a correction of `name` that nothing has."""
    tried = (f"{name}-local{number or ''}" for number in count())
    return next(one for one in tried if not any(one in records for records in whole.values()))
