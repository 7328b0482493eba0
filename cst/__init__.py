"""cst, the community safety toolkit: who is in danger, what to do now, whom to ring at this minute, and why."""

__version__ = "0.1.0"
CONTRACT = 1  # the version of what `--json` writes (see contract.py): a number apart, as it changes more rarely
