"""The handbook as one Markdown document: the same sections in the same order, with no links, pictures or script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cst.handbook.any_minute import without_commands
from cst.handbook.book import book, links
from cst.views.dates import day, moment
from cst.views.formats.markdown import markdown
from cst.views.page import Block, Listed, Reach, Ring, Small, Together, Words
from cst.views.pages.common_blocks import CARD, DANGER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from cst.handbook.areas import NightAndDay
    from cst.handbook.book import Book, PlaceNames, Role
    from cst.handbook.pocket import Pocket
    from cst.handbook.sections import Section
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit
    from cst.views.page import Item

ORDER = (
    "Numbers stand in the order in which to ring on an ordinary Tuesday at 10:00. Where another comes first on a"
    " Sunday at 03:00, it stands as “At night”. Look at the hours beside each number, and ring the next one where it is"
    " closed."
)


def document(toolkit: Toolkit, at: datetime, area: str | None) -> str:
    """The whole document.

    Args:
        toolkit: what is known.
        at: the minute it is made, in Europe/London.
        area: the area it is for; None for all areas, each with its own numbers.
    """
    return without_commands("\n".join(_parts(book(toolkit, at, area))))


def _parts(found: Book) -> Iterator[str]:
    edition = found.edition
    whose = f" for {found.area}" if found.area else " for all areas: each has its own numbers"
    made = f"Edition {edition['version']} of {day(edition['published'])}. As at {moment(found.at.isoformat())}{whose}."
    says = (f"{made} Numbers change: an old page may be wrong.", edition["disclaimer"], ORDER)
    title = f"{edition['title']}: {found.area}" if found.area else edition["title"]
    yield markdown((Block((), title),), 1)
    yield markdown((DANGER, Block(tuple(map(Words, says))), CARD))
    yield _part("Whom to ring first", (Block(tuple(_first_calls(found.pocket))),))
    for name, sections in (
        ("Topics", found.issues),
        ("What to do", found.pathways),
        ("Who can have what, and duties", found.schemes),
        ("What never to do", found.cautions),
    ):
        yield _part(name, _sections(found, sections))
    yield _part("Who does it here", (_role(role, found.area) for role in found.roles))
    yield _part("Contacts by area", ())
    for area in found.areas:
        yield _part(area.name, _sections(found, area.contacts, "If nobody answers"), 3)
        yield markdown((Block(tuple(_listed(f"For {area.name} too", (one.title for one in area.also)))),))
    yield _part("Old services and numbers", _sections(found, found.past))
    yield _part("Words and short forms", _sections(found, found.terms))
    yield _part("Places and their councils", (Block((Listed("Places", tuple(map(_place, found.places))),)),))
    yield _part("Sources and dates", (Block((Listed("Sources", tuple(map(_source, found.sources.values()))),)),))


def _part(title: str, blocks: Iterable[Block], level: int = 2) -> str:
    """A heading, and what stands under it, one level deeper."""
    return markdown((Block((), title),), level) + "\n" + markdown(tuple(blocks), level + 1)


def _first_calls(pocket: Pocket) -> Iterator[Item]:
    """The pocket page: each number with the topics that ring it first; a role that areas fill with their own."""
    for line in pocket.lines:
        if line.day == line.night:
            notes = [("Day and night", line.day)]
        else:
            notes = [("First by day", line.day), ("First at night", line.night)]
        about = (f"{when}: {'; '.join(one.title for one in topics)}" for when, topics in notes if topics)
        yield line.ring._replace(large=False, turn="alone", notes=tuple(about))
    for local in pocket.local:
        yield Words(local.role.title, strong=True)
        yield from (Words(_by_area(group), ", ".join(group.areas)) for group in local.groups if group.day)


def _by_area(group: NightAndDay) -> str:
    """The call to make first in some areas by day, and at night where that is another one."""
    calls = (("", group.day), ("at night ", group.night))
    return "; ".join(f"{when}{call.number}, {call.name}, {call.hours}" for when, call in calls if call)


def _sections(found: Book, sections: Iterable[Section], see: str = "See also") -> Iterator[Block]:
    """Sections in the order of the handbook: other names, whom to ring, what to do, where it comes from."""
    known = links(found)
    for section in sections:
        others = tuple(one.title for one in section.see if one.id in known)
        sources = (found.sources[one] for one in section.sources)
        yield Block(
            (
                *_labelled("Also called", ", ".join(section.also)),
                *_roles(section),
                *_with_night(section),
                *section.more,
                *_listed(see, others),
                *_labelled("Sources", "; ".join(f"{one['title']} ({day(one['dated'])})" for one in sources)),
            ),
            section.title,
            section.urgency,
        )


def _roles(section: Section) -> Iterator[Item]:
    """The roles that each area fills with numbers of its own, before the numbers for everywhere."""
    says = "Ring first in the area where the person is" if section.area_first else "Each area has its own numbers for"
    yield from _listed(says, (role.title for role in section.roles))
    if section.area_first:
        yield Words("Where you do not know the area, or nobody answers there:", strong=True)


def _with_night(section: Section) -> Iterator[Item]:
    """The items; the call to make first at night stands after the first calls."""
    calls = [place for place, item in enumerate(section.items) if isinstance(item, (Ring, Reach))]
    after = next((place for place in calls if place + 1 not in calls), -1) + 1
    yield from section.items[:after]
    if section.night:
        yield Together("At night", section.night)
    yield from section.items[after:]


def _role(role: Role, area: str) -> Block:
    """Who fills a role, by areas; where the document is for all of them, what holds in any other one."""
    items: list[Item] = [*_labelled("Also called", ", ".join(role.also))]
    for group in role.groups:
        items += [Words(", ".join(group.areas), strong=True), *group.items]
    elsewhere = "In any other area" if role.groups else "Everywhere"
    return Block((*items, *_labelled(elsewhere, "" if area else role.otherwise)), role.title)


def _labelled(label: str, text: str) -> Iterator[Item]:
    """A line under a label, where there is anything to say."""
    if text:
        yield Small(text, label)


def _listed(heading: str, points: Iterable[str]) -> Iterator[Item]:
    """A list, where it has anything in it."""
    if listed := tuple(points):
        yield Listed(heading, listed)


def _place(place: PlaceNames) -> str:
    within = f" in {place.within}" if place.within else ""
    names = f": {', '.join(place.names)}" if place.names else ""
    return f"{place.name}{within}{names}{f'. {place.note}' if place.note else ''}"


def _source(source: records.Source) -> str:
    dates = f"Dated: {day(source['dated'])}. Read: {day(source['consulted'])}."
    return f"{source['title']}. {source['publisher']}. {dates} {source.get('url', '')}".rstrip()
