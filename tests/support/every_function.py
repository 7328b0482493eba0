"""Makes each function that a command runs fail at its very start, one at a time, and says how each run ended.

`python -m tests.support.every_function COMMAND...` runs the command once to learn which functions of cst it enters,
then once more for each of them in a process of its own, forked; one line of JSON says how each of these ended. With
`--cold` nothing of cst is loaded beforehand, and what fails is the loading of each of its modules. `--most N`
takes evenly spread ones.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from types import CodeType, FrameType
from typing import Any, NoReturn

from cst.__main__ import main

HERE = os.path.dirname(os.path.abspath(sys.modules["cst"].__file__ or ""))
SECRET = "canary-of-a-secret"
Place = tuple[str, int, str]


def place_of(code: CodeType) -> Place:
    """Where a function is defined: file, line and name."""
    return os.path.relpath(code.co_filename, HERE), code.co_firstlineno, code.co_name


def _forked(out: int, err: int, arguments: list[str], profile: Any) -> int:
    """The exit code of the command in a process of its own, watched by a profile function."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        _become(out, err, arguments, profile)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _become(out: int, err: int, arguments: list[str], profile: Any) -> NoReturn:
    code = 99
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.setprofile(profile)
        main(arguments)
    except SystemExit as leaving:
        sys.setprofile(None)
        code = int(leaving.code or 0)
    except BaseException:
        sys.setprofile(None)
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def entered(arguments: list[str]) -> list[Place]:
    """Every function of cst that the command enters, in the order in which it first does."""
    with tempfile.TemporaryFile() as found, open(os.devnull, "w") as nowhere:
        seen: set[CodeType] = set()

        def note(frame: FrameType, event: str, _: object) -> None:
            code = frame.f_code
            names = (code.co_name, frame.f_back.f_code.co_name if frame.f_back else "")
            ours = code.co_filename.startswith(HERE) and "__del__" not in names  # Python passes over what fails there
            if event == "call" and code not in seen and ours:
                seen.add(code)
                os.write(found.fileno(), json.dumps(place_of(code)).encode() + b"\n")

        _forked(nowhere.fileno(), nowhere.fileno(), arguments, note)
        found.seek(0)
        return [(file, line, name) for file, line, name in map(json.loads, found)]


def failing(place: Place, arguments: list[str]) -> dict[str, Any]:
    """How the command ends when the function at a place fails at its start."""

    def fail(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_firstlineno == place[1] and place_of(code) == place:
            local = f"{SECRET} 01632 960999"
            raise RuntimeError(local)

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        code = _forked(out.fileno(), err.fileno(), arguments, fail)
        out.seek(0)
        err.seek(0)
        return {"place": place, "code": code, "out": out.read().decode(), "err": err.read().decode()}


def _chosen(places: list[Place], most: int) -> list[Place]:
    step = max(1, -(-len(places) // most))
    return places[::step]


def run(arguments: list[str]) -> None:
    """Runs what the command line asks for."""
    most = 10**6
    cold = False
    while arguments[0].startswith("--"):
        cold = cold or arguments[0] == "--cold"
        most = int(arguments[1]) if arguments[0] == "--most" else most
        arguments = arguments[2 if arguments[0] == "--most" else 1 :]
    if not cold:
        with open(os.devnull, "w") as nowhere:
            _warm(nowhere, arguments)
    places = [place for place in entered(arguments) if (place[2] == "<module>") is cold]
    print(json.dumps(len(places)))
    for place in _chosen(places, most):
        print(json.dumps(failing(place, arguments)))


def _warm(nowhere: Any, arguments: list[str]) -> None:
    """Loads here all that the command loads, so that each fork need not."""
    before, sys.stdout, sys.stderr = (sys.stdout, sys.stderr), nowhere, nowhere
    try:
        main(arguments)
    except SystemExit:
        pass
    finally:
        sys.stdout, sys.stderr = before


if __name__ == "__main__":
    run(sys.argv[1:])
