"""Where a change is told: by the innermost field that is named here; and what a field is in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cst.contract import Section

_OF_FIELDS: dict[Section, tuple[str, ...]] = {
    "numbers": ("phones", "number", "old_numbers", "emails", "old_emails", "url"),
    "contacts": ("status", "became", "fills", "serves", "only_for", "if_no_answer", "otherwise", "if_none", "call"),
    "hours": ("schedule", "out_of_hours", "bank_holidays"),
    "thresholds": (
        "rule", "not_if", "if_unknown", "replaces", "values", "constraint", "implied_by", "asked_if", "area_rules",
        "how_soon", "urgency", "law", "score", "never_asks", "until", "when",
    ),
    "not-sure": ("not_sure", "on_not_sure", "means_not_sure", "not_sure_leans"),
    "steps": ("steps", "have_ready", "if_worse", "to_me", "application_process", "who_leads", "also_ask", "instead"),
    "do-nots": ("cautions", "merges", "caution", "alert", "kills", "needed_for", "foremost_in", "only_there"),
    "look-up": ("also_known_as", "alternate_name", "means", "said", "whole", "danger", "see_also"),
    "sources": (
        "sources", "evidence", "confidence", "assured_date", "assured_by", "assured_means", "review_by", "conflicts",
        "settle", "signed", "consulted", "dated", "version", "published", "review_after_days",
    ),
}  # fmt: skip
_OF_KINDS: dict[str, Section] = {
    "cautions": "do-nots",
    "merges": "do-nots",
    "contacts": "contacts",
    "roles": "contacts",
    "parameters": "thresholds",
    "rules": "thresholds",
    "bank_holidays": "hours",
    "sources": "sources",
    "words": "look-up",
}
_SECTION: dict[str, Section] = {field: section for section, fields in _OF_FIELDS.items() for field in fields}
_WHOLE: dict[str, Section] = {"pathways": "elsewhere", "schemes": "elsewhere"}  # new or gone
BRIEF, KEY = "short form", "stands first"  # what is only a form of something else
_FIELDS = {
    "phones": "number",
    "emails": "e-mail",
    "url": "web page",
    "old_numbers": "number no longer to be rung",
    "old_emails": "e-mail no longer to be used",
    "schedule": "hours",
    "fills": "what it does here",
    "serves": "area served",
    "became": "what became of it",
    "call": "whom to ring",
    "ring": "whom to ring",
    "rule": "when it comes",
    "not_if": "when it does not come",
    "when": "where",
    "replaces": "takes the place of",
    "values": "figure",
    "steps": "step",
    "say": "words",
    "cautions": "do-not",
    "kills": "class",
    "within": "how soon",
    "how_soon": "how soon",
    "have_ready": "to have ready",
    "not_sure": "not sure",
    "ask": "question",
    "asked_if": "when it is asked",
    "implied_by": "when it need not be asked",
    "also_known_as": "other name",
    "alternate_name": "other name",
    "said": "what people say",
    "means": "where it leads",
    "brief": BRIEF,
    "key": KEY,
    "duty": "the law asks it",
    "first": "before all that are open",
    "instead": "other words",
    "not_for": "not said where",
    "only_for": "only for",
}


def section_of(kind: str, path: Sequence[str]) -> Section:
    """Where a change at a place in a record is told; with no place, a record that is new or gone."""
    if not path:
        return _WHOLE.get(kind, _OF_KINDS.get(kind, "words"))
    if kind in ("sources", "words", "bank_holidays"):
        return _OF_KINDS[kind]
    for field in ("not_sure", "conflicts"):
        if field in path:
            return _SECTION[field]
    named = (_SECTION[field] for field in reversed(path) if field in _SECTION)
    return next(named, "words" if kind in ("contacts", "roles") else _OF_KINDS.get(kind, "words"))


def field_in_words(path: Sequence[str]) -> str:
    """What of a record it is: a step, a number, a do-not; inside one of those, what of that."""
    told = [_FIELDS.get(field, field.replace("_", " ")) for field in path]
    return ", ".join(dict.fromkeys(told)).replace(', "', ' "')
