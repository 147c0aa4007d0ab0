"""Findings for people: where, what, and what to do; the count at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import LEVELS, Finding
from chorus_config.model.project import FileKind
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.values import LEVEL_LABELS, location
from chorus_config.yamltext.characters import printable

if TYPE_CHECKING:
    from chorus_config.model.managed import ManagedFields
    from chorus_config.render.findings.report import FindingsReport

_FILES: Final[Mapping[FileKind, tuple[str, str]]] = {
    "fiche-structure": (_("{n} sheet"), _("{n} sheets")),
    "compte-utilisateur": (_("{n} account"), _("{n} accounts")),
    "projet": (_("{n} project file"), _("{n} project files")),
}
_COUNTS: Final = {
    "error": (_("{n} error"), _("{n} errors")),
    "warning": (_("{n} warning"), _("{n} warnings")),
    "info": (_("{n} note"), _("{n} notes")),
}


def render(report: FindingsReport, paint: Paint) -> str:
    """Return the report in this format."""
    ready = readiness_text(report.sheets, report.managed, report.say, paint) if report.sheets else ""
    return findings_text(report.findings, report.files, report.say, paint) + _environment(report) + ready


def _environment(report: FindingsReport) -> str:
    """Return which Chorus Pro was meant, where it is not the real one: what passes there may be refused here."""
    if report.environment == "production":
        return ""
    return report.say(_("Environment: qualification, the Chorus Pro of trials")) + "\n"


def findings_text(findings: Iterable[Finding], files: Mapping[FileKind, int], say: Translator, paint: Paint) -> str:
    """Return the findings, each with its remedy, and a last line that counts files and findings."""
    listed = tuple(findings)
    blocks = [finding_lines(finding, say, paint) for finding in listed]
    last = paint(summary(listed, files, say), "title" if listed else "good")
    return "\n".join([*blocks, last]) + "\n"


def readiness_text(
    sheets: Iterable[tuple[str, str, bool]], managed: Mapping[str, ManagedFields], say: Translator, paint: Paint
) -> str:
    """Return where each sheet stands (identifiant, libellé, whether it is ready to go live), and how much it manages."""
    lines = []
    for owner, label, ready in sheets:
        text = paint(say(_("ready")), "good") if ready else paint(say(_("not ready")), "error")
        # A sheet that names nobody is no reason for empty brackets.
        sheet = f"{printable(owner)} ({printable(label)})" if label else printable(owner)
        lines.append(say(_("{label}: {value}"), label=sheet, value=text))
        if owner in managed:
            lines.append(f"    {managed_text(managed[owner], say)}")
    return "".join(f"{line}\n" for line in lines)


def managed_text(managed: ManagedFields, say: Translator) -> str:
    """Return how many fields of the portal a sheet manages, and what of its blocks is left as it is there."""
    left = ", ".join(
        f"{block.label} ({block.written}/{block.total})" if block.written else block.label
        for block in managed.blocks
        if not block.is_whole
    )
    count = say.count(_("{n} field is managed"), _("{n} fields are managed"), managed.count)
    return say(_("{count}; not managed, or in part: {blocks}"), count=count, blocks=left) if left else count


def finding_lines(finding: Finding, say: Translator, paint: Paint, indent: str = "") -> str:
    """Return one finding on its lines: the place and the message, other places, the remedy."""
    level = paint(say(LEVEL_LABELS[finding.level]), finding.level)
    lines = [f"{indent}{paint(location(finding), 'title')}: {level} {printable(finding.rule)} {printable(finding.message)}"]
    lines += [f"{indent}    {printable(o.path)}:{o.line}:{o.column}: {printable(o.message)}" for o in finding.related]
    return "\n".join([*lines, f"{indent}    → {printable(finding.help)}"])


def summary(findings: Collection[Finding], files: Mapping[FileKind, int], say: Translator) -> str:
    """Return how many files were checked and how many findings of each level there are; it quotes nothing."""
    checked = ", ".join(say.count(*_FILES[kind], files[kind]) for kind in _FILES if files.get(kind))
    counted = Counter(finding.level for finding in findings)
    if not findings:
        return say(_("{files}: nothing to report"), files=checked)
    counts = ", ".join(say.count(*_COUNTS[level], counted[level]) for level in LEVELS if counted[level])
    return say(_("{files}: {counts}"), files=checked, counts=counts)
