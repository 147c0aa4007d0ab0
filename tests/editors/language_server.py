"""The real yaml-language-server, spoken to over its standard streams as an editor does, without any network.

Source: the Language Server Protocol 3.17 (messages are JSON behind a `Content-Length` header).
"""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from tests.once import ROOT

_HERE: Final = Path(__file__).parent
# Seconds; a loaded machine needs many to start Node.
_PATIENCE: Final = 60.0
# What docs/editeurs.md tells people to set, and no more.
SETTINGS: Final = {"yaml": {"schemaStore": {"enable": False}, "validate": True, "hover": True, "completion": True}}


class Missing(Exception):
    """The server cannot be had on this machine; says why."""


def server() -> Path:
    """Return the server, installed once for each content of the lock file, with its hashes. Raises Missing."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Missing("NO NODE OR NO NPM ON THIS MACHINE")
    lock = (_HERE / "package-lock.json").read_bytes()
    place = ROOT / ".venv" / f"editors-{blake2b(lock, digest_size=8).hexdigest()}"
    if not place.is_dir():
        _install(npm, place)
    return place / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


def _install(npm: str, place: Path) -> None:
    """Install beside the place, and put it there whole: another worker may do the same."""
    with tempfile.TemporaryDirectory(dir=place.parent) as name:
        made = Path(name) / "made"
        made.mkdir()
        for file in ("package.json", "package-lock.json"):
            shutil.copyfile(_HERE / file, made / file)
        words = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        done = subprocess.run(words, cwd=made, check=False, capture_output=True, encoding="utf-8", timeout=300)
        if done.returncode != 0:
            raise Missing(f"NPM CANNOT INSTALL yaml-language-server ({done.stderr.strip()[-300:]})")
        if not place.is_dir():
            made.rename(place)


def without_network() -> list[str]:
    """Return the words before a command that take the network away, none where that needs rights that we do not have."""
    if shutil.which("unshare") is None:
        return []
    for words in (["unshare", "--net"], ["unshare", "--user", "--map-root-user", "--net"]):
        if subprocess.run([*words, "true"], check=False, capture_output=True).returncode == 0:
            return words
    return []


class Editor:
    """An editor that opened a folder."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, settings: Mapping[str, Any]) -> None:
        """Introduce itself as an editor does."""
        self._process, self._settings, self._number, self._read = process, settings, 0, b""
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}
        self._versions: dict[Path, int] = {}
        item = {"completionItem": {"snippetSupport": False, "documentationFormat": ["markdown", "plaintext"]}}
        capabilities = {
            "textDocument": {"completion": item, "hover": {"contentFormat": ["markdown"]}, "publishDiagnostics": {}},
            "workspace": {"configuration": True, "didChangeConfiguration": {"dynamicRegistration": True}},
        }
        folders = [{"uri": folder.as_uri(), "name": folder.name}]
        self.ask("initialize", processId=os.getpid(), rootUri=folder.as_uri(), workspaceFolders=folders,
                 capabilities=capabilities)  # fmt: skip
        self._tell("initialized")
        self._tell("workspace/didChangeConfiguration", settings=settings)

    def show(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a file with a text, saved or not, or type it into the open file; return what the server finds in it."""
        uri, version = path.as_uri(), self._versions.get(path, 0) + 1
        self._versions[path] = version
        self._diagnostics.pop(uri, None)
        if version == 1:
            document = {"uri": uri, "languageId": "yaml", "version": version, "text": text}
            self._tell("textDocument/didOpen", textDocument=document)
        else:
            self._tell("textDocument/didChange", textDocument={"uri": uri, "version": version}, contentChanges=[{"text": text}])
        while uri not in self._diagnostics:
            self._heed(self._next())
        return self._diagnostics[uri]

    def completion(self, path: Path, line: int, column: int) -> dict[str, str]:
        """Return what is proposed at a place (from 0), with the explanation of each."""
        found = self.ask("textDocument/completion", textDocument={"uri": path.as_uri()},
                         position={"line": line, "character": column})  # fmt: skip
        items = found["items"] if isinstance(found, dict) else found or []
        return {one["label"]: _text(one.get("documentation", "")) for one in items}

    def hover(self, path: Path, line: int, column: int) -> str:
        """Return what is shown at a place (from 0), "" for nothing."""
        found = self.ask("textDocument/hover", textDocument={"uri": path.as_uri()},
                         position={"line": line, "character": column})  # fmt: skip
        return _text(found["contents"]) if found else ""

    def ask(self, method: str, **params: Any) -> Any:
        """Send a request and return its result."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            answer = self._next()
            if answer.get("id") == self._number and "method" not in answer:
                assert "error" not in answer, (method, answer["error"])
                return answer["result"]
            self._heed(answer)

    def _tell(self, method: str, **params: Any) -> None:
        self._send({"method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        raw = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(raw), raw))
        self._process.stdin.flush()

    def _heed(self, message: dict[str, Any]) -> None:
        """Note what the server found, and answer what it asks the editor."""
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "id" in message and "method" in message:
            self._send({"id": message["id"], "result": self._answer(message)})

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item.get("section", ""), {}) for item in message["params"]["items"]]

    def _next(self) -> dict[str, Any]:
        head = self._until(b"\r\n\r\n").decode()
        length = int(next(line.partition(":")[2] for line in head.splitlines() if line.lower().startswith("content-length")))
        while len(self._read) < length:
            self._more()
        raw, self._read = self._read[:length], self._read[length:]
        found: dict[str, Any] = json.loads(raw)
        return found

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._read:
            self._more()
        head, _mark, self._read = self._read.partition(mark)
        return head

    def _more(self) -> None:
        assert self._process.stdout is not None
        handle = self._process.stdout.fileno()
        ready, _writing, _failed = select.select([handle], [], [], _PATIENCE)
        assert ready, "the server does not answer"
        read = os.read(handle, 1 << 16)
        assert read, "the server went away"
        self._read += read


def _text(said: Any) -> str:
    return str(said.get("value", "")) if isinstance(said, dict) else str(said)


@contextmanager
def editor(program: Path, folder: Path, settings: Mapping[str, Any] = SETTINGS) -> Iterator[Editor]:
    """Open a folder in an editor that has a server of its own, cut off from the network where that can be done."""
    words = [*without_network(), "node", str(program), "--stdio"]
    with subprocess.Popen(words, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Editor(process, folder, settings)
        finally:
            process.kill()
