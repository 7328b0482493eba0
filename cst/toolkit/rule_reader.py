"""From the rule as written in the file to the rule as the program uses it.

Grammar, complete: a question id (a yes-no question), a scheme or named rule id, `any: [...]`, `all: [...]`,
`not: ...`, `at_least: {count: k, of: [...]}`, `sum: {of: [choice questions], at_least: n or parameter}`, and
`{question: {is | is_not | one_of | includes | at_least | at_most | more_than | less_than: value or parameter}}`.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.rules import OPERATORS, AllOf, AnyOf, AtLeast, Fact, Not, Parameter, Rule, Sum

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from cst.source.records import Question

Path = tuple[str | int, ...]
Problem = tuple[Path, str]

_CIRCLE = "these rules go round in a circle"
_LARGE = "this rule, with the rules it names, is too large"
MOST_PARTS = 500  # of one rule with the rules it names; the largest that is shipped has about a hundred
MOST_NAMED = 20  # rules that name one another
_NUMERIC = ("at_least", "at_most", "more_than", "less_than")
_FITTING = {
    "yes-no": ("is", "is_not"),
    "number": (*_NUMERIC, "is", "is_not"),
    "choice": ("is", "is_not", "one_of"),
    "pick-many": ("includes", "one_of"),
}


class Grammar:
    """Reads rules against a toolkit's records: questions, rules, schemes, parameters and what choices come from."""

    def __init__(self, records: Mapping[str, Any]) -> None:
        self.records = records
        self.questions: Mapping[str, Question] = records["questions"]
        self.named: dict[str, object] = {
            name: record["rule"] for kind in ("rules", "schemes") for name, record in records.get(kind, {}).items()
        }

    def read(self, source: object) -> tuple[Rule, list[Problem]]:
        """The rule, and what is wrong with it: each problem with its place inside the rule, in plain words."""
        problems: list[Problem] = []
        self._parts_read = 0
        return self._rule(source, (), (), problems), problems

    def _rule(self, source: object, path: Path, within: tuple[str, ...], problems: list[Problem]) -> Rule:
        self._parts_read += 1
        if self._parts_read > MOST_PARTS:
            if self._parts_read == MOST_PARTS + 1:
                problems.append((path, _LARGE))
            return False
        if isinstance(source, str):
            return self._name(source, path, within, problems)
        if not isinstance(source, dict) or len(source) != 1:
            problems.append(
                (path, "a rule is one id, or one of any, all, not, at_least, sum or a question with a comparison")
            )
            return False
        ((word, rest),) = source.items()
        match word:
            case "any":
                return AnyOf(self._parts(rest, (*path, word), within, problems))
            case "all":
                return AllOf(self._parts(rest, (*path, word), within, problems))
            case "not":
                return Not(self._rule(rest, (*path, word), within, problems))
            case "at_least":
                return self._at_least(rest, (*path, word), within, problems)
            case "sum":
                return self._sum(rest, (*path, word), problems)
            case _:
                return self._comparison(str(word), rest, path, problems)

    def _name(self, name: str, path: Path, within: tuple[str, ...], problems: list[Problem]) -> Rule:
        if name in self.named:
            if name in within:
                problems.append((path, f"{_CIRCLE}: {' > '.join((*within, name))}"))
                return False
            if len(within) == MOST_NAMED:
                problems.append((path, _LARGE))
                return False
            inner: list[Problem] = []
            rule = self._rule(self.named[name], path, (*within, name), inner)
            # What is wrong inside the other rule is said there; that it leads back here is said here as well.
            problems += [(path, says) for _, says in inner if says.startswith((_CIRCLE, _LARGE))]
            return rule
        question = self.questions.get(name)
        if question is None:
            problems.append((path, f"no question, rule or scheme is called {name}"))
        elif question["type"] != "yes-no":
            problems.append((path, f"{name} is not a yes-no question: compare it with a value"))
        return Fact(name, "is", True)

    def _parts(self, rest: object, path: Path, within: tuple[str, ...], problems: list[Problem]) -> tuple[Rule, ...]:
        if not isinstance(rest, list) or not rest:
            problems.append((path, "a list of rules belongs here"))
            return ()
        return tuple(self._rule(part, (*path, number), within, problems) for number, part in enumerate(rest))

    def _at_least(self, rest: object, path: Path, within: tuple[str, ...], problems: list[Problem]) -> Rule:
        if not isinstance(rest, dict) or set(rest) != {"count", "of"} or not _whole(rest["count"]):
            problems.append((path, "write {count: a whole number, of: [rules]}"))
            return False
        count, parts = int(rest["count"]), self._parts(rest["of"], (*path, "of"), within, problems)
        if not 1 <= count <= len(parts):
            problems.append((path, f"the count is {count}, but there are {len(parts)} rules to count"))
        return AtLeast(count, parts)

    def _sum(self, rest: object, path: Path, problems: list[Problem]) -> Rule:
        if not isinstance(rest, dict) or set(rest) != {"of", "at_least"}:
            problems.append((path, "write {of: [choice questions], at_least: a whole number or a parameter}"))
            return False
        least, problem = self._figure(str(rest["at_least"]))
        if problem:
            problems.append(((*path, "at_least"), problem))
        scored = []
        for name in rest["of"] if isinstance(rest["of"], list) else []:
            question = self.questions.get(str(name))
            offered = question.get("choices", {}) if question else {}
            scores = tuple((choice, record["score"]) for choice, record in offered.items() if "score" in record)
            if not question or question["type"] != "choice" or len(scores) < len(offered):
                problems.append((path, f"{name} is not a choice question with a score on every choice"))
            else:
                scored.append((str(name), scores))
        if not scored:
            problems.append((path, "a list of choice questions belongs under of"))
        return Sum(least, tuple(scored))

    def _comparison(self, name: str, rest: object, path: Path, problems: list[Problem]) -> Rule:
        question = self.questions.get(name)
        if question is None:
            problems.append((path, f"{name} is neither a question nor one of any, all, not, at_least, sum"))
            return False
        if not isinstance(rest, dict) or len(rest) != 1 or next(iter(rest)) not in OPERATORS:
            problems.append(((*path, name), f"one comparison belongs here: {', '.join(OPERATORS)}"))
            return False
        ((operator, written),) = rest.items()
        if operator not in _FITTING[question["type"]]:
            fitting = ", ".join(_FITTING[question["type"]])
            problems.append(
                ((*path, name), f"{operator} does not fit {name}, a {question['type']} question: use {fitting}")
            )
            return False
        value, problem = self._value(question, operator, written)
        if problem:
            problems.append(((*path, name, operator), problem))
        return Fact(name, str(operator), value)

    def _value(self, question: Question, operator: str, written: object) -> tuple[Any, str | None]:
        """The value compared with, and what is wrong with it."""
        if operator == "one_of":
            values = tuple(map(str, written)) if isinstance(written, list) and written else ()
            wrong = [value for value in values if value not in self.choices(question)]
            return values, (
                f"not among the choices: {', '.join(wrong) or 'nothing is listed'}" if wrong or not values else None
            )
        text = str(written)
        match question["type"]:
            case "yes-no":
                return text == "yes", None if text in ("yes", "no") else "compare a yes-no question with yes or no"
            case "number":
                return self._figure(text)
        return text, None if text in self.choices(question) else f"{text} is not among the choices"

    def _figure(self, text: str) -> tuple[int | Parameter, str | None]:
        """A whole number or the parameter of that name, and what is wrong with it."""
        if _whole(text):
            return int(text), None
        there = text in self.records.get("parameters", {})
        return Parameter(text), None if there else f"{text} is no number and no parameter"

    def choices(self, question: Question) -> Mapping[str, object]:
        """The choices of a question by id: its own, or the records of another kind."""
        return self.records[question["choices_from"]] if "choices_from" in question else question.get("choices", {})


def _whole(written: object) -> bool:
    """Whether this is a whole number as people write it, short enough to be one that is meant."""
    said = str(written)
    return said.isascii() and said.isdecimal() and len(said) <= 6
