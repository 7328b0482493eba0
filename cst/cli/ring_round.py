"""Ringing down the list at a terminal or from lines in a pipe: one contact at a time, each answer kept as it comes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cst import card
from cst.cli.recording import Target, UnderWay, keep_under_way, read_under_way
from cst.source.overlay import mark_of
from cst.verify.outcome import differences, outcome
from cst.verify.questions import Answers, Question, Round, questions
from cst.verify.typed import NotUnderstood, as_typed
from cst.views.formats.line_breaks import fitted
from cst.views.formats.safe_text import clean

KEYS = "? what to ask   b back   q leave, and go on another time"
BEFORE = (
    "Ring at a quiet time. Say at once that you check an entry, and that nobody needs help. Ring off if they are busy.",
    "Write down what they say of the service. Never who said it.",
)
CALLED = "Others call it by name, so it cannot be historic yet: it stays as not confirmed, without a number."
WRITE = Question("write", "Write this down?", "", ("yes", "no"))


class Leaving(Exception):
    """The person leaves, or there is no more input."""


def ring_round(names: Sequence[str], target: Target, around: Round) -> int:
    """Asks of one contact after another, and gives how many were written.

    Raises:
        Leaving: the person left; what was typed is kept.
        Trouble: something cannot be read or written; what was typed is kept.
    """
    for line in (card.LINE, *BEFORE, KEYS):
        say(line)
    kept = read_under_way(target.under_way)
    written = 0
    known: Answers = {}
    for name in _in_order(names, kept):
        kept = read_under_way(target.under_way)
        answers = _one(name, kept, known, target, around)
        written += answers.get("write") == "yes"
        known = {key: answers[key] for key in ("by", "means", "on") if key in answers}
    return written


def _in_order(names: Sequence[str], kept: UnderWay) -> Iterator[str]:
    """What was begun first; then the rest, those tried in vain already last."""
    if kept.contact:
        yield kept.contact
    yield from sorted((name for name in names if name != kept.contact), key=lambda name: name in kept.tried)


def _one(name: str, kept: UnderWay, known: Answers, target: Target, around: Round) -> Answers:
    """All questions of one contact, and its record written; gives the answers."""
    found = target.record(name)
    if found is None:
        say(f"{name} is no contact any more. What was typed about it is left out.")
        keep_under_way(target.under_way, UnderWay(tried=kept.tried))
        return {}
    file, record = found
    if kept.contact == name and kept.writes == mark_of(record):  # stopped after it was written
        say(f"{record['name']}: written already, in {file}.")
        keep_under_way(target.under_way, UnderWay(tried=kept.tried))
        return {**kept.answers, "write": "yes"}
    for line in _shown(name, record):
        say(line)
    answers = _asked(name, record, _begun(name, record, kept, around), known, target, around)
    return _done(name, record, answers, kept, target, around)


def _begun(name: str, record: Mapping[str, Any], kept: UnderWay, around: Round) -> UnderWay:
    """What was typed about this contact before, where the record is still the same."""
    now = mark_of(record)
    if kept.contact != name:
        return UnderWay(name, now, tried=kept.tried)
    typed = "; ".join(f"{question}: {answer}" for question, answer in kept.answers.items())
    if kept.mark != now:
        say(f"The record has changed since you began. You had typed: {typed}. It is asked anew.")
        return UnderWay(name, now, tried=kept.tried)
    if not _can_go_on(name, record, kept.answers, around):
        say(f"What was kept cannot be read any more. It was: {typed}. It is asked anew.")
        return UnderWay(name, now, tried=kept.tried)
    if typed:
        say(f"Going on from where you left. You had typed: {typed}.")
    return kept._replace(writes="")


def _can_go_on(name: str, record: Mapping[str, Any], answers: Answers, around: Round) -> bool:
    """Whether the questions can be read with these answers."""
    try:
        _next(name, record, answers, around)
    except (NotUnderstood, KeyError, ValueError, IndexError):
        return False
    return True


def _asked(
    name: str, record: Mapping[str, Any], begun: UnderWay, known: Answers, target: Target, around: Round
) -> dict[str, str]:
    """The answers to all questions, each kept on the disk before the next is asked."""
    answers = {name: text for name, text in begun.answers.items() if name != WRITE.id}
    while (question := _next(name, record, answers, around)) is not None:
        if question.id in known and question.id not in answers and _still_good(question, known[question.id]):
            answers[question.id] = known[question.id]
            say(f"{question.ask} {known[question.id]}, as before. (b to change it)")
        else:
            typed = _answer(question, record)
            if typed is None:
                if answers:
                    answers.popitem()
                known = {}
            else:
                answers[question.id] = typed
        keep_under_way(target.under_way, begun._replace(answers=answers))
    return answers


def _next(name: str, record: Mapping[str, Any], answers: Answers, around: Round) -> Question | None:
    """The first question without an answer; None where there is none left."""
    asked = questions(record, answers, around)
    found = next((one for one in asked if one.id not in answers), None)
    if found is None and WRITE.id not in answers and answers["reached"] not in ("nobody", "later"):
        after = outcome(name, record, answers, around)
        return WRITE._replace(
            ask="\n".join(("This changes:", *differences(record, after), *_by_hand(record, after), WRITE.ask))
        )
    return found


def _by_hand(record: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """What no answer changes, and what may no longer be right after one."""
    if after["status"] == "unconfirmed" != record["status"]:
        yield CALLED
    if "alert" in record and record["alert"] == after.get("alert"):
        yield f"It stays, and only you can say if it is still right: {record['alert']}"


def _still_good(question: Question, text: str) -> bool:
    try:
        question.understood(text)
    except NotUnderstood:
        return False
    return True


def _answer(question: Question, record: Mapping[str, Any]) -> str | None:
    """One answer, asked until it can be read; None to go back.

    Raises:
        Leaving: the person leaves.
    """
    _put(question)
    while True:
        text = _line()
        if text == "b":
            return None
        if text == "?":
            say(_what_to_ask(record))
            _put(question)
            continue
        if not text:
            say("Enter on its own is no answer.")
            continue
        try:
            return question.understood(text)
        except NotUnderstood as why:
            say(str(why))


def _put(question: Question) -> None:
    say("")
    for line in question.ask.split("\n"):
        say(line)
    for place, (choice, label) in enumerate(zip(question.choices, question.labels or question.choices, strict=False)):
        if len(question.choices) > 1 and not question.hint:
            say(f"{place + 1}. {choice}{f': {label}' if label != choice else ''}")
    if question.hint:
        say(question.hint)


def _what_to_ask(record: Mapping[str, Any]) -> str:
    ask = "Ask: is the number right? On which days and at what hours do you answer? On bank holidays? Who is it for?"
    more = f" To settle: {record['settle']}" if "settle" in record else ""
    return f"{ask} What does it cost? How does one refer?{more}"


def _line() -> str:
    """A line typed.

    Raises:
        Leaving: the person leaves, or there is no more input.
    """
    say("Answer: ", end="")
    typed = sys.stdin.readline()
    if not typed.endswith("\n") or typed.strip().casefold() == "q":  # a line cut short is no answer
        raise Leaving
    return typed.strip()


def _done(
    name: str, record: Mapping[str, Any], answers: dict[str, str], kept: UnderWay, target: Target, around: Round
) -> Answers:
    """The record written, or the contact left for another time."""
    place, tried = target.under_way, dict(kept.tried)
    if answers["reached"] == "nobody" or (target.local and answers["reached"] in ("dead", "gone")):
        tried[name] = around.today.isoformat()
    if answers.get(WRITE.id) == "yes":
        after = outcome(name, record, answers, around)
        _write(name, after, UnderWay(name, mark_of(record), answers, tried=tried), target)
    if answers["reached"] == "answered":
        tried.pop(name, None)
    keep_under_way(place, UnderWay(tried=tried))
    return answers


def _write(name: str, after: Mapping[str, Any], typed: UnderWay, target: Target) -> None:
    """Writes the record; what it comes to is noted first, so that a stop in between is seen."""
    comes_to = target.as_written(name, after)
    keep_under_way(target.under_way, typed._replace(writes=mark_of(comes_to)))
    file = target.write(name, comes_to)
    say(f"Written to {os.path.relpath(file) if file.startswith(os.getcwd() + os.sep) else file}.")


def _shown(name: str, record: Mapping[str, Any]) -> Iterator[str]:
    """What the data says of a contact."""
    yield ""
    yield f"{record['name']} ({name})"
    for phone in record.get("phones", ()):
        hours = f", {as_typed(phone['schedule'])}" if "schedule" in phone else ""
        yield f"Number: {phone['number']} ({phone['kind']}{hours}{', ' + phone['cost'] if 'cost' in phone else ''})"
    yield f"Hours: {as_typed(record.get('schedule', 'unknown'))}"
    for label, field in (
        ("For", "who_for"),
        ("How to refer", "application_process"),
        ("To settle", "settle"),
        ("Warning", "caution"),
    ):
        if field in record:
            yield f"{label}: {record[field]}"
    seen = ", ".join(dict.fromkeys(evidence["source"] for evidence in record["evidence"]))
    yield f"How sure: {record['confidence']}; read in {seen}."
    if "assured_date" in record:
        yield f"Confirmed before: {record['assured_date']}."


def say(text: str, end: str = "\n") -> None:
    """A line for the person; in a pipe it goes the way of all chatter."""
    stream = sys.stdout if sys.stdout.isatty() else sys.stderr
    stream.write(fitted(clean(text), stream) + end)
    stream.flush()
