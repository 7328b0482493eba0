"""The way in, and the way out whatever happens: signals, the emergency card, exit codes.

Nothing a user did, no file and no fault of ours ends in a traceback or in silence: the card comes from code.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from contextlib import suppress

from cst import card
from cst.exits import Exit, Left
from cst.lean_typing import TYPE_CHECKING
from cst.streams import Unwritten, hung_up, stand_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

# A disk or a share that broke off while it was read: what cannot be written says so where it is written.
UNREAD = (errno.EIO, errno.ETIMEDOUT, getattr(errno, "ESTALE", errno.EIO))
CARD = "\n".join(("", *card.CARD, ""))
CARD_BYTES = CARD.encode()  # made while there is room
FAULT = int(Exit.FAULT)
room = [bytes(1 << 20)]  # given back where memory runs out, so that it can be said; until then it costs none


def program() -> NoReturn:
    """What starts `cst`: as `main`, but for what would only tidy up memory that is given back anyway.

    Looking for memory to tidy up, and tidying it all up at the end, take an eighth of a look-up.
    """
    gc.disable()
    try:
        stand_in()
        main()
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except BaseException:  # there was no room even for what deals with faults
        room.clear()
        try:
            os.write(1, CARD_BYTES)
        finally:  # whatever that raised: an exit of 1 would be a no
            os._exit(FAULT)
    with suppress(Exception):
        sys.stderr.flush()
    os._exit(code)


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
        code = _unanswered(error)
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
        from cst.cli.guesses import meant, taken_as

        if guess := meant(arguments):
            code = _run(guess)
            sys.stdout.flush()
            sys.stderr.write(f"{taken_as(guess)}\n")  # last: the emergency line comes first
            return code
        from cst.cli.app import run
        from cst.cli.signals import settle_in

        settle_in()

        return run(arguments)
    except Trouble as trouble:
        return trouble.show(json="--json" in arguments)
    except KeyboardInterrupt:
        return _stop(Exit.INTERRUPTED, "Stopped.", arguments)
    except Left as left:
        if hung_up():
            raise KeyboardInterrupt from None
        if sys.stdout.isatty():  # the screen was cleared on purpose: nothing is said that somebody could read
            return left.code
        return _stop(left.code, "Left before the end.", arguments)
    except BrokenPipeError:
        raise
    except Unwritten:
        raise
    except OSError as error:
        if hung_up():
            raise KeyboardInterrupt from None
        if error.errno in UNREAD:
            return _stop(Exit.NO_INPUT, f"What was given could not be read: {error.strerror}.", arguments)
        return _stop(Exit.FAULT, f"Something went wrong in cst itself ({type(error).__name__}).", arguments)
    except (Exception, RecursionError, MemoryError) as error:
        room.clear()
        return _stop(Exit.FAULT, f"Something went wrong in cst itself ({type(error).__name__}).", arguments)


def _stop(code: int, says: str, arguments: Sequence[str]) -> int:
    """The card and what happened; the card goes to the error stream where a script reads the other one."""
    shown = "\n" + card.text(card.columns())
    stream = sys.stderr if "--json" in arguments else sys.stdout
    try:
        stream.write(shown)
        stream.flush()
    except Unwritten:  # the terminal was closed, or the disk is full: why it ended counts for more
        sys.stderr.write(shown)
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  # open until the end
    saved = "Nothing was kept." if code != Exit.FAULT else "What was printed before this still holds. Nothing was kept."
    sys.stderr.write(f"{says} {saved}\n")
    return int(code)


def _closed() -> int:
    """The reader has gone: end quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.CLOSED


def _unanswered(error: OSError) -> int:
    if hung_up():
        return Exit.INTERRUPTED  # there is nobody to say it to
    return _last_resort(Exit.FAULT) if error.errno == errno.ENOMEM else _cannot_write(error)


def _cannot_write(error: OSError) -> int:
    with suppress(OSError, ValueError):  # the error stream may be as full as the other one
        sys.stderr.write(f"{card.LINE}\nThe answer could not be written: {error.strerror}.\n")
        sys.stderr.flush()
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.CANNOT_WRITE


def _last_resort(code: int) -> int:
    """The card and no more, with nothing else of ours in the way: that may be what is broken."""
    with suppress(OSError, ValueError):
        sys.stdout.write(CARD)
        sys.stdout.flush()
    return int(code)


if __name__ == "__main__":
    program()
