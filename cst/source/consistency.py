"""What must fit together once all files are one: references, ids, rules, schedules, choices."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from cst.hours import schedule_faults
from cst.source import records, schema
from cst.source.briefs import brief_faults
from cst.source.diallable import diallable
from cst.source.faults import Fault
from cst.source.field_types import Reference
from cst.toolkit.names import normal
from cst.toolkit.rule_reader import Grammar

if TYPE_CHECKING:
    from cst.source.load import Source

Whole = Mapping[str, Any]
Owners = Mapping[tuple[str, str], "Source"]
NEEDED = ("edition", "bank_holidays", "areas", "questions", "pathways", "issues", "fallback")
GRAMMAR_WORDS = ("any", "all", "not", "at_least", "sum")
MOST_AROUND = 20
MOST_COMPARED = 2_000  # ids that a misspelt one is compared with: more is no toolkit
ADD = "write the id of a record that is there, or add the record"
RESERVED = ("yes", "no", "not-sure", "none", *GRAMMAR_WORDS)

PROSE = {
    "says", "say", "title", "name", "summary", "signs", "meaning", "ask", "hint", "why", "who_for", "who_leads", "law",
    "application_process", "have_ready", "caution", "alert", "said", "handling", "about", "note", "if_worse", "if_none",
    "within", "later", "settle", "answer", "asks", "if_yes", "meanwhile", "because",
    "line", "named", "instead", "eligible", "not_eligible", "cannot_say", "message", "label", "disclaimer", "cost",
}  # fmt: skip


def inconsistencies(whole: Whole, sources: Sequence[Source], owners: Owners) -> Iterator[Fault]:
    """Every fault in the records of all files together, each with its file and line."""
    main = sources[0]
    for kind in NEEDED:
        if kind not in whole:
            yield main.fault("missing", (), f"{kind} is missing", f"add {kind}:")
            return
    yield from _ids(whole, owners)
    yield from _references(whole, sources, owners)
    yield from _area_names(whole, owners)
    for kind, name, record in _records(whole):
        source = owners[kind, name]
        for path, says, remedy in (
            *_of_kind(whole, kind, name, record),
            *_prose(kind, record),
            *brief_faults(kind, record),
        ):
            yield source.fault("inconsistent", (kind, name, *path), f"{kind} > {name}: {says}", remedy)
    for kind, name, path, says, remedy in _words_only(whole):
        yield owners[kind, name].fault("inconsistent", (kind, name, *path), f"{kind} > {name}: {says}", remedy)
    yield from _rules(whole, owners)


def _records(whole: Whole) -> Iterator[tuple[str, str, Any]]:
    for kind, held in whole.items():
        if kind not in ("edition", "bank_holidays", "fallback", "cases"):
            for name, record in held.items():
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


def _references(whole: Whole, sources: Sequence[Source], owners: Owners) -> Iterator[Fault]:
    held: list[tuple[Source, schema.Path, Any]] = [
        (source, (kind, name) if name else (kind,), whole[kind][name] if name else whole[kind])
        for (kind, name), source in owners.items()
    ]
    held += [(source, ("cases",), source.records.get("cases", ())) for source in sources]
    for source, place, value in held:
        for path, reference in schema.references(value, place):
            if not any(reference in whole.get(wanted, {}) for wanted in reference.kind.split("|")):
                wanted = " or ".join(reference.kind.split("|")[:2]) if reference.kind.count("|") < 2 else "any kind"
                says = f"{' > '.join(map(str, path))}: there is no {reference} under {wanted}"
                yield source.fault("dangling", path, says, f"{ADD}{_nearest(whole, reference)}")


def _nearest(whole: Whole, reference: Reference) -> str:
    """The record that was meant most likely, if there is one."""
    known = [name for kind in reference.kind.split("|") for name in whole.get(kind, ())]
    near = difflib.get_close_matches(reference, known, 1, 0.7) if len(known) < MOST_COMPARED else []
    return f", or did you mean {near[0]}?" if near else ""


def _of_kind(whole: Whole, kind: str, name: str, record: Any) -> Iterator[tuple[schema.Path, str, str]]:
    match kind:
        case "contacts":
            yield from _contact(record)
            if "if_no_answer" in record:
                yield from _calls_the_past(whole, ("if_no_answer",), record["if_no_answer"])
        case "pathways" | "schemes":
            for number, call in enumerate(record["call"]):
                yield from _calls_the_past(whole, ("call", number), call["use"])
            for part in ("instead", "how_soon") if kind == "schemes" else ():
                yield from _first_that_fits(part, record.get(part, []))
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


def _contact(record: records.Contact) -> Iterator[tuple[schema.Path, str, str]]:
    schedules: list[tuple[schema.Path, records.Schedule]] = [(("schedule",), record.get("schedule", "unknown"))]
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


def _first_that_fits(part: str, listed: Sequence[Any]) -> Iterator[tuple[schema.Path, str, str]]:
    """One condition each; without any it fits always, so none may come after it, nor the scheme's own words."""
    for number, one in enumerate(listed):
        conditions = {"when", "not_sure_of"} & set(one)
        if len(conditions) == 2:
            yield (part, number), "this has two conditions", "keep when or not_sure_of"
        elif not conditions and (part == "instead" or number + 1 < len(listed)):
            yield (part, number), "this always fits, so what comes after it is never said", "add when or not_sure_of"


