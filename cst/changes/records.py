"""What differs record by record: each field that is other, new or gone, in words.

Lists are put side by side by what each item is (a number, a do-not, a step's words), so that a new step is a new step
and not five that differ. Rules are read aloud, and of a rule of which only a part differs, that part alone.
"""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.changes.first_calls import few
from cst.changes.sections import BRIEF, KEY, field_in_words, section_of
from cst.changes.wording import KNOWN_BY, Speaker, is_turned, item_key, same_item
from cst.checks.overlay_changes import UNSAID, called
from cst.engine.not_sure import URGENCIES
from cst.engine.to_settle import NOBODY, called_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cst import contract
    from cst.changes.editions import Two
    from cst.toolkit.toolkit import Record

Path = tuple[str, ...]
SINGLE = ("edition", "bank_holidays", "fallback")
SPOKEN = ("steps", "do-nots", "words", "not-sure")  # where a "not" that is lost turns the meaning round
LABEL = "\N{LEFT DOUBLE QUOTATION MARK}"  # begins a part of a path that is no field
FOREMOST = {"numbers": ("number",), "contacts": ("", "status")}  # what of these is told before the rest
MOVED = 4  # records that are named where the order of very many may differ
LONGEST_TITLE = 120  # of what people say there may be very much
LONGEST = 60  # characters of an item's words before what differs in it
NOT_KNOWLEDGE = ("cases",)  # they try the toolkit, and say nothing of their own


class Differing(NamedTuple):
    """One place in a record: what stood there, and what stands there now (None: nothing)."""

    path: Path
    was: Any
    now: Any


def record_changes(two: Two) -> list[contract.Changed]:
    """Everything that differs, the most dangerous of each section first."""
    write, rank = _Writer(two), _Ranks(two)
    found = [one for kind in {**two.was.records, **two.now.records} for one in _of_kind(two, write, kind)]
    return sorted(found, key=lambda one: (_is_minor(one), rank.of(one["kind"], one["id"])))


def _is_minor(one: contract.Changed) -> tuple[bool, bool, bool]:
    """A "not" that was lost comes first; then what is said in words, and last what is only a short form of it."""
    beside = one["kind"] == "contacts" and one["section"] not in ("numbers", "contacts", "hours")
    foremost = FOREMOST.get(one["section"], (one["what"],))
    short = one["was"] == one["now"] or one["what"].endswith((BRIEF, KEY))
    return not one["turned"], short, beside or one["what"] not in foremost


def _of_kind(two: Two, write: _Writer, kind: str) -> Iterator[contract.Changed]:
    if kind in NOT_KNOWLEDGE:
        return
    old, new = (_by_id(kind, edition.records.get(kind, {})) for edition in (two.was, two.now))
    for name in {**old, **new}:
        if name in old and name in new:
            for field in {**old[name], **new[name]}:
                if field not in UNSAID or field in ("name", "title"):
                    yield from write.field(kind, name, old[name], new[name], field)
        else:
            yield write.whole(kind, name, old.get(name), new.get(name))
    if moved := _moved(list(old), list(new)):
        was, now = (few(list(map(write.named, names)), MOVED) for names in moved)
        yield write.one(kind, kind, {}, ("order",), was, now)


