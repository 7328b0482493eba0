"""What stands in a record, in words: references by name, hours as a timetable, rules read aloud."""

from __future__ import annotations

from difflib import SequenceMatcher
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from cst.changes.sections import field_in_words
from cst.checks.overlay_changes import called, in_words
from cst.engine import rule_text
from cst.rules import Fact, Not, Rule, children
from cst.source.briefs import NEGATION
from cst.views.timetable import timetable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cst.toolkit.toolkit import Record, Toolkit

RULES = ("rule", "when", "not_if", "implied_by", "asked_if", "not_hinted_if")
# What an item of a list is known by.
KNOWN_BY = ("say", "caution", "use", "number", "address", "source", "starts", "asks", "says", "answer", "about", "ask")
# Fields that hold ids of records, which are said by name.
NAMING = (
    "call", "use", "ring", "caution", "cautions", "serves", "fills", "pathways", "schemes", "issues", "replaces",
    "otherwise", "if_no_answer", "see_also", "see", "also_ask", "never_asks", "until", "leaves_out", "foremost_in",
    "needed_for", "within", "area", "fallback", "means", "of", "not_for",
)  # fmt: skip
DOES = {
    "take": "counts as a yes",
    "find-out": "is to be found out",
    "caution": "brings do-nots alone",
    "skip": "brings nothing",
}
TURNED = 0.8
SENTENCE = 25  # characters
ALIKE = 0.6  # from here on two texts are one that was reworded


def item_key(item: Any) -> str:
    """What an item of a list is known by."""
    if isinstance(item, dict) and "do" in item:  # a row of what not sure does: by where it counts
        return in_words({field: item[field] for field in ("when", "of", "pathways") if field in item}) or "else"
    if isinstance(item, dict):
        return next((f"{field} {item[field]}" for field in KNOWN_BY if field in item), in_words(item))
    return str(item)


def same_item(old: Any, new: Any) -> bool:
    """Whether two items are one that was changed: not ids and short names, which are others."""
    one, other = item_key(old), item_key(new)
    if isinstance(old, str) and min(len(one), len(other)) < SENTENCE:
        return False
    alike = SequenceMatcher(None, one, other, autojunk=False)
    return alike.real_quick_ratio() >= ALIKE and alike.quick_ratio() >= ALIKE and alike.ratio() >= ALIKE


def is_turned(was: str, now: str) -> bool:
    """Whether two texts say nearly the same, and a "not" stands in only one of them."""
    if bool(NEGATION.search(was)) is bool(NEGATION.search(now)):
        return False
    one, other = (NEGATION.sub("", text) for text in (was, now))
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= TURNED


class Speaker:
    """Says what stands in the records of one edition."""

    def __init__(self, toolkit: Toolkit, day: date) -> None:
        self.toolkit, self.day = toolkit, day
        held = (records for kind, records in toolkit.records.items() if kind != "sources")
        self.names = {
            name: called(record)
            for records in held
            if isinstance(records, dict)
            for name, record in records.items()
            if isinstance(record, dict)
        }
        for question in toolkit.kind("questions").values():
            if question.get("words_only"):
                self.names.update(toolkit.choices(question))  # they word steps, and name what stands in their place

    def value(self, path: Sequence[str], value: Any) -> str:
        """A value at a place in a record."""
        field = path[-1]
        if field == "schedule":
            return timetable(value)
        if field in RULES:
            return self.rule(value)
        if field == "do":
            return DOES[value]
        if field == "order":
            return "; ".join(self._called(path[:-1], one) for one in value)
        if isinstance(value, list):
            return "; ".join(self.value(path, one) for one in value)
        if isinstance(value, dict):
            return self._item(path, value)
        if isinstance(value, str) and any(part in NAMING for part in path):
            return self.names.get(value) or value
        return in_words(value)

    def _called(self, path: Sequence[str], item: Any) -> str:
        """An item by what it is known by alone."""
        known = next((field for field in KNOWN_BY if field in item), "") if isinstance(item, dict) else ""
        said = self.value((*path, known), item[known] if known else item)
        return shorten(said.rstrip("."), 60, placeholder=" ...")

    def _item(self, path: Sequence[str], item: Record) -> str:
        """An item: what it is known by first, then what else it says."""
        first = next((field for field in KNOWN_BY if field in item), "")
        told = [self.value((*path, first), item[first])] if first else []
        for field, value in item.items():
            if field != first and not (field == "kind" and value == "voice"):
                told.append(f"{self.names.get(field) or field_in_words((field,))}: {self.value((*path, field), value)}")
        return "; ".join(one.rstrip(".") for one in told)

    def summary(self, kind: str, record: Record) -> str:
        """A record in a line, where all of it is new or gone."""
        if kind == "contacts":
            numbers = [phone["number"] for phone in record.get("phones", ())]
            status = [one for one in (record.get("status"),) if one and one != "active"]
            return "; ".join([*numbers, *status, timetable(record.get("schedule", "unknown"))])
        told = (record.get(field) for field in ("urgency", "summary", "meaning", "ask", "why", "if_none", "publisher"))
        return "; ".join(str(one) for one in told if one) or called(record) or in_words(record)

    def rule(self, source: object) -> str:
        """A rule read aloud; as it is written where it cannot be read."""
        rule = self.read(source)
        return in_words(source) if rule is None else rule_text.in_words(self.toolkit, rule)

    def read(self, source: object) -> Rule | None:
        """A rule with the figures of the day; None where it hangs on what is not there."""
        try:
            return self.toolkit.rule_as_known(source, self.day)
        except (LookupError, ValueError, TypeError):  # of an older shape
            return None

    def rules_apart(self, source: object, other: Speaker, its: object) -> tuple[str | None, str | None]:
        """Two rules in words: of what both have in common nothing, unless they are the same."""
        old, new = self.read(source), other.read(its)
        if old is None or new is None or old == new:
            return self.rule(source), other.rule(its)
        gone, added = _apart(old, new)
        said = tuple(
            rule_text.in_words(one.toolkit, part) for one, parts in ((self, gone), (other, added)) for part in parts
        )
        return "; or ".join(said[: len(gone)]) or None, "; or ".join(said[len(gone) :]) or None


def _apart(old: Rule, new: Rule) -> tuple[list[Rule], list[Rule]]:
    """The parts that only one of two rules has, as far in as the rules are of one kind."""
    if type(old) is not type(new) or isinstance(old, Fact | Not | bool) or not children(old):
        return [old], [new]
    gone = [part for part in children(old) if part not in children(new)]
    added = [part for part in children(new) if part not in children(old)]
    if len(gone) == len(added) == 1:
        return _apart(gone[0], added[0])
    return (gone, added) if gone or added else ([old], [new])
