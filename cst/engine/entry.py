"""The quick reference: one entry, or all of a kind, as things stand at a place and a minute.

An issue or pathway shows the same steps and the same contacts as a plan that leads to it.
"""

from __future__ import annotations

from cst import CONTRACT
from cst.engine.call_order import Call, call_order, in_order, likeliest_first, shipped_to
from cst.engine.contact import Here, describe_contact, serves_here
from cst.engine.describe import area_name, describe_cautions, describe_edition, describe_source, describe_steps
from cst.engine.do_nots import do_nots
from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.toolkit.names import exact
from cst.toolkit.places import ANYWHERE, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from typing import Any

    from cst import contract
    from cst.source import records
    from cst.toolkit.toolkit import Record, Toolkit

LISTED = (
    "issues", "roles", "contacts", "to-settle", "schemes", "pathways", "cautions", "terms", "areas", "questions",
    "sources",
)  # fmt: skip
_SINGULAR = {
    "issues": "issue",
    "roles": "role",
    "contacts": "contact",
    "schemes": "scheme",
    "pathways": "pathway",
    "cautions": "caution",
    "terms": "term",
    "areas": "area",
}
WHICH_AREA = "Which council area? Add it, for example: --area winchester."
WHERE_IT_FITS = "Ring as well, where it fits"
ABOUT_WHAT = "These are all that serve this area alone. Look up what it is about."


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
        area_says: what the place that was asked about was taken as, or why it has no area.
    """
    record = toolkit.kind(kind)[name]
    if "beside" in record:
        return entry(toolkit, kind, record["beside"], at, area, area_says)
    here = Here(area, at)
    draft = _blank(toolkit, here, kind, name, record)
    draft["area_says"] = area_says
    _FILL[kind](draft, toolkit, here, record)
    draft["do_nots"] = do_nots(toolkit, draft["cautions"])
    calls = in_order(draft["contacts"], draft["unfilled"])
    draft["first"], draft["no_first"] = calls.first, calls.no_first and (draft["local_says"] or calls.no_first)
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
        "brief": record.get("brief"),
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
        "do_nots": [],
        "contacts": [],
        "unfilled": [],
        "first": None,
        "no_first": None,
        "have_ready": list(record.get("have_ready", ())),
        "see_also": links(toolkit, record.get("see_also", ()), here.area),
        "area": here.area,
        "area_name": area_name(toolkit, here.area),
        "area_says": None,
        "local_says": None,
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
    draft["contacts"], draft["unfilled"], *_ = call_order(toolkit, _calls(uses), here)
    draft["have_ready"] = list(record.get("have_ready", ()))


def _pathway(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Pathway) -> None:
    from cst.engine.rule_text import (
        criteria,  # only where there is a rule to read: the rules are not needed for anything else
    )

    day = here.at.date()
    titles = {toolkit.rule_as_known(part["rule"], day): part["title"] for part in toolkit.kind("rules").values()}
    draft["lists"] = [
        {"heading": "When", "items": criteria(toolkit, toolkit.rule_as_known(record["rule"], day), titles)}
    ]
    fitting = [one.says(one.contact["hours"] if one.contact else "") for one in where_it_fits(toolkit, here, record)]
    if fitting:
        draft["lists"].append({"heading": WHERE_IT_FITS, "items": fitting})
    _doing(draft, toolkit, here, record)
    draft["see_also"] = links(toolkit, record.get("issues", ()))


class WhereItFits(NamedTuple):
    """Whom a pathway rings only for some answers: the name, the first call there is now, and for which answers."""

    name: str
    phone: str
    contact: contract.Contact | None
    own: bool  # whether the name is that of the contact itself
    when: str

    def says(self, hours: str) -> str:
        """All of it in a line, with the hours in these words."""
        if self.contact is None:
            return f"{self.name}: {self.when}"
        whose = "" if self.own else f", {self.contact['name']}"
        return f"{self.name}, {self.phone}{whose}, {hours}: {self.when}"


def where_it_fits(toolkit: Toolkit, here: Here, pathway: records.Pathway) -> Iterator[WhereItFits]:
    """Whom the pathway rings only for some answers."""
    from cst.engine.rule_text import in_words

    day = here.at.date()
    titles = {toolkit.rule_as_known(part["rule"], day): part["title"] for part in toolkit.kind("rules").values()}
    always = {call["use"] for call in pathway["call"] if "when" not in call}
    for call in pathway["call"]:
        if call["use"] not in always:
            use = call["use"]
            name = title(toolkit.kind("roles").get(use) or toolkit.kind("contacts")[use])
            when = in_words(toolkit, toolkit.rule_as_known(call["when"], day), titles)
            calls = call_order(toolkit, [Call(use)], here)
            contact = next((one for one in calls.contacts if calls.first and one["id"] == calls.first["contact"]), None)
            phone = calls.first["phone"] if calls.first else ""
            yield WhereItFits(name, phone, contact, bool(contact and contact["id"] == use), when)


def _scheme(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Scheme) -> None:
    from cst.engine.rule_text import criteria

    rule = toolkit.rule_as_known(record["rule"], here.at.date())
    draft["lists"] = [{"heading": "Who", "items": criteria(toolkit, rule)}]
    law = record.get("law")
    draft["law"] = ". ".join(filter(None, (f"Law: {law['status']}", law.get("note")))) if law else None
    _doing(draft, toolkit, here, record)


def _contact(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Contact) -> None:
    name = draft["id"]
    if record["status"] == "historic":
        draft["summary"] = record["became"]["says"]
        see = record["became"].get("see", ())
        _ring(draft, toolkit, here, see)
        dead = (name, *record.get("stale", ()))  # last: a dead number never before a live one
        draft["contacts"] += [describe_contact(toolkit, one, here) for one in dead]
        draft["see_also"] = links(toolkit, (one for one in see if one not in toolkit.kind("contacts")), here.area)
    elif serves_here(toolkit, name, here.area):
        draft["contacts"] = _reached(toolkit, here, [name], "" if "shipped" in record else name)
    elif not _placed(draft):  # a worker may want that very service: it is shown, and none of it is the one to ring
        draft["contacts"] = [contact for contact in _reached(toolkit, here, [name]) if not contact["here"]]
        draft["local_says"] = WHICH_AREA
    else:
        serving = ", ".join(str(area_name(toolkit, area)) for area in record["serves"])
        asked = f"not for {draft['area_name']}" if here.area else "and not for the place you gave"
        draft["local_says"] = f"{record['name']} is for {serving}, {asked}."
        draft["see_also"] = links(toolkit, record.get("fills", ()))


def _placed(draft: contract.Entry) -> bool:
    """Whether a place was asked about, known or not."""
    return bool(draft["area"] or draft["area_says"])


def _ring(draft: contract.Entry, toolkit: Toolkit, here: Here, names: Iterable[str]) -> None:
    """Whom to ring of the contacts and roles among some entries: who serves here, and nobody else.

    Roles come with who fills them; contacts alone with whoever answers when they do not.
    """
    contacts, roles = toolkit.kind("contacts"), toolkit.kind("roles")
    live = [name for name in names if name in roles or _is_live(contacts.get(name))]
    called = [name for name in live if name in roles or serves_here(toolkit, name, here.area)]
    if any(name in roles for name in called):
        _call(draft, toolkit, here, called)
    else:
        draft["contacts"] = _reached(toolkit, here, called)
    if not _placed(draft) and any(map(toolkit.is_local, live)):
        draft["local_says"] = WHICH_AREA


def _call(draft: contract.Entry, toolkit: Toolkit, here: Here, uses: Sequence[str]) -> None:
    """Whom to ring for roles and contacts; for a role that no number fills here, what else there is.

    A local file's own contact takes nothing of that away: it comes beside.
    """
    chain, roles = toolkit.around(here.area), toolkit.kind("roles")
    otherwise = [
        other
        for use in uses
        if use in roles
        and not any(_has_shipped_number(toolkit, name, use, chain) for name, _ in toolkit.filling(use, chain))
        for other in roles[use].get("otherwise", ())
        if toolkit.filling(other, chain)
    ]
    calls = call_order(toolkit, [*map(Call, uses), *map(Call, otherwise)], here)
    draft["contacts"], draft["unfilled"] = calls.contacts, calls.unfilled


def _has_shipped_number(toolkit: Toolkit, name: str, use: str, chain: Sequence[str]) -> bool:
    """Whether cst ships a contact with a number for this call here, as it stands or corrected by a local file."""
    record = toolkit.kind("contacts")[name]
    if "shipped" in record and shipped_to(toolkit, name, use, chain) is None:  # the local file makes it fill this
        return False
    return bool(record.get("phones")) and ("local" not in record or "shipped" in record)


def _is_live(contact: records.Contact | None) -> bool:
    return contact is not None and contact["status"] != "historic"


def _reached(toolkit: Toolkit, here: Here, names: Iterable[str], asked: str = "") -> list[contract.Contact]:
    """Contacts and whoever answers when they do not: in order, but for those that answer at other hours than these.

    A local correction that is out of date comes last. `asked` is a contact that was asked for by name.
    """
    contacts = toolkit.kind("contacts")
    found: dict[str, contract.Contact] = {}
    for name in names:
        following: str | None = name
        while following and following not in found:
            found[following] = describe_contact(toolkit, following, here)
            following = contacts[following].get("if_no_answer")
    beside = [other for name in found for other in contacts[name].get("stale", ())]
    found.update((name, describe_contact(toolkit, name, here)) for name in beside)
    return likeliest_first(toolkit, found.values(), here.at, asked)


def _role(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Role) -> None:
    _call(draft, toolkit, here, [draft["id"]])
    if not _placed(draft) and toolkit.is_local(draft["id"]):
        draft["local_says"] = WHICH_AREA


def _caution(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Caution) -> None:
    pathways = toolkit.kind("pathways").items()
    using = [name for name, pathway in pathways if any(use["caution"] == draft["id"] for use in pathway["cautions"])]
    draft["see_also"] = links(toolkit, using)


def _term(draft: contract.Entry, toolkit: Toolkit, here: Here, record: records.Term) -> None:
    beside = [toolkit.kind("terms")[name] for name in record.get("stale", ())]
    draft["lists"] = [{"heading": f"Local file: {one['local']}", "items": [one["meaning"]]} for one in beside]
    see = record.get("see_also", ())
    leads_to = next(filter(None, (_pathway_of(toolkit, name) for name in see)), None)
    _ring(draft, toolkit, here, record.get("call", see))
    if leads_to is None:
        return
    draft["steps"] = describe_steps(_own_steps(toolkit, leads_to.steps)[:1])
    if not any(contact["here"] for contact in draft["contacts"]):
        calls = call_order(toolkit, leads_to.calls, here)
        draft["contacts"], draft["unfilled"] = calls.contacts, calls.unfilled


class _Pathway(NamedTuple):
    """What a term leads on to: what to do, and whom to ring with nothing answered."""

    steps: Sequence[records.Step]
    calls: Sequence[Call]


def _pathway_of(toolkit: Toolkit, name: str) -> _Pathway | None:
    """The pathway or scheme with this id, or the first pathway of the topic; None for any other entry."""
    issue, pathways = toolkit.kind("issues").get(name), toolkit.kind("pathways")
    record = pathways[issue["pathways"][0]] if issue else pathways.get(name) or toolkit.kind("schemes").get(name)
    if record is None:
        return None
    return _Pathway(record["steps"], _calls(issue.get("call", record["call"]) if issue else record["call"]))


def _calls(uses: Iterable[records.Call]) -> list[Call]:
    """Whom a pathway rings with nothing answered."""
    return [Call(use["use"], use.get("first", False)) for use in uses if "when" not in use]


def _own_steps(toolkit: Toolkit, steps: Iterable[records.Step]) -> list[records.Step]:
    """The steps that always hold, those first that no other pathway has: they make this one what it is."""
    shared = toolkit.shared_steps()
    return sorted((step for step in steps if "when" not in step), key=lambda step: step["say"] in shared)


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
    filling = toolkit.filling("", (name,))
    filling.sort(key=lambda found: name not in contacts[found[0]].get("shipped", contacts[found[0]])["serves"])
    serving = [other for other, _ in filling if not _placed(draft) or serves_here(toolkit, other, here.area)]
    draft["contacts"] = [describe_contact(toolkit, other, here) for other in serving]
    draft["local_says"] = ABOUT_WHAT if serving else None


_FILL: dict[str, Callable[[contract.Entry, Toolkit, Here, Any], None]] = {
    "issues": _issue,
    "pathways": _pathway,
    "schemes": _scheme,
    "roles": _role,
    "contacts": _contact,
    "cautions": _caution,
    "terms": _term,
    "areas": _area,
}


def serves(toolkit: Toolkit, found: tuple[str, str], place: Place) -> bool:
    """Whether an entry, a kind and an id, is of use at a place: only a contact for other areas is not."""
    kind, name = found
    return kind != "contacts" or place == ANYWHERE or serves_here(toolkit, name, place.area)


def links(toolkit: Toolkit, names: Iterable[str], area: str | None = None) -> list[contract.Link]:
    """Links to entries of any kind; with an area, none to a service that is only for others."""
    found: list[contract.Link] = []
    for name in dict.fromkeys(names):
        kind = _kind(toolkit, name)
        if serves(toolkit, (kind, name), Place(area)):
            found.append({"id": name, "type": _SINGULAR[kind], "title": title(toolkit.kind(kind)[name])})
    return found


def _kind(toolkit: Toolkit, name: str) -> str:
    """The kind of the entry with this id, which is among its names, but for a correction that is out of date."""
    named = (kind for kind, found in exact(toolkit.names, name) if found == name)
    return next(named, None) or next(kind for kind in _SINGULAR if name in toolkit.kind(kind))


def listing(toolkit: Toolkit, kind: str, area: str | None = None) -> contract.Listing:
    """All records of a kind, in the author's order; `to-settle` has contacts, the most dangerous gap first.

    Where an area is known, each role says who fills it there.
    """
    if kind == "to-settle":
        from cst.engine.to_settle import to_settle

        return {"cst": CONTRACT, "kind": "listing", "of": kind, "items": to_settle(toolkit)}
    items = [{"id": name, "title": title(record), "note": _note(record)} for name, record in toolkit.kind(kind).items()]
    if kind == "roles" and area:
        items = [{**item, "note": _who(toolkit, item["id"], area)} for item in items]
    return {"cst": CONTRACT, "kind": "listing", "of": kind, "items": items}


def _who(toolkit: Toolkit, role: str, area: str) -> str:
    """The names of those who fill a role in an area and can be used."""
    contacts = toolkit.kind("contacts")
    filling = (contacts[name] for name, _ in toolkit.filling(role, toolkit.around(area)))
    return "; ".join(one["name"] for one in filling if one["status"] != "historic") or "nobody is named here"


def _note(record: Record) -> str:
    if record.get("status") == "historic":
        return f"historic: {record['became']['outcome']}"
    return str(record.get("urgency") or record.get("type") or record.get("dated") or "")
