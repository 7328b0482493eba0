"""A full-text index in memory: which lines hold a word in any of its forms, and which words are spelt nearly so.

SQLite's own stemmer and word splitting; nothing is written to disk. Loaded only when no exact name was typed.
"""

from __future__ import annotations

import difflib
import sqlite3
from collections.abc import Iterable, Sequence

_TABLE = (
    "create virtual table line using "
    "fts5(text, content='', columnsize=0, detail=none, tokenize='porter unicode61 remove_diacritics 2')"
)

SHORTEST = 4  # letters; a shorter word has too many near ones
NEAR = 0.78  # how like two spellings must be, of 1: neibours and neighbours are 0.78
CANDIDATES = 2


class NoFullText(ImportError):
    """This Python's SQLite has no full-text search."""


class Index:
    """Lines, by the words in them. Lines go by their place, from 0."""

    def __init__(self, texts: Sequence[str], spelt: Iterable[str]) -> None:
        """Makes the index.

        Args:
            texts: the lines.
            spelt: words that a misspelt one may be taken for.

        Raises:
            NoFullText: there is none.
        """
        self.size = len(texts)
        self.spelt = sorted(set(spelt))
        self._lines = sqlite3.connect(":memory:")
        try:
            self._lines.execute(_TABLE)
        except sqlite3.Error as error:
            raise NoFullText(str(error)) from None
        self._lines.executemany("insert into line(rowid, text) values (?, ?)", enumerate(texts))

    def holding(self, word: str) -> frozenset[int]:
        """The lines that hold this word in any of its forms."""
        found = self._lines.execute("select rowid from line where line match ?", (f'"{word}"',))
        return frozenset(place for (place,) in found)

    def near(self, word: str) -> dict[str, float]:
        """Known words spelt nearly like this, with how like they are: as many letters but two, and a like beginning."""
        if len(word) < SHORTEST:
            return {}
        alike = [one for one in self.spelt if abs(len(one) - len(word)) <= 2 and one[0] in word[:2]]
        found = difflib.get_close_matches(word, alike, CANDIDATES, NEAR)
        return {one: difflib.SequenceMatcher(None, one, word).ratio() for one in found}
