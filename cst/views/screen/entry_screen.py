"""An entry of the quick reference on one screen: whom to ring, what it is for, what never to do."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.pages.entry import BECAME
from cst.views.screen import shared_rows as shared
from cst.views.screen.layout import CRITERIA, GO_FIRST, LAW, READY, Row, Screen, Section, Size, in_edge, lines_of
from cst.views.screen.rungs import all_numbers, number_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cst import contract

NUMBERS, STEPS = 3, 3
LONGEST = 2  # rows of a list that stands on one screen; a longer one is folded whole


def entry_screen(entry: contract.Entry, size: Size, rest: str = shared.ALL) -> Screen:
    """The entry as rows, for a screen of this size; they are still to be fitted."""
    local = any(one["area"] != "England" for one in entry["contacts"]) or bool(entry["unfilled"])
    live = [contact for contact in entry["contacts"] if contact["status"] != "historic"]
    rows = (*_about(entry, size.inner), *_numbers(entry), *shared.own_steps(entry["steps"], _steps(entry), entry["id"]))
    never = shared.never_rows(entry["do_nots"], size.inner)
    mark = shared.MARKS.get(entry["urgency"] or "", "")
    section = Section((*rows, *never, *_who(entry, size)), entry["title"], entry["urgency"] or "", mark)
    if entry["brief"] and not in_edge(section, size):
        section = section._replace(title=entry["brief"])
    return Screen(
        shared.danger(),
        shared.place_and_minute(entry),
        (section,),
        tuple(shared.about_the_place(entry, local=local and entry["type"] != "contact")),
        (*_below(entry), shared.closing(live)),
        shared.all_steps({entry["id"]: entry["steps"]})
        | shared.all_do_nots(entry["do_nots"])
        | {("numbers", number) for number in all_numbers([entry])}
        | shared.all_sources(entry["sources"], live)
        | ({("criteria", "")} if entry["lists"] else set()),
        rest,
    )


def _steps(entry: contract.Entry) -> int:
    """How many steps there is room for: what is for the only chance to speak gets all that it is for."""
    return max(STEPS, len(shared.key_steps(entry["steps"])) + 1)


def _about(entry: contract.Entry, columns: int) -> Iterator[Row]:
    """What it is, and what became of it where it is of the past."""
    for contact in entry["contacts"]:
        if contact["status"] == "historic":
            became = contact["became"] or {}
            yield Row(f"Old: do not ring. {BECAME[str(became.get('outcome', 'unknown'))]}", kind="strong")
            break
    if summary := _in_two_rows(entry["summary"] or "", columns):
        yield Row(summary, goes=CRITERIA + 1)


def _in_two_rows(text: str, columns: int) -> str:
    """The first whole sentences of a text that two rows have room for; all of them, or as many as go."""
    sentences = text.split(". ")
    for count in range(len(sentences), 0, -1):
        told = ". ".join(sentences[:count])
        told = told if told.endswith(".") or not told else f"{told}."
        if lines_of(Row(told), columns) <= LONGEST:
            return told
    return ""


def _numbers(entry: contract.Entry) -> Iterator[Row]:
    if entry["contacts"] or entry["unfilled"]:
        for role in entry["unfilled"]:
            if role["first"] and not entry["local_says"] and role["says"] != entry["no_first"]:
                yield Row(f"No local number: {role['says']}")
        if entry["first"] or entry["contacts"]:
            yield from number_rows(entry, NUMBERS)
    yield from (Row(f"One old number, {_told(entry, old)}, is dead.", goes=READY) for old in _dead(entry))


def _dead(entry: contract.Entry) -> list[str]:
    return [old for contact in entry["contacts"] for old in contact["old_numbers"]][:1]


def _told(entry: contract.Entry, number: str) -> str:
    """Four figures of a number, to know it again without being able to ring it: not those that a live one ends in."""
    figures = number.replace(" ", "")
    live = (phone["number"].replace(" ", "") for contact in entry["contacts"] for phone in contact["phones"])
    return f"starts {figures[:4]}" if any(one.endswith(figures[-4:]) for one in live) else f"ends {figures[-4:]}"


def _who(entry: contract.Entry, size: Size) -> Iterator[Row]:
    """Whom it is for, where that can be said in two rows."""
    for one in entry["lists"][:1]:
        text = f"{one['heading']}: {'; '.join(one['items'])}."
        if len(text) <= LONGEST * size.inner - 10:
            yield Row(text, goes=CRITERIA, shows=(("criteria", ""),))


def _below(entry: contract.Entry) -> Iterator[Row]:
    if entry["have_ready"]:
        yield Row(f"Have ready: {'; '.join(entry['have_ready'])}.", goes=READY)
    if entry["see_also"]:
        yield Row(f"See also: {', '.join(link['id'] for link in entry['see_also'][:4])}.", goes=GO_FIRST)
    if entry["law"] and len(entry["law"]) < LAW:
        yield Row(f"Law: {entry['law']}", goes=LAW)
