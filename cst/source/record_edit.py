"""A change to one record of a toolkit file, made in the file's own lines: comments, order and shape of the rest stay.

Only the lines of the fields that differ are touched, so that a change reads as one small diff. The text is then read
again, and it is refused unless it holds what it held before with that one record changed. No YAML is written whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from cst.source import schema
from cst.source import yaml as strict
from cst.source.record_text import field_lines, item_lines, record_lines, scalar
from cst.source.records import Contact

ORDER = tuple(Contact.__annotations__)
KIND = "contacts"


class CannotEdit(Exception):
    """The lines are written in a way that is not edited here; says which, and what a person does instead."""


class _Edit(NamedTuple):
    """Lines of the record from `start` up to `end`, counted from 0, and what stands there afterwards."""

    start: int
    end: int
    lines: list[str]


@lru_cache(maxsize=8)
def contacts_in(data: bytes, file: str) -> dict[str, dict[str, Any]]:
    """The contacts of one toolkit file as plain data, not to be changed; none where the file has faults."""
    tree, faults = strict.read(data, file)
    return {} if faults else dict(_held(tree, file).get(KIND, {}))


def edited(data: bytes, file: str, name: str, after: Mapping[str, Any]) -> bytes:
    """The file with one contact changed.

    Args:
        data: the file as it is, without faults.
        file: its name, for messages.
        name: the contact, which stands in it, or is added at the end of the contacts.
        after: the whole record as it is to be.

    Raises:
        CannotEdit: it is written in a way that is not edited here.
    """
    tree, faults = strict.read(data, file)
    if faults:
        raise CannotEdit(f"{file} has faults. See: cst check {file}")
    text = data.decode("utf-8")
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    made = _in_place(tree, lines, name, after) if name in tree.get(KIND, {}) else _added(tree, lines, name, after)
    changed = "".join(line if line.endswith("\n") else line + ending for line in made).encode()
    _prove(tree, changed, file, name, after)
    return changed


def _held(tree: strict.Mapping, file: str) -> dict[str, Any]:
    records, faults = schema.check(tree, file)
    if faults:
        raise CannotEdit(f"It would not be a toolkit file any more: {faults[0].says}.")
    plain: dict[str, Any] = schema.plain(records)
    return plain


def _prove(before: strict.Mapping, changed: bytes, file: str, name: str, after: Mapping[str, Any]) -> None:
    """That the new text holds what the old one held, with this record as it is to be."""
    tree, faults = strict.read(changed, file)
    if faults:
        raise CannotEdit(f"It would not be YAML any more: {faults[0].says}. Change {name} by hand.")
    expected = _held(before, file)
    expected.setdefault(KIND, {})[name] = dict(after)
    if _held(tree, file) != expected:
        raise CannotEdit(f"More than {name} would change. Change it by hand.")


def _added(tree: strict.Mapping, lines: list[str], name: str, after: Mapping[str, Any]) -> list[str]:
    """The record as the last of the contacts, or in a section of its own at the end."""
    new = record_lines(name, {field: after[field] for field in _ordered(after)})
    if KIND not in tree:
        return [*lines, *([""] if lines else []), f"{KIND}:", *new]
    if not tree[KIND]:
        raise CannotEdit("contacts: stands in one line. Write one record below another.")
    end = _end(lines, tree.lines[KIND], 0)
    if _indent(lines[tree[KIND].line - 1]) != 2:
        raise CannotEdit("The contacts do not stand two blanks in. Write them as data/toolkit.yaml does.")
    return [*lines[:end], "", *new, *lines[end:]]


def _in_place(tree: strict.Mapping, lines: list[str], name: str, after: Mapping[str, Any]) -> list[str]:
    """The lines with those of the record's changed fields exchanged."""
    first = tree[KIND].lines[name] - 1
    end = _end(lines, first + 1, _indent(lines[first]))
    within = lines[first:end]
    node = _record("".join(within))
    held = _held(tree, "")[KIND][name]
    for edit in sorted(_edits(node, within, held, after), reverse=True):
        within[edit.start : edit.end] = edit.lines
    return [*lines[:first], *within, *lines[end:]]


def _record(text: str) -> Any:
    """The node of a record's fields, with the places of each in its own lines."""
    whole: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    node = whole.value[0][1]
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise CannotEdit("The record stands in one line. Write one field a line.")
    return node


def _edits(node: Any, lines: list[str], before: Mapping[str, Any], after: Mapping[str, Any]) -> list[_Edit]:
    """An edit for each field that differs."""
    places = {key.value: (key, value) for key, value in node.value}
    found: list[_Edit] = []
    for field in {**before, **after}:
        if before.get(field) == after.get(field):
            continue
        if field not in places:
            found.append(_insertion(node, lines, field, after[field]))
        elif field not in after:
            found.append(_Edit(*_span(node, lines, field), []))
        else:
            found += _changed(node, lines, field, before[field], after[field])
    return _joined(found)


