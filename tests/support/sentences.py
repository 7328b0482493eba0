"""Every sentence that a worker sees, with the place where it stands: the toolkit's prose and the words in the code.

Which fields of a record are prose is read off the model: all that are `Text`, but for the few named here with the
reason. A field that is new in the model is therefore measured from its first day.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, NamedTuple, NotRequired, Required, Union, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

from cst.source.field_types import Text
from cst.source.load import Source, read
from cst.source.open import shipped_files
from cst.source.records import ToolkitFile
from cst.source.yaml import line_of
from tests.support import ROOT

CODE = ROOT / "cst"
BLANK = "\ufffc"  # stands in a sentence for what is put in when it is said: a name, a number, a list

NOT_PROSE = {
    "also_known_as": "what people type to find it",
    "alternate_name": "what people type to find it",
    "name": "a name",
    "url": "an address",
    "version": "a number",
    "division": "a name that the holidays are listed under",
    "maintainer": "no view prints it",
    "said": "no view prints it: it is for whoever reviews the evidence",
    ("Source", "title"): "what somebody else called it",
    ("Source", "publisher"): "a name",
    ("Source", "document"): "a name",
    ("Term", "title"): "the word itself; its meaning is measured",
    ("NamedRule", "title"): "no view prints it",
    ("Parameter", "title"): "no view prints it",
}
PRINTED_NAMES = {"Role"}  # a role's name is not a proper name: it is what we call those who do the work

_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9\ufffc])|\n+")


class Sentence(NamedTuple):
    """One sentence and where it stands: file, line, and the record and field, or the kind of text in code."""

    text: str
    file: str
    line: int
    within: str

    @property
    def place(self) -> str:
        """The place as an editor understands it."""
        return f"{self.file}:{self.line} ({self.within})"


def split(text: str) -> list[str]:
    """A text in sentences: they end at a full stop, a question or exclamation mark, or the end of a line."""
    return [part.strip() for part in _END.split(text) if part.strip()]


def seen() -> list[Sentence]:
    """All sentences of the shipped toolkit files and of the code."""
    return [*of_toolkit(toolkit_files()), *of_code(sorted(CODE.rglob("*.py")))]


def toolkit_files() -> list[Source]:
    """The shipped toolkit and its area packs, each checked on its own."""
    return read(map(Path, shipped_files()))


def of_toolkit(sources: Iterable[Source]) -> Iterator[Sentence]:
    """The sentences of some toolkit files."""
    for source in sources:
        for path, text in _texts(ToolkitFile, source.records, ()):
            line = line_of(source.tree, path)
            for sentence in split(text):
                yield Sentence(sentence, _short(Path(source.file)), line, " > ".join(map(str, path)))


def _texts(hint: Any, value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every prose text in a value of this type, with its place."""
    if hint == Text:
        yield path, value
    elif is_typeddict(hint):
        for field, inner in get_type_hints(hint, include_extras=True).items():
            if field in value and not left_out(hint.__name__, field):
                yield from _texts(inner, value[field], (*path, field))
    elif get_origin(hint) in (Annotated, NotRequired, Required):
        yield from _texts(get_args(hint)[0], value, path)
    elif get_origin(hint) in (Union, UnionType):
        for arm in get_args(hint):
            if get_origin(arm) is type(value):
                yield from _texts(arm, value, path)
    elif get_origin(hint) is list:
        for number, inner in enumerate(value):
            yield from _texts(get_args(hint)[0], inner, (*path, number))
    elif get_origin(hint) is dict:
        for name, inner in value.items():
            yield from _texts(get_args(hint)[1], inner, (*path, name))


def left_out(shape: str, field: str) -> bool:
    """Whether a field's texts are no prose that a worker sees."""
    if field == "name" and shape in PRINTED_NAMES:
        return False
    return shape == "Case" or field in NOT_PROSE or (shape, field) in NOT_PROSE


def prose_fields(hint: Any = ToolkitFile) -> Iterator[str]:
    """The names of all fields that hold prose."""
    if is_typeddict(hint):
        for field, inner in get_type_hints(hint, include_extras=True).items():
            if left_out(hint.__name__, field):
                continue
            yield from (field for within in _parts(inner) if within == Text)
            yield from prose_fields(inner)
    else:
        for inner in get_args(hint):
            yield from prose_fields(inner)


def _parts(hint: Any) -> Iterator[Any]:
    """A type and, but for records, the types it is made of."""
    yield hint
    for inner in () if hint == Text else get_args(hint):
        yield from _parts(inner)


def of_code(files: Iterable[Path]) -> Iterator[Sentence]:
    """The sentences in some Python files that can reach a screen: texts of three words or more, and commands' help."""
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node, text in _strings(tree):
            for sentence in split(text):
                if _is_prose(sentence):
                    yield Sentence(sentence, _short(file), node.lineno, "help" if _is_help(node) else "text")


def _strings(tree: ast.AST) -> Iterator[tuple[Any, str]]:
    """Texts with their nodes: no docstrings but those of commands, which are help; no patterns."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call) and _called(node) in ("compile", "WithJsonSchema", "maketrans", "strftime"):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            if isinstance(tree, ast.FunctionDef) and is_command(tree):
                yield node, str(node.value.value)
        elif isinstance(node, ast.JoinedStr):
            yield node, "".join(str(part.value) if isinstance(part, ast.Constant) else BLANK for part in node.values)
            for part in node.values:
                yield from _strings(part)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node, node.value
        else:
            yield from _strings(node)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def is_command(node: ast.FunctionDef) -> bool:
    """Whether a function's docstring is what a command's help says."""
    return any(ast.unparse(decorator).startswith("app.") for decorator in node.decorator_list)


def _is_help(node: Any) -> bool:
    return isinstance(node, ast.Expr)


SQL = re.compile(
    r"^\(*(SELECT|DELIMITER|COPY|CASE|WHEN|SET|create virtual table|read_csv|insert into)\b|\bFROM \(|\byear\("
)


def _is_prose(text: str) -> bool:
    """Three words or more, with spaces between; a command as it is typed is none, nor is one to a database."""
    words = re.findall(r"(?<!\S)[^\w\s]*[^\W\d_][^\s_]*(?!\S)", text)
    return len(words) > 2 and not text.startswith("cst ") and not SQL.search(text)


def _short(file: Path) -> str:
    return str(file.relative_to(ROOT)) if file.is_relative_to(ROOT) else file.name
