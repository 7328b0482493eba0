"""What is said, as one JSON document.

Written here and not by `json`, which costs a look-up in a pipe half of a bare start of Python; a test holds the two to
the same text for anything that can be said.
"""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING
from cst.views.formats.safe_text import HIDDEN_SPANS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

_STEP = "  "
_WORDS = {None: "null", True: "true", False: "false"}
_SHORT = {0x08: "\\b", 0x09: "\\t", 0x0A: "\\n", 0x0C: "\\f", 0x0D: "\\r", 0x22: '\\"', 0x5C: "\\\\"}
_ESCAPES = {code: f"\\u{code:04x}" for code in range(0x20)} | _SHORT


def data(document: Any) -> str:
    """The document, ending in a newline. Characters that a terminal would obey stand in it as escapes.

    Args:
        said: dicts with text for keys, lists, texts, whole numbers, yes, no and None.

    Raises:
        TypeError: there is something else in it.
    """
    text = _value(document, "\n") + "\n"
    return text if text.isascii() and "\x7f" not in text else text.translate(_hidden())


def _value(document: Any, line: str) -> str:
    """One value; `line` is the newline with the indent of what it stands in."""
    if isinstance(document, str):
        return _text(document)
    if document is None or isinstance(document, bool):
        return _WORDS[document]
    if isinstance(document, int):
        return str(document)
    if isinstance(document, dict):
        inner = line + _STEP
        return _within("{}", [f"{_text(name)}: {_value(value, inner)}" for name, value in document.items()], line)
    if isinstance(document, (list, tuple)):
        return _within("[]", [_value(value, line + _STEP) for value in document], line)
    raise TypeError(f"{type(document).__name__} cannot be written as JSON")


def _text(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _within(brackets: str, parts: Iterable[str], line: str) -> str:
    body = f",{line}{_STEP}".join(parts)
    return f"{brackets[0]}{line}{_STEP}{body}{line}{brackets[1]}" if body else brackets


def _hidden() -> dict[int, str]:
    """Each hidden character and half of a surrogate pair as JSON may write it. C0 has been escaped by now."""
    spans = (*HIDDEN_SPANS, (0xD800, 0xDFFF))
    codes = (code for first, last in spans for code in range(max(first, 0x7F), last + 1))
    return {code: _escape(code) for code in codes}


def _escape(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
