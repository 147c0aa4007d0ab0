"""A real Chromium, driven by the DevTools protocol over two pipes: no library, no port, no network.

Source: https://chromedevtools.github.io/devtools-protocol/ ; with `--remote-debugging-pipe` the browser reads commands from
file descriptor 3 and writes answers and events to 4, each JSON message ended by a NUL.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SWITCHES: Final = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-extensions",
    "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
# Seconds; a loaded machine needs many to start a browser.
_PATIENCE: Final = 60.0


def program() -> str | None:
    """Return the browser of this machine, None when there is none."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


class Tab:
    """One page of a browser; `events` are all that the browser told so far."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        """Attach to a new page."""
        self.events: list[dict[str, Any]] = []
        self._to, self._from, self._number, self._read, self._session = to_browser, from_browser, 0, b"", ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result; events that come first are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        os.write(self._to, json.dumps(message | ({"sessionId": self._session} if self._session else {})).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                result: dict[str, Any] = answer["result"]
                return result

    def open(self, file: Path, width: int = 1200, height: int = 900, *, dark: bool = False, media: str = "") -> None:
        """Open a file as it would be from disk, on a screen of so many CSS pixels, and wait until it is loaded."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.events.clear()
        self.ask("Page.navigate", url=file.as_uri())
        while not any(event["method"] == "Page.loadEventFired" for event in self.events):
            self._next()

    def value(self, expression: str) -> Any:
        """Return what an expression of ours is worth on the page."""
        return self.ask("Runtime.evaluate", expression=expression, returnByValue=True)["result"].get("value")

    def complaints(self) -> list[dict[str, Any]]:
        """Return what the page logged, threw, asked or fetched beyond itself: a good page does none of it."""
        bad = {"Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Page.javascriptDialogOpening"}
        return [
            event
            for event in self.events
            if event["method"] in bad
            or (
                event["method"] == "Network.requestWillBeSent" and event["params"]["request"]["url"].partition(":")[0] != "file"
            )
        ]

    def picture(self, file: Path) -> None:
        """Save the whole page as it looks."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1}
        told = self.ask("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        file.write_bytes(base64.b64decode(told["data"]))

    def paper(self) -> bytes:
        """Return the page as it prints (PDF)."""
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def _next(self) -> dict[str, Any]:
        end = time.monotonic() + _PATIENCE
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._from], [], [], max(0.0, end - time.monotonic()))
            assert ready, "the browser says nothing"
            piece = os.read(self._from, 1 << 20)
            assert piece, "the browser went away"
            self._read += piece
        line, _nul, self._read = self._read.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if "method" in message:
            self.events.append(message)
        return message


@contextmanager
def browser(found: str) -> Iterator[Tab]:
    """Start a browser with a profile of its own, and end it with all that it started."""
    to_child, to_browser = os.pipe()
    from_browser, from_child = os.pipe()
    # The shell puts our pipes where the browser looks for them, whatever numbers they have here.
    wired = f'exec "$0" "$@" 3<&{to_child} 4>&{from_child}'
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        words = ["bash", "-c", wired, found, *_SWITCHES, f"--user-data-dir={profile}", "about:blank"]
        with subprocess.Popen(
            words, pass_fds=(to_child, from_child), env={**os.environ, "HOME": profile},
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        ) as process:  # fmt: skip
            os.close(to_child)
            os.close(from_child)
            try:
                tab = Tab(to_browser, from_browser)
                yield tab
                tab.ask("Page.close")
            finally:
                os.close(to_browser)
                os.close(from_browser)
                process.terminate()
