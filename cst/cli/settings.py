"""The settings: defaults of this user, from the environment or a file in the platform's own folder for such things.

It holds the same four things as the environment: area, plain, accessible, toolkit. An option wins over the
environment, and that over the file. It never holds an answer.
"""

from __future__ import annotations

import errno
import os
import sys

from cst.cli.errors import trouble
from cst.exits import Exit
from cst.lean_typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

SETTING_TYPES: Mapping[str, type] = {"area": str, "plain": bool, "accessible": bool, "toolkit": list}
WRITTEN = {"area": '"gosport"', "plain": "true", "accessible": "true", "toolkit": '["my-team.yaml"]'}
VARIABLES = {
    "area": ("CST_AREA",),
    "plain": ("CST_PLAIN",),
    "accessible": ("CST_ACCESSIBLE", "ACCESSIBLE"),
    "toolkit": ("CST_TOOLKIT",),
}


class Setting(NamedTuple):
    """One setting in force: its value, and where it comes from."""

    value: Any
    origin: str


def place() -> str:
    """Where the settings file of this user lies, whether or not it is there."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA", os.path.expanduser("~"))
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    else:
        base = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    return os.path.join(base, "cst", "settings.toml")


def from_file() -> dict[str, Any]:
    """What the settings file says; nothing where there is none.

    Raises:
        Trouble: it cannot be read, or says something that is no setting.
    """
    path = place()
    try:
        with open(path, "rb") as file:
            text = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # so long that no file can be there
            return {}
        raise trouble(
            Exit.USAGE, "settings", f"{path} cannot be read: {error.strerror}.", "Mend or remove it."
        ) from None
    return _read(path, text)


def _read(path: str, text: bytes) -> dict[str, Any]:
    import tomllib  # only where there is a file

    try:
        found = tomllib.loads(text.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise trouble(Exit.USAGE, "settings", f"{path} is not TOML: {error}.", "Mend or remove it.") from None
    for name, value in found.items():
        if name not in SETTING_TYPES:
            raise trouble(
                Exit.USAGE, "settings", f"{path}: {name:.40} is no setting.", f"Write {', '.join(SETTING_TYPES)}."
            )
        if not _fits(value, SETTING_TYPES[name]):
            says = f"{path}: {name} cannot be {value!s:.40}."
            raise trouble(Exit.USAGE, "settings", says, f"Write {name} = {WRITTEN[name]}.")
    return found


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


def in_force() -> dict[str, Setting]:
    """Every setting with a value, from the environment or else from the file.

    Raises:
        Trouble: the file has a fault.
    """
    filed = {name: Setting(value, place()) for name, value in from_file().items()}
    return {**filed, **from_environment()}