def _question(record: records.Question) -> Iterator[tuple[schema.Path, str, str]]:
    chosen = record["type"] in ("choice", "pick-many")
    if chosen is not (("choices" in record) ^ ("choices_from" in record)):
        yield (
            ("type",),
            f"a {record['type']} question {'needs' if chosen else 'cannot have'} choices or choices_from",
            "mend type or choices",
        )
    if (record["type"] == "number") is not ("constraint" in record):
        yield ("type",), "a number question, and no other, has a constraint", "mend type or constraint"
    yield from _not_sure(record)
    for choice in record.get("choices", {}):
        if choice in RESERVED:
            yield ("choices", choice), f"{choice} has a meaning of its own as an answer", "give the choice another id"


def _words_only(whole: Whole) -> Iterator[tuple[str, str, schema.Path, str, str]]:
    """What only words steps stands in no rule that decides, and words are given for choices that there are.

    So the proofs need not walk it: no answer to it brings or takes away a pathway or a verdict.
    """
    wording = {name for name, one in whole["questions"].items() if one.get("words_only")}
    choices = {choice for name in wording for choice in whole["questions"][name].get("choices", {})}
    deciding = {"pathways": ("rule", "not_if"), "schemes": ("rule",), "rules": ()}
    for kind, name, record in _records(whole):
        for key in deciding.get(kind, ()):
            for question in _named_in(record.get(key), wording, whole.get("rules", {})):
                says = f"{question} only words steps, and a rule asks it"
                yield kind, name, (key,), says, "take it out of the rule, or take words_only out of the question"
        for path, choice in _choices_worded(record):
            if choice not in choices:
                yield kind, name, path, f"{choice} is not a choice of a question with words_only", "write such a choice"


def _named_in(rule: Any, wording: set[str], rules: Whole) -> Iterator[str]:
    """The questions of a set that a rule asks, also through rules by name."""
    if isinstance(rule, str):
        yield from (
            [rule] if rule in wording else _named_in(rules[rule]["rule"], wording, rules) if rule in rules else ()
        )
    elif isinstance(rule, Mapping):
        for key, inner in rule.items():
            yield from [key] if key in wording else _named_in(inner, wording, rules)
    elif isinstance(rule, list):
        for inner in rule:
            yield from _named_in(inner, wording, rules)


