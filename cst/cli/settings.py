"""The settings: defaults of this user, from the environment or a file in the platform's own folder for such things.

It holds the same four things as the environment: area, plain, accessible, toolkit. An option wins over the
environment, and that over the file. It never holds an answer.

A file with a fault never stands in the way of an answer: what is wrong is said, and what is right of it is used.
"""

from __future__ import annotations

import codecs
import errno
import os
import sys

from cst.lean_typing import TYPE_CHECKING, NamedTuple
from cst.plain_file import Unfit, read_plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

SETTING_TYPES: Mapping[str, type] = {"area": str, "plain": bool, "accessible": bool, "toolkit": list}
WRITTEN = {"area": '"gosport"', "plain": "true", "accessible": "true", "toolkit": '["my-team.yaml"]'}
VARIABLES = {
    "area": ("CST_AREA",),
    "plain": ("CST_PLAIN",),
    "accessible": ("CST_ACCESSIBLE", "ACCESSIBLE"),
    "toolkit": ("CST_TOOLKIT",),
}
MOST_BYTES = 100_000
WITHOUT = "cst goes on without that."
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}  # as editors and shells of Windows write it


class Setting(NamedTuple):
    """One setting in force: its value, and where it comes from."""

    value: Any
    origin: str


class Filed(NamedTuple):
    """What the file holds: its text, the settings that can be used, and each fault with what to do about it."""

    text: str
    held: Mapping[str, Any]
    faults: Sequence[tuple[str, str]] = ()


def place() -> str:
    """Where the settings file of this user lies, whether or not it is there."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA", os.path.expanduser("~"))
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    else:
        base = os.environ.get("XDG_CONFIG_HOME", "")
        base = base if os.path.isabs(base) else os.path.expanduser("~/.config")
    return os.path.join(base, "cst", "settings.toml")


def from_file() -> Filed:
    """What the settings file says; nothing where there is none."""
    path = place()
    try:
        data = read_plain(path, MOST_BYTES, ours=True)
    except (FileNotFoundError, NotADirectoryError):
        return Filed("", {})
    except Unfit as unfit:
        return Filed("", {}, [(f"{path} is not used: {unfit.says}.", f"{unfit.remedy[0].upper()}{unfit.remedy[1:]}.")])
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # so long that no file can be there
            return Filed("", {})
        return Filed("", {}, [(f"{path} cannot be read: {error.strerror}.", "Mend or remove it.")])
    return _read(path, data)


def _read(path: str, data: bytes) -> Filed:
    import tomllib  # only where there is a file

    try:
        text = data.decode(_MARKS.get(data[:2], "utf-8-sig"))
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # not text, not TOML, a number or brackets without end
        return Filed("", {}, [(f"{path} is not TOML: {error}.", "Mend or remove it.")])
    faults = [fault for name, value in found.items() if (fault := _fault(path, name, value))]
    held = {name: value for name, value in found.items() if not _fault(path, name, value)}
    return Filed(text, held, faults)


def _fault(path: str, name: str, value: Any) -> tuple[str, str] | None:
    if name not in SETTING_TYPES:
        return f"{path}: {name:.40} is no setting.", f"Write {', '.join(SETTING_TYPES)}."
    if not _fits(value, SETTING_TYPES[name]):
        return f"{path}: {name} cannot be {_shown(value):.40}.", f"Write {name} = {WRITTEN[name]}."
    return None


def _shown(value: Any) -> str:
    try:
        return str(value)
    except ValueError:  # a number of more digits than Python writes
        return "so large a number"


def _fits(value: Any, kind: type) -> bool:
    """Whether a value is of its kind; a list is one of texts, and no text holds what no file name can."""
    if isinstance(value, list):
        return kind is list and all(_fits(one, str) for one in value)
    return isinstance(value, kind) and "\0" not in str(value)


def from_environment() -> dict[str, Setting]:
    """What the environment says."""
    found: dict[str, Setting] = {}
    for name, variables in VARIABLES.items():
        for variable in variables:
            if value := os.environ.get(variable):
                whole: Any = [path for path in value.split(os.pathsep) if path] if name == "toolkit" else value
                found.setdefault(name, Setting(whole if SETTING_TYPES[name] is not bool else True, variable))
    return found


def in_force(filed: Filed) -> dict[str, Setting]:
    """Every setting with a value, from the environment or else from the file."""
    held = {name: Setting(value, place()) for name, value in filed.held.items()}
    return {**held, **from_environment()}


def warn(faults: Sequence[tuple[str, str]], then: str = WITHOUT) -> None:
    """Says on standard error what is wrong, if anything, and what comes of it; the danger line stays."""
    if faults:
        from cst.cli.first_words import say, take_back
        from cst.views.formats.line_breaks import fitted
        from cst.views.formats.safe_text import one_line

        said = take_back()
        lines = [one_line(f"{says} {remedy}") for says, remedy in faults]
        sys.stderr.write(fitted("\n".join((*lines, then)), sys.stderr) + "\n")
        if said:  # the danger line stands last again, where menus take it over
            say()
