"""Seals the toolkit as a wheel is built: `cst/data/manifest.json` says what each file in it must be, byte for byte.

A checkout has no seal, as git says there what was changed, so an editable install gets none either.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Seal(BuildHookInterface[Any]):
    """Puts the seal into the wheel beside the toolkit."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Makes the seal from the files as they are; the builder then takes it from where it lies."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)  # cst is not installed where it is built
        from cst.source import manifest

        self.made = tempfile.TemporaryDirectory()
        seal = Path(self.made.name, manifest.NAME)
        seal.write_text(manifest.sealed(str(Path(self.root, "data"))), encoding="utf-8", newline="\n")
        build_data["force_include"][str(seal)] = f"cst/data/{manifest.NAME}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Takes the seal away again."""
        if version != "editable":
            self.made.cleanup()
