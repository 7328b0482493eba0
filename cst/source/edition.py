"""An edition of the toolkit of any age, read as far as it goes: what today's shapes do not know is left out, and said.

Shapes grow. A record of an older edition may lack a field that is needed today, or have one that has gone since; it is
read without it. Nothing is put in the place of what is missing, and nothing is proved: this is for comparing alone.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple, NotRequired, Required, get_args, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import TypedDict, get_type_hints

from cst.plain_file import read_plain
from cst.source import schema, yaml
from cst.source.consistency import NEEDED
from cst.source.faults import Fault, Refused
from cst.source.load import SINGLE
from cst.source.open import MAIN, packs
from cst.source.records import ToolkitFile

Place = tuple[str, str, str]  # kind, id and field
File = tuple[str, bytes]  # the name for messages, and what stands in it
FALLBACK, CASES = "fallback", "cases"


class NoEdition(Exception):
    """What was named is no edition: what is wrong and what to do; `there` where something is, but no toolkit."""

    def __init__(self, code: str, says: str, remedy: str, *, there: bool = False) -> None:
        super().__init__(says)
        self.code = code
        self.says = says
        self.remedy = remedy
        self.there = there


class Edition(NamedTuple):
    """The records of an edition as far as they could be read, with their types.

    left_out: by kind, id and field what could not be read, as it is written; with neither id nor field a whole kind.
    lacking: kind, id and field of what is needed today and is not there, or could not be read.
    """

    records: dict[str, Any]
    left_out: Mapping[Place, Any] = MappingProxyType({})
    lacking: frozenset[Place] = frozenset()

    def unread(self) -> Iterator[str]:
        """What could not be read, in words."""
        for (kind, field), count in Counter((kind, field) for kind, _, field in self.left_out).items():
            said = f"{field} in {count} of {kind} is" if field else f"{kind} is"
            yield f"{said} left out: this cst does not know it, or cannot read it."
        for (kind, field), count in Counter(
            (kind, field) for kind, _, field in self.lacking.difference(self.left_out)
        ).items():
            yield f"{count} of {kind} have no {field}, which is needed today."

    def is_whole(self, kind: str, name: str) -> bool:
        """Whether a record has all that is needed today."""
        return all(one[:2] != (kind, name) for one in self.lacking)


def files_at(path: str) -> list[File]:
    """A YAML file; or of a folder (a checkout, or its data folder) the main file and its packs.

    Raises:
        NoEdition: the folder has no toolkit.
        OSError: a file is not there, or cannot be read.
    """
    if not os.path.isdir(path):
        return [(path, read_plain(path, yaml.MOST_BYTES))]
    for folder in (path, os.path.join(path, "data")):
        if os.path.isfile(os.path.join(folder, MAIN)):
            return [(one, read_plain(one, yaml.MOST_BYTES)) for one in packs(folder)]
    says, remedy = f"{path} has no toolkit: there is no {MAIN} in it.", "Name a checkout, or its data folder."
    raise NoEdition("no-toolkit", says, remedy, there=True)


def read_edition(called: str, files: Sequence[File]) -> Edition:
    """Reads the main file and its packs; of two records with one id the first counts.

    Args:
        called: what the edition was named as, for messages.
        files: what stands in it.

    Raises:
        NoEdition: it is no toolkit.
        Refused: a file is no YAML that can be read.
    """
    reading = _Reading()
    faults: list[Fault] = []
    for file, data in files:
        tree, found = yaml.read(data, file)
        faults += found
        for kind, value in tree.items():
            reading.take(kind, value)
    if faults:
        raise Refused(faults)
    edition = Edition(reading.records, reading.left_out, frozenset(reading.lacking))
    absent = [kind for kind in NEEDED if kind not in edition.records]
    if absent or not all(edition.is_whole(kind, "") for kind in SINGLE):
        what = f"{absent[0]} is missing" if absent else next(edition.unread()).rstrip(".")
        remedy = "Name a toolkit, or the folder it is in."
        raise NoEdition("no-toolkit", f"{called} is no toolkit: {what}.", remedy, there=True)
    return edition


class _Reading:
    """What has been read so far."""

    def __init__(self) -> None:
        self.records: dict[str, Any] = {}
        self.left_out: dict[Place, Any] = {}
        self.lacking: set[Place] = set()

    def take(self, kind: str, value: Any) -> None:
        """Adds what a file has of one kind."""
        if kind == CASES:
            return
        if kind == FALLBACK and isinstance(value, str):
            self.records.setdefault(kind, str(value))
        elif kind in SINGLE and isinstance(value, dict):
            self.records.setdefault(kind, self._record(kind, "", value))
        elif kind in ToolkitFile.__annotations__ and _is_by_id(value):
            there = self.records.setdefault(kind, {})
            there.update({name: self._record(kind, name, value[name]) for name in map(str, value) if name not in there})
        else:
            self.left_out[kind, "", ""] = schema.plain(value)

    def _record(self, kind: str, name: str, record: Mapping[str, Any]) -> dict[str, Any]:
        """A record with its types; a field that today's shape does not take is left out."""
        held: Any = dict(record)
        shape, needed = _shape(kind)
        while True:
            try:
                checked = schema.plain(shape.validate_python(held))
            except ValidationError as error:
                for field in {str(one["loc"][0]) for one in error.errors()}:
                    self.left_out[kind, name, field] = schema.plain(held.pop(field))
            else:
                self.lacking.update((kind, name, field) for field in needed.difference(checked))
                return dict(checked)


def _is_by_id(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, dict) for one in value.values())


@cache
def _shape(kind: str) -> tuple[TypeAdapter[Any], frozenset[str]]:
    """The shape of a kind of record with every field left to choice, and those that are not."""
    held: Any = get_type_hints(ToolkitFile, include_extras=True)[kind]
    declared: Any = held if kind in SINGLE else get_args(held)[1]
    fields: dict[str, Any] = get_type_hints(declared, include_extras=True)
    marked = {name: get_origin(hint) for name, hint in fields.items()}
    needed = {name for name, mark in marked.items() if mark is Required or (declared.__total__ and mark != NotRequired)}
    bare = {
        name: get_args(hint)[0] if marked[name] in (Required, NotRequired) else hint for name, hint in fields.items()
    }
    build: Any = TypedDict
    free = build(declared.__name__, bare, total=False)
    free.__pydantic_config__ = ConfigDict(extra="forbid")
    return TypeAdapter(free), frozenset(needed)
