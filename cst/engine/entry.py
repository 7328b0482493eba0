"""The quick reference: one entry, or all of a kind, as things stand at a place and a minute.

An issue or pathway shows the same steps and the same contacts as a plan that leads to it.
"""

from __future__ import annotations

from cst import CONTRACT
from cst.engine.call_order import Call, call_order, in_order, likeliest_first
from cst.engine.contact import Here, describe_contact
from cst.engine.describe import area_name, describe_cautions, describe_edition, describe_source, describe_steps
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from typing import Any

    from cst import contract
    from cst.rules import Rule
    from cst.source import records
    from cst.toolkit.toolkit import Record, Toolkit

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


def title(record: Record) -> str:
    """What a record is called, whichever kind it is of."""
    called: str = record.get("title") or record.get("name") or record["ask"]
    return called


def entry(
    toolkit: Toolkit, kind: str, name: str, at: datetime, area: str | None = None, area_says: str | None = None
) -> contract.Entry:
    """One entry.

    Args:
        toolkit: what is known.
        kind: a top-level key such as issues or contacts.
        name: the record's id.
        at: the minute, in Europe/London.
        area: the council area to show contacts for; None shows national ones. With the next, a `Place`.
        area_says: why the place that was asked about has no area.
    """
    record = toolkit.kind(kind)[name]
    if "beside" in record:
        return entry(toolkit, kind, record["beside"], at, area, area_says)
    here = Here(area, at)
    draft = _blank(toolkit, here, kind, name, record)
    draft["area_says"] = area_says
    _FILL[kind](draft, toolkit, here, record)
    calls = in_order(draft["contacts"], draft["unfilled"])
    draft["first"], draft["no_first"] = calls.first, calls.no_first
    return draft


def _blank(toolkit: Toolkit, here: Here, kind: str, name: str, record: Record) -> contract.Entry:
    sources = record.get("sources") or [evidence["source"] for evidence in record.get("evidence", ())]
    return {
        "cst": CONTRACT,
        "kind": "entry",
        "edition": describe_edition(toolkit),
        "id": name,
        "type": _SINGULAR[kind],  # type: ignore[typeddict-item]  # the table holds just the allowed words
        "title": title(record),
        "also_known_as": list(record.get("also_known_as") or record.get("alternate_name") or ()),
        "summary": record.get("summary")
        or record.get("meaning")
        or record.get("why")
        or record.get("who_for")
        or record.get("note"),
        "lists": [],
        "who_leads": record.get("who_leads"),
        "law": record["law"] if isinstance(record.get("law"), str) else None,
        "urgency": record.get("urgency"),
        "steps": [],
        "cautions": [],
        "contacts": [],
        "unfilled": [],
        "first": None,
        "no_first": None,
        "have_ready": list(record.get("have_ready", ())),
        "see_also": links(toolkit, record.get("see_also", ()), here.area),
        "area": here.area,
        "area_name": area_name(toolkit, here.area),
        "area_says": None,
        "at": here.at.isoformat(timespec="minutes"),
        "sources": [describe_source(toolkit, source) for source in dict.fromkeys(sources)],
    }


def _issue(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Issue) -> None:
    pathways = toolkit.kind("pathways")
    first = pathways[record["pathways"][0]]
    draft["lists"] = [{"heading": "Signs", "items": list(record["signs"])}]
    draft["urgency"] = first["urgency"]
    _doing(draft, toolkit, here, first, extra=record["cautions"], call=record.get("call"))
    others = [*record["pathways"][1:], *record.get("schemes", ()), *record.get("see_also", ())]
    draft["see_also"] = links(toolkit, others, here.area)


def _doing(
    draft: contract.Entry,
    toolkit: Toolkit,
    here: Here,
    record: records.Pathway | records.Scheme,
    extra: Iterable[str] = (),
    call: Sequence[records.Call] | None = None,
) -> None:
    """Steps, cautions and contacts of a pathway or scheme, with nothing answered."""
    draft["steps"] = describe_steps(step for step in record["steps"] if "when" not in step)
    own = [use["caution"] for use in record["cautions"] if "when" not in use]
    draft["cautions"] = describe_cautions(toolkit, [*own, *extra])
    uses = record["call"] if call is None else call
    calls = [Call(use["use"], use.get("first", False)) for use in uses if "when" not in use]
    draft["contacts"], draft["unfilled"], _, _ = call_order(toolkit, calls, here)
    draft["have_ready"] = list(record.get("have_ready", ()))


def _pathway(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Pathway) -> None:
    from cst.engine.rule_text import (
        criteria,  # only where there is a rule to read: the rules are not needed for anything else
    )

    day = here.at.date()
    titles = {toolkit.rule(part["rule"], day): part["title"] for part in toolkit.kind("rules").values()}
    draft["lists"] = [{"heading": "When", "items": criteria(toolkit, toolkit.rule(record["rule"], day), titles)}]
    fitting = [*_ring_where_it_fits(toolkit, here, record, titles)]
    if fitting:
        draft["lists"].append({"heading": "Ring as well, where it fits", "items": fitting})
    _doing(draft, toolkit, here, record)
    draft["see_also"] = links(toolkit, record.get("issues", ()))


def _ring_where_it_fits(
    toolkit: Toolkit, here: Here, pathway: records.Pathway, titles: Mapping[Rule, str]
) -> Iterator[str]:
    """Whom the pathway rings only for some answers, the first number now, and for which answers."""
    from cst.engine.rule_text import in_words

    always = {call["use"] for call in pathway["call"] if "when" not in call}
    for call in pathway["call"]:
        if call["use"] not in always:
            who = toolkit.kind("roles").get(call["use"]) or toolkit.kind("contacts")[call["use"]]
            name = f"{title(who)}{_first_number(toolkit, here, call['use'])}"
            yield f"{name}: {in_words(toolkit, toolkit.rule(call['when'], here.at.date()), titles)}"


