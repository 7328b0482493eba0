"""The parts that pages share: whom to ring, what to do, what never to do, where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from cst import card
from cst.contract import CautionSaid, ContactSaid, ReasonSaid, RoleUnfilled, SourceSaid, StepSaid
from cst.views.page import Block, Gap, Item, Never, Reach, Ring, Small, Step, Words

DANGER = Block((Words(card.LINE, strong=True),))
NO_AREA = "No council area given, so only national numbers are shown. Give one with --area."


def ladder_items(contacts: Sequence[ContactSaid], unfilled: Sequence[RoleUnfilled]) -> Iterator[Item]:
    """Whom to ring, in order: the first number large and alone, then the others."""
    first = True
    for contact in contacts:
        ringable = [phone for phone in contact["phones"] if phone["kind"] == "voice"]
        if not ringable:
            yield Reach(contact["name"], _reach(contact), tuple(_notes(contact)))
            continue
        for place, phone in enumerate(ringable):
            notes = [*filter(None, (phone["note"], phone["cost"])), *(_notes(contact) if not place else ())]
            yield Ring(phone["number"], contact["name"], contact["hours"], first, tuple(notes))
            first = False
        for phone in contact["phones"]:
            if phone["kind"] != "voice":
                how = f"{phone['kind']} {phone['number']}"
                yield Reach(contact["name"], how, tuple(filter(None, (phone["note"],))))
    yield from (Words(role["says"]) for role in unfilled)


def _reach(contact: ContactSaid) -> str:
    mails = [mail["address"] for mail in contact["emails"]]
    ways = [*mails, *filter(None, (contact["url"],))] or [contact["application_process"] or "no number is known"]
    return ", ".join(ways)


def _notes(contact: ContactSaid) -> Iterator[str]:
    if contact["local"]:
        yield f"local: {contact['local']}"
    if contact["old"]:
        yield f"OLD: due for review since {contact['review_by']}"
    if contact["status"] == "unconfirmed":
        yield "not confirmed: check before you rely on it"
    yield from filter(None, (contact["alert"], contact["caution"]))
    for conflict in contact["conflicts"]:
        values = "; ".join(f"{value.get('number') or value.get('says')}: {value['source']}" for value in conflict["values"])
        yield f"Sources differ on {conflict['about']}: {values}. {conflict['handling']}"


def doing_items(
    steps: Sequence[StepSaid], cautions: Sequence[CautionSaid], have_ready: Sequence[str], if_worse: str | None = None
) -> Iterator[Item]:
    """What to do in order, what never to do, what to have ready."""
    if steps:
        yield Gap()
        yield from (Step(place, step["text"], step["within"] or "") for place, step in enumerate(steps, 1))
    if cautions:
        yield Gap()
        yield from (Never(caution["text"]) for caution in cautions)
    if have_ready:
        yield Gap()
        yield Words("; ".join(have_ready), "Have ready")
    if if_worse:
        yield Words(if_worse, "If it gets worse")


def reasons_item(because: Sequence[ReasonSaid], label: str = "Why") -> Iterator[Item]:
    """The answers that decided."""
    if because:
        yield Words(" · ".join(reason["says"] for reason in because), label)


def small_print(
    edition: dict[str, str], area_name: str | None, at: str, sources: Iterable[SourceSaid], contacts: Iterable[ContactSaid]
) -> Block:
    """Where, when, which edition, and where everything was seen: quiet, and last."""
    items: list[Item] = [Small(f"{area_name or 'No area given'} · {moment(at)}")]
    if area_name is None:
        items.append(Small(NO_AREA))
    seen = {contact["name"]: contact["seen"] for contact in contacts if contact["status"] != "historic"}
    items += [Small(f"{name}: {said}") for name, said in seen.items()]
    cited = {source["title"]: source["dated"] for source in sources}
    if cited:
        items.append(Small("; ".join(f"{title} ({dated})" for title, dated in cited.items()), "Sources"))
    items.append(Small(f"{edition['title']}, edition {edition['version']} of {edition['published']}. {edition['disclaimer']}"))
    return Block(tuple(items))


def moment(at: str) -> str:
    """A moment as a person would write it: Fri 27 Nov 2026 16:45."""
    then = datetime.fromisoformat(at)
    return f"{then:%a} {then.day} {then:%b %Y %H:%M}"
