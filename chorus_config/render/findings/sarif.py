"""Findings as a SARIF 2.1.0 log: for code scanning, and for the editors that read it.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0 Plus Errata 01"; § numbers are its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import Finding, Fix, Related, Span
from chorus_config.model.iban import masked_text
from chorus_config.render.findings.json import as_json
from chorus_config.render.findings.report import fingerprints
from chorus_config.render.rules.page import RuleEntry, sections
from chorus_config.render.shared.values import visible

if TYPE_CHECKING:
    from chorus_config.render.findings.report import FindingsReport
    from chorus_config.render.shared.paint import Paint

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE: Final = "%SRCROOT%"
_LEVELS: Final = {"error": "error", "warning": "warning", "info": "note"}


def render(report: FindingsReport, _paint: Paint) -> str:
    """Return the report in this format."""
    return findings_sarif(report.from_top, report.rules(), report.version, report.say)


def findings_sarif(findings: Iterable[Finding], entries: Iterable[RuleEntry], version: str, say: Translator) -> str:
    """Return the log of one run, in ASCII; lines and columns count from 1, columns are code points, ends are exclusive.

    `entries` are rules with their words, at least those of the findings; the log describes those that occur. `version`
    is the program's.
    """
    all_ = tuple(findings)
    occurring = {finding.rule for finding in all_}
    rules = sorted((entry for entry in entries if entry.rule.id in occurring), key=lambda entry: entry.rule.id)
    driver = {
        "name": "chorus-config",
        "version": version,
        "language": say.language,
        "rules": [_rule(entry, say) for entry in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": say.language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": say(_("The folder that the paths start from."))}}},
        "results": _results(all_, {entry.rule.id: index for index, entry in enumerate(rules)}),
    }
    return as_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(entry: RuleEntry, say: Translator) -> dict[str, Any]:
    texts = entry.texts
    # What a page shows as YAML stays out: its braces would be places to fill (§3.11.5).
    parts = [part for part in sections(entry, say) if part.text and not part.code]
    return {
        "id": entry.rule.id,
        "name": _name(texts.title),
        "shortDescription": {"text": _message(say(texts.title))},
        "fullDescription": {"text": _message(say(texts.why))},
        "help": {
            "text": _message("\n\n".join(f"{part.title}\n{part.text}" for part in parts)),
            "markdown": _message("\n\n".join(f"**{part.title}**\n\n{part.text}" for part in parts)),
        },
        "defaultConfiguration": {"level": _LEVELS[entry.rule.level]},
    }


def _name(title: str) -> str:
    """Return the title in English, the same in every language, as an identifier in Pascal case."""
    return "".join(f"{word[0].upper()}{word[1:]}" for word in re.findall(r"[A-Za-z0-9_]+", title))


def _results(findings: Sequence[Finding], indices: Mapping[str, int]) -> list[dict[str, Any]]:
    marks = fingerprints(findings)
    return [_result(finding, mark, indices.get(finding.rule)) for finding, mark in zip(findings, marks, strict=True)]


def _result(finding: Finding, mark: str, index: int | None) -> dict[str, Any]:
    return {
        "ruleId": visible(finding.rule),
        **({} if index is None else {"ruleIndex": index}),
        "level": _LEVELS[finding.level],
        "message": {"text": _message(visible(f"{finding.message} → {finding.help}"))},
        "locations": [{"physicalLocation": _place(finding.path, _region(finding.span))}],
        "relatedLocations": [_related(other) for other in finding.related],
        "partialFingerprints": {"ruleFilePointer/v1": mark},
        **({} if finding.fix is None else {"fixes": [_fix(finding.path, finding.fix)]}),
    }


def _fix(path: str, fix: Fix) -> dict[str, Any]:
    """Return what mends a finding (§3.55): the stretches of its file, each with what stands there then."""
    replacements = [{"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}} for edit in fix.edits]
    artifact = _place(path, {})["artifactLocation"]
    return {
        "description": {"text": _message(visible(fix.description))},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
    }


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _related(other: Related) -> dict[str, Any]:
    region = {"startLine": other.line, "startColumn": other.column}
    return {"physicalLocation": _place(other.path, region), "message": {"text": _message(visible(other.message))}}


def _place(path: str, region: Mapping[str, int]) -> dict[str, Any]:
    uri = quote(_bytes(masked_text(path.removeprefix("./"))))
    return {"artifactLocation": {"uri": uri, "uriBaseId": _BASE}, "region": dict(region)}


def _bytes(path: str) -> bytes:
    """Return the bytes of a file name, which is what a URI encodes; they come back even where they are no UTF-8."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "backslashreplace")


def _message(text: str) -> str:
    """Return a text that says itself: no brace is a place to fill (§3.11.5), nothing is a link (§3.11.6)."""
    doubled = text.replace("{", "{{").replace("}", "}}")
    return re.sub(r"[\\\[\]]", r"\\\g<0>", doubled) if "](" in doubled else doubled
