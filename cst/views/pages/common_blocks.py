"""The parts that pages share: the danger line, what to do, what never to do, why, and the small print."""

from __future__ import annotations

from cst import card
from cst.lean_typing import TYPE_CHECKING
from cst.views.dates import day, moment
from cst.views.page import Block, Cited, Gap, Item, Never, Small, Step, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cst import contract

DANGER = Block((Words(card.LINE, strong=True),))
CARD = Block(tuple(map(Words, card.CARD[1:])), card.CARD[0], "emergency")
NO_AREA = "No area given: only national numbers are shown. For local ones add it, for example: --area winchester"
UNPLACED = "The place you gave has no area here: only national numbers are shown. The start says why."
UNRUNG = "seen in the sources below, not yet rung"


def doing_items(
    steps: Sequence[contract.Step], cautions: Sequence[contract.Caution], have_ready: Sequence[str]
) -> Iterator[Item]:
    """What to do in order, what never to do, what to have ready."""
    yield from step_items(steps)
    yield from never_items(cautions)
    yield from ready_items(have_ready)


def step_items(steps: Sequence[contract.Step]) -> Iterator[Item]:
    """What to do, in order."""
    yield Gap()
    yield from (Step(place, step["text"], step["within"] or "") for place, step in enumerate(steps, 1))
    yield Gap()


def never_items(cautions: Iterable[contract.Caution]) -> Iterator[Item]:
    """What never to do."""
    yield from (Never(caution["text"], caution["why"] or "") for caution in cautions)
    yield Gap()


def ready_items(have_ready: Sequence[str], if_worse: str | None = None) -> Iterator[Item]:
    """What to have ready for the call, and what to do if it gets worse."""
    if have_ready:
        yield Words("; ".join(have_ready), "Have ready")
    if if_worse:
        yield Words(if_worse, "If it gets worse")


def reasons_item(because: Sequence[contract.Reason], label: str, about: str = "") -> Iterator[Item]:
    """The answers that decided."""
    if because:
        says = "; ".join(reason["says"] for reason in because)
        yield Words(f"{about} - {says}" if about else says, label)


def asked_item(questions: Iterable[contract.Question], label: str) -> Iterator[Item]:
    """Questions by their words, each once."""
    asks = dict.fromkeys(question["ask"] for question in questions)
    if asks:
        yield Words("; ".join(asks), label)


def place_blocks(*says: str | None) -> tuple[Block, ...]:
    """What the place was taken as, or why it has no numbers of its own: first of all, for it changes whom to ring."""
    lines = tuple(Words(line, strong=True) for line in says if line)
    return (Block(lines),) if lines else ()


def small_print(
    edition: dict[str, str],
    area_name: str | None,
    at: str,
    sources: Iterable[contract.Source],
    contacts: Sequence[contract.Contact],
    end: str = "",
    *,
    unplaced: bool = False,
    national: bool = True,
) -> Block:
    """Where, when, which edition, and where everything was seen: quiet, last, and each source once.

    `unplaced` is for a place that was given and came to no area; the page says why before everything else. `national`:
    whether to say that without an area all numbers are; not where the page asks for the area already.
    """
    items: list[Item] = [Small(f"{area_name}, {moment(at)}" if area_name else moment(at))]
    if area_name is None and national:
        items.append(Small(UNPLACED if unplaced else NO_AREA))
    if contacts:
        items += _seen(contacts)
    items += _sources(sources, contacts)
    edition_line = (
        f"{edition['title']}, edition {edition['version']}, {day(edition['published'])}. {edition['disclaimer']}"
    )
    return Block((*items, Small(f"{edition_line} {end}".rstrip())))


def _seen(contacts: Iterable[contract.Contact]) -> Iterator[Item]:
    """That a number in print is not a number tried, and which ones somebody has tried."""
    dates = {contact["name"]: contact["assured_date"] for contact in contacts if contact["assured_date"]}
    checked = "; ".join(f"{name}, {day(assured)}" for name, assured in dates.items() if assured)
    yield Small(f"{UNRUNG}, but for those under Checked." if checked else f"{UNRUNG}.", "Numbers")
    if checked:
        yield Small(f"{checked}.", "Checked by a person")


def _sources(sources: Iterable[contract.Source], contacts: Iterable[contract.Contact]) -> Iterator[Item]:
    """Each source once with its own date, those read on the same day together."""
    cited = {
        source["id"]: source for source in (*sources, *(one for contact in contacts for one in contact["sources"]))
    }
    read: dict[str, list[str]] = {}
    for source in cited.values():
        read.setdefault(source["consulted"], []).append(f"{source['title']} ({day(source['dated'])})")
    yield from (Cited(f"Sources, read {day(consulted)}", tuple(titles)) for consulted, titles in read.items())
