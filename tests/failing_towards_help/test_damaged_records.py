"""F2 and F9 of the fault matrix: words that YAML takes for something else, and records that lost or doubled a field.

Words: each in each typed place of a sound file. Records: every field of every record in the shipped toolkit,
left out, written twice or misspelt. References: one of each shape pointing at nothing; nightly each of all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cst.source import consistency, schema, yaml
from cst.source import load as files
from cst.source.field_types import Reference
from cst.source.load import Source
from cst.source.open import shipped_files
from tests.failing_towards_help.test_ordinary_faults import faults_of
from tests.support.levels import NIGHTLY, sample
from tests.support.ordinary_faults import SOUND

OURS = ("answers", "choices", "area_rules", "instead")  # what stands in these goes by ids, as records do
RULES = (
    "rule",
    "when",
    "implied_by",
    "asked_if",
    "not_hinted_if",
    "not_if",
)  # their grammar is tried in `tests/files/bad/rules.yaml`
TRAPS = [
    *("yes", "no", "on", "off", "true", "false", "y", "n", "Yes", "NO", "True", "~", "null", "Null", "0", "1", "-1"),
    *("+1", "0300", "0x1F", "0b101", "0o17", "1_000", "1.5", "1e3", ".inf", "-.inf", ".nan", "17:00", "1:30:00"),
    *("2026-11-23", "2026-11-23T10:00:00Z", "116123", "01632960001", "!!int", "!!str", "&", "*", "|", ">", "[]", "{}"),
    "=",
]
PLACES = {
    "number": '"01632 960001"',
    "kind": "voice",
    "days": "Mon-Fri",
    "opens_at": '"09:00"',
    "closes_at": '"17:00"',
    "out_of_hours": "no\n",
    "status": "active",
    "name": "Our duty desk",
    "serves": "[anyshire]",
    "page": "our-list, consulted",
    "consulted": "2026-11-22}",
    "confidence": "our own list",
    "publisher": "Our team",
    "dated": "2026-11\n",
    "title": "Our word",
    "meaning": "What we mean by it.",
    "see_also": "[our-desk]",
    "id": "  our-word:",
}
# What is no trap in these places: it means there what it says, and is kept as the text that it is.
MEANT = {
    ("out_of_hours", "yes"),
    ("out_of_hours", "no"),
    ("consulted", "2026-11-23"),
    ("dated", "2026-11-23"),
}


def test_there_are_six_hundred_traps() -> None:
    """The number stands in the safety case."""
    assert len(TRAPS) * len(PLACES) >= 600


@pytest.mark.parametrize("place", PLACES)
def test_a_word_that_yaml_would_retype_is_refused_where_it_is_not_meant(place: str, tmp_path: Path) -> None:
    """In each typed place; what is meant there is listed, and nothing else passes."""
    was = PLACES[place]
    assert 1 == SOUND.count(was)
    for trap in TRAPS:
        text = SOUND.replace(was, was.replace(was.strip(" \n}[]:").split(",")[0], trap))
        assert (place, trap) in MEANT or faults_of(text, tmp_path), (place, trap)


class Field(NamedTuple):
    """One field: the file it is in, where it stands, and its shape (the places of records and items left out)."""

    file: str
    place: tuple[str | int, ...]
    shape: tuple[str, ...]


@cache
def _trees() -> dict[str, yaml.Mapping]:
    return {file: yaml.read(Path(file).read_bytes(), file)[0] for file in shipped_files(cases=True)}


def _fields() -> list[Field]:
    return [field for file, tree in _trees().items() for field in _within(file, tree, ())]


def _within(file: str, value: Any, place: tuple[str | int, ...]) -> Iterator[Field]:
    if isinstance(value, dict):
        for name, inner in value.items():
            here = (*place, name)
            yield Field(file, here, _shape(here))
            yield from _within(file, inner, here) if name not in RULES else ()
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _within(file, inner, (*place, number))


def _shape(place: tuple[str | int, ...]) -> tuple[str, ...]:
    shape = [str(place[0])]
    for before, part in pairwise(place):
        by_id = len(shape) == 1 and place[0] not in ("edition", "bank_holidays")
        shape.append("*" if by_id or isinstance(part, int) or before in OURS else str(part))
    return tuple(shape)


FIELDS = _fields()


def test_every_field_is_tried() -> None:
    """The number stands in the safety case."""
    assert len(FIELDS) >= 8_000


def test_a_field_that_stands_twice_is_refused() -> None:
    """Whichever field it is, in whichever record: the parser alone would keep the last without a word."""
    for field in sample(FIELDS, 2_000):
        assert "repeated-key" in _codes_of_twice(field), field


def test_a_misspelt_field_is_refused() -> None:
    """Its name with one letter more, wherever names are the shape's and not ids."""
    named = [field for field in FIELDS if field.shape[-1] != "*" and len(field.place) > 1]
    for field in sample(named, 2_000):
        assert _changed(field, _misspell), field


