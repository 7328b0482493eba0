"""The record that comes of the answers, and what differs in it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from cst.engine.contact import one_of_role
from cst.verify import typed
from cst.verify.questions import (
    ABOUT,
    DEAD,
    SAME,
    SKIP,
    Answers,
    Round,
    all_hours_known,
    hours_heard,
    ids,
    schedules,
    stands,
)

CONFIRMED = "confirmed by a person"
# What a service that is gone cannot have, or what no longer means anything of it.
_GONE = (
    "brief",
    "fills",
    "only_for",
    "phones",
    "schedule",
    "settle",
    "out_of_hours",
    "application_process",
    "if_no_answer",
    "alert",
)


def outcome(name: str, contact: Mapping[str, Any], answers: Answers, around: Round) -> dict[str, Any]:
    """The whole record after a call.

    Where the service is gone, a local file adds a warning, as it may take no shipped contact away. What something calls
    by name cannot be historic until that is changed: it stays as one that is not confirmed, without its numbers.

    Args:
        name: the contact.
        contact: the record as it stood.
        answers: to all questions, as they were kept.
        around: the ring-round.
    """
    after = deepcopy(dict(contact))
    if answers["reached"] == "answered":
        _reached(after, contact, answers)
    elif around.local:
        return {**after, "alert": _alert(after, answers)}
    else:
        _gone(after, answers, called=name in around.called)
    on = answers["on"]
    after |= {
        "assured_date": on,
        "assured_by": answers["by"],
        "assured_means": answers["means"],
        "confidence": CONFIRMED,
    }
    if "review_by" in after:
        after["review_by"] = (date.fromisoformat(on) + timedelta(around.review_days)).isoformat()
    return after


def _reached(after: dict[str, Any], contact: Mapping[str, Any], answers: Answers) -> None:
    for name, _, schedule in schedules(contact):
        if name in answers and stands(name, answers):
            holder = after if name == "hours" else after["phones"][int(name.removeprefix("hours-"))]
            holder["schedule"] = hours_heard(name, schedule, answers)
    for field in ABOUT:
        if answers.get(field, SKIP) not in (SAME, SKIP) and stands(field, answers):
            (after["phones"][0] if field == "cost" else after)[field] = typed.words(answers[field])
    _numbers(after, answers)
    if "settle" in after and answers.get("settled") == "yes" and all_hours_known(contact, answers):
        del after["settle"]
    if answers.get("caution") == "no":
        del after["caution"]
    left = [one for place, one in enumerate(after.get("conflicts", ())) if answers.get(f"conflict-{place}") != "yes"]
    _put(after, "conflicts", left)


def _numbers(after: dict[str, Any], answers: Answers) -> None:
    """New numbers in the place of old ones; what is dead is kept to be known again, and never offered."""
    dead, kept = [], []
    for place, phone in enumerate(after.get("phones", ())):
        said = answers[f"number-{place}"]
        if said == DEAD:
            dead.append(phone["number"])
            continue
        if said != SAME and stands(f"number-{place}", answers):
            dead.append(phone["number"])
            phone = {**phone, "number": typed.number(said)}
        kept.append(phone)
    now = {phone["number"] for phone in kept}
    dead = [one for one in dict.fromkeys(dead) if one not in now]
    old = [one for one in after.get("old_numbers", ()) if one not in now]
    _put(after, "phones", kept)
    _put(after, "old_numbers", list(dict.fromkeys((*old, *dead))))


def _put(record: dict[str, Any], field: str, value: list[Any]) -> None:
    """A list in its field, or no field where nothing is in it."""
    record.pop(field, None)
    if value:
        record[field] = value


def _alert(contact: Mapping[str, Any], answers: Answers) -> str:
    """What a local file says of a contact that cannot be reached any more; what it said before stays."""
    before = f"{contact['alert']} " if "alert" in contact else ""
    who = one_of_role(answers["by"])
    tried = f"Tried by {answers['means']} on {answers['on']} by {who}: not to be reached here any more."
    return f"{before}{tried} {typed.words(answers['became-says'])}"


def _gone(after: dict[str, Any], answers: Answers, *, called: bool) -> None:
    alert = _alert(after, answers)
    numbers = [phone["number"] for phone in after.get("phones", ())]
    old = list(dict.fromkeys((*after.get("old_numbers", ()), *numbers)))
    for field in set(_GONE) - ({"if_no_answer"} if called else set()):
        after.pop(field, None)
    _put(after, "old_numbers", old)
    if called:
        after |= {"status": "unconfirmed", "alert": alert}
        return
    became: dict[str, Any] = {"outcome": answers["became"], "says": typed.words(answers["became-says"])}
    if (see := answers["became-see"]) != SKIP:
        became["see"] = ids(see)
    after |= {"status": "historic", "became": became}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Each field that differs, as it was and as it is."""
    for field in dict.fromkeys((*before, *after)):
        if before.get(field) != after.get(field):
            was, now = (_said(field, record.get(field)) for record in (before, after))
            yield f"{field}: was {was}, is {now}"


def _said(field: str, value: Any) -> str:
    if value is None:
        return "nothing"
    if field == "schedule":
        return typed.as_typed(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_said("", one) for one in value) or "nothing"
    if isinstance(value, dict):
        return " ".join(_said(key, one) for key, one in value.items())
    return str(value)