def _first_number(toolkit: Toolkit, here: Here, use: str) -> str:
    """The number to ring first for a role or contact, whose it is and whether it answers; "" where there is none."""
    calls = call_order(toolkit, [Call(use)], here)
    if calls.first is None:
        return ""
    contact = next(contact for contact in calls.contacts if contact["id"] == calls.first["contact"])
    whose = "" if contact["id"] == use else f", {contact['name']}"
    return f", {calls.first['phone']}{whose}, {contact['hours']}"


def _scheme(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Scheme) -> None:
    from cst.engine.rule_text import criteria

    rule = toolkit.rule(record["rule"], here.at.date())
    draft["lists"] = [{"heading": "Who", "items": criteria(toolkit, rule)}]
    law = record.get("law")
    draft["law"] = ". ".join(filter(None, (f"Law: {law['status']}", law.get("note")))) if law else None
    _doing(draft, toolkit, here, record)


def _contact(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Contact) -> None:
    if record["status"] == "historic":
        draft["summary"] = record["became"]["says"]
        see = record["became"].get("see", ())
        contacts = toolkit.kind("contacts")
        draft["contacts"] = [
            describe_contact(toolkit, draft["id"], here),
            *_reached(toolkit, here, (name for name in see if name in contacts)),
            *(describe_contact(toolkit, name, here) for name in record.get("stale", ())),
        ]
        draft["see_also"] = links(toolkit, (name for name in see if name not in contacts))
    else:
        asked = "" if "shipped" in record else draft["id"]
        draft["contacts"] = _reached(toolkit, Here(None, here.at), [draft["id"]], asked)


def _reached(toolkit: Toolkit, here: Here, names: Iterable[str], asked: str = "") -> list[contract.Contact]:
    """Contacts and whoever answers when they do not: in order, but for those that answer at other hours than these.

    With an area only those that serve it, where any does; without one all, each with its area in its name. A local
    correction that is out of date comes last. `asked` is a contact that was asked for by name.
    """
    contacts = toolkit.kind("contacts")
    wanted = list(names)
    if here.area:
        wanted = _serving(toolkit, wanted, here.area) or wanted
    found: dict[str, contract.Contact] = {}
    for name in wanted:
        following: str | None = name
        while following and following not in found:
            found[following] = describe_contact(toolkit, following, here)
            following = contacts[following].get("if_no_answer")
    beside = [other for name in found for other in contacts[name].get("stale", ())]
    found.update((name, describe_contact(toolkit, name, here)) for name in beside)
    return likeliest_first(toolkit, found.values(), here.at, asked)


def _caution(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Caution) -> None:
    pathways = toolkit.kind("pathways").items()
    using = [name for name, pathway in pathways if any(use["caution"] == draft["id"] for use in pathway["cautions"])]
    draft["see_also"] = links(toolkit, using)


def _term(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Term) -> None:
    contacts = toolkit.kind("contacts")
    beside = [toolkit.kind("terms")[name] for name in record.get("stale", ())]
    draft["lists"] = [{"heading": f"Local file: {one['local']}", "items": [one["meaning"]]} for one in beside]
    linked = [
        name for name in record.get("see_also", ()) if name in contacts and contacts[name]["status"] != "historic"
    ]
    if here.area:  # a word is the same everywhere; a service of another area is no help here
        linked = _serving(toolkit, linked, here.area)
    draft["contacts"] = _reached(toolkit, here, linked)


def _area(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Area) -> None:
    name = draft["id"]
    around = toolkit.around(name)[1:]
    within = [other for other, area in toolkit.kind("areas").items() if area.get("within") == name]
    draft["lists"] = [
        {"heading": heading, "items": [str(area_name(toolkit, one)) for one in names]}
        for heading, names in (("In", around), ("Holds", within))
        if names
    ]
    contacts = toolkit.kind("contacts")
    serving = toolkit.filling("", (name,))
    serving.sort(key=lambda found: name not in contacts[found[0]].get("shipped", contacts[found[0]])["serves"])
    draft["contacts"] = [describe_contact(toolkit, other, Here(name, here.at)) for other, _ in serving]


_FILL: dict[str, Callable[[contract.Entry, Toolkit, Here, Any], None]] = {
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


def links(toolkit: Toolkit, names: Iterable[str], area: str | None = None) -> list[contract.Link]:
    """Links to entries of any kind; with an area, none to a service that is only for others."""
    found: list[contract.Link] = []
    for name in dict.fromkeys(names):
        kind = next(kind for kind in _SINGULAR if name in toolkit.kind(kind))
        if serves(toolkit, (kind, name), area):
            found.append({"id": name, "type": _SINGULAR[kind], "title": title(toolkit.kind(kind)[name])})
    return found


def listing(toolkit: Toolkit, kind: str) -> contract.Listing:
    """All records of a kind, in the author's order."""
    items = [{"id": name, "title": title(record), "note": _note(record)} for name, record in toolkit.kind(kind).items()]
    return {"cst": CONTRACT, "kind": "listing", "of": kind, "items": items}


def _note(record: Record) -> str:
    if record.get("status") == "historic":
        return f"historic: {record['became']['outcome']}"
    return str(record.get("urgency") or record.get("type") or record.get("dated") or "")
