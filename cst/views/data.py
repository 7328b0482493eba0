"""What is said, as one JSON document."""

from __future__ import annotations

import json
from typing import Any


def data(said: Any) -> str:
    """The document, ending in a newline."""
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"
