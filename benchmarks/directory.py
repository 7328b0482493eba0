"""A toolkit as large as a national directory: the shipped one, and invented councils with invented services.

    python -m benchmarks.directory FOLDER CONTACTS

The copy of cst in FOLDER has that many contacts more, in area packs of 250. Names are made of ordinary words, numbers
are Ofcom's drama numbers, and each council fills the roles that a council would.
"""

from __future__ import annotations

import random
import shutil
import sys
from pathlib import Path

import cst

ROOT = Path(cst.__file__).parent.parent
PACK = 250
ROLES = ("children-services", "adult-services", "asb-council", "trading-standards", "early-help", "victim-support")
FIRST = ("Oak", "Mill", "Stone", "River", "North", "South", "Church", "Castle", "Green", "High", "Market", "Bridge")
THEN = ("ford", "ham", "ton", "field", "bourne", "wick", "minster", "worth", "combe", "stead", "leigh", "mouth")
DOES = ("carers", "falls", "noise", "debt", "food", "parenting", "drop-in", "mentoring", "victims", "warm homes")
SIGNS = ("help with money", "someone to talk to", "a visit at home", "a place to stay", "a group each week")


def made(folder: Path, contacts: int) -> Path:
    """Makes the copy.

    Args:
        folder: where; it must not be there yet.
        contacts: how many invented ones.

    Returns:
        The folder, to be put on the path of a program that is to use it.
    """
    shutil.copytree(ROOT / "cst", folder / "cst", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", folder / "data")
    chance = random.Random(contacts)
    for number in range(-(-contacts // PACK)):
        size = min(PACK, contacts - number * PACK)
        pack = folder / "data" / "areas" / f"made-{number:04}.yaml"
        pack.write_text(_pack(number, size, chance), "utf-8")
    return folder


def _pack(number: int, size: int, chance: random.Random) -> str:
    council = f"{chance.choice(FIRST)}{chance.choice(THEN)} {_letters(number)}"
    head = (
        f"sources:\n  made-{number}:\n    title: Invented page of {council}\n    publisher: Nobody\n"
        f"    document: made for a benchmark\n    dated: undated\n    consulted: 2026-11-22\n\n"
        f"areas:\n  made-area-{number}:\n    name: {council}\n    within: england\n\n"
        "contacts:\n"
    )
    return head + "\n".join(_contact(number, place, council, chance) for place in range(size))


def _letters(number: int) -> str:
    """A number as letters: no name may hold digits that could be dialled."""
    high, low = divmod(number, 26)
    return (_letters(high - 1) if high else "") + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[low]


def _contact(number: int, place: int, council: str, chance: random.Random) -> str:
    role = f"    fills: [{ROLES[place]}]\n" if place < len(ROLES) else ""
    does = chance.choice(DOES)
    return (
        f"  made-{number}-{place}:\n    name: {council} {does} service {_letters(place)}\n    status: active\n"
        f"    serves: [made-area-{number}]\n{role}"
        f'    phones:\n      - number: "01632 960{chance.randrange(1000):03}"\n        kind: voice\n'
        f'    schedule:\n      - days: Mon-Fri\n        opens_at: "09:00"\n        closes_at: "17:00"\n'
        f"      - days: bank-holidays\n        closed: yes\n"
        f"    who_for: People in {council} who need {chance.choice(SIGNS)}.\n"
        f"    evidence:\n      - source: made-{number}\n    confidence: our own list\n"
    )


if __name__ == "__main__":
    made(Path(sys.argv[1]), int(sys.argv[2]))
