"""A real browser for tests: Chromium without a window, spoken to over two pipes, so that no library is needed.

Where no browser is installed the tests that want one are skipped, and say so.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "Shift": 16, "ArrowDown": 40}
AXE = Path("node_modules", "axe-core", "axe.min.js")


def installed() -> str:
    """The browser; the test is skipped where there is none. `CST_BROWSER` names another one."""
    found = os.environ.get("CST_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    return found


def axe() -> str:
    """The checker of accessibility as a script; the test is skipped where it is not installed."""
    folders = [Path(os.environ["CST_AXE"])] if "CST_AXE" in os.environ else [ROOT, *ROOT.parents]
    for folder in folders:
        if (folder / AXE).is_file():
            return (folder / AXE).read_text("utf-8")
    pytest.skip("no axe-core here: npm install axe-core, or its folder in CST_AXE")


class Page:
    """One page of the browser."""

    def __init__(self, read: int, write: int) -> None:
        """Takes the two pipes, and opens a page."""
        self._read, self._write, self._session, self._number = read, write, "", 0
        self._rest = b""
        self.requests: list[str] = []
        self.messages: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Asks the browser for one thing, and gives its answer."""
        self._number += 1
        session = {"sessionId": self._session} if self._session else {}
        message = {"id": self._number, "method": method, "params": parameters, **session}
        os.write(self._write, json.dumps(message).encode("utf-8") + b"\0")
        while (answer := self._next()).get("id") != self._number:
            pass
        assert "error" not in answer, f"{method}: {answer['error']}"
        result: dict[str, Any] = answer["result"]
        return result

    def until(self, event: str) -> None:
        """Waits for something to happen."""
        while self._next().get("method") != event:
            pass

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._read, 1 << 20)
            assert more, "the browser has gone"
            self._rest += more
        text, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.requests.append(message["params"]["request"]["url"])
            case "Log.entryAdded":
                self.messages.append(message["params"]["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.messages.append(json.dumps(message["params"]["exceptionDetails"]))
        return message

    def open(self, file: Path, width: int = 1280, *, dark: bool = False, scripts: bool = True) -> None:
        """Shows a file in a window of some width."""
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Emulation.setEmulatedMedia", features=scheme)
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call("Page.navigate", url=file.as_uri())
        self.until("Page.loadEventFired")

    def value(self, expression: str) -> Any:
        """What an expression comes to in the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """Presses a key: a name in `KEYS`, or a letter."""
        name = {"key": key, "code": key if key in KEYS else f"Key{key.upper()}"}
        code = {"windowsVirtualKeyCode": KEYS.get(key, ord(key.upper()[0]))}
        text = {"text": "\r"} if key == "Enter" else {"text": key} if len(key) == 1 else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", **name, **code, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **name, **code)

    def pdf(self) -> bytes:
        """The page as it is printed."""
        answer = self.call("Page.printToPDF", preferCSSPageSize=True)
        return base64.b64decode(answer["data"])

    def picture(self) -> bytes:
        """What the window shows, as a PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """A browser with one page, and nothing of the tester's."""
    to_read, to_write = os.pipe(), os.pipe()
    flags = ("--headless=new", "--no-sandbox", "--remote-debugging-pipe", f"--user-data-dir={folder}", "--lang=en-GB")
    run = f'exec "$0" "$@" 3<&{to_read[0]} 4>&{to_write[1]}'
    started = subprocess.Popen(
        ["bash", "-c", run, installed(), *flags],
        pass_fds=(to_read[0], to_write[1]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(to_read[0])
    os.close(to_write[1])
    try:
        page = Page(to_write[0], to_read[1])
        yield page
        page.call("Browser.close")
    finally:
        started.terminate()
        started.wait(20)
        os.close(to_read[1])
        os.close(to_write[0])
