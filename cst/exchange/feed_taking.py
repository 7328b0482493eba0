"""Which services of a feed are taken: none that is known already, none twice, none that a local file may not have.

Each record is written as YAML, read again as any local file is, and put before the rules that a local file must keep.
What any of them refuses is left out. So nothing in a feed gets by them, and what comes of it is in order.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from cst.exchange.feed_contact import Known, contact_of
from cst.exchange.feed_phones import KnownNumbers
from cst.exchange.open_referral_terms import service_id
from cst.source import schema, yaml
from cst.source.number_kinds import national
from cst.source.overlay import Shipped
from cst.source.overlay_words import unfit_words
from cst.source.record_edit import ORDER
from cst.source.record_text import record_lines
from cst.toolkit.names import normal

if TYPE_CHECKING:
    from cst import contract
    from cst.toolkit.toolkit import Toolkit

MOST_SHOWN = 80  # characters of what a feed calls a service
_NO_IDS = ("edition", "bank_holidays", "fallback", "cases")


class Taken(NamedTuple):
    """A service that is taken.

    Attributes:
        service: its id in the feed; "" where it has none that can be read.
        id: what it is called here.
        record: all its fields.
        source: the id of the source that it names.
        dated: the day on which it was last looked at.
    """

    service: str
    id: str
    record: dict[str, Any]
    source: str
    dated: date


class Reader:
    """Takes services one by one, and knows what it has taken and what it has left out."""

    def __init__(self, toolkit: Toolkit, today: date, serves: str | None, source: str) -> None:
        """Gathers what is known already.

        Args:
            toolkit: what is known.
            today: the day it is.
            serves: the area of services that name none.
            source: how the ids of the feed as a source begin.
        """
        contacts = toolkit.kind("contacts")
        self.toolkit = toolkit
        self.source = source
        self.left_out: list[contract.LeftOut] = []
        self.shipped = Shipped(toolkit.records)
        self.exported = {service_id(name, record): name for name, record in contacts.items()}
        used = {national(one["number"]): name for name, record in contacts.items() for one in record.get("phones", ())}
        old = {national(one): name for name, record in contacts.items() for one in record.get("old_numbers", ())}
        self.known = Known(toolkit, KnownNumbers(used, old), today, serves)
        self.ids = {name for kind in toolkit.records if kind not in _NO_IDS for name in toolkit.kind(kind)}
        self.seen: set[object] = set()

    def take(self, service: Any, place: int) -> Taken | None:
        """One service; None where it is left out, which is written down.

        Args:
            service: as it stands in the feed.
            place: where it stands there, from 1.
        """
        its, name = _id_in_feed(service), _shown(service, place)
        made, left_out = None, [("", f"cst has it already: {self.exported.get(its)}")]
        if its not in self.exported:
            read = contact_of(service, self.known)
            left_out = list(read.left_out)
            made = self._made(its, read.record, read.dated) if read.record else None
        if made and (why := self._double(made) or self._old(made) or self._refused(made)):
            made, left_out = None, [("", why)]
        self.left_out += [
            {"service": its or None, "name": name, "field": field or None, "why": why} for field, why in left_out
        ]
        if made:
            self.ids.add(made.id)
            self.seen |= {made.service, _likeness(made.record)} - {""}
        return made

    def _made(self, service: str, read: dict[str, Any], dated: date) -> Taken:
        """The whole record: with its source, and due for review as long after its day as any other."""
        source = f"{self.source}{dated.isoformat()}"
        review = dated + timedelta(self.toolkit.records["edition"]["review_after_days"])
        fields = {**read, "evidence": [{"source": source}], "review_by": review.isoformat()}
        record = {field: fields[field] for field in ORDER if field in fields}
        its = f"imported-{ascii_words(read['name'])}"
        if its in self.ids:  # the same letters: what it differs in tells the two apart
            differs = repr((service, read["name"], read.get("phones"), read["serves"]))
            its = f"{its}-{hashlib.sha256(differs.encode()).hexdigest()[:8]}"
        return Taken(service, its, record, source, dated)

    def _double(self, made: Taken) -> str:
        """Why it is there already; "" where it is not."""
        if {made.service, _likeness(made.record)} & self.seen:
            return "it stands twice in the feed"
        if bearers := self.toolkit.names.get(normal(made.record["name"])):
            return f"cst has something of that name already: {bearers[0][1]}"
        numbers = [national(phone["number"]) for phone in made.record.get("phones", ())]
        if numbers and all(number in self.known.numbers.used for number in numbers):
            return f"cst has its number already: {self.known.numbers.used[numbers[0]]}"
        return ""

    def _old(self, made: Taken) -> str:
        """Why it is too old to begin with; "" where it is not: it would be past its review as soon as it is there."""
        day = max(self.known.today.isoformat(), self.toolkit.records["edition"]["published"])
        too_old = made.record["review_by"] < day
        return f"it was last looked at on {made.dated.isoformat()}, too long ago" if too_old else ""

    def _refused(self, made: Taken) -> str:
        """Why no local file may hold it; "" where one may."""
        lines = ["contacts:", *record_lines(made.id, made.record)]
        tree, unread = yaml.read("\n".join(lines).encode("utf-8", "replace"), "")
        records, faults = schema.check(tree, "") if not unread else ({}, unread)
        if faults:
            return faults[0].says.removeprefix(f"contacts > {made.id} > ")
        record = records["contacts"].get(made.id)
        if list(tree) != ["contacts"] or schema.plain(record) != made.record:
            return "it does not come back as it was written"
        return next((says for _, _, says, _ in self.shipped.wrong("contacts", made.id, record, None)), "")


def _likeness(record: dict[str, Any]) -> tuple[object, ...]:
    """What makes two services of a feed the same: name, numbers and areas."""
    numbers = frozenset(national(phone["number"]) for phone in record.get("phones", ()))
    return normal(record["name"]), numbers, frozenset(record["serves"])


def _id_in_feed(service: Any) -> str:
    try:
        return str(UUID(service["id"])) if isinstance(service, dict) else ""
    except (KeyError, TypeError, ValueError, AttributeError):
        return ""


def _shown(service: Any, place: int) -> str:
    """What a service is called in the report: nothing that may not stand in a file, and no person."""
    name = service.get("name") if isinstance(service, dict) else None
    text = " ".join(name.split()) if isinstance(name, str) else ""
    return text[:MOST_SHOWN] if text and unfit_words(text) is None else f"service {place}"


def ascii_words(text: str) -> str:
    """The words of a text as an id has them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "service"
