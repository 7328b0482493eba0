"""What is in the single file and the folder, as CycloneDX: each library, its version, its licence, what needs it.

It is not committed: it speaks of what was packed on a day, and one in the tree would speak of no copy that there is.
"""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Sequence
from pathlib import Path

from cst import __version__
from tools.pack import ROOT, same_each_time, wheel
from tools.pack.environments import with_cst, with_tools

NAME = "cst.cdx.json"


def pack(into: Path, spare: Path, extras: Sequence[str]) -> Path:
    """Makes it: the file.

    Raises:
        CalledProcessError: pip, hatchling or cyclonedx-py could not do their part.
    """
    python = with_tools(spare / "tools", "hatchling", "cyclonedx-bom")
    held = with_cst(spare / "cst", wheel.build(python, spare / "wheel"), extras)
    command = [python, "-m", "cyclonedx_py", "environment", held, "--pyproject", ROOT / "pyproject.toml"]
    form = ["--spec-version", "1.6", "--output-format", "JSON", "--output-reproducible", "--mc-type", "application"]
    subprocess.run([*command, *form, "--output-file", spare / NAME], check=True, env=same_each_time())
    (into / NAME).write_text(_completed((spare / NAME).read_text("utf-8")), "utf-8")
    return into / NAME


def _completed(found: str) -> str:
    """With what no library says: our own version, which stands in the code, and the Python that the folder brings."""
    document = json.loads(found)
    document["metadata"]["component"]["version"] = __version__
    python = {"type": "platform", "bom-ref": "python", "name": "Python", "version": platform.python_version()}
    document["components"].append(python | {"description": "in the folder; the single file takes the one it finds"})
    return json.dumps(document, indent=2, sort_keys=True) + "\n"