def _moved(old: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Of what stands in both the part that is in another order; None where there is none."""
    before, after = [one for one in old if one in set(new)], [one for one in new if one in set(old)]
    differ = [place for place, (was, now) in enumerate(zip(before, after, strict=True)) if was != now]
    return (before[differ[0] : differ[-1] + 1], after[differ[0] : differ[-1] + 1]) if differ else None


def _by_id(kind: str, held: Any) -> Mapping[str, Any]:
    """The records of a kind by id; what there is one of has the kind for its id."""
    if isinstance(held, str):
        held = {kind: held}
    return {kind: held} if kind in SINGLE and held else held


class _Writer:
    """Writes what differs in a record."""

    def __init__(self, two: Two) -> None:
        self.two = two
        self.old, self.new = Speaker(two.old, two.day), Speaker(two.new, two.day)
        self.new_numbers = {
            one["name"]: {phone["number"] for phone in one.get("phones", ())}
            for one in two.new.kind("contacts").values()
        }

    def named(self, name: str) -> str:
        """What a record is called, in the newer edition or else in the older."""
        return self.new.names.get(name) or self.old.names.get(name) or name

    def whole(self, kind: str, name: str, old: Record | None, new: Record | None) -> contract.Changed:
        """A record that is new or gone."""
        was, now = (
            None if record is None else speaker.summary(kind, record)
            for speaker, record in ((self.old, old), (self.new, new))
        )
        return self.one(kind, name, old if new is None else new, (), was, now)

    def field(self, kind: str, name: str, old: Record, new: Record, field: str) -> Iterator[contract.Changed]:
        """A field of a record that both editions have; one that the older could not have is passed over."""
        if field not in old and self._is_shape(kind, name, field):
            return
        for path, was, now in differing((field,), old.get(field), new.get(field)):
            if path[-1] == "rule" and was is not None and now is not None:
                said_was, said_now = self.old.rules_apart(was, self.new, now)
            else:
                said_was = None if was is None else self.old.value(path, was)
                said_now = None if now is None else self.new.value(path, now)
            yield self.one(kind, name, new, path, self._moved(path, was, said_was), said_now)

    def _moved(self, path: Path, was: Any, said: str | None) -> str | None:
        """A number that is gone from a contact, with whose it is now."""
        if path != ("phones",) or not isinstance(was, dict):
            return said
        now = [name for name, one in self.new_numbers.items() if was["number"] in one]
        return f"{said}; it is now with {', '.join(now)}" if now else said

    def _is_shape(self, kind: str, name: str, field: str) -> bool:
        """Whether the older edition has no such field because its records had another shape."""
        place = (kind, name, field)
        return place in self.two.was.lacking or place in self.two.was.left_out

    def one(self, kind: str, name: str, record: Any, path: Path, was: str | None, now: str | None) -> contract.Changed:
        """One thing that differs, in words."""
        section = section_of(kind, path)
        told = [self._label(part) if part.startswith(LABEL) or "instead" in path[:-1] else part for part in path]
        if len(path) > 1 and path[-1] in KNOWN_BY and path[-2].startswith(LABEL):
            del told[-2]  # it is what differs
        return {
            "section": section,
            "kind": kind,
            "id": name,
            "title": shorten(called(record), LONGEST_TITLE, placeholder=" ...") or name,
            "what": field_in_words(told),
            "was": was,
            "now": now,
            "turned": section in SPOKEN and was is not None and now is not None and is_turned(was, now),
        }

    def _label(self, part: str) -> str:
        """What an item of a list is known by, short."""
        named = part.removeprefix(LABEL)
        return f'"{shorten(self.named(named), LONGEST, placeholder=" ...")}"'


def differing(path: Path, old: Any, new: Any) -> Iterator[Differing]:
    """The places at which two values differ, as far in as they are the same thing."""
    if old == new and path[-1] != "choices":  # of which the order is told too
        return
    if isinstance(old, dict) and isinstance(new, dict) and not _is_whole(path):
        for key in {**old, **new}:
            yield from differing((*path, key), old.get(key), new.get(key))
        if path[-1] == "choices" and (moved := _moved(list(old), list(new))):
            yield Differing((*path, "order"), *moved)
    elif isinstance(old, list) and isinstance(new, list) and not _is_whole(path):
        yield from _lists(path, old, new)
    elif isinstance(new, list) and old is None and not _is_whole(path):
        yield from (Differing(path, None, one) for one in new)
    elif isinstance(old, list) and new is None and not _is_whole(path):
        yield from (Differing(path, one, None) for one in old)
    else:
        yield Differing(path, old, new)


def _is_whole(path: Path) -> bool:
    """Whether what stands here is told in one go: hours and rules."""
    return path[-1] in ("schedule", "rule", "when", "not_if", "implied_by", "asked_if", "not_hinted_if")


def _lists(path: Path, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Differing]:
    """Items by what they are, those that are nearly the same, what is gone or new; the order."""
    if len(old) == len(new) == 1 and isinstance(old[0], dict):
        yield from differing((*path, *_label_of(old[0])), old[0], new[0])
        return
    before, after = _keyed(old), _keyed(new)
    gone = [key for key in before if key not in after]
    added = [key for key in after if key not in before]
    for key in before:
        if key in after:
            yield from differing((*path, *_label_of(after[key])), before[key], after[key])
    for key in gone:
        near = next((other for other in added if same_item(before[key], after[other])), None)
        if near is None:
            yield Differing(path, before[key], None)
        else:
            added.remove(near)
            yield from differing((*path, *_label_of(before[key])), before[key], after[near])
    yield from (Differing(path, None, after[key]) for key in added)
    kept = [[held[key] for key in held if key in before and key in after] for held in (before, after)]
    if list(map(item_key, kept[0])) != list(map(item_key, kept[1])):
        yield Differing((*path, "order"), *kept)


def _label_of(item: Any) -> Path:
    """What an item is known by, as a part of the path to what stands in it."""
    known = next((str(item[field]) for field in KNOWN_BY if field in item), "") if isinstance(item, dict) else ""
    return (LABEL + known,) if known else ()


def _keyed(items: Sequence[Any]) -> dict[tuple[str, int], Any]:
    """The items by what each is, those that are the same numbered."""
    found: dict[tuple[str, int], Any] = {}
    for item in items:
        key = item_key(item)
        found[key, sum(key == other for other, _ in found)] = item
    return found


class _Ranks:
    """How dangerous it is that somebody misses a change of a record: by what calls it and how urgent that is."""

    def __init__(self, two: Two) -> None:
        self.two = two
        self.placed = [called_for(toolkit) for toolkit in (two.old, two.new)]

    def of(self, kind: str, name: str) -> tuple[Any, ...]:
        """Lowest first."""
        held = (_by_id(kind, edition.records.get(kind, {})).get(name) for edition in (self.two.was, self.two.now))
        return min(self._of(record, placed, kind, name) for record, placed in zip(held, self.placed, strict=True))

    def _of(self, record: Any, placed: Mapping[str, tuple[int, int]], kind: str, name: str) -> tuple[int, int]:
        if not isinstance(record, dict):
            return NOBODY
        if kind == "contacts":
            return min(placed.get(use, NOBODY) for use in (name, *record.get("fills", ())))
        if kind == "cautions" and "kills" in record:
            return "ABCDE".index(record["kills"]), 0
        return (URGENCIES.index(record["urgency"]), 0) if "urgency" in record else (len(URGENCIES) - 1, 0)
