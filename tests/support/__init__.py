"""What tests share: running commands, walking by robot, yardsticks, and the places of files; no test stands here."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("CST_CORPORA") or ROOT.parent / "shared" / "corpora")
