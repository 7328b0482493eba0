"""What is said, as one JSON document."""

from __future__ import annotations

import json
from typing import Any

from cst.views.clean import HIDDEN_SPANS


def data(said: Any) -> str:
    """The document, ending in a newline. Characters that a terminal would obey stand in it as escapes."""
    text = json.dumps(said, ensure_ascii=False, indent=2) + "\n"
    return text if text.isascii() and "\x7f" not in text else text.translate(_escapes())


def _escapes() -> dict[int, str]:
    """Each hidden character and half of a surrogate pair as JSON may write it. JSON escapes C0 by itself."""
    spans = (*HIDDEN_SPANS, (0xD800, 0xDFFF))
    codes = (code for first, last in spans for code in range(max(first, 0x7F), last + 1))
    return {code: _escape(code) for code in codes}


def _escape(code: int) -> str:
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
