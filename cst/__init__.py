"""cst, the community safety toolkit: who is in danger, what to do now, whom to ring at this minute, and why."""

import sys

__version__ = "0.1.0"
CONTRACT = 1  # the version of what `--json` writes (see contract.py): a number apart, as it changes more rarely

# Started as `python -m cst`, Python looks for every module in the current folder first: in a case folder that somebody
# else can write to, their files would run. This package is found already, so a checkout does without it too.
if getattr(sys, "argv", [""])[:1] == ["-m"] and sys.path and not sys.flags.safe_path:
    del sys.path[0]
