"""What a change to `data/` means, printed for whoever reviews it: `python -m tools.data_changes`.

The files are compared with the point where this branch left main, or on main itself with the commit before. Where a
clone does not reach so far back (one commit alone), or nothing in `data/` differs, it says so. That something differs
is never a failure; only `cst changes` breaking is.
"""

from __future__ import annotations

import subprocess
import sys

from cst.exits import Exit
from tests.support import ROOT

DATA = "data"
MAINS = ("origin/main", "main")


def base() -> str | None:
    """The commit to compare with; None where the clone has none."""
    head = _git("rev-parse", "HEAD")
    left = (_git("merge-base", "HEAD", main) for main in MAINS)
    return next((commit for commit in left if commit and commit != head), None) or _git("rev-parse", "HEAD^")


def _git(*arguments: str) -> str | None:
    """What git says, or None where it says no, or is not there."""
    try:
        ran = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return ran.stdout.strip() if not ran.returncode else None


def main() -> int:
    """Prints what differs; the exit code says only whether that could be worked out."""
    before = base()
    if before is None:
        print("There is no earlier commit here to compare with.")
        return 0
    if _git("diff", "--quiet", before, "--", DATA) is not None:
        print(f"{DATA}/ is as it was in {before[:9]}.")
        return 0
    ran = subprocess.run([sys.executable, "-m", "cst", "changes", before, DATA], cwd=ROOT, check=False)
    return 0 if ran.returncode in (Exit.DONE, Exit.NO) else ran.returncode


if __name__ == "__main__":
    sys.exit(main())
