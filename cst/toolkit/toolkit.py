"""The toolkit in use: its records, and the few questions everything else puts to them.

Records are plain dicts in the shapes of `source/records.py`. Rules are read on first use and kept.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.toolkit.contact_index import index, key, local_key

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, Literal, overload

    from cst.rules import Rule
    from cst.source import records
    from cst.toolkit.contact_index import Filling
    from cst.toolkit.names import Names
    from cst.toolkit.rule_reader import Grammar

    Record = Mapping[str, Any]
    Asking = tuple[Rule, frozenset[str]]  # a rule, and the questions it asks
    Topic = tuple[tuple[str, Any], ...]  # what it is about: questions with their answers


MOST_TOPICS = 512  # of which the rules are kept


class NoFigure(LookupError):
    """A figure that a rule needs has no value on the day asked about. It is never taken from another day."""

    def __init__(self, parameter: str, day: datetime.date) -> None:
        super().__init__(f"the toolkit has no figure for {parameter} on {day.isoformat()}")


def shared_steps(records: records.ToolkitFile) -> list[str]:
    """The words of steps that several pathways have, each once: not what makes one of them what it is."""
    said = [step["say"] for pathway in records["pathways"].values() for step in pathway["steps"]]
    return [words for words in dict.fromkeys(said) if said.count(words) > 1]


class Toolkit:
    """All that is known. `records` is by kind, then by id; `names` finds entries by what people call them."""

    def __init__(
        self,
        records: records.ToolkitFile,
        names: Names,
        filling: Filling | None = None,
        shared: Sequence[str] = (),
        words: Callable[[], Mapping[str, Any]] | None = None,
    ) -> None:
        """Takes the records and what has been worked out from them; what is left out is worked out when wanted."""
        self.records = records
        self.names = names
        self._filling = index(records) if filling is None else filling
        self._words: Mapping[str, Any] = {}
        self._words_from = words
        self._shared = shared
        self._around: dict[str | None, tuple[str, ...]] = {}
        self._reads: Grammar | None = None
        self.kept: dict[str, Any] = {}  # what others work out from the records once and keep here
        self._written: dict[int, tuple[Rule, frozenset[str], object]] = {}
        self._rules: dict[tuple[int, datetime.date], Asking] = {}
        self._about: dict[Topic, dict[tuple[int, datetime.date], Asking]] = {}

    if TYPE_CHECKING:

        @overload
        def kind(self, kind: Literal["issues"]) -> Mapping[str, records.Issue]: ...
        @overload
        def kind(self, kind: Literal["questions"]) -> Mapping[str, records.Question]: ...
        @overload
        def kind(self, kind: Literal["rules"]) -> Mapping[str, records.NamedRule]: ...
        @overload
        def kind(self, kind: Literal["modes"]) -> Mapping[str, records.Mode]: ...
        @overload
        def kind(self, kind: Literal["pathways"]) -> Mapping[str, records.Pathway]: ...
        @overload
        def kind(self, kind: Literal["schemes"]) -> Mapping[str, records.Scheme]: ...
        @overload
        def kind(self, kind: Literal["cautions"]) -> Mapping[str, records.Caution]: ...
        @overload
        def kind(self, kind: Literal["merges"]) -> Mapping[str, records.Merge]: ...
        @overload
        def kind(self, kind: Literal["roles"]) -> Mapping[str, records.Role]: ...
        @overload
        def kind(self, kind: Literal["contacts"]) -> Mapping[str, records.Contact]: ...
        @overload
        def kind(self, kind: Literal["areas"]) -> Mapping[str, records.Area]: ...
        @overload
        def kind(self, kind: Literal["elsewhere"]) -> Mapping[str, records.Elsewhere]: ...
        @overload
        def kind(self, kind: Literal["parameters"]) -> Mapping[str, records.Parameter]: ...
        @overload
        def kind(self, kind: Literal["terms"]) -> Mapping[str, records.Term]: ...
        @overload
        def kind(self, kind: Literal["words"]) -> Mapping[str, records.Words]: ...
        @overload
        def kind(self, kind: Literal["sources"]) -> Mapping[str, records.Source]: ...
        @overload
        def kind(self, kind: str) -> Mapping[str, Record]: ...

    def kind(self, kind: str) -> Any:
        """The records of one kind (a top-level key), by id, in the author's order; none where the kind is absent."""
        return self.records.get(kind, {})

    def choices(self, question: records.Question) -> dict[str, str]:
        """The choices of a question: id to label, in order; none where it is not one to choose from."""
        match question.get("choices_from"):
            case "issues":
                return {name: issue["title"] for name, issue in self.kind("issues").items()}
            case "areas":
                return {name: area["name"] for name, area in self.kind("areas").items()}
        return {name: choice["label"] for name, choice in question.get("choices", {}).items()}

    def rule(self, source: object, day: datetime.date) -> Rule:
        """The rule written at `source` (a value inside these records) with its figures for that day.

        Raises:
            NoFigure: a figure has no value on that day.
        """
        rule = self.rule_as_known(source, day)
        for name in self._as_written(source)[1]:
            self.figure(name, day)
        return rule

    def rule_as_known(self, source: object, day: datetime.date) -> Rule:
        """The same; what hangs on a figure that has no value on that day is unknown, whatever is answered."""
        return self._asking(source, day)[0]

    def _asking(self, source: object, day: datetime.date) -> Asking:
        key = (id(source), day)
        if key not in self._rules:
            from cst.rules import questions, with_parameters

            rule, figures = self._as_written(source)
            if figures:
                rule = with_parameters(rule, dict(self._figures(figures, day)))
            self._rules[key] = rule, frozenset(questions(rule))
        return self._rules[key]

    def _as_written(self, source: object) -> tuple[Rule, frozenset[str]]:
        """A rule before its figures are put in, and the names of those: the same on every day."""
        if id(source) not in self._written:
            from cst.rules import parameters

            rule, problems = self._grammar.read(source)
            if problems:
                raise ValueError(str(problems))
            self._written[id(source)] = rule, parameters(rule), source  # it is kept, so that no other gets its id
        return self._written[id(source)][:2]

    def rule_about(self, source: object, day: datetime.date, topic: Topic) -> Asking:
        """What the topic leaves of the rule written at `source`, and the questions that still asks.

        The topic is answered early and stays; of most rules it leaves nothing. Figures count as in `rule_as_known`.
        """
        about = self._about.get(topic)
        if about is None:
            if len(self._about) == MOST_TOPICS:
                self._about.clear()
            about = self._about[topic] = {}
        key = (id(source), day)
        if key not in about:
            rule, asked = self._asking(source, day)
            if not asked.isdisjoint(dict(topic)):
                from cst.rules import questions, residual

                rule = residual(rule, dict(topic))
                asked = frozenset(questions(rule))
            about[key] = rule, asked
        return about[key]

    @property
    def _grammar(self) -> Grammar:
        """What reads rules: made when the first is wanted, as most look-ups want none."""
        if self._reads is None:
            from cst.toolkit.rule_reader import Grammar

            self._reads = Grammar(self.records)
        return self._reads

    def _figures(self, names: Iterable[str], day: datetime.date) -> Iterator[tuple[str, int]]:
        """Those of the figures that have a value on a day, by name."""
        for name in names:
            try:
                yield name, self.figure(name, day)
            except NoFigure:
                continue

    def figure(self, parameter: str, day: datetime.date) -> int:
        """The value of a parameter on a day.

        Raises:
            NoFigure: no value covers the day.
        """
        for dated in self.records["parameters"][parameter]["values"]:
            if dated["starts"] <= day.isoformat() <= dated.get("ends", "9999-12-31"):
                return dated["value"]
        raise NoFigure(parameter, day)

    def around(self, area: str | None) -> tuple[str, ...]:
        """The area and every area around it, from the inside out; for None, the areas that nothing is around."""
        if area not in self._around:
            areas = self.kind("areas")
            outermost = (name for name, record in areas.items() if "within" not in record)
            chain = [*outermost] if area is None else [area]
            while area is not None and (within := areas[chain[-1]].get("within")):
                chain.append(within)
            self._around[area] = tuple(chain)
        return self._around[area]

    def filling(self, call: str, chain: Sequence[str]) -> list[tuple[str, int]]:
        """The contacts that a role or contact id stands for, in the author's order, each with how far out it serves.

        Args:
            call: the role or id; "" for every contact.
            chain: areas, from the inside out (see `around`). What serves the first is 0 areas out.
        """
        found: dict[tuple[int, str], int] = {}
        for distance, area in enumerate(chain):
            for place, name in self._filling.get(key(call, area), ()):
                found.setdefault((place, name), distance)
        return [(name, distance) for (_, name), distance in sorted(found.items())]

    def is_local(self, call: str) -> bool:
        """Whether knowing the area could bring in more contacts for this role or contact."""
        return local_key(call) in self._filling

    def shared_steps(self) -> Sequence[str]:
        """The words of steps that several pathways have."""
        self._shared = self._shared or shared_steps(self.records)
        return self._shared

    def words(self) -> Mapping[str, Any]:
        """What a search for words looks up."""
        if not self._words:
            self._words = self._words_from() if self._words_from else self.words_anew()
        return self._words

    def words_anew(self) -> Mapping[str, Any]:
        """The same, worked out now, which takes a second or two."""
        from cst.toolkit.search.find import searchable

        return searchable(self.records)
