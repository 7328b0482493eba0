"""What Open Referral has no field for, as attributes whose terms are `cst`'s own; and ids that stay the same."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, NamedTuple

from cst.exchange.feed_words import LeftOut, page

if TYPE_CHECKING:
    from cst.source import records
    from cst.toolkit.toolkit import Toolkit

HSDS, UK = "3.0", "uk"
PROFILES = (HSDS, UK)
SPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "community-safety-toolkit.invalid")  # a name that nobody can own
TAXONOMY = "Community safety toolkit"
SOURCE, HOURS, ROLE, STATE, SURE, NAME, WAY = "source", "hours", "role", "state", "how sure", "other name", "way"
DESCRIPTIONS = {
    HOURS: "Hours that schedules cannot say.",
    ROLE: "What it does in the areas that it serves.",
    STATE: "Nobody has confirmed that this service is there today.",
    SURE: "How sure the toolkit is of this contact.",
    NAME: "Another name of the service.",
    WAY: "How this number is used.",
}


class Asked(NamedTuple):
    """What is written: from which toolkit, for which area (None: all of them), in which profile."""

    toolkit: Toolkit
    area: str | None
    profile: str


def id_of(*names: str) -> str:
    """The id of what these names name: always the same."""
    return str(uuid.uuid5(SPACE, "/".join(names)))


def service_id(name: str, record: records.Contact) -> str:
    """The id of a contact: two teams may call a contact of their own the same, so a local one has its file in it."""
    added = record["local"] if "local" in record and "shipped" not in record else ""
    return id_of("contact", *filter(None, (added, name)))


def address(url: str | None) -> str | None:
    """A page as the whole address that the standard asks for; None where what the data says of it is none."""
    try:
        return page(url if url is None or "://" in url else f"https://{url}")
    except LeftOut:
        return None


def attribute(asked: Asked, link: str, entity: str, kind: str, term: str) -> dict[str, Any]:
    """One term of a closed list, or one name."""
    its = id_of("term", kind, term)
    named = {"id": its, "name": term, "description": DESCRIPTIONS[kind], "taxonomy": f"{TAXONOMY}: {kind}"}
    return _linked(asked, link, entity, kind, named, None)


def source(asked: Asked, service: str, evidence: records.Evidence) -> dict[str, Any]:
    """A source with its dates. What it said has a field in HSDS alone."""
    record = asked.toolkit.kind("sources")[evidence["source"]]
    dated, read = evidence.get("dated", record["dated"]), evidence.get("consulted", record["consulted"])
    url = address(record.get("url"))
    where = record.get("document") or (None if url else record.get("url"))
    term = {
        "id": id_of("term", SOURCE, evidence["source"], dated, read),
        "name": record["title"],
        "description": f"{record['publisher']}. {f'{where}. ' if where else ''}Dated: {dated}. Read: {read}.",
        "taxonomy": f"{TAXONOMY}: {SOURCE}",
    }
    if url:
        term["term_uri"] = url
    return _linked(asked, service, "service", SOURCE, term, evidence.get("said"))


def _linked(asked: Asked, link: str, entity: str, kind: str, term: dict[str, str], value: str | None) -> dict[str, Any]:
    """An attribute: the UK profile has no value, and does not say of which table it is."""
    made: dict[str, Any] = {"id": id_of(link, "attribute", term["id"], value or ""), "link_id": link}
    made |= {"taxonomy_term_id": term["id"], "link_type": kind}
    if asked.profile == HSDS:
        made |= {"link_entity": entity, **({"value": value} if value else {})}
    return {**made, "taxonomy_term": term}


def said_of(holder: Any, kind: str) -> list[str]:
    """What attributes of `cst`'s own say of a service or a number in a feed: the names of the terms of one kind."""
    return [str(term["name"]) for term in terms_of(holder, kind) if isinstance(term.get("name"), str)]


def terms_of(holder: Any, kind: str) -> list[dict[str, Any]]:
    """The terms of one kind of `cst`'s own in the attributes of a service or a number."""
    listed = holder.get("attributes") if isinstance(holder, dict) else None
    attributes = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    terms = [one.get("taxonomy_term") for one in attributes]
    return [one for one in terms if isinstance(one, dict) and one.get("taxonomy") == f"{TAXONOMY}: {kind}"]
