"""What a word that nobody is known to say may be a misspelling of: the known word that it takes fewest slips to make.

A slip is a letter left out, put in, changed, or two letters the wrong way round.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SHORTEST = 5  # letters; a shorter word has too many near ones
LONG = 8  # from this on a word may have two slips


def near_key(initial: str, length: int) -> str:
    """Where the words with one first letter and length are kept."""
    return f"{initial}{length}"


def table(known: Iterable[str]) -> dict[str, list[str]]:
    """Known words by first letter and length."""
    found: dict[str, list[str]] = {}
    for word in sorted(set(known)):
        found.setdefault(near_key(word[0], len(word)), []).append(word)
    return found


def meant(word: str, known: Mapping[str, list[str]]) -> str:
    """The known word that this may be; itself where none is near."""
    most = 0 if len(word) < SHORTEST else 2 if len(word) >= LONG else 1
    best, fewest = word, most + 1
    for length in range(len(word) - most, len(word) + most + 1) if most else ():
        for other in known.get(near_key(word[0], length)) or ():
            made = slips(word, other, fewest)
            if made < fewest:
                best, fewest = other, made
    return best


def slips(word: str, other: str, stop: int) -> int:
    """How many slips make one word of another; `stop` where it is that many or more."""
    if len(set(word) ^ set(other)) > 2 * (stop - 1):
        return stop
    earlier: list[int] = []
    above = list(range(len(other) + 1))
    for at, letter in enumerate(word, 1):
        row = [at]
        for to, its in enumerate(other, 1):
            cost = min(above[to] + 1, row[to - 1] + 1, above[to - 1] + (letter != its))
            if at > 1 and to > 1 and letter == other[to - 2] and word[at - 2] == its:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(row) >= stop:
            return stop
        earlier, above = above, row
    return min(above[-1], stop)
