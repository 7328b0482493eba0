"""The first thing that the single file runs: whether it can at all, and the emergency card where it cannot.

`single_file.py` puts it in front of what shiv brings, which unpacks the rest, with `made.py` beside it. What was
unpacked before starts without shiv, in less time. Whichever Python somebody has reads this, so it is written as an
older one would read it.
"""

import os
import sys

from made import BUILD, CARD, ENDINGS, NEEDS

FAULT, INTERRUPTED = 70, 130  # as `cst.exits` has them, which is not unpacked yet


def start():
    """Unpacks cst where it was not yet, and starts it."""
    if not fits():
        here = f"Python {sys.version_info[0]}.{sys.version_info[1]} on {sys.platform}"
        stop(f"This file needs {NEEDS}. This is {here}.", "Ask for one that was made for this computer.")
    root = os.environ.setdefault("SHIV_ROOT", os.path.expanduser(os.path.join("~", ".shiv")))
    unpacked = os.path.join(root, f"{os.path.basename(os.path.realpath(sys.argv[0]))}_{BUILD}", "site-packages")
    try:
        own(root)
        if not os.path.isdir(unpacked):
            sys.stderr.write(f"{CARD[0]}\nThe first start unpacks this file, and takes a while.\n")
            sys.stderr.flush()
            from _bootstrap import bootstrap

            bootstrap()  # it ends the program
        sys.path.insert(1, unpacked)  # before what else is installed here
        from cst.__main__ import program

        program()
    except OSError as error:
        says = f"It could not be unpacked into {root}: {error.strerror or type(error).__name__}."
        stop(says, "Make room there, or set SHIV_ROOT to a folder of your own.")
    except Exception as error:
        says = f"This file, or what was unpacked from it into {root}, is damaged ({type(error).__name__})."
        stop(says, "Remove that folder, and start again. If that does not help, ask for the file again.")
    except KeyboardInterrupt:
        stop("Stopped.", "", INTERRUPTED)


def fits():
    """Whether this Python can load the libraries that only one Python on one kind of system can."""
    if sys.version_info < (3, 11):  # noqa: UP036  # whichever Python somebody has
        return False
    from importlib.machinery import EXTENSION_SUFFIXES

    return set(ENDINGS) <= set(EXTENSION_SUFFIXES)


def own(root):
    """Makes the folder for what is unpacked; stops where somebody else could change what runs out of it."""
    if not os.path.isdir(root):
        os.makedirs(root, 0o700)
    status = os.stat(root)
    if hasattr(os, "geteuid") and (status.st_uid not in (0, os.geteuid()) or status.st_mode & 0o022):
        says = f"Other people could change what is unpacked into {root}."
        stop(says, "Set SHIV_ROOT to a folder of your own, or take that away: chmod go-w FOLDER")


def stop(says, remedy, code=FAULT):
    """The card, what is wrong, and what to do."""
    sys.stdout.write("\n".join(["", *CARD, "", ""]))
    sys.stdout.flush()
    sys.stderr.write(f"{says} {remedy}".strip() + "\n")
    sys.exit(code)


start()
