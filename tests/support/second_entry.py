"""The second entry: what the toolkit says that could hurt, written down once more, so that no slip of a key passes.

`knowledge/second_entry.yaml` is compared with the toolkit in the tests: numbers, hours, urgencies, calls, figures,
rules and conditions. A change has to be made in both, by someone who looks at the source twice. It was first written
from the toolkit and read against the sources. The numbers, addresses and hours of all active contacts were then
entered once more from the source notes alone, by somebody who had not seen the toolkit. They agree, but for which of
two numbers to ring where the notes are in doubt. The rules of all schemes were, too, by somebody who had seen only
the questions: they differ over a refused fire visit, Clare's Law without a partner and the county's hate reports,
where cst means what it says. `python -m tests.support.second_entry` says what differs and what to do about it; nothing
writes the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cst.source.open import shipped_files
from cst.source.yaml import line_of, read
from tests.support import ROOT

RULED = ("pathways", "schemes", "rules", "modes", "questions")
WRITTEN = ("rule", "when", "not_sure_of", "implied_by", "asked_if", "never_asks", "until", "not_hinted_if", "not_if")
FILE = ROOT / "tests" / "knowledge" / "second_entry.yaml"
# What the second entry calls otherwise.
KINDS = {
    "figures": "parameters",
    "needed": "cautions",
    "not_sure": "questions",
    "otherwise": "roles",
    "words-call": "terms",
}
OWN_RULE = "the scheme's own rule"
REMEDY = "Look at the source: if the toolkit is right, write the same in the second entry; if not, mend the toolkit."


class Difference(NamedTuple):
    """A record of which the two say different things, each as lines of the second entry; none where it has no such."""

    kind: str
    name: str
    toolkit: list[str]
    second: list[str]


@cache
def written() -> dict[str, Any]:
    """The second entry."""
    held: dict[str, Any] = yaml.load(FILE.read_text("utf-8"), Loader=yaml.BaseLoader)
    return held


def entry(records: Mapping[str, Any]) -> dict[str, Any]:
    """What the toolkit says, in the form of the second entry."""
    active = {name: one for name, one in records["contacts"].items() if one["status"] != "historic"}
    return {
        "contacts": {name: list(_of_contact(contact)) for name, contact in active.items()},
        "pathways": {name: list(_of_pathway(pathway)) for name, pathway in records["pathways"].items()},
        "figures": {
            name: [f"{dated['starts']} {dated['value']}" for dated in one["values"]]
            for name, one in records["parameters"].items()
        },
        "issues": {name: ", ".join(issue["pathways"]) for name, issue in records["issues"].items()},
        "needed": _listed(records["cautions"], "needed_for"),
        "otherwise": _listed(records["roles"], "otherwise"),
        "words-call": _listed(records["terms"], "call"),
        "not_sure": {
            name: [_not_sure(row) for row in question["not_sure"]]
            for name, question in records["questions"].items()
            if "not_sure" in question
        },
        "rules": {
            f"{kind} {name}": found
            for kind in RULED
            for name, record in records[kind].items()
            if (found := [f"{place}: {in_short(rule)}" for place, rule in rules(record)])
        },
    }


def _listed(records: Mapping[str, Any], field: str) -> dict[str, str]:
    """What stands in a field of each record that has it."""
    return {name: ", ".join(record[field]) for name, record in records.items() if field in record}


def rules(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every rule and condition in a record, with where it stands; a replacement too, and an area without a rule."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        here = f"{place} {key}".strip()
        if key in WRITTEN or key == "replaces" or (place and key == "urgency"):  # a pathway's own stands above
            yield here, inner
        else:
            if place == "area_rules" and "rule" not in inner:
                yield here, OWN_RULE
            yield from rules(inner, here)


def in_short(rule: Any) -> str:
    """A rule in a line: any(one, all(two, not(three)))."""
    if isinstance(rule, dict):
        return "; ".join(f"{word}({in_short(rest)})" for word, rest in rule.items())
    return ", ".join(map(in_short, rule)) if isinstance(rule, list) else str(rule)


def _of_contact(contact: Mapping[str, Any]) -> Iterator[str]:
    for phone in contact.get("phones", ()):
        yield f"{phone['kind']} {phone['number']}" + (f", {_hours(phone['schedule'])}" if "schedule" in phone else "")
    yield f"open {_hours(contact.get('schedule', 'unknown'))}"
    if "fills" in contact:
        yield f"fills {', '.join(contact['fills'])}"
    yield f"serves {', '.join(contact['serves'])}"
    if "if_no_answer" in contact:
        yield f"then {contact['if_no_answer']}"


def _hours(schedule: Any) -> str:
    if isinstance(schedule, str):
        return schedule
    rows = []
    for row in schedule:
        when = (
            "closed" if "closed" in row else "unknown" if "unknown" in row else f"{row['opens_at']}-{row['closes_at']}"
        )
        rows.append(f"{row['days']} {when}")
    return "; ".join(rows)


def _of_pathway(pathway: Mapping[str, Any]) -> Iterator[str]:
    leaning = "; ".join(_not_sure(row) for row in pathway["on_not_sure"])
    yield f"{pathway['urgency']}, not sure: {leaning}"
    yield from (f"if {one['count']} unknown of {', '.join(one['of'])}" for one in pathway.get("if_unknown", ()))
    yield f"calls {', '.join(call['use'] + (' first' if call.get('first') else '') for call in pathway['call'])}"
    yield f"cautions {', '.join(use['caution'] for use in pathway['cautions'])}"
    yield f"{len(pathway['steps'])} steps"


def _not_sure(row: Mapping[str, Any]) -> str:
    """What "not sure" does, in a line; its condition stands among the rules."""
    parts = [row["do"], *(word for word in ("leads", "always") if row.get(word))]
    parts += [row[word] for word in ("yes_is", "about") if word in row]
    parts += [f"{word} {', '.join(row[word])}" for word in ("of", "pathways", "leaves_out") if row.get(word)]
    parts += [f"rings {', '.join(call['use'] for call in row['ring'])}"] if "ring" in row else []
    parts += [f"cautions {', '.join(use['caution'] for use in row['cautions'])}"] if "cautions" in row else []
    return "; ".join(parts)


def differences(records: Mapping[str, Any]) -> list[Difference]:
    """What differs between the toolkit and the second entry, record by record."""
    now, held = entry(records), written()
    return [
        Difference(kind, name, _lines(now[kind].get(name)), _lines(held[kind].get(name)))
        for kind in now
        for name in {**now[kind], **held[kind]}
        if now[kind].get(name) != held[kind].get(name)
    ]


def _lines(value: list[str] | str | None) -> list[str]:
    return [value] if isinstance(value, str) else value or []


def in_words(found: Difference, records: Mapping[str, Any]) -> str:
    """A difference for whoever has just changed something: which record, what each of the two says, what to do."""
    kind, name = found.name.split() if found.kind == "rules" else (KINDS.get(found.kind, found.kind), found.name)
    record = records[kind].get(name, {})
    named = record.get("name") or record.get("title") or record.get("ask") or name
    ours = [line for line in found.toolkit if line not in found.second]
    theirs = [line for line in found.second if line not in found.toolkit]
    if not ours and not theirs:  # the same lines in another order
        ours, theirs = found.toolkit, found.second
    return "\n".join(
        (
            f"{named} ({kind} > {name})",
            *_said("the toolkit", ours, _place(map(Path, shipped_files()), kind, name)),
            *_said("the second entry", theirs, _place([FILE], found.kind, found.name)),
            f"  {REMEDY}",
        )
    )


def _said(who: str, lines: list[str], place: str) -> Iterator[str]:
    yield f"  {who} ({place}) says:"
    yield from (f"    {line}" for line in lines or ["nothing"])


def _place(files: Iterable[Path], *path: str) -> str:
    """Where a record stands, as file and line; where it is not there, the first file."""
    first = ""
    for file in files:
        short = file.relative_to(ROOT) if file.is_relative_to(ROOT) else file
        first = first or str(short)
        tree = read(file.read_bytes(), str(file))[0]
        if path[1] in tree.get(path[0], {}):
            return f"{short}, line {line_of(tree, path)}"
    return first


if __name__ == "__main__":
    from tests.support.states import shipped

    held = shipped().records
    print("\n\n".join(in_words(one, held) for one in differences(held)) or "The two agree.")