def test_other_words_for_a_misspelt_choice_are_refused() -> None:
    """No shape knows these ids: they are the choices of a question, so the whole is looked at, with each in turn."""
    worded = [
        field
        for field in FIELDS
        if len(field.place) > 2 and field.place[-2] == "instead" and isinstance(field.place[-1], str)
    ]
    whole, owners = _whole()
    for kind, name, *path in sample([field.place for field in worded], 25):
        record = deepcopy(whole[str(kind)][name])
        holder = record
        for part in path[:-1]:
            holder = holder[part]
        holder[f"{path[-1]}x"] = holder.pop(path[-1])
        changed = {**whole, str(kind): {**whole[str(kind)], name: record}}
        found = consistency.inconsistencies(changed, [owners[kind, name]], owners)
        assert any(f"{path[-1]}x is not a choice" in fault.says for fault in found), (kind, name, path)
    assert len(worded) > 100


def test_a_lost_field_is_refused_or_was_not_needed() -> None:
    """What no record can do without is refused, and nothing crashes.

    An area's entry can do without its rule, what stands in the place of a yes without steps, a question put in other
    words without others for the question itself, and a case expects less.
    """
    free = {"area_rules", "instead", "expect", "asked_as"}
    needed = {
        "name",
        "title",
        "rule",
        "steps",
        "on_not_sure",
        "urgency",
        "ask",
        "type",
        "meaning",
        "evidence",
    }
    lost = [
        field for field in FIELDS if len(field.place) > 2 and not _changed(field, lambda holder, name: holder.pop(name))
    ]

    assert not [field for field in lost if field.shape[-1] in needed and free.isdisjoint(field.shape)]
    assert len(FIELDS) - len(lost) >= 4_000


def test_a_reference_to_nothing_is_refused() -> None:
    """Every reference in the toolkit, each turned to an id that is not there."""
    tried = 0
    for kind, name, path in _references():
        tried += 1
        assert _dangling(kind, name, path), (kind, name, path)
    assert tried >= (2_000 if NIGHTLY else 25)


def _misspell(holder: yaml.Mapping, name: str) -> None:
    holder.lines[f"{name}x"] = holder.lines[name]
    holder[f"{name}x"] = holder.pop(name)


def _codes_of_twice(field: Field) -> set[str]:
    """The codes of the faults of the file's lines from the field's record on, with the field written twice."""
    tree, lines = _trees()[field.file], _source(field.file)
    first = yaml.line_of(tree, field.place[:1])
    line = yaml.line_of(tree, field.place)
    text, name = lines[line - 1], str(field.place[-1])
    above = "".join(lines[yaml.line_of(tree, field.place[:2]) - 1 : line - 1])
    if above.count("{") == above.count("}") and text.lstrip("- ").startswith(f"{name}:"):
        indent = len(text) - len(text.lstrip("- "))
        more = [f"{text[:indent]}{name}: x", f"{' ' * indent}{text.lstrip('- ')}"]
    else:
        more = [text.replace(f"{name}:", f"{name}: x, {name}:", 1)]
    end = next((number for number in range(line, len(lines)) if lines[number][:3].strip()), len(lines))
    record = yaml.line_of(tree, field.place[:2])
    head = [lines[first - 1]] if first < record else []
    start = record if first < record else first
    body = [*lines[start - 1 : line - 1], *more, *lines[line : max(end, line)]]
    return {fault.code for fault in yaml.read("\n".join([*head, *body]).encode(), field.file)[1]}


