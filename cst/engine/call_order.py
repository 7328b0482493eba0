"""Whom to ring, in order, for an area and a minute.

A pathway asks for roles; contacts fill them. What is open comes first, what is closed comes last with when it opens,
and the emergency line is always there: last, unless it is asked for by name. A line whose hours nobody states keeps
the author's place while offices are open, and gives way to lines known to be open when they are not. What a local file
adds comes after what is shipped for the same role: it may help out, and not take a call away.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cst.hours import Calendar, Opening, opening
from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from cst import contract
    from cst.toolkit.toolkit import Record, Toolkit

LAST_RUNG = "police-emergency"
_OFFICE_HOURS = (9, 17)  # only to order lines whose hours nobody states; never shown as anybody's hours


class Call(NamedTuple):
    """A role or contact that is asked for; `first` where it comes before all that are open."""

    use: str
    first: bool = False


class Here(NamedTuple):
    """Where and when: an area (None: not known) and a moment in Europe/London."""

    area: str | None
    at: datetime


def call_order(
    toolkit: Toolkit, calls: Sequence[Call], here: Here
) -> tuple[list[contract.Contact], list[contract.RoleUnfilled]]:
    """The contacts for these roles and contacts, in the order in which to ring, and the roles nobody here fills."""
    chain = toolkit.around(here.area)
    office = _in_office_hours(toolkit, here.at)
    rungs: dict[str, tuple[tuple[Any, ...], contract.Contact]] = {}
    unfilled: list[contract.RoleUnfilled] = []
    for place, call in enumerate(calls):
        filling = toolkit.filling(call.use, chain)
        if not filling and call.use in toolkit.kind("roles"):
            says = toolkit.kind("roles")[call.use]["if_none"]
            unfilled.append({"role": call.use, "says": says, "first": not place})
        for name, distance in filling:
            contact = describe_contact(toolkit, name, here)
            order = _order(contact, place, distance, office, added=_is_added(toolkit, name))
            before_all = call.first and contact["open"] is not False
            rungs.setdefault(name, ((not before_all, *order), contact))
    if LAST_RUNG not in rungs and LAST_RUNG in toolkit.kind("contacts"):
        rungs[LAST_RUNG] = ((9,), describe_contact(toolkit, LAST_RUNG, here))
    return [contact for _, contact in sorted(rungs.values(), key=lambda rung: rung[0])], unfilled


def likeliest_first(toolkit: Toolkit, contacts: Iterable[contract.Contact], at: datetime) -> list[contract.Contact]:
    """Contacts in the order given, but for those that answer at other hours than these, which come after."""
    office = _in_office_hours(toolkit, at)
    return sorted(
        contacts,
        key=lambda contact: (_rank(contact, office), contact["open"] is None and contact["out_of_hours"] is office),
    )


def _rank(contact: contract.Contact, office: bool) -> int:
    """0 for what answers or is likely to, 1 for what may, 2 for what is closed."""
    likely = contact["open"] is None and (office or contact["out_of_hours"])
    return 0 if contact["open"] or likely else 1 if contact["open"] is None else 2


def _is_added(toolkit: Toolkit, name: str) -> bool:
    """Whether a contact is a local file's own, and no correction of a shipped one."""
    record = toolkit.kind("contacts")[name]
    return "local" in record and "based_on" not in record


def _order(contact: contract.Contact, place: int, distance: int, office: bool, *, added: bool) -> tuple[Any, ...]:
    rank = _rank(contact, office)
    silent = not contact["phones"]
    unfit = contact["out_of_hours"] is office
    opens_at = contact["opens_at"] or "" if rank == 2 else ""  # of what is closed in one role, the soonest to open
    unsure = contact["open"] is None
    return (
        rank,
        contact["old"],
        place,
        added,
        silent,
        opens_at,
        unsure,
        unfit,
        contact["status"] != "active",
        distance,
    )


def _in_office_hours(toolkit: Toolkit, at: datetime) -> bool:
    holiday = at.date() in calendar(toolkit).dates
    return at.weekday() < 5 and not holiday and _OFFICE_HOURS[0] <= at.hour < _OFFICE_HOURS[1]


def calendar(toolkit: Toolkit) -> Calendar:
    """The toolkit's bank holidays."""
    return Calendar.of(toolkit.records["bank_holidays"])


