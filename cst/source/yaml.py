"""From YAML text to plain data, strictly: every scalar stays text, every value knows its line.

Built from PyYAML's parser events, so that nothing is retyped, nothing is expanded and nothing is built
that was not written: anchors, aliases, tags, repeated keys, deep nesting and hidden characters are faults,
and so is a text that a # cuts short.
Parsing goes on after a fault where it can, so that one run shows many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml

from cst.source import yaml_errors
from cst.source.faults import Fault

MOST_BYTES = 5_000_000
MOST_DEPTH = 30
MOST_VALUES = 200_000  # names and values in one file; the shipped toolkit has about a fifth of it
MOST_WITHIN = 1_000  # names or items in one place, but for the records of a kind
MOST_TEXT = 4_000  # characters of one name or value; the longest that is shipped has a tenth of it
MOST_FAULTS = 100  # in one file: what comes after is seen in the next run

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069"
    "\ud800-\udfff\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(str):
    """Text from the file, with its line (from 1) and whether it stood without quotes."""

    __slots__ = ("line", "plain")  # there may be many

    line: int
    plain: bool


SECTIONS = "sections such as contacts: and pathways:"


class Mapping(dict[str, Any]):
    """A mapping, with the line it starts on and that of each of its keys."""

    line: int
    lines: dict[str, int]


class Sequence(list[Any]):
    """A list, with the line it starts on."""

    line: int


class _Stop(Exception):
    """Reading cannot go on past this fault."""


def read(data: bytes, file: str, holds: str = SECTIONS) -> tuple[Mapping, list[Fault]]:
    """Reads one document.

    Args:
        data: the bytes of the file, UTF-8.
        file: its name, for faults.
        holds: what such a file holds, in words.

    Returns:
        What it holds (empty where it could not be read) and every fault found.
    """
    faults: list[Fault] = []
    empty = nothing()
    text = _decode(data, file, faults)
    if text is None:
        return empty, faults
    builder = _Builder(text, file, faults)
    try:
        tree = builder.document()
    except _Stop:
        return empty, faults
    except yaml.MarkedYAMLError as error:
        odd = yaml_errors.refused(error, builder.lines)
        if "nesting depth" in odd.says:  # libyaml from 0.2.6 on has a limit of its own, and may meet it first
            faults.append(_too_deep(file, odd.line))
        else:
            faults.append(Fault("yaml", file, odd.line, f"this is not YAML: {odd.says}", odd.remedy))
        return empty, faults
    if not isinstance(tree, Mapping):
        faults.append(
            Fault(
                "shape",
                file,
                1,
                f"the file must hold {holds}",
                "write a name, a colon, and what belongs to it",
            )
        )
        return empty, faults
    return tree, faults


def _decode(data: bytes, file: str, faults: list[Fault]) -> str | None:
    if len(data) > MOST_BYTES:
        faults.append(
            Fault(
                "too-large",
                file,
                1,
                f"the file has more than {MOST_BYTES:,} bytes",
                "split it, or remove what is not needed",
            )
        )
        return None
    try:
        text = data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        text = text if "\n" in text else text.replace("\r", "\n")  # as old Macs ended lines
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.append(Fault("encoding", file, line, "the file is not UTF-8 text", "save it as UTF-8"))
        return None
    for found in islice(_HIDDEN.finditer(text), MOST_FAULTS):
        line = text.count("\n", 0, found.start()) + 1
        faults.append(
            Fault(
                "hidden-character",
                file,
                line,
                f"a hidden or control character stands here (U+{ord(found.group()):04X})",
                "delete it and type the words again",
            )
        )
    return None if faults else text if text.endswith("\n") else f"{text}\n"


def _too_deep(file: str, line: int) -> Fault:
    return Fault("too-deep", file, line, f"this is nested more than {MOST_DEPTH} levels deep", "make it flatter")


def nothing() -> Mapping:
    """What an empty file holds."""
    made = Mapping()
    made.line = 1
    made.lines = {}
    return made


class _Builder:
    """Builds plain data from events, keeping lines and noting faults."""

    def __init__(self, text: str, file: str, faults: list[Fault]) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
        self.file = file
        self.faults = faults
        self.lines = text.split("\n")
        self.indents = [-1]  # where each block around begins
        self.brackets = 0
        self.values = 0

    def fault(self, code: str, event: Any, says: str, remedy: str) -> None:
        """Notes a fault; after very many, reading stops."""
        self.fault_on(code, event.start_mark.line + 1, says, remedy)

    def fault_on(self, code: str, line: int, says: str, remedy: str) -> None:
        """The same, on a line."""
        self.faults.append(Fault(code, self.file, line, says, remedy))
        if len(self.faults) >= MOST_FAULTS:
            raise _Stop

    def laid_out(self, odd: yaml_errors.Odd | None) -> None:
        """Notes layout that is no YAML."""
        if odd:
            self.fault_on("yaml", odd.line, f"this is not YAML: {odd.says}", odd.remedy)

    def document(self) -> Any:
        """The one document in the file; an empty file is an empty mapping."""
        next(self.events)  # stream start
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return nothing()
        tree = self.value(next(self.events), 1)
        next(self.events)  # document end
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            self.fault("second-document", after, "a second document starts here", "keep one document in a file")
        return tree

    def value(self, event: Any, depth: int) -> Any:
        """The value that starts with `event`."""
        if depth > MOST_DEPTH:
            self.faults.append(_too_deep(self.file, event.start_mark.line + 1))
            raise _Stop
        self.values += 1
        if self.values > MOST_VALUES:
            self.fault("too-large", event, f"the file holds more than {MOST_VALUES:,} values", "split it")
            raise _Stop
        if isinstance(event, yaml.AliasEvent):
            self.fault(
                "alias", event, f"*{event.anchor} points at another place in the file", "write the value out here"
            )
            return self.scalar(event, "", plain=False)
        if event.anchor:
            self.fault("anchor", event, f"&{event.anchor} marks this to be used again", "remove the mark")
        if event.tag and event.tag != "!":
            self.fault("tag", event, f"{event.tag} gives this a type", "remove the tag; the schema knows the type")
        if isinstance(event, yaml.CollectionStartEvent):
            return self.collection(event, depth)
        self.laid_out(yaml_errors.oddly_written(event, self.lines, self.indents[-1], inside=self.brackets > 0))
        if yaml_errors.is_cut(event, self.lines):
            says = "the text ends before the #, and what comes after it would be lost"
            remedy = "put the text in quotes; a comment has two blanks before the # and one after it"
            self.fault_on("cut-short", event.end_mark.line + 1, says, remedy)
        return self.scalar(event, event.value, plain=not event.style)

    def scalar(self, event: Any, text: str, *, plain: bool) -> Scalar:
        """A piece of text; escapes may have hidden characters in it."""
        if len(text) > MOST_TEXT:
            self.fault("too-large", event, f"this text has more than {MOST_TEXT:,} characters", "shorten or split it")
            text = text[:MOST_TEXT]
        if _HIDDEN.search(text):
            self.fault("hidden-character", event, "a hidden or control character is written here", "remove the escape")
            text = _HIDDEN.sub("", text)
        made = Scalar(text)
        made.line = event.start_mark.line + 1
        made.plain = plain
        return made

    def collection(self, start: Any, depth: int) -> Mapping | Sequence:
        """A mapping or list, knowing the block or the brackets it stands in."""
        self.indents.append(self.indents[-1] if start.flow_style else start.start_mark.column)
        self.brackets += bool(start.flow_style)
        build = self.mapping if isinstance(start, yaml.MappingStartEvent) else self.sequence
        made, end = build(start, depth)
        self.indents.pop()
        self.brackets -= bool(start.flow_style)
        if start.flow_style and not self.brackets:
            self.laid_out(yaml_errors.oddly_indented(start, end, self.lines, self.indents[-1]))
        return made

    def mapping(self, start: Any, depth: int) -> tuple[Mapping, Any]:
        """A mapping and the event that ends it; a key that is not text or stands twice is a fault."""
        made = nothing()
        made.line = start.start_mark.line + 1
        seen = made.lines
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self.value(event, depth + 1)
            value = self.value(next(self.events), depth + 1)
            if not isinstance(key, Scalar):
                self.fault("key", event, "a name must stand before the colon", "write one word before the colon")
            elif key in seen:
                self.fault(
                    "repeated-key",
                    event,
                    f"{key} stands twice here; the first is on line {seen[key]}",
                    "keep one, or give one another name",
                )
            else:
                seen[key] = key.line
                made[key] = value
                self.within(start, depth, len(made))
        return made, event

    def sequence(self, start: Any, depth: int) -> tuple[Sequence, Any]:
        """A list and the event that ends it."""
        made = Sequence()
        made.line = start.start_mark.line + 1
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            made.append(self.value(event, depth + 1))
            self.within(start, depth, len(made))
        return made, event

    def within(self, start: Any, depth: int, count: int) -> None:
        """Stops at a place that holds far too much; only the kinds of record, at depth 2, may hold very many."""
        if depth != 2 and count > MOST_WITHIN:
            self.fault("too-large", start, f"more than {MOST_WITHIN:,} names or items stand here", "split it")
            raise _Stop


def line_of(tree: Any, path: tuple[str | int, ...]) -> int:
    """The line on which the value at `path` stands, or that of the nearest value around it."""
    line: int = tree.line
    for part in path:
        if isinstance(tree, Mapping) and isinstance(part, str) and part in tree:
            line = tree.lines[part]
            tree = tree[part]
        elif isinstance(tree, Sequence) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
            line = tree.line
        else:
            break
    return line
