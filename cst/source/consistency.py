"""What must fit together once all files are one: references, ids, rules, schedules, choices."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cst.hours import schedule_faults
from cst.source import schema
from cst.source.faults import Fault
from cst.toolkit.rule_reader import Grammar

if TYPE_CHECKING:
    from cst.source.load import Source

Whole = Mapping[str, Any]
Owners = Mapping[tuple[str, str], "Source"]
NEEDED = ("edition", "bank_holidays", "areas", "questions", "pathways", "issues", "fallback")
GRAMMAR_WORDS = ("any", "all", "not", "at_least", "sum")
MOST_AROUND = 20
RESERVED = ("yes", "no", "not-sure", "none", *GRAMMAR_WORDS)

# Short codes that people ring or text, and five digits or more however they are grouped; dates and years are not.
_NOT_NUMBERS = re.compile(r"\d{4}-\d\d-\d\d|\b(?:19|20)\d\d(?:[-/\u2013]\d\d(?:\d\d)?)?\b")
DIALLABLE = re.compile(r"(?<!\d)(?:999|112|101|105|111|119|123|159|7726)(?!\d)|\d(?:[ -]?\d){4,}")
PROSE = {
    "says", "say", "title", "name", "summary", "signs", "meaning", "ask", "hint", "why", "who_for", "who_leads", "law",
    "application_process", "have_ready", "caution", "alert", "said", "handling", "about", "note", "if_worse", "if_none",
    "within", "eligible", "not_eligible", "cannot_say", "message", "label", "disclaimer", "cost",
}  # fmt: skip


def inconsistencies(whole: Whole, sources: Sequence[Source], owners: Owners) -> Iterator[Fault]:
    """Every fault in the records of all files together, each with its file and line."""
    main = sources[0]
    for kind in NEEDED:
        if kind not in whole:
            yield main.fault("missing", (), f"{kind} is missing", f"add {kind}:")
            return
    yield from _ids(whole, owners)
    yield from _references(whole, owners)
    for kind, name, record in _records(whole):
        source = owners[kind, name]
        for path, says, remedy in (*_of_kind(whole, kind, name, record), *_prose(kind, record)):
            yield source.fault("inconsistent", (kind, name, *path), f"{kind} > {name}: {says}", remedy)
    yield from _rules(whole, owners)


def _records(whole: Whole) -> Iterator[tuple[str, str, Any]]:
    for kind, records in whole.items():
        if kind not in ("edition", "bank_holidays", "fallback", "cases"):
            for name, record in records.items():
                yield kind, name, record


def _ids(whole: Whole, owners: Owners) -> Iterator[Fault]:
    """An id names one record of one kind."""
    seen: dict[str, str] = {}
    for kind, name, _ in _records(whole):
        source = owners[kind, name]
        if name in RESERVED:
            yield source.fault(
                "id-reserved",
                (kind, name),
                f"{name} has a meaning of its own in rules or answers",
                "give it another id",
            )
        elif kind == "sources":
            continue  # never typed by a person, so a source may be called after what it is about
        elif name in seen:
            yield source.fault(
                "id-twice", (kind, name), f"{name} stands under {seen[name]} already", "give one of them another id"
            )
        else:
            seen[name] = kind


def _references(whole: Whole, owners: Owners) -> Iterator[Fault]:
    for (kind, name), source in owners.items():
        value = whole[kind][name] if name else whole[kind]
        place = (kind, name) if name else (kind,)
        for path, reference in schema.references(value, place):
            if not any(reference in whole.get(wanted, {}) for wanted in reference.kind.split("|")):
                wanted = " or ".join(reference.kind.split("|")[:2]) if reference.kind.count("|") < 2 else "any kind"
                says = f"{' > '.join(map(str, path))}: there is no {reference} under {wanted}"
                yield source.fault("dangling", path, says, "write the id of a record that is there, or add the record")


def _of_kind(whole: Whole, kind: str, name: str, record: Any) -> Iterator[tuple[schema.Path, str, str]]:
    match kind:
        case "contacts":
            yield from _contact(record)
            if "if_no_answer" in record:
                yield from _calls_the_past(whole, ("if_no_answer",), record["if_no_answer"])
        case "pathways" | "schemes":
            for number, call in enumerate(record["call"]):
                yield from _calls_the_past(whole, ("call", number), call["use"])
        case "roles" | "terms":
            field = "otherwise" if kind == "roles" else "call"
            for number, called in enumerate(record.get(field, ())):
                yield from _calls_the_past(whole, (field, number), called)
        case "questions":
            yield from _question(record)
        case "areas":
            yield from _area(whole, name)
        case "parameters":
            yield from _parameter(record)


def _contact(record: Any) -> Iterator[tuple[schema.Path, str, str]]:
    schedules: list[tuple[schema.Path, Any]] = [(("schedule",), record.get("schedule", "unknown"))]
    schedules += [
        (("phones", number, "schedule"), phone["schedule"])
        for number, phone in enumerate(record.get("phones", []))
        if "schedule" in phone
    ]
    for path, schedule in schedules:
        for says in schedule_faults(schedule):
            yield path, says, "mend the rows of hours"
    if record["status"] == "historic":
        if record.get("phones") or record.get("fills"):
            yield (
                ("status",),
                "a historic service cannot have phones or fill a role",
                "move numbers to old_numbers and remove fills",
            )
        if "became" not in record:
            yield ("status",), "a historic service must say what became of it", "add became:"
    if not record["evidence"]:
        yield ("evidence",), "there is no evidence", "name the source that gives it"


def _calls_the_past(whole: Whole, path: schema.Path, called: str) -> Iterator[tuple[schema.Path, str, str]]:
    """Nobody is sent to a service that is gone."""
    if whole["contacts"].get(called, {}).get("status") == "historic":
        yield path, f"{called} is historic and cannot be called", "call what it became, or a role"


def _question(record: Any) -> Iterator[tuple[schema.Path, str, str]]:
    chosen = record["type"] in ("choice", "pick-many")
    if chosen is not (("choices" in record) ^ ("choices_from" in record)):
        yield (
            ("type",),
            f"a {record['type']} question {'needs' if chosen else 'cannot have'} choices or choices_from",
            "mend type or choices",
        )
    if (record["type"] == "number") is not ("constraint" in record):
        yield ("type",), "a number question, and no other, has a constraint", "mend type or constraint"
    for choice in record.get("choices", {}):
        if choice in RESERVED:
            yield ("choices", choice), f"{choice} has a meaning of its own as an answer", "give the choice another id"


def _area(whole: Whole, name: str) -> Iterator[tuple[schema.Path, str, str]]:
    seen = [name]
    while (within := whole["areas"].get(seen[-1], {}).get("within")) is not None:
        if within in seen:
            yield ("within",), f"areas go round in a circle: {' > '.join((*seen, within))}", "mend within"
            return
        if len(seen) == MOST_AROUND:
            yield ("within",), f"more than {MOST_AROUND} areas lie around one another", "mend within"
            return
        seen.append(within)


def _parameter(record: Any) -> Iterator[tuple[schema.Path, str, str]]:
    values = record["values"]
    for number, (value, after) in enumerate(zip(values, [*values[1:], None], strict=True)):
        ends = datetime.date.fromisoformat(value["ends"]) if "ends" in value else None
        if ends is None and after is not None:
            yield ("values", number), "a value that another follows must say when it ends", "add ends:"
        elif ends and after and datetime.date.fromisoformat(after["starts"]) != ends + datetime.timedelta(1):
            yield (
                ("values", number + 1),
                "this value must start on the day after the one before ends",
                "mend starts or ends",
            )


def _prose(kind: str, value: Any, path: schema.Path = (), field: str = "") -> Iterator[tuple[schema.Path, str, str]]:
    """Words hold nothing that can be dialled: a number is always a reference, so each stands once."""
    if kind in ("sources", "areas"):
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _prose(kind, inner, (*path, key), str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _prose(kind, inner, (*path, number), field)
    elif isinstance(value, str) and field in PROSE and (found := DIALLABLE.search(_NOT_NUMBERS.sub("", value))):
        yield path, f"{found.group()} could be dialled", "name the service; its number stands in contacts"


def _rules(whole: Whole, owners: Owners) -> Iterator[Fault]:
    grammar = Grammar(whole)
    for kind, name, record in _records(whole):
        for path, rule in rule_places(record):
            for inner, says in grammar.read(rule)[1]:
                place = (kind, name, *path, *inner)
                yield owners[kind, name].fault(
                    "rule",
                    place,
                    f"{' > '.join(map(str, place))}: {says}",
                    "see the grammar of rules in docs/toolkit.md",
                )


def rule_places(value: Any, path: schema.Path = ()) -> Iterator[tuple[schema.Path, Any]]:
    """Every rule inside a record, with its place: `rule`, `when`, `implied_by` and the like."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("rule", "when", "implied_by", "asked_if", "not_hinted_if", "not_if"):
                yield (*path, key), inner
            else:
                yield from rule_places(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from rule_places(inner, (*path, number))
