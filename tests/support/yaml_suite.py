"""Reading the cases of the YAML test suite: what stands in a file, and what must come of it.

A file of the suite holds one or more cases; signs stand for what an editor would lose (see `text_of`). What must come
is written twice: as parser events (`tree`), where every scalar is the text that it is, and as JSON, where some have
types. A case without events has those of the case before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.support import CORPORA

SUITE = CORPORA / "yaml-test-suite"

_ESCAPED = {"\\": "\\", "n": "\n", "t": "\t", "b": "\b", "r": "\r"}


class Case(NamedTuple):
    """One case: its name, the YAML, whether it must fail, its events and its JSON (None where the suite has none)."""

    name: str
    text: str
    fails: bool
    events: list[str]
    json: str | None


def cases() -> list[Case]:
    """Every case of the suite that the suite itself does not skip; none where the suite is not here."""
    return [case for file in sorted(SUITE.glob("*.yaml")) for case in _in_file(file)]


def _in_file(file: Path) -> Iterator[Case]:
    held = yaml.safe_load(file.read_text("utf-8"))
    tree = ""
    if held[0].get("skip"):
        return
    for number, case in enumerate(held):
        fails = bool(case.get("fail"))
        tree = case.get("tree", "" if fails else tree)
        yield Case(f"{file.stem}-{number}", text_of(case["yaml"]), fails, _events(tree), case.get("json"))


def text_of(written: str) -> str:
    """The YAML that a case means: signs for blanks, tabs, returns, marks and the missing last line end made real."""
    text = re.sub("\u2014*\u00bb", "\t", written)
    text = text.replace("\u2423", " ").replace("\u21d4", "\ufeff").replace("\u21b5", "").replace("\u2190", "\r")
    return re.sub("\u220e\n$", "", text)


def _events(tree: str) -> list[str]:
    return [line.strip(" ").replace("\u2423", " ") for line in text_of_tree(tree).splitlines() if line.strip(" ")]


def text_of_tree(tree: str) -> str:
    """Events with the signs for tabs and marks made real; blanks stay signs until the lines are stripped."""
    return re.sub("\u2014*\u00bb", "\t", tree).replace("\u21d4", "\ufeff")


class Beyond(Exception):
    """The document has something that cst refuses on purpose: a code of the fault, such as `alias`."""


def plain(events: list[str]) -> Any:
    """The value that events describe, every scalar as its text.

    Raises:
        Beyond: an alias, an anchor, a tag, a second document, a key that is no text, or no mapping at the top.
    """
    inner = [event for event in events if event[:4] not in ("+STR", "-STR")]
    documents = sum(event.startswith("+DOC") for event in inner)
    if documents == 0:
        return {}
    if documents > 1:
        raise Beyond("second-document")
    walk = iter(inner[1:])
    value = _value(next(walk), walk)
    if not isinstance(value, dict):
        raise Beyond("shape")
    return value


def _value(event: str, walk: Iterator[str]) -> Any:
    kind, _, rest = event.partition(" ")
    rest = re.sub(r"^(\{\}|\[\]) ?", "", rest)
    if kind == "=ALI":
        raise Beyond("alias")
    if rest.startswith("&"):
        raise Beyond("anchor")
    if rest.startswith("<"):
        raise Beyond("tag")
    if kind == "+MAP":
        return _mapping(walk)
    if kind == "+SEQ":
        return _sequence(walk)
    return _unescaped(rest[1:])


def _mapping(walk: Iterator[str]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    while (event := next(walk)) != "-MAP":
        key = _value(event, walk)
        value = _value(next(walk), walk)
        if not isinstance(key, str):
            raise Beyond("key")
        if key in made:
            raise Beyond("repeated-key")
        made[key] = value
    return made


def _sequence(walk: Iterator[str]) -> list[Any]:
    made = []
    while (event := next(walk)) != "-SEQ":
        made.append(_value(event, walk))
    return made


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPED[found[1]], text)


def typed(written: str) -> Any:
    """The JSON of a case."""
    return json.loads(written)


def same(value: Any, text: Any) -> bool:
    """Whether a value of JSON and one that cst read say the same; cst keeps every scalar as its text."""
    if isinstance(value, dict):
        return isinstance(text, dict) and set(value) == set(text) and all(same(value[one], text[one]) for one in text)
    if isinstance(value, list):
        return isinstance(text, list) and len(value) == len(text) and all(map(same, value, text))
    if not isinstance(text, str):
        return False
    if value is None:
        return text.lower() in ("", "~", "null")
    if isinstance(value, bool):
        return text.lower() == str(value).lower()
    if isinstance(value, int | float):
        return float(value) == float(text)
    return bool(value == text)
