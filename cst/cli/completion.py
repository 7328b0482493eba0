"""What the shell offers at the Tab key: ids with a few words each, from the shipped toolkit and never from answers."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from cst.cli.errors import trouble
from cst.exits import Exit

Offered = list[tuple[str, str]]


SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


# Zsh reads the file at the first Tab, and without this line that Tab only defines what answers the next one.
FIRST_TAB = "\n[[ $funcstack[1] = _cst ]] && _cst_completion\n"


def install_for(shell: str | None) -> int:
    """Sets completion up for a shell by its name, or for the one that this runs in.

    Raises:
        Trouble: it is none of the shells that can be set up, or the home folder cannot be written to.
    """
    if shell is None:
        from typer._completion_shared import _get_shell_name  # nor one to ask which shell it is

        shell = _get_shell_name() or os.path.basename(os.environ.get("SHELL", ""))
    if shell not in SHELLS:
        raise trouble(
            Exit.USAGE, "shell", f"{shell or 'This shell':.40} has no completion here.", f"One of: {', '.join(SHELLS)}."
        )
    from typer.completion import install  # type: ignore[attr-defined]  # there is no public way to name the shell

    try:
        _, path = install(shell=shell, prog_name="cst")
        if shell == "zsh":
            with path.open("a", encoding="utf-8") as file:
                file.write(FIRST_TAB)
    except OSError as error:
        says = f"Completion could not be set up: {error.strerror}."
        raise trouble(Exit.CANNOT_WRITE, "completion", says, "See that your home folder can be written to.") from None
    sys.stdout.write(f"Set up for {shell} in {path}. It works in the next shell that you open.\n")
    return Exit.DONE


def issues(incomplete: str) -> Offered:
    """Issues whose id begins so."""
    return _of("issues", incomplete)


def schemes(incomplete: str) -> Offered:
    """Schemes whose id begins so."""
    return _of("schemes", incomplete)


def areas(incomplete: str) -> Offered:
    """Areas whose id begins so."""
    return _of("areas", incomplete)


def ruled(incomplete: str) -> Offered:
    """Schemes, pathways, issues, named rules and modes whose id begins so."""
    return [one for kind in ("schemes", "pathways", "issues", "rules", "modes") for one in _of(kind, incomplete)]


def entries(incomplete: str) -> Offered:
    """Everything that can be looked up, issues first; contacts of the past come last."""
    kinds = ("issues", "roles", "schemes", "pathways", "contacts", "terms", "cautions", "areas")
    return [one for kind in kinds for one in _of(kind, incomplete)]


def lists(incomplete: str) -> Offered:
    """The kinds of which there is a list."""
    from cst.engine.entry import LISTED

    return [(kind, f"all {kind}") for kind in LISTED if kind.startswith(incomplete)]


def answers(incomplete: str) -> Offered:
    """QUESTION= while the question is typed, then its possible values."""
    name, equals, _ = incomplete.partition("=")
    if not equals:
        return [(f"{question}=", says) for question, says in _of("questions", incomplete)]
    return [(value, says) for value, says in _values(name) if value.startswith(incomplete)]


def _values(name: str) -> Iterator[tuple[str, str]]:
    from cst.cli.request import open_with

    toolkit = open_with(())
    question = toolkit.kind("questions").get(name)
    if question is None:
        return
    if question["type"] == "yes-no":
        yield from ((f"{name}={value}", question["ask"]) for value in ("yes", "no"))
    elif question["type"] in ("choice", "pick-many"):
        yield from ((f"{name}={value}", label) for value, label in toolkit.choices(question).items())
    yield f"{name}=not-sure", "you do not know"


def _of(kind: str, incomplete: str) -> Offered:
    from cst.cli.request import open_with
    from cst.engine.entry import title

    records = open_with(()).kind(kind)
    found = [name for name in records if name.startswith(incomplete.casefold())]
    found.sort(key=lambda name: records[name].get("status") == "historic")
    return [(name, records[name]["ask"] if kind == "questions" else title(records[name])) for name in found]
