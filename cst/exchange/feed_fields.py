"""The fields of a feed: which are read, which a local file has no place for, and which Open Referral does not know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# Each field that HSDS 3.0 has, by what it stands in: those that are read, and those that a local file has no place for.
_READ_FIELDS = {
    "service": {
        "id", "name", "alternate_name", "description", "url", "email", "status", "application_process",
        "eligibility_description", "assured_date", "last_modified", "alert", "phones", "schedules", "service_areas",
        "contacts", "organization", "attributes", "organization_id",
    },
    "phones": {"id", "service_id", "contact_id", "number", "extension", "type", "description", "attributes"},
    "schedules": {
        "id", "service_id", "valid_from", "valid_to", "dtstart", "timezone", "until", "count", "freq", "interval",
        "byday", "byweekno", "bymonthday", "byyearday", "description", "opens_at", "closes_at", "notes", "wkst",
    },
    "service_areas": {"id", "service_id", "name"},
    "contacts": {"id", "service_id", "phones"},
}  # fmt: skip
_NO_PLACE = {
    "service": {
        "program_id", "interpretation_services", "fees_description", "wait_time", "fees", "accreditations",
        "minimum_age", "maximum_age", "assurer_email", "licenses", "service_at_locations", "languages", "funding",
        "cost_options", "program", "required_documents", "metadata",
    },
    "phones": {"location_id", "organization_id", "service_at_location_id", "languages", "metadata"},
    "schedules": {
        "location_id", "service_at_location_id", "schedule_link", "attending_type", "attributes", "metadata",
    },
    "service_areas": {"description", "extent", "extent_type", "uri", "service_area", "attributes", "metadata"},
    "contacts": {
        "organization_id", "service_at_location_id", "location_id", "title", "department", "email", "attributes",
        "metadata",
    },
}  # fmt: skip
PERSON = "names of people are never taken"


def not_read(service: Mapping[str, Any], leave_out: Callable[[str, str], None]) -> None:
    """Says which fields are not read, and why: no name of a person is, and none is repeated."""
    for field in _filled(service):
        _idle(field, field, "service", leave_out)
    for within in ("phones", "schedules", "service_areas", "contacts"):
        for one in _objects(service, within):
            for field in _filled(one):
                _idle(f"{within} > {field}", field, within, leave_out)
    for contact in _objects(service, "contacts"):
        if contact.get("name") not in (None, "", service.get("name")):
            leave_out("contacts > name", PERSON)
        for one in _objects(contact, "phones"):
            for field in _filled(one):
                _idle(f"contacts > phones > {field}", field, "phones", leave_out)


def _idle(path: str, field: str, of: str, leave_out: Callable[[str, str], None]) -> None:
    if field in _NO_PLACE[of]:
        leave_out(path, "a local file has no place for it")
    elif field not in _READ_FIELDS[of] and not (of == "contacts" and field == "name"):
        leave_out(path if path.isprintable() and len(path) < 60 else "a field", "Open Referral has no such field")


def _filled(one: Mapping[str, Any]) -> list[str]:
    return [field for field, value in one.items() if value not in (None, "", [], {})]


def _objects(holder: Mapping[str, Any], field: str) -> list[dict[str, Any]]:
    listed = holder.get(field)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
