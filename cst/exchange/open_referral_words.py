"""The description of a service in Open Referral: who it is for, warnings, and what the profile has no field for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cst.engine.contact import last_read, one_of_role, review_day
from cst.exchange.contacts import ended
from cst.exchange.open_referral_terms import DESCRIPTIONS, STATE, UK, address
from cst.handbook.any_minute import schedule_of
from cst.views.dates import day
from cst.views.timetable import timetable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst.exchange.open_referral_terms import Asked
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

NOT_SAID = "That no schedule stands here does not mean that it is closed."


def says(asked: Asked, record: records.Contact) -> Iterator[str]:
    """The description: who it is for, warnings, and what the profile has no field for, each a sentence."""
    yield from who_for(record)
    if record["status"] == "unconfirmed":
        yield DESCRIPTIONS[STATE]
    if "caution" in record:
        yield sentence(f"Take care: {record['caution']}")
    if asked.profile == UK and "application_process" in record:
        yield sentence(record["application_process"])
    if "have_ready" in record:
        yield sentence(f"Have ready: {'; '.join(record['have_ready'])}")
    if "if_no_answer" in record:
        yield sentence(f"If nobody answers: {asked.toolkit.kind('contacts')[record['if_no_answer']]['name']}")
    if "url" in record and address(record["url"]) is None:  # how to find the page, where that is no address
        yield sentence(f"On the web: {record['url']}")
    yield from (sentence(f"By e-mail: {mail['note']}") for mail in record.get("emails", ()) if "note" in mail)
    yield from _hours_in_words(record)
    for conflict in record.get("conflicts", ()):
        yield f"Sources differ: {sentence(conflict['about'])} {sentence(conflict['handling'])}"
    yield from _how_sure(asked.toolkit, record)


def who_for(record: records.Contact) -> Iterator[str]:
    """Who it is for, and who alone, each a sentence."""
    if "who_for" in record:
        yield sentence(record["who_for"])
    if "only_for" in record:
        yield sentence(f"Only for: {record['only_for']['says']}")


def _hours_in_words(record: records.Contact) -> Iterator[str]:
    """The timetable; where a local file corrects it, with what `cst` has."""
    said = timetable(record.get("schedule", "unknown"), out_of_hours=record.get("out_of_hours", False))
    if not hours_agree(record):
        before = record["shipped"]
        was = timetable(before.get("schedule", "unknown"), out_of_hours=before.get("out_of_hours", False))
        yield f"Hours: the local file says {said}; cst says {was}. {NOT_SAID}"
    elif record.get("schedule", "unknown") == "unknown":
        yield f"{said.capitalize()}. {NOT_SAID}"
    else:
        yield f"Hours: {said}."


def _how_sure(toolkit: Toolkit, record: records.Contact) -> Iterator[str]:
    """Who has confirmed it, or that nobody has, and when it was read last."""
    if "assured_date" in record:
        who, by = one_of_role(record.get("assured_by", "person")), record.get("assured_means")
        yield f"Confirmed by {who} on {day(record['assured_date'])}{f', by {by}' if by else ''}."
    else:
        yield f"Nobody has rung it yet: it was read, last on {day(last_read(record, toolkit))}."
    yield f"To be checked again by {day(review_day(record, toolkit))}."


def schedule_for(record: records.Contact) -> records.Schedule | None:
    """The hours of a service; None where a local file corrects them, since two schedules then stand."""
    return record.get("schedule", "unknown") if hours_agree(record) else None


def hours_agree(record: records.Contact) -> bool:
    """Whether all hours of a contact are also those that `cst` ships, where a local file corrects it."""
    before = record.get("shipped")
    return before is None or _all_hours(before) == _all_hours(record)


def _all_hours(record: records.Contact) -> tuple[object, ...]:
    phones = {phone["number"]: schedule_of(record, phone) for phone in record.get("phones", ())}
    return record.get("schedule", "unknown"), record.get("out_of_hours", False), phones


def sentence(text: str) -> str:
    """The text with a capital letter, and a stop at its end."""
    return ended(f"{text[0].upper()}{text[1:]}")