def _choices_worded(value: Any, path: schema.Path = ()) -> Iterator[tuple[schema.Path, str]]:
    """Every choice that something is worded for, or is not for."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("instead", "not_for") and not any(isinstance(one, dict) for one in inner):
                yield from (((*path, key), choice) for choice in inner)
            else:
                yield from _choices_worded(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _choices_worded(inner, (*path, number))


def _not_sure(record: Any) -> Iterator[tuple[schema.Path, str, str]]:
    """What "not sure" does: a line that asks and rings, or a reason for none; about choices that there are."""
    choices = record.get("choices", {})
    if "means_not_sure" in record and record["means_not_sure"] not in choices:
        yield ("means_not_sure",), f"{record['means_not_sure']} is not a choice here", "write the id of a choice"
    for number, row in enumerate(record.get("not_sure", ())):
        for field in {"find-out": ("asks", "if_yes", "ring"), "take": ()}.get(row["do"], ("because",)):
            if field not in row:
                yield ("not_sure", number), f"a row that says {row['do']} has no {field}", f"write {field}"
        for choice in row.get("of", ()):
            if choice not in choices:
                yield ("not_sure", number, "of"), f"{choice} is not a choice here", "write the id of a choice"


def _area(whole: Whole, name: str) -> Iterator[tuple[schema.Path, str, str]]:
    if "within" not in whole["areas"][name] and name != _country(whole):
        yield ("within",), "nobody answers in an area that lies in no other", f"add within: {_country(whole)}"
    seen = [name]
    while (within := whole["areas"].get(seen[-1], {}).get("within")) is not None:
        if within in seen:
            yield ("within",), f"areas go round in a circle: {' > '.join((*seen, within))}", "mend within"
            return
        if len(seen) == MOST_AROUND:
            yield ("within",), f"more than {MOST_AROUND} areas lie around one another", "mend within"
            return
        seen.append(within)


def _country(whole: Whole) -> str:
    """The outermost area around the one that the edition is for."""
    area: str = whole["edition"]["area"]
    for _ in range(MOST_AROUND):
        area = whole["areas"].get(area, {}).get("within", area)
    return area


def _area_names(whole: Whole, owners: Owners) -> Iterator[Fault]:
    """A town may lie in two areas, and is asked about then; what a council itself is called is its own."""
    own: dict[str, list[str]] = {}
    for area, record in whole["areas"].items():
        for called in {normal(area), normal(record["name"])}:
            own.setdefault(called, []).append(area)
    for area, record in whole["areas"].items():
        for number, called in enumerate(record.get("also_known_as", ())):
            for other in own.get(normal(called), ()):
                if other != area:
                    says = f"{called} is the name of another area ({other}): who types it would get no local number"
                    remedy = f"leave it out, or say which, as in: {called}, {area}"
                    path = ("areas", area, "also_known_as", number)
                    yield owners["areas", area].fault("inconsistent", path, f"areas > {area}: {says}", remedy)


def _parameter(record: records.Parameter) -> Iterator[tuple[schema.Path, str, str]]:
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
            yield from _prose(kind, inner, (*path, key), "say" if field == "instead" else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _prose(kind, inner, (*path, number), field)
    elif isinstance(value, str) and field in PROSE and (found := diallable(value)):
        yield path, f"{found} could be dialled", "name the service; its number stands in contacts"


def _rules(whole: Whole, owners: Owners) -> Iterator[Fault]:
    grammar = Grammar(whole)
    unknown = {name: one["means_not_sure"] for name, one in whole["questions"].items() if "means_not_sure" in one}
    for kind, name, record in _records(whole):
        for path, rule in rule_places(record):
            for question in _read_as_known(rule, unknown):
                yield owners[kind, name].fault(
                    "rule",
                    (kind, name, *path),
                    f"{' > '.join(map(str, (kind, name, *path)))}: {unknown[question]} of {question} means not sure",
                    "take it out of the rule: no rule can ask for what nobody knows",
                )
            for inner, says in grammar.read(rule)[1]:
                place = (kind, name, *path, *inner)
                yield owners[kind, name].fault(
                    "rule",
                    place,
                    f"{' > '.join(map(str, place))}: {says}",
                    "see the grammar of rules in docs/toolkit.md",
                )


def _read_as_known(rule: Any, unknown: Mapping[str, str]) -> Iterator[str]:
    """The questions of which a rule asks for the choice that means "not sure"."""
    for key, inner in rule.items() if isinstance(rule, Mapping) else ():
        values = inner.values() if key in unknown and isinstance(inner, Mapping) else ()
        if any(unknown[key] == value or (isinstance(value, list) and unknown[key] in value) for value in values):
            yield key
        yield from _read_as_known(inner, unknown)
    for inner in rule if isinstance(rule, list) else ():
        yield from _read_as_known(inner, unknown)


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