@cache
def _source(file: str) -> list[str]:
    return Path(file).read_text("utf-8").splitlines()


@cache
def _whole() -> tuple[dict[str, Any], dict[tuple[str, str], Source]]:
    whole: dict[str, Any] = {}
    owners: dict[tuple[str, str], Source] = {}
    for source in files.read([Path(file) for file in shipped_files(cases=True)]):
        for kind, records in source.records.items():
            if isinstance(records, dict) and kind not in files.SINGLE:
                whole.setdefault(kind, {}).update(records)
                owners.update({(kind, name): source for name in records})
            else:
                whole.setdefault(kind, records)
    return whole, owners


def _references() -> list[tuple[str, str, tuple[str | int, ...]]]:
    whole, owners = _whole()
    found = [
        (kind, name, path[2:])
        for kind, name in owners
        for path, _ in schema.references(whole[kind][name], (kind, name))
    ]
    by_shape = {
        (kind, tuple(part for part in path if isinstance(part, str))): (kind, name, path) for kind, name, path in found
    }
    return found if NIGHTLY else list(by_shape.values())


def _dangling(kind: str, name: str, path: tuple[str | int, ...]) -> bool:
    whole, owners = _whole()
    record = deepcopy(whole[kind][name])
    holder = record
    for part in path[:-1]:
        holder = holder[part]
    at_key = isinstance(holder, dict) and any(isinstance(key, Reference) for key in holder)
    named = next(key for key in holder if key == path[-1]) if at_key else holder[path[-1]]
    lost = Reference("no-such-record")
    lost.kind = named.kind
    if at_key:
        holder[lost] = holder.pop(named)
    else:
        holder[path[-1]] = lost
    changed = {**whole, kind: {**whole[kind], name: record}}
    found = consistency.inconsistencies(changed, [owners[kind, name]], owners)
    return any(fault.code == "dangling" for fault in found)


def _changed(field: Field, change: Callable[[yaml.Mapping, str], None]) -> list[str]:
    """The codes of the faults of one file with one field changed; only the record it is in is looked at."""
    kind, *rest = field.place
    whole = _trees()[field.file]
    tree = yaml.Mapping({str(kind): _copy(whole[str(kind)]) if len(rest) < 2 else _one(whole[str(kind)], rest[0])})
    tree.line, tree.lines = 1, {str(kind): 1}
    holder: Any = tree
    for part in field.place[:-1]:
        holder = holder[part] if not (isinstance(holder, list) and part == rest[0]) else holder[0]
    change(holder, str(field.place[-1]))
    return [fault.code for fault in schema.check(tree, field.file)[1]]


def _one(records: Any, name: str | int) -> Any:
    """A kind with one record alone."""
    if isinstance(records, list):
        return [_copy(records[int(name)])]
    made = yaml.Mapping({str(name): _copy(records[name])})
    made.line, made.lines = 1, {str(name): 1}
    return made


def _copy(value: Any) -> Any:
    if isinstance(value, yaml.Mapping):
        made = yaml.Mapping({name: _copy(inner) for name, inner in value.items()})
        made.line, made.lines = value.line, dict(value.lines)
        return made
    if isinstance(value, yaml.Sequence):
        items = yaml.Sequence(_copy(inner) for inner in value)
        items.line = value.line
        return items
    return value
