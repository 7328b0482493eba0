"""What differs between two editions as a page: a release note, what matters first at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from cst.views.dates import day, moment
from cst.views.page import Block, Item, Page, Small, Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cst import contract

SHOWN = 6  # of each section, unless all are asked for
LONGEST = 280  # characters of what was or is
NAMED = 3  # titles in one line
COUNTED = ("look-up", "sources")  # of which only the number is told where there are many
HEADINGS: dict[contract.Section, str] = {
    "first": "Whom to ring first",
    "numbers": "Numbers and addresses",
    "contacts": "Services that are new, gone or historic, and who is called",
    "hours": "Hours",
    "thresholds": "Thresholds: when something applies",
    "elsewhere": "Answers that lead elsewhere now",
    "not-sure": "What not sure does",
    "steps": "What to do",
    "do-nots": "What never to do",
    "words": "Words: titles, questions, terms",
    "look-up": "What look-up knows",
    "sources": "Sources and dates",
}
SHORT: dict[contract.Section, str] = {
    "first": "first calls",
    "numbers": "numbers",
    "contacts": "services",
    "hours": "hours",
    "thresholds": "thresholds",
    "elsewhere": "answers",
    "not-sure": "not sure",
    "steps": "what to do",
    "do-nots": "do-nots",
    "words": "words",
    "look-up": "look-up",
    "sources": "sources",
}
WAYS: tuple[Literal["ways"], Literal["of"]] = ("ways", "of")
TURNED = 'Look here: a "not" stands in only one of these.'


def changes_page(told: contract.Changes, *, everything: bool = False) -> Page:
    """The two editions, how much differs in what, then each section.

    Args:
        told: what differs.
        everything: all of each section, and not the first few.
    """
    sections = [_section(one, told, everything) for one in HEADINGS if one in told["counts"]]
    unread = tuple(map(Words, told["not_compared"]))
    return (
        Block(tuple(_heading(told))),
        *sections,
        *((Block(unread, "What could not be compared"),) if unread else ()),
        *((Block((Small("The first few of each are shown. All: --all"),)),) if sections and not everything else ()),
    )


def _heading(told: contract.Changes) -> Iterator[Item]:
    yield Words(_named(told["old"]), "From")
    yield Words(_named(told["new"]), "To")
    if not told["counts"]:
        yield Words("Nothing that could be compared differs." if told["exit"] else "Nothing differs.", strong=True)
        return
    counts = ", ".join(f"{SHORT[one]} {told['counts'][one]}" for one in HEADINGS if one in told["counts"])
    yield Words(f"{counts}.", "Changes", strong=True)
    when = " and ".join(f"{called}, {moment(at)}" for called, at in told["looked_at"].items())
    yield Small(f"Hours, figures and whom to ring first: {when}.", "Looked at")


def _named(edition: dict[str, str]) -> str:
    return f"{edition['title']}, edition {edition['version']}, {day(edition['published'])} ({edition['named']})"


def _section(section: contract.Section, told: contract.Changes, everything: bool) -> Block:
    found = [one for one in told["changes"] if one["section"] == section]
    alike = _alike(found)
    if everything:
        return Block(tuple(_line(together, everything) for together in alike), HEADINGS[section])
    if section in COUNTED and len(alike) > SHOWN:
        whole = [one for one in found if not one["what"]]
        new, gone = sum(one["was"] is None for one in whole), sum(one["now"] is None for one in whole)
        other = len(found) - new - gone
        return Block((Words(f"{new} new, {gone} gone, {other} other changes."),), HEADINGS[section])
    folded = _folded(alike)
    items = [_line(first, everything, more) for first, more in folded[:SHOWN]]
    left = len(alike) - sum(1 + more for _, more in folded[:SHOWN])
    return Block((*items, *((Words(f"And {left} more."),) if left else ())), HEADINGS[section])


def _folded(alike: Sequence[list[contract.Changed]]) -> list[tuple[list[contract.Changed], int]]:
    """The first change of the same thing in the same records, and how many more there are of it."""
    by_titles: dict[object, list[list[contract.Changed]]] = {}
    for together in alike:
        by_titles.setdefault((together[0]["what"], *(one["id"] for one in together)), []).append(together)
    return [(same[0], len(same) - 1) for same in by_titles.values()]


def _alike(found: Iterable[contract.Changed]) -> list[list[contract.Changed]]:
    """Changes that are the same in several records, together."""
    by_words: dict[object, list[contract.Changed]] = {}
    for one in found:
        key = (one["what"], one["was"], one["now"], one.get("where")) if one["what"] else (one["kind"], one["id"])
        by_words.setdefault(key, []).append(one)
    return list(by_words.values())


def _line(together: Sequence[contract.Changed], everything: bool, folded: int = 0) -> Words:
    first = together[0]
    titles = list(dict.fromkeys(one["title"] for one in together))
    named = titles if everything else titles[:NAMED]
    more = f" and {len(titles) - len(named)} more" if len(titles) > len(named) else ""
    label = ", ".join(filter(None, ("; ".join(named) + more, first["what"])))
    told = [TURNED] if first["turned"] else []
    told += [_was_and_is(first, everything), *_ways(together)]
    if folded:
        told.append(f"And {folded} more here.")
    return Words(" ".join(told), label, strong=first["turned"])


def _was_and_is(one: contract.Changed, everything: bool) -> str:
    was, now = ((one[part] or "").rstrip(".") for part in ("was", "now"))
    if not everything:
        was, now = _short(was), _short(now)
    where = f" ({one['where']})" if one.get("where") else ""
    if one["was"] is None:
        return _ended(f"New: {now}{where}")
    if one["now"] is None:
        return _ended(f"Gone: {was}{where}")
    if was == now:
        return _ended(f"Written otherwise, and comes to the same: {now}")
    return f"{_ended(f'Was: {was}')} {_ended(f'Now: {now}{where}')}"


def _ended(text: str) -> str:
    return text if text.endswith(("?", "!")) else f"{text}."


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]} ..."


def _ways(together: Sequence[contract.Changed]) -> Iterator[str]:
    """In how many ways to answer, under which topics, and an example."""
    ways, of = (sum(one.get(part, 0) for one in together) for part in WAYS)
    if not ways:
        return
    topics = list(dict.fromkeys(topic for one in together for topic in one.get("topics", ())))
    under = f", under {'; '.join(topics[:NAMED])}" if topics else ""
    more = f" and {len(topics) - NAMED} more topics" if len(topics) > NAMED else ""
    yield f"In {ways:,} of {of:,} ways to answer{under}{more}."
    example = min((one["example"] for one in together if one.get("example")), key=len, default="")
    if example and ways < of:
        yield f"For example: {example}."
