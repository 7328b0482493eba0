"""The quick reference: one entry, or all of a kind, as things stand at a place and a minute.

An issue or pathway shows the same steps and the same contacts as a plan that leads to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from cst.answers import Answers
from cst.contract import VERSION, ContactSaid, EntrySaid, LinkSaid, ListingSaid, ListSaid, RoleUnfilled
from cst.interview import Situation
from cst.ladder import Here, contact_said, ladder, likeliest_first, source_said
from cst.rules import AllOf, AnyOf, AtLeast, Fact, Not, Rule, Sum
from cst.said import area_name, cautions_said, edition_said, steps_said
from cst.toolkit.known import Record, Toolkit

LISTED = ("issues", "contacts", "schemes", "pathways", "cautions", "terms", "areas", "questions", "sources")
_SINGULAR = {
    "issues": "issue",
    "contacts": "contact",
    "schemes": "scheme",
    "pathways": "pathway",
    "cautions": "caution",
    "terms": "term",
    "areas": "area",
}
Ladder = tuple[list[ContactSaid], list[RoleUnfilled]]


def title(record: Record) -> str:
    """What a record is called, whichever kind it is of."""
    called: str = record.get("title") or record.get("name") or record["ask"]
    return called


def entry(toolkit: Toolkit, kind: str, name: str, at: datetime, area: str | None = None) -> EntrySaid:
    """One entry.

    Args:
        toolkit: what is known.
        kind: a top-level key such as issues or contacts.
        name: the record's id.
        at: the minute, in Europe/London.
        area: the council area to show contacts for; None shows national ones.
    """
    record = toolkit.kind(kind)[name]
    here = Situation(toolkit, Answers(), at, area)
    said = _blank(here, kind, name, record)
    _FILL[kind](said, here, record)
    return said


def _blank(here: Situation, kind: str, name: str, record: Record) -> EntrySaid:
    toolkit = here.toolkit
    sources = record.get("sources") or [evidence["source"] for evidence in record.get("evidence", ())]
    return EntrySaid(
        cst=VERSION,
        kind="entry",
        edition=edition_said(toolkit),
        id=name,
        type=_SINGULAR[kind],  # type: ignore[typeddict-item]  # the table holds just the allowed words
        title=title(record),
        also_known_as=list(record.get("also_known_as") or record.get("alternate_name") or ()),
        summary=record.get("summary")
        or record.get("meaning")
        or record.get("why")
        or record.get("who_for")
        or record.get("note"),
        lists=[],
        who_leads=record.get("who_leads"),
        law=record["law"] if isinstance(record.get("law"), str) else None,
        urgency=record.get("urgency"),
        steps=[],
        cautions=[],
        contacts=[],
        unfilled=[],
        have_ready=list(record.get("have_ready", ())),
        see_also=links(toolkit, record.get("see_also", ())),
        area=here.area,
        area_name=area_name(toolkit, here.area),
        area_says=None,
        at=here.at.isoformat(timespec="minutes"),
        sources=[source_said(toolkit, source) for source in dict.fromkeys(sources)],
    )


def _issue(said: EntrySaid, here: Situation, record: Record) -> None:
    pathways = here.toolkit.kind("pathways")
    first = pathways[record["pathways"][0]]
    said["lists"] = [ListSaid(heading="Signs", items=list(record["signs"]))]
    said["urgency"] = first["urgency"]
    _doing(said, here, first, extra=record["cautions"])
    others = [*record["pathways"][1:], *record.get("schemes", ()), *record.get("see_also", ())]
    said["see_also"] = links(here.toolkit, others)


def _doing(said: EntrySaid, here: Situation, record: Record, extra: Iterable[str] = ()) -> None:
    """Steps, cautions and contacts of a pathway or scheme, with nothing answered."""
    said["steps"] = steps_said(step for step in record["steps"] if "when" not in step)
    own = [use["caution"] for use in record["cautions"] if "when" not in use]
    said["cautions"] = cautions_said(here.toolkit, [*own, *extra])
    calls = [call["use"] for call in record["call"] if "when" not in call]
    said["contacts"], said["unfilled"] = ladder(here.toolkit, calls, Here(here.area, here.at))
    said["have_ready"] = list(record.get("have_ready", ()))


def _pathway(said: EntrySaid, here: Situation, record: Record) -> None:
    said["lists"] = [ListSaid(heading="When", items=[in_words(here.toolkit, here.rule(record["rule"]))])]
    _doing(said, here, record)
    said["see_also"] = links(here.toolkit, record.get("issues", ()))


def _scheme(said: EntrySaid, here: Situation, record: Record) -> None:
    said["lists"] = [ListSaid(heading="Who", items=criteria(here.toolkit, here.rule(record["rule"])))]
    law = record.get("law")
    said["law"] = ". ".join(filter(None, (f"Law: {law['status']}", law.get("note")))) if law else None
    _doing(said, here, record)


def _contact(said: EntrySaid, here: Situation, record: Record) -> None:
    now = Here(here.area, here.at)
    if record["status"] == "historic":
        said["summary"] = record["became"]["says"]
        see = record["became"].get("see", ())
        contacts = here.toolkit.kind("contacts")
        said["contacts"] = [
            contact_said(here.toolkit, said["id"], now),
            *_reached(here, (name for name in see if name in contacts)),
        ]
        said["see_also"] = links(here.toolkit, (name for name in see if name not in contacts))
    else:
        everywhere = Situation(here.toolkit, Answers(), here.at)
        said["contacts"] = _reached(everywhere, [said["id"]])


def _reached(here: Situation, names: Iterable[str]) -> list[ContactSaid]:
    """Contacts and whoever answers when they do not: in order, but for those that answer at other hours than these.

    With an area only those that serve it, where any does; without one all, each with its area in its name.
    """
    contacts = here.toolkit.kind("contacts")
    wanted = list(names)
    if here.area:
        wanted = _serving(here.toolkit, wanted, here.area) or wanted
    found: dict[str, ContactSaid] = {}
    for name in wanted:
        following: str | None = name
        while following and following not in found:
            found[following] = contact_said(here.toolkit, following, Here(here.area, here.at))
            following = contacts[following].get("if_no_answer")
    return likeliest_first(here.toolkit, found.values(), here.at)


def _caution(said: EntrySaid, here: Situation, record: Record) -> None:
    pathways = here.toolkit.kind("pathways").items()
    using = [name for name, pathway in pathways if any(use["caution"] == said["id"] for use in pathway["cautions"])]
    said["see_also"] = links(here.toolkit, using)


def _term(said: EntrySaid, here: Situation, record: Record) -> None:
    contacts = here.toolkit.kind("contacts")
    linked = [
        name for name in record.get("see_also", ()) if name in contacts and contacts[name]["status"] != "historic"
    ]
    if here.area:  # a word is the same everywhere; a service of another area is no help here
        linked = _serving(here.toolkit, linked, here.area)
    said["contacts"] = _reached(here, linked)


def _area(said: EntrySaid, here: Situation, record: Record) -> None:
    name = said["id"]
    around = here.toolkit.around(name)[1:]
    within = [other for other, area in here.toolkit.kind("areas").items() if area.get("within") == name]
    said["lists"] = [
        ListSaid(heading=heading, items=[str(area_name(here.toolkit, one)) for one in names])
        for heading, names in (("In", around), ("Holds", within))
        if names
    ]
    serving = [
        other
        for other, contact in here.toolkit.kind("contacts").items()
        if name in contact["serves"] and contact["status"] != "historic"
    ]
    said["contacts"] = [contact_said(here.toolkit, other, Here(name, here.at)) for other in serving]


_FILL: dict[str, Callable[[EntrySaid, Situation, Record], None]] = {
    "issues": _issue,
    "pathways": _pathway,
    "schemes": _scheme,
    "contacts": _contact,
    "cautions": _caution,
    "terms": _term,
    "areas": _area,
}


def serves(toolkit: Toolkit, found: tuple[str, str], area: str | None) -> bool:
    """Whether an entry, a kind and an id, is of use in an area: only a contact for other areas is not."""
    kind, name = found
    return kind != "contacts" or area is None or bool(_serving(toolkit, [name], area))


def _serving(toolkit: Toolkit, names: Iterable[str], area: str) -> list[str]:
    """The contacts among these that serve an area or one around it."""
    around = set(toolkit.around(area))
    contacts = toolkit.kind("contacts")
    return [name for name in names if around & set(contacts[name]["serves"])]


def links(toolkit: Toolkit, names: Iterable[str]) -> list[LinkSaid]:
    """Links to entries of any kind."""
    found = []
    for name in dict.fromkeys(names):
        kind = next(kind for kind in _SINGULAR if name in toolkit.kind(kind))
        found.append(LinkSaid(id=name, type=_SINGULAR[kind], title=title(toolkit.kind(kind)[name])))
    return found


def criteria(toolkit: Toolkit, rule: Rule) -> list[str]:
    """A rule as a list of plain sentences: one for each part of an any, else one in all."""
    if isinstance(rule, AnyOf):
        return ["Any one of these is enough:", *(in_words(toolkit, part) for part in rule.parts)]
    if isinstance(rule, AllOf):
        return ["All of these are needed:", *(in_words(toolkit, part) for part in rule.parts)]
    return [in_words(toolkit, rule)]


def in_words(toolkit: Toolkit, rule: Rule) -> str:
    """A rule read aloud."""
    match rule:
        case Fact():
            return _fact(toolkit, rule)
        case Not(part):
            return f"not ({in_words(toolkit, part)})"
        case AnyOf(parts):
            return "; or ".join(_bracketed(toolkit, part) for part in parts)
        case AllOf(parts):
            return "; and ".join(_bracketed(toolkit, part) for part in parts)
        case AtLeast(count, parts):
            return f"at least {count} of: " + "; ".join(_bracketed(toolkit, part) for part in parts)
        case Sum(count, scored):
            return f"a score of {count} or more over {len(scored)} questions"
        case _:
            return "always" if rule else "never"


def _bracketed(toolkit: Toolkit, rule: Rule) -> str:
    said = in_words(toolkit, rule)
    return said if isinstance(rule, (Fact, bool)) else f"({said})"


_COMPARED = {
    "at_least": "{} or more",
    "at_most": "{} or fewer",
    "more_than": "more than {}",
    "less_than": "fewer than {}",
}


def _fact(toolkit: Toolkit, fact: Fact) -> str:
    question = toolkit.kind("questions")[fact.question]
    asked = question["ask"].rstrip("?")
    if question["type"] == "yes-no":
        return str(asked) if (fact.operator == "is") is bool(fact.value) else f"not: {asked}"
    if fact.operator in _COMPARED:
        return f"{asked}: {_COMPARED[fact.operator].format(fact.value)} {question.get('unit', '')}".rstrip()
    labels: dict[Any, str] = dict(toolkit.choices(question)) if question["type"] != "number" else {}
    values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    said = " or ".join(labels.get(value, str(value)) for value in values)
    return f"{asked}: {'not ' if fact.operator == 'is_not' else ''}{said}"


def listing(toolkit: Toolkit, kind: str) -> ListingSaid:
    """All records of a kind, in the author's order."""
    items = [{"id": name, "title": title(record), "note": _note(record)} for name, record in toolkit.kind(kind).items()]
    return ListingSaid(cst=VERSION, kind="listing", of=kind, items=items)


def _note(record: Record) -> str:
    if record.get("status") == "historic":
        return f"historic: {record['became']['outcome']}"
    return str(record.get("urgency") or record.get("type") or record.get("dated") or "")
