"""What a local file may do to what cst ships: add, and correct contacts and terms; never weaken, never pass for ours.

What it adds or corrects says so wherever it is shown: the name of the file stands behind its title. A correction names
the record it was based on (`based_on`). Where that is not the record as it is shipped, the correction is out of date:
it says so, and stands beside the shipped record until someone compares the two.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cst.source.diallable import without
from cst.source.number_kinds import digits_of, unfit
from cst.source.overlay_words import dialled, has_two_alphabets, texts
from cst.source.schema import plain
from cst.toolkit.names import NAMED_KINDS, EntryRef, called, index, marked, normal

CORRECTABLE = ("contacts", "terms")
PROTECTED = ("police-emergency",)
OURS = ("modes", "merges")  # what ends questions or skips them: a local file has none
OUT_OF_DATE = ", out of date"
NAME = 40  # how much of a file's name is shown

Record = Mapping[str, Any]
FieldPath = tuple[str | int, ...]
Wrong = tuple[str, FieldPath, str, str]  # code, place within the record, what is wrong, what to do

# Where each kind shows that it is local: what is seen of it wherever it is shown.
_SHOWN = {"questions": "ask", "contacts": "name", "areas": "name", "roles": "if_none", "elsewhere": "name"}


class Shipped:
    """What cst ships, before any local file is laid on it."""

    def __init__(self, whole: Mapping[str, Any]) -> None:
        self.names = index(whole)
        places = (*whole.get("areas", {}).items(), *whole.get("elsewhere", {}).items())
        self.places = {normal(one): name for name, record in places for one in called(name, record)}
        self.records = {kind: dict(whole.get(kind, {})) for kind in CORRECTABLE}
        said = (text for words in whole.get("words", {}).values() for text in words["said"])
        self.said = {normal(text) for text in said}
        contacts = self.records["contacts"].values()
        self.numbers = {digits_of(number) for one in contacts for number in _rung(one)}
        self.shown = {digits_of(number) for one in contacts for _, number in _numbers_shown(one)}
        self.titles = {normal(one["name"]): name for name, one in self.records["contacts"].items()}

    def wrong(self, kind: str, name: str, record: Record, before: Record | None) -> Iterator[Wrong]:
        """What a record of a local file may not do.

        Args:
            kind: its top-level key.
            name: its id.
            record: what stands in the local file.
            before: the record with that id that is there already, if one is.
        """
        if kind in OURS:
            yield "protected", (), f"{kind} belong to cst; a local file cannot have one", "remove it"
        if before is not None and (kind not in CORRECTABLE or name in PROTECTED):
            says = f"{name} is shipped with cst; a local file cannot change it"
            yield "protected", (), says, "remove it; contacts and terms are what a local file may correct"
            return
        lost = "" if before is None or self.is_out_of_date(kind, name, record) else _lost(kind, before, record)
        if lost:
            yield "weaker", (), f"{name} would lose {lost}", "keep what it fills and serves, and its status"
        if before is not None and kind == "terms" and record.get("call") != before.get("call"):
            yield (
                "weaker",
                ("call",),
                f"{name} would ring others than it does",
                "keep its call; let a contact fill the role",
            )
        if before is not None and "based_on" not in record:
            says = f"{name} is shipped with cst, and this does not say which form of it was corrected"
            yield "based-on", (), says, f"write based_on: {self.now(kind, name)}"
        if kind == "pathways" and record.get("replaces"):
            says = "a local pathway cannot take the place of others"
            yield "protected", ("replaces",), says, "remove replaces"
        if kind == "questions" and any(row.get("leads") for row in record.get("not_sure", ())):
            yield "protected", ("not_sure",), "only what cst asks may lead a plan on a not sure", "remove leads"
        if kind == "questions" and record.get("danger"):
            yield "protected", ("danger",), "only cst asks about danger", "remove danger"
        yield from self._taken(kind, name, record)
        if kind == "contacts":
            yield from self._passes(name, record)
            yield from self._unfit(record)
        shipped = set(texts(self.records.get(kind, {}).get(name, {})))
        for path, found in dialled(record, shipped):
            remedy = "name the service; its number stands in contacts"
            yield "inconsistent", path, f"{kind} > {name}: {found} could be dialled", remedy

    def is_out_of_date(self, kind: str, name: str, record: Record) -> bool:
        """Whether a correction says that it was based on another form than the one that is shipped."""
        return name in self.records.get(kind, {}) and record.get("based_on", now := self.now(kind, name)) != now

    def now(self, kind: str, name: str) -> str:
        """What a correction of a shipped record is based on today; empty where no such record is shipped."""
        record = self.records.get(kind, {}).get(name)
        return "" if record is None else mark_of(record)

    def _taken(self, kind: str, name: str, record: Record) -> Iterator[Wrong]:
        """Names by which people find something that cst ships."""
        remedy = "give it a name of its own, such as one with the place in it"
        if kind in NAMED_KINDS:
            for one in called(name, record):
                bearers = self.names.get(normal(one), [])
                if bearers and (kind, name) not in bearers and not _comes_after(kind, bearers[0]):
                    yield "name-taken", (), f"{one:.60} is what {bearers[0][1]} is called", remedy
        if kind == "elsewhere":
            for one in called(name, record):
                if normal(one) in self.places:
                    yield "name-taken", (), f"{one:.60} is what {self.places[normal(one)]} is called", remedy
        if kind == "words":
            if not record.get("means"):
                yield "protected", (), "only what cst ships can lead nowhere", "write means, with what it leads to"
            for number, text in enumerate(record["said"]):
                if normal(text) in self.said or normal(text) in self.names:
                    says = f"cst knows already what {text:.60} means"
                    yield "name-taken", ("said", number), says, "remove it"

    def _passes(self, name: str, record: Record) -> Iterator[Wrong]:
        """A name that a person could take for that of a shipped contact."""
        remedy = "give it a name of its own, such as one with the place in it"
        its = normal(record["name"])
        if self.titles.get(its) == name:
            return  # the name that cst gives it
        for title, bearer in self.titles.items():
            begins = f"{its} ".startswith(f"{title} ")
            if bearer != name and (begins or (bearer in PROTECTED and f" {title} " in f" {its} ")):
                yield "name-taken", ("name",), f"{record['name']:.60} could pass for {bearer}", remedy
        for field in ("name", "alternate_name"):
            given = [record[field]] if field == "name" else record.get(field, ())
            for word in (word for text in given for word in text.split() if has_two_alphabets(word)):
                says = f"{word:.60} has letters of two alphabets, and may look like another word"
                yield "name-taken", (field,), says, "type it again, in one alphabet"

    def _unfit(self, record: Record) -> Iterator[Wrong]:
        """Numbers that no local file may give, but for those that cst gives itself."""
        remedy = "give the number of an ordinary line: 01, 02, 03, 07 or 080"
        for path, number in _numbers_shown(record):
            known = self.numbers if path[0] == "phones" else self.shown
            if digits_of(number) not in known and (why := unfit(number)):
                yield "number", path, f"{number} is {why}", remedy


def _rung(contact: Record) -> Iterator[str]:
    yield from (phone["number"] for phone in contact.get("phones", ()))


def _numbers_shown(contact: Record) -> Iterator[tuple[FieldPath, str]]:
    """Every number of a contact that somebody may ring, with its place: what is dead is never offered."""
    for place, phone in enumerate(contact.get("phones", ())):
        yield ("phones", place), phone["number"]
    for place, conflict in enumerate(contact.get("conflicts", ())):
        for number, value in enumerate(conflict["values"]):
            if "number" in value:
                yield ("conflicts", place, "values", number), value["number"]


def _comes_after(kind: str, first: EntryRef) -> bool:
    """Whether a record of this kind is found after the first that has its name already."""
    theirs, ours = NAMED_KINDS.index(first[0]), NAMED_KINDS.index(kind)
    return theirs < ours or (theirs == ours and kind in CORRECTABLE)


def _lost(kind: str, before: Record, after: Record) -> str:
    """What a correction would take away.

    Of a contact a role, an area, a number, a warning, whom to ring after it, or its being active; of a term the first
    of what it leads to.
    """
    if kind == "terms":
        led = before.get("see_also", [])
        return f"see_also: {', '.join(led)}, in that order" if after.get("see_also", [])[: len(led)] != led else ""
    for field in ("fills", "serves"):
        if gone := set(before.get(field, ())) - set(after.get(field, ())):
            return f"{field}: {', '.join(sorted(gone))}"
    if before.get("phones") and not after.get("phones"):
        return "its phones"
    if gone := _kinds(before) - _kinds(after):
        return f"its {', '.join(sorted(gone))} number"
    if gone := _numbers(before) - _numbers(after):
        return f"the number {', '.join(sorted(gone))} (one that is dead goes under old_numbers)"
    if other := [phone["number"] for phone in after.get("phones", ()) if _is_other_kind(phone, before)]:
        return f"the number {', '.join(other)} as one of its kind"
    if before.get("caution", "") not in after.get("caution", ""):
        return "its caution"
    if "if_no_answer" in before and before["if_no_answer"] != after.get("if_no_answer"):
        return f"if_no_answer: {before['if_no_answer']}"
    if before.get("phones") and "voice" in _kinds(after) - _kinds(before):
        return "its place: a number to speak at would come before other lines (add a contact of your own for it)"
    return "its status" if before["status"] == "active" and after["status"] != "active" else ""


def _is_other_kind(phone: Record, before: Record) -> bool:
    kinds = [one["kind"] for one in before.get("phones", ()) if one["number"] == phone["number"]]
    return bool(kinds) and phone["kind"] not in kinds


def _kinds(contact: Record) -> set[str]:
    return {phone["kind"] for phone in contact.get("phones", ())}


def _numbers(contact: Record) -> set[str]:
    return {*_rung(contact), *contact.get("old_numbers", ())}


def mark_of(record: Record) -> str:
    """A short mark of what a record holds: another when anything in it changes."""
    written = json.dumps(plain(record), sort_keys=True, ensure_ascii=False)
    return f"r{hashlib.sha256(written.encode()).hexdigest()[:10]}"


def beside(record: Record, shipped: Record) -> dict[str, Any]:
    """A correction that is out of date, as it stands beside what is shipped: called where that is, dead where it is."""
    kept = {field: value for field, value in record.items() if field not in ("fills", "serves")}
    kept |= {field: shipped[field] for field in ("fills", "serves") if field in shipped}
    if shipped.get("status") == "historic" != kept["status"]:
        dead = [*kept.get("old_numbers", ()), *_rung(kept)]
        kept |= {"status": "historic", "became": shipped["became"], "phones": [], "old_numbers": dead}
    return kept


def mark(kind: str, record: dict[str, Any], file: str, now: str) -> None:
    """Has a record of a local file say that it is local, from which file, and whether it is out of date.

    Args:
        kind: its top-level key.
        record: the record; it is changed.
        file: the local file.
        now: what a correction of it would be based on today.
    """
    stale = record.get("based_on", now) != now
    record["local"] = shown_name(file) + (OUT_OF_DATE if stale else "")
    own = "note" if kind == "elsewhere" and "note" in record else _SHOWN.get(kind, "title")
    for field in (own, *(("name",) if kind == "roles" else ())):  # a role is shown by name too, when it is looked up
        if field in record:
            record[field] += marked(record)


def shown_name(file: str) -> str:
    """The name of a file as it is shown: nothing in it can be dialled, and no line ends in it."""
    name = "".join(sign if sign.isprintable() else "?" for sign in Path(file).name)
    return without(name)[:NAME]