def describe_contact(toolkit: Toolkit, name: str, here: Here) -> contract.Contact:
    """One contact as it stands at this minute."""
    record = toolkit.kind("contacts")[name]
    phones, now = _phones(record, toolkit, here.at)
    review_by = record.get("review_by") or _review_by(record, toolkit)
    areas = toolkit.kind("areas")
    return {
        "id": name,
        "name": record["name"],
        "area": ", ".join(areas[area]["name"] for area in record["serves"]),
        "status": record["status"],
        "phones": phones,
        "emails": [{"address": mail["address"], "note": mail.get("note", "")} for mail in record.get("emails", ())],
        "url": record.get("url"),
        "open": now.open,
        "always": now.always,
        "until": _moment(now.until),
        "opens_at": _moment(now.opens_at),
        "hours": hours_in_words(now, here.at, out_of_hours=record.get("out_of_hours", False)),
        "out_of_hours": record.get("out_of_hours", False),
        "who_for": record.get("who_for"),
        "application_process": record.get("application_process"),
        "have_ready": list(record.get("have_ready", ())),
        "if_no_answer": record.get("if_no_answer"),
        "caution": record.get("caution"),
        "alert": record.get("alert"),
        "assured_date": record.get("assured_date"),
        "seen": _seen(record, toolkit),
        "review_by": review_by,
        "old": here.at.date().isoformat() > review_by,
        "confidence": record["confidence"],
        "conflicts": [_conflict(conflict, toolkit) for conflict in record.get("conflicts", ())],
        "became": record.get("became"),
        "old_numbers": list(record.get("old_numbers", ())),
        "old_emails": list(record.get("old_emails", ())),
        "local": record.get("local"),
        "sources": [describe_source(toolkit, evidence["source"]) for evidence in record["evidence"]],
    }


def _phones(record: Record, toolkit: Toolkit, at: datetime) -> tuple[list[contract.Phone], Opening]:
    """The phones, open ones first, and whether the service as a whole answers: as its best phone does."""
    days = calendar(toolkit)
    whole = opening(record.get("schedule", "unknown"), at, days)
    found = [
        (phone, opening(phone["schedule"], at, days) if "schedule" in phone else whole)
        for phone in record.get("phones", ())
    ]
    found.sort(key=lambda pair: _RANK[pair[1].open])
    contact = [_phone(phone, now) for phone, now in found]
    return contact, found[0][1] if found else whole


_RANK = {True: 0, None: 1, False: 2}


def _phone(phone: Record, now: Opening) -> contract.Phone:
    return {
        "number": phone["number"],
        "kind": phone["kind"],
        "open": now.open,
        "always": now.always,
        "until": _moment(now.until),
        "opens_at": _moment(now.opens_at),
        "note": phone.get("note"),
        "cost": phone.get("cost"),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None


def hours_in_words(now: Opening, at: datetime, *, out_of_hours: bool) -> str:
    """Whether a line answers, as a person would say it."""
    if now.always:
        return "open day and night"
    if now.open is None:
        stated = "hours not known" if now.reason in ("", "hours not known") else f"hours not known ({now.reason})"
        return f"{stated}; answers out of hours" if out_of_hours else stated
    if now.open:
        return f"open now, until {_when(now.until, at)}" if now.until else "open now"
    why = " (bank holiday)" if now.reason == "bank holiday" else ""
    return f"closed{why}, opens {_when(now.opens_at, at)}" if now.opens_at else f"closed{why}, opening time not known"


def _when(moment: datetime, at: datetime) -> str:
    if moment.date() == at.date():
        return f"{moment:%H:%M}"
    return f"{moment:%a %H:%M}" if moment - at < timedelta(days=6) else f"{moment:%a} {moment.day} {moment:%b %H:%M}"


def _seen(record: Record, toolkit: Toolkit) -> str:
    if "assured_date" in record:
        return f"confirmed by a person on {record['assured_date']}"
    sources = [toolkit.kind("sources")[evidence["source"]] for evidence in record["evidence"]]
    newest = max(sources, key=lambda source: source["dated"] if source["dated"] != "undated" else "")
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return f"seen on {newest['title']} ({newest['dated']}){more}, not yet rung"


def _review_by(record: Record, toolkit: Toolkit) -> str:
    sources = toolkit.kind("sources")
    consulted = max(
        evidence.get("consulted") or sources[evidence["source"]]["consulted"] for evidence in record["evidence"]
    )
    days = toolkit.records["edition"]["review_after_days"]
    return (datetime.fromisoformat(consulted) + timedelta(days=days)).date().isoformat()


def _conflict(conflict: Record, toolkit: Toolkit) -> contract.Conflict:
    values = []
    for value in conflict["values"]:
        source = toolkit.kind("sources")[value["source"]]
        given = {key: value[key] for key in ("number", "says") if key in value}
        values.append({**given, "source": f"{source['title']} ({source['dated']})"})
    return {"about": conflict["about"], "values": values, "handling": conflict["handling"]}


def describe_source(toolkit: Toolkit, name: str) -> contract.Source:
    """A source as the contract writes it."""
    record = toolkit.kind("sources")[name]
    return {
        "id": name,
        "title": record["title"],
        "publisher": record["publisher"],
        "dated": record["dated"],
        "consulted": record["consulted"],
    }
