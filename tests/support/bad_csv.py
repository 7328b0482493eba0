"""Bad CSV files by the thousand, in 25 classes of defect. A class and a seed always make the same file.

Each file says how many rows it has and which of them nobody could trust. A file in which rows cannot be told apart
any more has to be refused whole.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

HEADER = ("id", "name", "age", "frailty", "sensory impairment", "home fire risks")
FORMULAS = ("=1+1", "+44 20", "-2+3", "@SUM(A1:A9)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1", "＋1", '"=1', '="x"')
Row = list[str]


class Bad(NamedTuple):
    """A file, its ids in order (None: it must be refused), and the places of rows that need a person."""

    data: bytes
    ids: list[str] | None
    person: frozenset[int] = frozenset()


def rows(rng: random.Random) -> list[Row]:
    """Between 2 and 40 good rows."""
    return [
        [
            f"P{number}",
            rng.choice(("Ann", "Bob O'Hara", "Zoë")),
            rng.choice(("82", "40", "65", "", "64.0", "not sure")),
            rng.choice(("yes", "no", "", "dk", "Y", "N")),
            rng.choice(("true", "false", "", "?", "1", "0")),
            rng.choice(("none", "alone", "", "smoking; alone", "dk")),
        ]
        for number in range(rng.randint(2, 40))
    ]


def cell(text: str, separator: str = ",") -> str:
    """A cell as CSV."""
    return '"' + text.replace('"', '""') + '"' if any(one in text for one in f'"\r\n{separator}') else text


def lines(found: list[Row], separator: str = ",", header: tuple[str, ...] = HEADER) -> list[str]:
    """The header and the rows as lines."""
    return [separator.join(cell(one, separator) for one in row) for row in (list(header), *found)]


def text(found: list[str], end: str = "\n") -> str:
    return "".join(line + end for line in found)


def ids(found: list[Row]) -> list[str]:
    return [row[0] for row in found]


def good(rng: random.Random, end: str = "\n", separator: str = ",", encoding: str = "utf-8") -> Bad:
    """A file that can be read, in some form."""
    found = rows(rng)
    return Bad(text(lines(found, separator), end).encode(encoding), ids(found))


def one_row(rng: random.Random, spoil: Callable[[Row], object]) -> Bad:
    """A file with one row spoilt so that it needs a person."""
    found = rows(rng)
    place = rng.randrange(len(found))
    spoil(found[place])
    return Bad(text(lines(found)).encode(), ids(found), frozenset({place}))


def one_cell(rng: random.Random, places: tuple[int, ...], value: str, *, person: bool) -> Bad:
    """A file with something odd in one cell."""
    bad = one_row(rng, lambda row: row.__setitem__(rng.choice(places), value))
    return bad if person else bad._replace(person=frozenset())


def one_line(rng: random.Random, spoil: Callable[[str], str], *, refused: bool = False, person: bool = False) -> Bad:
    """A file with one line spoilt as text."""
    found = rows(rng)
    made = lines(found)
    place = rng.randrange(len(found))
    made[place + 1] = spoil(made[place + 1])
    spoilt = frozenset({place}) if person else frozenset()
    return Bad(text(made).encode(), None if refused else ids(found), spoilt)


def mixed_ends(rng: random.Random) -> Bad:
    found = rows(rng)
    ends = ["\n", *(rng.choice(("\n", "\r\n")) for _ in found)]
    return Bad("".join(line + end for line, end in zip(lines(found), ends, strict=True)).encode(), ids(found))


def blank_lines(rng: random.Random) -> Bad:
    found = rows(rng)
    made = lines(found)
    for _ in range(rng.randint(1, 4)):
        made.insert(rng.randint(1, len(made)), "")
    return Bad(text(made, rng.choice(("\n", "\r\n"))).encode(), ids(found))


def double_header(rng: random.Random) -> Bad:
    """Two columns of one name: harmless where they answer nothing, refused where both would answer."""
    found = rows(rng)
    answers = rng.random() < 0.5
    header = (*HEADER, "Frailty" if answers else "name")
    made = text(lines([[*row, "no"] for row in found], header=header))
    return Bad(made.encode(), None if answers else ids(found))


def formula_header(rng: random.Random) -> Bad:
    found = rows(rng)
    header = (HEADER[0], rng.choice(FORMULAS[:5]), *HEADER[2:])
    return Bad(text(lines(found, header=header)).encode(), ids(found))


def formulas(rng: random.Random) -> Bad:
    """Formulas anywhere: in an answer they need a person, beside the answers they only get an apostrophe."""
    found = rows(rng)
    person = set()
    for place, row in enumerate(found):
        column = rng.choice((1, 1, 2, 3, 5))
        row[column] = rng.choice(FORMULAS)
        if column > 1:
            person.add(place)
    return Bad(text(lines(found)).encode(), ids(found), frozenset(person))


def swallowed(rng: random.Random) -> Bad:
    """A quote opens in one row and closes in a later one: the rows between are inside a cell."""
    found = rows(rng)
    first = rng.randrange(len(found) - 1)
    last = rng.randrange(first + 1, len(found))
    made = lines([[*row[:5], ""] for row in found])
    made[first + 1] = made[first + 1].replace(",", ',"', 1)
    made[last + 1] = made[last + 1].replace(",", '",', 1)
    left = [*ids(found)[: first + 1], *ids(found)[last + 1 :]]
    return Bad(text(made).encode(), left, frozenset({first}))


def not_utf8(rng: random.Random) -> Bad:
    """Windows letters in a file that is otherwise UTF-8."""
    found = rows(rng)
    found[0][1] = "Zoé"
    data = text(lines(found)).encode().replace("é".encode(), b"\xe9")
    return Bad(data, ids(found))


def told_separator(rng: random.Random) -> Bad:
    """As Excel writes it."""
    bad = good(rng, "\r\n", ";")
    return bad._replace(data=b"sep=;\r\n" + bad.data)


def trailing(rng: random.Random) -> Bad:
    """A separator too many on every line, the header too."""
    found = rows(rng)
    return Bad(text([line + "," for line in lines(found)]).encode(), ids(found))


def one_column(rng: random.Random) -> Bad:
    """Nothing but ages: the id is the age."""
    found = [[rng.choice(("82", "40", "not sure"))] for _ in range(rng.randint(1, 30))]
    return Bad(text(lines(found, header=("age",))).encode(), ids(found))


def padded(rng: random.Random) -> Bad:
    """Blanks around every answer and every name."""
    found = [[row[0], *(f" {one}\u00a0" for one in row[1:])] for row in rows(rng)]
    return Bad(text(lines(found, header=tuple(f" {name.upper()} " for name in HEADER))).encode(), ids(found))


CLASSES: dict[str, Callable[[random.Random], Bad]] = {
    "row too short": lambda rng: one_row(rng, lambda row: row.__delitem__(slice(rng.randint(1, 5), None))),
    "row too long": lambda rng: one_row(rng, lambda row: row.extend(["=1", "more"][: rng.randint(1, 2)])),
    "byte-order mark": lambda rng: good(rng, rng.choice(("\n", "\r\n")), encoding="utf-8-sig"),
    "UTF-16": lambda rng: good(rng, "\r\n", rng.choice(",\t"), encoding="utf-16"),
    "NUL": lambda rng: one_cell(rng, (1, 2, 3), "N\0L", person=True),
    "quote open at end": lambda rng: one_line(rng, lambda line: line + ',"', refused=True),
    "quote closed early": lambda rng: one_line(rng, lambda line: line.replace(",", ',"x"y', 1), refused=True),
    "quote inside a cell": lambda rng: one_line(rng, lambda line: line.replace(",", ',5" pipe ', 1)),
    "quote that swallows rows": swallowed,
    "cell of 131,073 characters": lambda rng: one_cell(rng, (1,), "x" * 131_073, person=False),
    "mixed line ends": mixed_ends,
    "old line ends": lambda rng: good(rng, "\r"),
    "Windows line ends": lambda rng: good(rng, "\r\n"),
    "blank lines": blank_lines,
    "no last line end": lambda rng: (bad := good(rng))._replace(data=bad.data[:-1]),
    "semicolons or tabs": lambda rng: good(rng, separator=rng.choice(";\t|")),
    "separator told": told_separator,
    "separator too many": trailing,
    "header twice": double_header,
    "formula in the header": formula_header,
    "formula cells": formulas,
    "not UTF-8": not_utf8,
    "line end in a cell": lambda rng: one_cell(rng, (1,), "Ann\nof the mill", person=False),
    "answer that is none": lambda rng: one_cell(
        rng, (2, 3, 4, 5), rng.choice(("maybe", "12x", "-", "yes no", "１")), person=True
    ),
    "blanks around, or one column": lambda rng: rng.choice((padded, one_column))(rng),
}


def made(name: str, seed: int) -> Bad:
    """The file of a class."""
    return CLASSES[name](random.Random(f"{name} {seed}"))
