"""One contact as it stands at a minute: its numbers, whether each answers, and what to know before ringing."""

from __future__ import annotations

from datetime import datetime, timedelta

from cst.engine.describe import describe_source
from cst.hours import Calendar, Opening, opening
from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst import contract
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

    Openings = Sequence[tuple[records.Phone, Opening]]


class Here(NamedTuple):
    """Where and when: an area (None: not known) and a moment in Europe/London."""

    area: str | None
    at: datetime


def calendar(toolkit: Toolkit) -> Calendar:
    """The toolkit's bank holidays."""
    if "calendar" not in toolkit.kept:
        toolkit.kept["calendar"] = Calendar.of(toolkit.records["bank_holidays"])
    found: Calendar = toolkit.kept["calendar"]
    return found


def describe_contact(toolkit: Toolkit, name: str, here: Here) -> contract.Contact:
    """One contact as it stands at this minute; those of the last place and minute asked about are kept."""
    now = (here, here.at.fold)  # an hour that comes twice counts as the same when moments are compared
    if toolkit.kept.get("now") != now:
        toolkit.kept.update(now=now, contacts={})
    described: dict[str, contract.Contact] = toolkit.kept["contacts"]
    if name not in described:
        described[name] = _described(toolkit, name, toolkit.kind("contacts")[name], here)
    return described[name].copy()


def as_shipped(toolkit: Toolkit, name: str, here: Here) -> contract.Contact | None:
    """The contact as cst ships it, where what stands there now corrects that, and it had a number; else None."""
    record = toolkit.kind("contacts")[name].get("shipped")
    return _described(toolkit, name, record, here) if record and record.get("phones") else None


def _described(toolkit: Toolkit, name: str, record: records.Contact, here: Here) -> contract.Contact:
    phones, now, hours = _phones(record, toolkit, here.at)
    review_by = review_day(record, toolkit)
    areas = toolkit.kind("areas")
    return {
        "id": name,
        "name": record["name"],
        "brief": record.get("brief"),
        "area": ", ".join(areas[area]["name"] for area in record["serves"]),
        "here": serves_here(toolkit, name, here.area),
        "status": record["status"],
        "phones": phones,
        "emails": [{"address": mail["address"], "note": mail.get("note", "")} for mail in record.get("emails", ())],
        "url": record.get("url"),
        "open": now.open,
        "always": now.always,
        "until": _moment(now.until),
        "opens_at": _moment(now.opens_at),
        "hours": hours,
        "out_of_hours": record.get("out_of_hours", False),
        "who_for": record.get("who_for"),
        "only_for": None,
        "later": None,
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
        "settle": record.get("settle"),
        "conflicts": [_conflict(conflict, toolkit) for conflict in record.get("conflicts", ())],
        "became": dict(record["became"]) if "became" in record else None,
        "old_numbers": list(record.get("old_numbers", ())),
        "old_emails": list(record.get("old_emails", ())),
        "local": record.get("local"),
        "beside": record.get("beside"),
        "sources": [describe_source(toolkit, evidence["source"]) for evidence in record["evidence"]],
    }


def serves_here(toolkit: Toolkit, name: str, area: str | None) -> bool:
    """Whether a contact serves an area or one around it; where no area is known, whether it is there for all."""
    return not set(toolkit.around(area)).isdisjoint(toolkit.kind("contacts")[name]["serves"])


def _phones(record: records.Contact, toolkit: Toolkit, at: datetime) -> tuple[list[contract.Phone], Opening, str]:
    """The phones, open ones first; whether the service answers, as its best phone does; and that in words."""
    found, whole = _openings(record, at, calendar(toolkit))
    if "shipped" in record:
        return _corrected_phones(record, found, whole, _openings(record["shipped"], at, calendar(toolkit)), at)
    found.sort(key=lambda pair: _RANK[pair[1].open])
    best = found[0][1] if found else whole
    hours = hours_in_words(best, at, out_of_hours=record.get("out_of_hours", False))
    phones = [
        _phone(phone, now, hours if _same(now, best) else hours_in_words(now._replace(reason=""), at))
        for phone, now in found
    ]
    return phones, best, hours


