"""How a run can end: exit codes, one cause each, so that a script can tell what happened."""

from __future__ import annotations

from cst.lean_typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cst import contract

EMERGENCY = "emergency"


class Exit:
    """What a finished `cst` tells its caller. Plain numbers: an enum would cost each look-up a tenth of a start."""

    DONE = 0
    NO = 1  # nothing found, not eligible, check found faults
    USAGE = 2
    CANNOT_SAY = 3  # answers missing or not sure; a plan that rests on what is not known
    EMERGENCY = 10  # done, and the first thing to do is call the emergency line
    LEFT = 20  # left before the end: quit, end of input
    BAD_INPUT = 65  # bad rows or answers in an input
    NO_INPUT = 66  # input file missing
    FAULT = 70
    CANNOT_WRITE = 74
    REFUSED = 78  # toolkit or overlay refused
    INTERRUPTED = 130
    CLOSED = 141


def of_plan(answer: contract.Plan) -> int:
    """How a finished triage tells its caller what came of it: never "done" while it rests on something not known."""
    leading = [outcome for outcome in answer["outcomes"] if outcome["leads"]]
    if any(outcome["id"] == EMERGENCY for outcome in leading):
        return Exit.EMERGENCY
    certain = all(outcome["certain"] for outcome in answer["outcomes"])  # the box is one of them, and is not
    return Exit.DONE if answer["complete"] and certain else Exit.CANNOT_SAY


class Interrupted(KeyboardInterrupt):
    """Told to stop: the system ends us. A KeyboardInterrupt, as that is what event loops let through."""


class Left(BaseException):
    """The person left before the end: quit, no more input, or Ctrl-C at a prompt; `code` says which."""

    def __init__(self, code: int = Exit.LEFT) -> None:
        super().__init__()
        self.code = code
