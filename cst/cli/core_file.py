"""No core file: what a crashed program leaves of its memory on the disk would hold the answers."""

from __future__ import annotations

from contextlib import suppress


def leave_none() -> None:
    """From now on a crash leaves no core file. What is started from here may still ask for one of its own."""
    try:
        import resource
    except ImportError:  # Windows has none of it; what its own error reports keep is for whoever runs the machine
        return
    with suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, most))
