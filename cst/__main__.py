"""The way in, and the way out whatever happens: signals, the emergency card, exit codes.

Nothing a user did, no file and no fault of ours ends in a traceback or in silence: the card comes from code.
"""

from __future__ import annotations

import errno
import gc
import os
import sys

from cst import card
from cst.exits import Exit, Left
from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


def program() -> NoReturn:
    """What starts `cst`: as `main`, but for what would only tidy up memory that is given back anyway.

    Looking for memory to tidy up, and tidying it all up at the end, take an eighth of a look-up.
    """
    gc.disable()
    try:
        main()
    except SystemExit as left:
        sys.stderr.flush()
        os._exit(left.code if isinstance(left.code, int) else 0)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs `cst` and leaves with its exit code."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    try:
        _prepare()
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        code = _closed()
    except OSError as error:
        code = _last_resort(Exit.FAULT) if error.errno == errno.ENOMEM else _cannot_write(error)
    except KeyboardInterrupt:
        code = _last_resort(Exit.INTERRUPTED)
    except Exception:  # in the very code that deals with faults
        code = _last_resort(Exit.FAULT)
    sys.exit(code)


def _prepare() -> None:
    """Text that a console cannot show is replaced, never fatal."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _run(arguments: Sequence[str]) -> int:
    from cst.cli.errors import Trouble

    try:
        from cst.cli.fast_path import fast_path

        if act := fast_path(arguments):
            return int(act())
        from cst.cli.app import run
        from cst.cli.signals import settle_in

        settle_in()

        return run(arguments)
    except Trouble as trouble:
        return trouble.show(json="--json" in arguments)
    except KeyboardInterrupt:
        return _stop(Exit.INTERRUPTED, "Stopped.", arguments)
    except Left as left:
        if sys.stdout.isatty():  # the screen was cleared on purpose: nothing is said that somebody could read
            return left.code
        return _stop(left.code, "Left before the end.", arguments)
    except BrokenPipeError:
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EDQUOT):
            raise
        return _stop(Exit.FAULT, f"Something went wrong in cst itself ({type(error).__name__}).", arguments)
    except (Exception, RecursionError, MemoryError) as error:
        return _stop(Exit.FAULT, f"Something went wrong in cst itself ({type(error).__name__}).", arguments)


def _stop(code: int, says: str, arguments: Sequence[str]) -> int:
    """The card and what happened; the card goes to the error stream where a script reads the other one."""
    stream = sys.stderr if "--json" in arguments else sys.stdout
    stream.write("\n" + card.text(card.columns()))
    stream.flush()
    saved = "Nothing was kept." if code != Exit.FAULT else "What was printed before this still holds. Nothing was kept."
    sys.stderr.write(f"{says} {saved}\n")
    return int(code)


def _closed() -> int:
    """The reader has gone: end quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.CLOSED


def _cannot_write(error: OSError) -> int:
    sys.stderr.write(f"{card.LINE}\nThe answer could not be written: {error.strerror}.\n")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.CANNOT_WRITE


def _last_resort(code: int) -> int:
    """The card and no more, with nothing else of ours in the way: that may be what is broken."""
    sys.stdout.write("\n".join(("", *card.CARD, "")))
    sys.stdout.flush()
    return int(code)


if __name__ == "__main__":
    program()