def _joined(edits: list[_Edit]) -> list[_Edit]:
    """Insertions at one and the same line made one, in the order of the fields."""
    at: dict[int, _Edit] = {}
    rest = []
    for edit in sorted(edits, key=lambda one: ORDER.index(_field(one.lines[0])) if one.lines else 0):
        if edit.start != edit.end:
            rest.append(edit)
        elif edit.start in at:
            at[edit.start] = edit._replace(lines=[*at[edit.start].lines, *edit.lines])
        else:
            at[edit.start] = edit
    return [*rest, *at.values()]


def _field(line: str) -> str:
    name = line.strip().partition(":")[0]
    return name if name in ORDER else ORDER[0]


def _ordered(fields: Mapping[str, Any]) -> list[str]:
    return sorted(fields, key=ORDER.index)


def _insertion(node: Any, lines: list[str], field: str, value: Any) -> _Edit:
    """A new field, after the last of those that come before it in every record."""
    earlier = [key.value for key, _ in node.value if ORDER.index(key.value) < ORDER.index(field)]
    indent = node.value[0][0].start_mark.column
    place = max((_span(node, lines, one)[1] for one in earlier), default=node.value[0][0].start_mark.line)
    return _Edit(place, place, field_lines(field, value, indent))


def _changed(node: Any, lines: list[str], field: str, before: Any, after: Any) -> list[_Edit]:
    """A field that has another value: in its own place where only a value in it differs, else written anew."""
    key, value = next(pair for pair in node.value if pair[0].value == field)
    if found := _within(value, lines, field, before, after):
        return found
    start, end = _span(node, lines, field)
    new = field_lines(field, after, key.start_mark.column)
    old = lines[start:end]
    if isinstance(value, yaml.ScalarNode) and value.style not in ("|", ">"):
        new[0] += old[-1].rstrip()[value.end_mark.column :]  # a comment behind it
    elif any(line.lstrip().startswith("#") or "  # " in line for line in old):
        raise CannotEdit(f"A comment stands within {field}. Change {field} by hand.")
    return [_Edit(start, end, new)]


def _within(node: Any, lines: list[str], field: str, before: Any, after: Any) -> list[_Edit]:
    """Edits inside one line each; none where the change is more than that."""
    if isinstance(node, yaml.ScalarNode):
        one_line = node.start_mark.line == node.end_mark.line
        if not one_line or node.style in ("|", ">") or isinstance(after, list | dict):
            return []
        start, end = node.start_mark, node.end_mark
        line = lines[start.line]
        inside = line.lstrip().startswith(("- {", "- [")) or "{" in line[: start.column] or "[" in line[: start.column]
        new = f"{line[: start.column]}{scalar(field, after, inside=inside)}{line[end.column :]}"
        return [_Edit(start.line, start.line + 1, [new])]
    if isinstance(before, list) and isinstance(after, list):
        return _items(node, lines, field, before, after)
    if isinstance(before, dict) and isinstance(after, dict) and before.keys() == after.keys():
        pairs = {key.value: inner for key, inner in node.value}
        return _all_within(
            [(pairs[key], key, before[key], after[key]) for key in before if before[key] != after[key]], lines
        )
    return []


def _items(node: Any, lines: list[str], field: str, before: Sequence[Any], after: Sequence[Any]) -> list[_Edit]:
    """Edits of a list: of items of it, or lines for those that are added at its end."""
    if len(before) == len(after):
        pairs = zip(node.value, before, after, strict=True)
        return _all_within([(inner, field, was, now) for inner, was, now in pairs if was != now], lines)
    if node.flow_style or not before or before != after[: len(before)]:
        return []
    last = node.value[-1]
    end = max(_last_line(last), node.value[-1].start_mark.line) + 1
    indent = len(lines[node.value[0].start_mark.line]) - len(lines[node.value[0].start_mark.line].lstrip())
    new = [line for item in after[len(before) :] for line in item_lines(field, item, indent)]
    return [_Edit(end, end, new)]


def _all_within(changes: Sequence[tuple[Any, str, Any, Any]], lines: list[str]) -> list[_Edit]:
    """All of these edits, or none where one of them is more than a value in a line, or two share a line."""
    found = [_within(node, lines, field, was, now) for node, field, was, now in changes]
    edits = [edit for one in found for edit in one]
    if not all(found) or len({edit.start for edit in edits}) < len(edits):
        return []
    return edits


def _span(node: Any, lines: list[str], field: str) -> tuple[int, int]:
    """The lines of a field: from its name to the last line of its value."""
    pair = next(pair for pair in node.value if pair[0].value == field)
    return pair[0].start_mark.line, _last_line(pair[1]) + 1


def _last_line(node: Any) -> int:
    """The last line that a value stands on; where a block ends the reader has gone on to what comes after."""
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">"):
            return int(node.end_mark.line) - 1
        return int(node.end_mark.line)
    if node.flow_style or not node.value:
        return int(node.end_mark.line)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _end(lines: Sequence[str], start: int, indent: int) -> int:
    """Where a block ends that begins above `start`: before the next line that stands no further in than it does.

    Blank lines at its end, and comments that stand no further in, belong to what comes after.
    """
    end = start
    for number in range(start, len(lines)):
        if not lines[number].strip():
            continue
        if _indent(lines[number]) <= indent:
            break
        end = number + 1
    return end
