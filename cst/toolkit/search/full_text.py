"""A full-text index: which lines hold a word in any of its forms, and which words are spelt nearly so.

Words are brought to their stems by SQLite. The stems of all known words are worked out once, with the run-time copy;
SQLite is only loaded again for a word that stands nowhere in the toolkit.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

SHORTEST = 4  # letters; a shorter word has too many near ones
NEAR = 0.78  # how like two spellings must be, of 1: neibours and neighbours are 0.78
CANDIDATES = 2
_LENGTHS = range(-2, 3)  # letters that a near spelling may have more or fewer


class NoFullText(ImportError):
    """This Python's SQLite has no full-text search."""


def stems(words: Iterable[str]) -> dict[str, list[str]]:
    """The stem of each word; more than one where SQLite takes it for several words, none where for no word at all.

    Raises:
        NoFullText: SQLite cannot.
    """
    import sqlite3

    known = list(dict.fromkeys(words))
    memory = sqlite3.connect(":memory:")
    try:
        memory.execute("create virtual table word using fts5(text, tokenize='porter unicode61 remove_diacritics 2')")
        memory.execute("create virtual table stem using fts5vocab(word, instance)")
        memory.executemany("insert into word(rowid, text) values (?, ?)", enumerate(known))
        rows = memory.execute("select doc, term from stem order by doc, offset").fetchall()
    except sqlite3.Error as error:
        raise NoFullText(str(error)) from None
    finally:
        memory.close()
    found: dict[str, list[str]] = {word: [] for word in known}
    for place, stem in rows:
        found[known[place]].append(stem)
    return found


def tables(texts: Sequence[str], spelt: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What an index looks up, worked out from lines, which go by their place, from 0.

    Args:
        texts: the lines.
        spelt: words that a misspelt one may be taken for.

    Raises:
        NoFullText: SQLite cannot.
    """
    known = stems(word for text in texts for word in text.split())
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        for stem in dict.fromkeys(stem for word in text.split() for stem in known[word]):
            places.setdefault(stem, []).append(place)
    near: dict[str, list[str]] = {}
    for word in sorted(set(spelt)):
        near.setdefault(_near_key(word[0], len(word)), []).append(word)
    return {"stems": known, "places": places, "spelt": near}


def _near_key(initial: str, length: int) -> str:
    return f"{initial}{length}"


class Index:
    """Lines, by the words in them."""

    def __init__(self, held: Mapping[str, Mapping[str, Any]], size: int) -> None:
        """Takes what `tables` made, and how many lines there are."""
        self.size = size
        self._held = held

    def holding(self, word: str) -> Sequence[int]:
        """The lines that hold this word in any of its forms, in their order."""
        found = self._held["stems"].get(word)
        wanted = stems([word])[word] if found is None else found
        places: list[Sequence[int]] = [self._held["places"].get(stem, ()) for stem in wanted]
        if len(places) == 1:
            return places[0]  # as it is kept: a word may stand in very many lines
        return sorted(set(places[0]).intersection(*places)) if places else ()

    def near(self, word: str) -> dict[str, float]:
        """Known words spelt nearly like this, with how like they are: as many letters but two, and a like beginning."""
        if len(word) < SHORTEST:
            return {}
        import difflib  # only for a word that stands nowhere

        keys = [_near_key(initial, len(word) + more) for initial in dict.fromkeys(word[:2]) for more in _LENGTHS]
        alike = [one for key in keys for one in self._held["spelt"].get(key, ())]
        found = difflib.get_close_matches(word, alike, CANDIDATES, NEAR)
        return {one: difflib.SequenceMatcher(None, one, word).ratio() for one in found}
