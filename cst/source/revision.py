"""The toolkit as it stands in a git revision of the repository around a folder.

git is asked for names and bytes alone (`rev-parse`, `ls-tree`, `cat-file`). These run no hook, no filter and no pager,
write nothing, and ask no other computer: what a clone does not hold is not fetched.
"""

from __future__ import annotations

import os
import subprocess

from cst.source.edition import File, NoEdition
from cst.source.open import MAIN, is_pack
from cst.source.yaml import MOST_BYTES

FOLDER = "data"
_PATIENCE = 60  # seconds
_ALONE = ("-c", "protocol.allow=never", "-c", "core.fsmonitor=false", "--no-pager", "--no-optional-locks")
_QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def files_in(revision: str, around: str) -> list[File]:
    """The main file and its packs as they stand in a revision.

    Args:
        revision: a commit, tag or branch, or what git takes for one, such as HEAD~3.
        around: a folder in the repository.

    Raises:
        NoEdition: there is no git, no repository, no such revision, or no toolkit in it.
    """
    _git(around, "rev-parse", "--git-dir", or_else=_no_repository(revision))
    named = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    commit = _git(around, *named, or_else=_no_revision(revision)).decode().split()[-1]
    listed = _git(around, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", FOLDER).decode("utf-8", "replace")
    sizes: dict[str, int] = {}  # by place in the folder
    for line in filter(None, listed.split("\0")):
        told, _, path = line.partition("\t")
        sizes[path.removeprefix(f"{FOLDER}/")] = int(told.split()[-1]) if told.split()[-1].isdecimal() else 0
    if MAIN not in sizes:
        says = f"{revision} has no toolkit: there is no {FOLDER}/{MAIN} in it."
        raise NoEdition("no-toolkit", says, f"Name a later one: git log -- {FOLDER}", there=True)
    names = [MAIN, *sorted(filter(is_pack, sizes))]
    if large := next((name for name in names if sizes[name] > MOST_BYTES), None):
        says = f"{revision}:{FOLDER}/{large} has {sizes[large]:,} bytes; {MOST_BYTES:,} is the most."
        raise NoEdition("too-large", says, "Name another revision.", there=True)
    return [
        (f"{revision}:{FOLDER}/{name}", _git(around, "cat-file", "blob", f"{commit}:{FOLDER}/{name}")) for name in names
    ]


def _no_repository(revision: str) -> NoEdition:
    says = f"{revision} is no file or folder, and no git repository stands around this folder."
    return NoEdition("no-repository", says, "Check the name, or go to a checkout of cst.")


def _no_revision(revision: str) -> NoEdition:
    says = f"{revision} is no file or folder, and git knows no such revision here."
    remedy = "Check the name: git log. A shallow clone has few: git fetch --unshallow."
    return NoEdition("no-revision", says, remedy)


def _git(around: str, *arguments: str, or_else: NoEdition | None = None) -> bytes:
    """What git says.

    Raises:
        NoEdition: `or_else`, where it says no; else what it says is wrong.
    """
    try:
        ran = subprocess.run(
            ["git", *_ALONE, *arguments],
            cwd=around,
            env={**os.environ, **_QUIET},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except OSError:
        says = "There is no git on this computer, so no revision can be read."
        raise NoEdition("no-git", says, "Install git, or name a file or a folder.") from None
    except subprocess.TimeoutExpired:
        raise NoEdition("git", f"git did not answer in {_PATIENCE} seconds.", "Try again later.") from None
    told = ran.stderr.decode("utf-8", "replace").strip()
    if ran.returncode and or_else and "dubious ownership" not in told:
        raise or_else
    if ran.returncode:
        raise NoEdition(
            "git", f"git says: {told.splitlines()[0] if told else 'nothing'}.", "Mend that, or name a folder."
        )
    return ran.stdout
