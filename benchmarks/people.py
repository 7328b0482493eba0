"""People who do not exist, for `cst screen fire-visit`: `python -m benchmarks.people 1000000 people.csv [SEED]`.

The same count and seed give the same file on any machine. Names are made of syllables; nobody is meant.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

YES_NO = (
    *("physical-disability", "frailty", "learning-or-mental-health", "increased-vulnerability", "sensory-impairment"),
    *("cognitive-impairment", "substance-dependence", "medication-effects", "unable-to-protect-self"),
    *("domestic-abuse-experienced", "hospital-discharge", "fire-risk-concerns"),
)
HEADER = ("id", "name", "date of birth", *YES_NO, "home fire risks")
RISKS = (
    ("", 20),
    ("none", 70),
    ("alone", 4),
    ("smoking", 2),
    ("smoking; alone", 1),
    ("no-alarm;children", 1),
    ("dk", 1),
)
SPELLINGS = (("no", 80), ("yes", 3), ("", 9), ("not sure", 4), ("Y", 2), ("N", 2))
SYLLABLES = ("ba", "den", "fo", "gri", "hal", "jor", "kem", "lin", "mo", "nar", "pel", "ros", "sim", "tu", "wen")
BORN_FROM, BORN_TO = date(1926, 1, 1), date(2008, 12, 31)
BLOCK = 10_000


def people(count: int, seed: int = 6, start: int = 1) -> Iterator[Sequence[str]]:
    """Rows in the order of HEADER; one date of birth in twelve is blank."""
    pick = random.Random(f"{seed} {start}")
    days = (BORN_TO - BORN_FROM).days
    words, weights = zip(*SPELLINGS, strict=True)
    risks, shares = zip(*RISKS, strict=True)
    for number in range(start, start + count):
        name = " ".join("".join(pick.choices(SYLLABLES, k=2)).title() for _ in range(2))
        born = "" if not pick.randrange(12) else (BORN_FROM + timedelta(pick.randrange(days))).isoformat()
        answers = pick.choices(words, weights, k=len(YES_NO))
        yield (f"P{number:08}", name, born, *answers, *pick.choices(risks, shares))


def write(path: Path, count: int, seed: int = 6) -> None:
    """Writes them as CSV; beyond a hundred blocks the people come again under new ids, which is much quicker."""
    blocks: list[list[str]] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEADER) + "\n")
        for start in range(1, count + 1, BLOCK):
            if len(blocks) < 100:
                rows = people(BLOCK, seed, start)
                blocks.append([",".join(row)[9:] for row in rows])
            block = blocks[(start // BLOCK) % len(blocks)] if start // BLOCK >= 100 else blocks[-1]
            wanted = min(BLOCK, count + 1 - start)
            file.writelines(f"P{start + place:08}{rest}\n" for place, rest in enumerate(block[:wanted]))


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 6)
