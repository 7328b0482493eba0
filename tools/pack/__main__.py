"""`python -m tools.pack FORM`: packs cst into a folder, `dist` unless another is named.

python -m tools.pack wheel     a wheel and an sdist, built twice and compared
python -m tools.pack file      one file, for a machine that has Python
python -m tools.pack folder    a folder, for a machine that has no Python
python -m tools.pack sbom      what is in the file and the folder, as CycloneDX
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tools.pack import EXTRAS, ROOT, folder, sbom, single_file, wheel
from tools.pack.environments import with_tools

# Where it goes, a folder for what is on the way, and extras: what was made.
Form = Callable[[Path, Path, Sequence[str]], Path]


def _wheel(into: Path, spare: Path, extras: Sequence[str]) -> Path:
    return wheel.built_twice(with_tools(spare / "tools", "hatchling", "twine"), into, spare)


FORMS: Mapping[str, Form] = {"wheel": _wheel, "file": single_file.pack, "folder": folder.pack, "sbom": sbom.pack}


def main(arguments: Sequence[str] | None = None) -> int:
    """Packs what was asked for."""
    reading = argparse.ArgumentParser(prog="python -m tools.pack", description=(__doc__ or "").splitlines()[0])
    reading.add_argument("form", choices=FORMS)
    reading.add_argument("--into", type=Path, default=ROOT / "dist", help="where it goes (dist if not given)")
    more = {"choices": EXTRAS, "default": ["handbook"], "help": "what else is packed (handbook if not given)"}
    reading.add_argument("--with", nargs="*", dest="extras", **more)
    asked = reading.parse_args(arguments)
    os.umask(0o022)  # rights are part of what is packed
    asked.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as spare:
        made = FORMS[asked.form](asked.into, Path(spare), asked.extras)
    print(f"wrote {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
