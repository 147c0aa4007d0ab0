"""What a command shows when it ends before its result: findings, or the document that machines were promised."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from chorus_config.app.project import language, now, today
from chorus_config.cli.shared.options import asked_in
from chorus_config.engine.planning.tool import tool
from chorus_config.i18n.translator import translator_for
from chorus_config.model.drift import Drift
from chorus_config.model.finding import Finding
from chorus_config.model.observed.watch import Watch
from chorus_config.model.plan import Before, Desired, Plan
from chorus_config.model.snapshot import Snapshot
from chorus_config.render.drift.json import drift_document
from chorus_config.render.findings.concise import findings_concise
from chorus_config.render.findings.json import as_json, finding_document, findings_document
from chorus_config.render.findings.text import finding_lines
from chorus_config.render.observe.json import snapshot_document
from chorus_config.render.plan.json import plan_document
from chorus_config.render.shared.markdown import prose
from chorus_config.render.shared.paint import plain
from chorus_config.render.watch.json import watch_document

# The shared options that take a value, which is no command.
_VALUED: Final = frozenset({"-C", "--config", "--format", "--lang", "--as-of", "--color"})

_PLANS: Final = frozenset({"plan", "diff", "show"})

# What the documents of these commands must hold, when there is nothing to tell but the error.
_SHORT: Final[Mapping[str, Mapping[str, Any]]] = {
    "rules": {"type": "rules", "rules": []},
    "explain": {"type": "rules", "rules": []},
    "apply": {"type": "apply", "approved": 0, "portal_changed": False},
    "worksheet": {"type": "worksheet", "operations": 0, "structures": []},
    "confirm": {"type": "confirm", "entered": [], "dropped": [], "portal_changed": False},
    "letter": {"type": "letter", "letters": []},
    "status": {"type": "status", "structures": []},
    "notice": {"type": "notice", "structures": []},
    "history": {"type": "history", "writes": []},
    "state": {"type": "state"},
    "fix": {"type": "fix", "written": False, "files": [], "summary": {"mended": 0, "unsafe": 0, "by_hand": 0}},
    "set": {"type": "set", "written": False, "files": []},
    "lock": {"type": "locks", "locks": []},
    "doctor": {"type": "doctor", "checks": []},
    "export": {"type": "export"},
}


def failure(words: Sequence[str], code: int, message: str, findings: tuple[Finding, ...]) -> str:
    """Return what goes to stdout, "" for nothing. The command line may be one that could not be parsed."""
    if _asked(words) == "json":
        return as_json(_document(words, {"exit_code": int(code), "message": message}, message, findings))
    if _asked(words) == "concise":
        return findings_concise(findings)
    say = translator_for(language(asked_in(words)))
    return "".join(finding_lines(finding, say, plain) + "\n" for finding in findings)


def failure_files(words: Sequence[str], code: int, message: str, findings: tuple[Finding, ...]) -> dict[Path, str]:
    """Return what goes to the files of `FORMAT:FILE`, by file: nobody takes a result of an earlier run for that of this one.

    The JSON of every command, and other formats of plans, of the watch, of notices and of the status, say what went wrong;
    formats of findings alone cannot.
    """
    error = {"exit_code": int(code), "message": message}
    wanted = [word.partition(":") for word in _formats(words) if ":" in word]
    named = [(name, _directory(words) / file) for name, _colon, file in wanted if file]
    told = ((path, _text_of_failure(words, name, error, findings)) for name, path in named)
    return {path: text for path, text in told if text}


def _text_of_failure(words: Sequence[str], name: str, error: dict[str, object], findings: tuple[Finding, ...]) -> str:
    """Return what a format says of a failure, "" where it cannot."""
    message = str(error["message"])
    if name == "json":
        return as_json(_document(words, error, message, findings))
    if name in {"text", "markdown", "html"} and command_of(words) in _PLANS:
        say = translator_for(language(asked_in(words)))
        render = import_module(f"chorus_config.render.plan.{name}").render
        return str(render(_failed_plan(words, message, findings), say, plain))
    if name == "html" and command_of(words) == "status":
        say = translator_for(language(asked_in(words)))
        return str(import_module("chorus_config.render.status.html").failed_html(message, say))
    if name in {"text", "markdown"} and (_is_watch(words) or command_of(words) in {"notice", "status"}):
        return f"{prose(message) if name == 'markdown' else message}\n"
    return ""


def _is_watch(words: Sequence[str]) -> bool:
    """Tell whether the command was to compare with an earlier snapshot."""
    named = any(word == "--since" or word.startswith("--since=") for word in words)
    return command_of(words) == "observe" and (named or bool(os.environ.get("CHORUS_CONFIG_SINCE")))


def command_of(words: Sequence[str]) -> str:
    """Return the command of a command line: its first word that is neither an option nor the value of one."""
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            return word
        if word in _VALUED:
            next(rest, None)
    return ""


def _document(words: Sequence[str], error: dict[str, object], message: str, findings: tuple[Finding, ...]) -> dict[str, Any]:
    command = command_of(words)
    if command in _PLANS:
        return {**plan_document(_failed_plan(words, message, findings)), "error": error}
    short = _of_source(command, words) if command in {"observe", "drift", "import"} else _SHORT.get(command)
    if short is not None:
        told = [finding_document(finding) for finding in findings]
        return {"format_version": "1.0", **short, "findings": told, "error": error}
    return findings_document(findings, files=0, error=error)


def _failed_plan(words: Sequence[str], message: str, findings: tuple[Finding, ...]) -> Plan:
    """Return a plan of nothing, against which the failure stands."""
    nothing = Before("", None, None, 0, "")
    kind: Final = "diff" if command_of(words) == "diff" else "plan"
    return Plan(Desired(""), nothing, today().isoformat(), (), findings, reasons=(message,), tool=tool(), kind=kind)


def _of_source(command: str, words: Sequence[str]) -> dict[str, Any]:
    """Return what the commands that look at an observed source promise, empty."""
    if _is_watch(words):
        return watch_document(Watch())
    if command == "observe" and ("--record" in words or os.environ.get("CHORUS_CONFIG_RECORD")):
        return {"type": "record", "recorded": [], "portal_changed": False}
    if command == "observe":
        return snapshot_document(Snapshot(taken_at=now()))
    if command == "drift":
        return drift_document(Drift("", None, "", 0))
    return {"type": "import", "written": []}


def _asked(words: Sequence[str]) -> str:
    """Return the format that was to go to stdout."""
    return next((word for word in _formats(words) if ":" not in word), "text")


def _formats(words: Sequence[str]) -> list[str]:
    given = [word.removeprefix("--format=") for word in words if word.startswith("--format=")]
    given += [words[index + 1] for index, word in enumerate(words[:-1]) if word == "--format"]
    return given or os.environ.get("CHORUS_CONFIG_FORMAT", "").split()


def _directory(words: Sequence[str]) -> Path:
    """Return where files are relative to: `-C`, the last one counts, else the environment."""
    given = [word.removeprefix("-C") for word in words if word.startswith("-C") and word != "-C"]
    given += [words[index + 1] for index, word in enumerate(words[:-1]) if word == "-C"]
    known = (os.environ.get(name) for name in ("CHORUS_CONFIG_DIRECTORY", "CHORUS_CONFIG_C"))
    return Path(given[-1] if given else next(filter(None, known), "."))
