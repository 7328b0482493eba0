"""What is asked of one contact, a question at a time: a pure function of the record and of the answers so far.

Answers are kept as they were typed and read anew each time, so that a ring-round that was cut off goes on from what
lies on the disk. Where an answer differs from the record both are shown and it is asked once which of them stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, get_args

from cst.source.records import AssuranceMeans, AssurerRole
from cst.verify import typed
from cst.verify.typed import NotUnderstood, as_typed

Answers = Mapping[str, str]

SAME, SKIP, DEAD = "same", "skip", "dead"
ROLES: tuple[str, ...] = get_args(AssurerRole)
MEANS: tuple[str, ...] = get_args(AssuranceMeans)
OUTCOMES = ("renamed", "ended", "unknown")
REACHED = {
    "answered": "somebody answered for this service",
    "nobody": "nobody answered; it stays on the list",
    "dead": "the number is dead or reaches somebody else, and there is no other",
    "gone": "the service has ended or has become another",
    "later": "leave it for another day",
}
ABOUT = {
    "who_for": ("Who is it for?", "In a sentence: who may ring, and about what."),
    "cost": ("What does a call cost?", "Such as: free. Only what they say."),
    "application_process": ("How does one refer?", "What to do first, and what to send after it."),
}
EXAMPLE = "Mon-Thu 08:30-17:00; Fri 9am-4pm; Sat-Sun closed"
HEARD, RECORD = "heard", "record"


class Question(NamedTuple):
    """One thing to ask: what to say, how to answer, what is offered by number, and what reads the answer."""

    id: str
    ask: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    read: Callable[[str], Any] = str
    labels: tuple[str, ...] = ()

    def understood(self, text: str) -> str:
        """The answer as it is kept: a choice by its own word, a day by its date, a number in its groups.

        Raises:
            NotUnderstood: it is none.
        """
        plain = " ".join(text.split())
        if self.choices:
            if plain.isascii() and plain.isdecimal() and 0 < int(plain[:4]) <= len(self.choices):
                return self.choices[int(plain[:4]) - 1]
            if plain.casefold() in self.choices:
                return plain.casefold()
            if self.read is str:
                raise NotUnderstood(f"{plain:.40} is not one of these. Type its number.")
        read = self.read(plain)
        return read if isinstance(read, str) else plain


class Round(NamedTuple):
    """What a ring-round knows besides the contact.

    today: the day it is.
    local: whether it writes into a local file, which cannot take a warning away.
    entries: the ids that one can be led on to.
    called: the contacts that something calls by name.
    review_days: after how many days a contact is looked at again.
    """

    today: date
    local: bool
    entries: frozenset[str]
    called: frozenset[str]
    review_days: int


def questions(contact: Mapping[str, Any], answers: Answers, around: Round) -> Iterator[Question]:
    """Every question in order, as far as the answers so far decide it: to be read up to the first without an answer.

    Args:
        contact: the record as it stands.
        answers: what was typed so far, by question.
        around: the ring-round.
    """
    labels = tuple(REACHED.values())
    yield Question("reached", "Ring it. What came of it?", choices=tuple(REACHED), labels=labels)
    if answers["reached"] in ("nobody", "later"):
        return
    if answers["reached"] == "answered":
        yield from _numbers(contact, answers)
        yield from _all_hours(contact, answers)
        yield from _words(contact, answers)
        yield from _settled(contact, answers)
        if "caution" in contact and not around.local:
            yield Question(
                "caution", f"The entry warns: {contact['caution']} Is all of that still right?", "", ("yes", "no")
            )
    else:
        yield from _became(around.entries)
    yield from _who(contact, around.today)


def _numbers(contact: Mapping[str, Any], answers: Answers) -> Iterator[Question]:
    for place, phone in enumerate(contact.get("phones", ())):
        name = f"number-{place}"
        ask = f"Is the {_kind(phone)} still {phone['number']}?"
        hint = f"{SAME}, the number they give, or {DEAD}."
        yield Question(name, ask, hint, (SAME, DEAD), _number)
        if answers[name] not in (SAME, DEAD):
            yield from _both(name, phone["number"], typed.number(answers[name]))


def _kind(phone: Mapping[str, Any]) -> str:
    return "number" if phone["kind"] == "voice" else f"{phone['kind']} number"


def _number(text: str) -> str:
    return typed.number(text)


def schedules(contact: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """The hours that are asked about: the service's, unless each phone has its own, and each phone's own.

    Returns:
        Of each the question, whose hours they are, and the schedule as it stands.
    """
    phones = contact.get("phones", ())
    if not phones or any("schedule" not in phone for phone in phones):
        yield "hours", "they answer", contact.get("schedule", "unknown")
    for place, phone in enumerate(phones):
        if "schedule" in phone:
            yield f"hours-{place}", f"{phone['number']} is answered", phone["schedule"]


def _all_hours(contact: Mapping[str, Any], answers: Answers) -> Iterator[Question]:
    for name, whose, schedule in schedules(contact):
        if answers.get(f"number-{name.removeprefix('hours-')}") != DEAD:
            yield from _hours(name, whose, schedule, answers)


def _hours(name: str, whose: str, schedule: Any, answers: Answers) -> Iterator[Question]:
    """The hours, then the days that were not named, then bank holidays; then which stands where they differ."""
    hint = f"The data says: {as_typed(schedule)}. Type {SAME}, always, not known, or {EXAMPLE}"
    yield Question(name, f"At what hours on each day is it that {whose}?", hint, (SAME,), typed.hours)
    said = schedule if answers[name] == SAME else typed.hours(answers[name])
    if answers[name] != SAME and not isinstance(said, str) and (left := typed.not_named(said)):
        yield Question(f"{name}-closed", f"Not named, so closed: {', '.join(left)}. Right?", "", ("yes",), _only_yes)
    if not typed.says_bank_holidays(said):
        yield Question(
            f"{name}-bank",
            "And on bank holidays?",
            "closed, 09:00-17:00, always, or not known.",
            (),
            typed.bank_holidays,
        )
    heard = hours_heard(name, schedule, answers)
    if answers[name] != SAME and schedule != "unknown" and heard != schedule:
        yield from _both(name, as_typed(schedule), as_typed(heard))


def _only_yes(text: str) -> str:
    raise NotUnderstood("Then type b to go back, and give the hours on those days too.")


def hours_heard(name: str, schedule: Any, answers: Answers) -> Any:
    """The schedule that the answers come to, before it is asked which stands."""
    said = schedule if answers[name] == SAME else typed.hours(answers[name])
    bank = answers.get(f"{name}-bank")
    return said if bank is None or isinstance(said, str) else [*said, *typed.bank_holidays(bank)]


def _words(contact: Mapping[str, Any], answers: Answers) -> Iterator[Question]:
    """Who it is for, the cost and how to refer: any of them may be left out."""
    for field, (ask, how) in ABOUT.items():
        was = word_of(contact, field)
        if field == "cost" and not contact.get("phones"):
            continue
        hint = (
            f"The data says: {was} {SAME}, {SKIP} if you did not ask, or their words." if was else f"{how} Or {SKIP}."
        )
        yield Question(field, ask, hint, (SAME, SKIP) if was else (SKIP,), typed.words)
        if was and answers[field] not in (SAME, SKIP) and typed.words(answers[field]) != was:
            yield from _both(field, was, typed.words(answers[field]))


def word_of(contact: Mapping[str, Any], field: str) -> str:
    """What the record says of who it is for, the cost of its first number or how to refer; empty where it does not."""
    holder = next(iter(contact.get("phones", ())), {}) if field == "cost" else contact
    return str(holder.get(field, ""))


def _both(name: str, was: str, heard: str) -> Iterator[Question]:
    """Asked once: which of the two stands."""
    labels = (f"what you heard: {heard}", f"what the data says: {was}")
    yield Question(f"{name}-both", "These differ. Which of them stands?", "", (HEARD, RECORD), str, labels)


def _settled(contact: Mapping[str, Any], answers: Answers) -> Iterator[Question]:
    """Whether what was open is settled: no longer to be asked of a contact whose hours are still not known."""
    if "settle" in contact and all_hours_known(contact, answers):
        yield Question("settled", f"To settle was: {contact['settle']} Is all of that settled now?", "", ("yes", "no"))
    for place, conflict in enumerate(contact.get("conflicts", ())):
        sides = " or ".join(value.get("number") or value.get("says", "").rstrip(".") for value in conflict["values"])
        ask = f"Sources differ. {conflict['about']}: {sides}. Is that settled by what you heard?"
        yield Question(f"conflict-{place}", ask, "", ("yes", "no"))


def stands(name: str, answers: Answers) -> bool:
    """Whether what was heard stands, and not what the record says."""
    return answers.get(f"{name}-both", HEARD) == HEARD


def all_hours_known(contact: Mapping[str, Any], answers: Answers) -> bool:
    """Whether after these answers every line states its hours on all days and on bank holidays."""
    for name, _, schedule in schedules(contact):
        if name not in answers:  # its number is dead
            continue
        now = hours_heard(name, schedule, answers) if stands(name, answers) else schedule
        if now == "unknown" or not typed.says_bank_holidays(now):
            return False
        if not isinstance(now, str) and any(row.get("unknown") for row in now):
            return False
    return True


def _became(entries: frozenset[str]) -> Iterator[Question]:
    """What became of a service that cannot be reached any more."""
    yield Question("became", "What became of the service?", "", OUTCOMES)
    yield Question(
        "became-says",
        "Say it in a sentence, with where to go instead.",
        "No numbers: name the service.",
        (),
        _some_words,
    )
    hint = f"Ids with commas, as in cst list contacts, or {SKIP}."
    yield Question("became-see", "Which entries lead on?", hint, (SKIP,), lambda text: ids(text, entries))


def _some_words(text: str) -> str:
    if len(text.split()) < 2:
        raise NotUnderstood("Write a sentence, such as: The council's own team took it over.")
    return typed.words(text)


def ids(text: str, entries: frozenset[str] | None = None) -> list[str]:
    """Ids with commas between them; with entries, each must be one of them.

    Raises:
        NotUnderstood: one is not.
    """
    found = [one.strip() for one in text.split(",") if one.strip()]
    for one in found:
        if entries is not None and one not in entries:
            raise NotUnderstood(f"{one:.40} is no entry. Look it up first: cst lookup {one:.40}")
    return found


def _who(contact: Mapping[str, Any], today: date) -> Iterator[Question]:
    """Who asked, how and when: a role, never a name."""
    yield Question("by", "What are you, in this work? A role, never a name.", "", ROLES)
    yield Question("means", "How did you ask?", "", MEANS)
    before = str(contact.get("assured_date", ""))
    yield Question(
        "on",
        "On which day?",
        f"today, yesterday, or as {today.isoformat()}.",
        (),
        lambda text: typed.day(text, today, before),
    )