def _corrected_phones(
    record: records.Contact, found: Openings, whole: Opening, before: tuple[Openings, Opening], at: datetime
) -> tuple[list[contract.Phone], Opening, str]:
    """The phones of what a local file corrects, whether the service answers, and that in words.

    A correction cannot close what cst says is open: the better of the two counts, and the words say both. A shipped
    number that is still given stands before new ones unless it is closed.

    Args:
        record: the correction, with the shipped record in it.
        found: its phones, each with whether it answers.
        whole: whether the service as a whole answers, as the correction says.
        before: the same two as cst ships them.
        at: the minute.
    """
    shipped = {phone["number"]: (place, now) for place, (phone, now) in enumerate(before[0])}
    kept = {phone["number"] for phone, _ in found}
    gone = [now for number, (_, now) in shipped.items() if number not in kept]
    for_new = min(gone, key=_rank, default=None)  # what takes the place of a dead number answers when that did
    placed = []
    for place, (phone, now) in enumerate(found):
        place_before, was = shipped.get(phone["number"], (None, for_new))
        better = min(now, was or now, key=_rank)
        new = place_before is None
        placed.append(((_rank(better), new, place if new else place_before), phone, better, _both(now, was, at)))
    placed.sort(key=lambda one: one[0])
    phones = [_phone(phone, better, hours) for _, phone, better, hours in placed]
    now = min((now for _, now in found), key=_rank, default=whole)
    was = min((was for _, was in before[0]), key=_rank, default=before[1])
    unstated = (record.get("out_of_hours", False), record["shipped"].get("out_of_hours", False))
    return phones, min(now, was, key=_rank), _both(now, was, at, *unstated)


def _rank(now: Opening) -> int:
    return _RANK[now.open]


def _both(now: Opening, was: Opening | None, at: datetime, out_of_hours: bool = False, before: bool = False) -> str:
    """The better of the two in words, and the other after it where it says something else."""
    ours = hours_in_words(now, at, out_of_hours=out_of_hours)
    theirs = hours_in_words(was, at, out_of_hours=before) if was else ours
    if ours == theirs:
        return ours
    if was and _rank(was) < _rank(now):
        return f"{theirs}; the local file says {ours}"
    return f"{ours}; cst says {theirs}"


def _openings(
    record: records.Contact, at: datetime, days: Calendar
) -> tuple[list[tuple[records.Phone, Opening]], Opening]:
    """Each phone with whether it answers, and whether the service as a whole does."""
    whole = opening(record.get("schedule", "unknown"), at, days)
    found = [
        (phone, opening(phone["schedule"], at, days) if "schedule" in phone else whole)
        for phone in record.get("phones", ())
    ]
    return found, whole


def _same(one: Opening, other: Opening) -> bool:
    """Whether two openings come to the same, whatever the reasons."""
    return one[:-1] == other[:-1]  # the reason comes last


_RANK = {True: 0, None: 1, False: 2}


def _phone(phone: records.Phone, now: Opening, hours: str) -> contract.Phone:
    return {
        "number": phone["number"],
        "kind": phone["kind"],
        "open": now.open,
        "always": now.always,
        "until": _moment(now.until),
        "opens_at": _moment(now.opens_at),
        "hours": hours,
        "note": phone.get("note"),
        "cost": phone.get("cost"),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment else None


def hours_in_words(now: Opening, at: datetime, *, out_of_hours: bool = False) -> str:
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


def _seen(record: records.Contact, toolkit: Toolkit) -> str:
    if "assured_date" in record:
        who = one_of_role(record.get("assured_by", "person"))
        means = f" by {record['assured_means']}" if "assured_means" in record else ""
        return f"confirmed by {who} on {record['assured_date']}{means}"
    names = dict.fromkeys(evidence["source"] for evidence in record["evidence"])
    sources = [toolkit.kind("sources")[name] for name in names]
    newest = max(sources, key=lambda source: source["dated"] if source["dated"] != "undated" else "")
    more = f" and {len(sources) - 1} more" if len(sources) > 1 else ""
    return f"seen on {newest['title']} ({newest['dated']}){more}, not yet rung"


def one_of_role(role: str) -> str:
    """A role as one of those who have it: a maintainer, an administrator."""
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"


def review_day(record: records.Contact, toolkit: Toolkit) -> str:
    """The day by which a contact is to be looked at again: its own, or counted from when it was looked at last."""
    if "review_by" in record:
        return record["review_by"]
    consulted = max((last_read(record, toolkit), record.get("assured_date", "")))
    days = toolkit.records["edition"]["review_after_days"]
    return (datetime.fromisoformat(consulted) + timedelta(days=days)).date().isoformat()


def last_read(record: records.Contact, toolkit: Toolkit) -> str:
    """The day on which a source of it was read last."""
    sources = toolkit.kind("sources")
    return max(evidence.get("consulted") or sources[evidence["source"]]["consulted"] for evidence in record["evidence"])


def _conflict(conflict: records.Conflict, toolkit: Toolkit) -> contract.Conflict:
    values = []
    for value in conflict["values"]:
        source = toolkit.kind("sources")[value["source"]]
        given: dict[str, str] = {key: value[key] for key in ("number", "says") if key in value}
        values.append({**given, "source": f"{source['title']} ({source['dated']})"})
    return {"about": conflict["about"], "values": values, "handling": conflict["handling"]}
