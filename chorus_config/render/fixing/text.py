"""What mending comes to, for people: what was mended, file by file, and what is left to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from chorus_config.diff.fields import steps
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import Finding
from chorus_config.model.fixing import FixRun, MendedFile, RefusedFix, SetRun
from chorus_config.render.findings.text import finding_lines
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.values import location
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.characters import printable

_LONGEST: Final = 80
_MOST_NAMED: Final = 10


def fix_text(run: FixRun, say: Translator, paint: Paint) -> str:
    """Return the result in this format."""
    lines = [line for file in run.files for line in _file(file, say, paint)]
    return "".join(f"{line}\n" for line in (*lines, *summary(run, say, paint)))


def _file(file: MendedFile, say: Translator, paint: Paint) -> Iterator[str]:
    change, path = file.change, printable(file.change.path)
    if file.encoding:
        yield say(_("{path}: read in {encoding}, written in UTF-8"), path=paint(path, "title"), encoding=file.encoding)
    for one in sorted(file.mended.done, key=lambda one: (one.span, one.rule)):
        yield f"{paint(location(one), 'title')}: {paint(one.rule, 'good')} {_fix(one, file)}"
    if change.renamed:
        yield say(_("{path}: renamed {name}"), path=paint(path, "title"), name=printable(change.renamed))
    yield from (_refused(one, say, paint) for one in file.mended.refused)
    for one in file.mended.left:
        if one.fix is not None:
            waiting = say(_("{fix} (only with --unsafe: the meaning may change)"), fix=_fix(one, file))
            yield f"{paint(location(one), 'title')}: {paint(one.rule, 'warning')} {waiting}"


def _refused(one: RefusedFix, say: Translator, paint: Paint) -> str:
    """Return why a fix was not made: which rule of which fault stopped it."""
    message = _("{place}: {rule} is not mended: something else would change as well")
    if one.finding.rule in dict(one.stopped_by):
        message = _("{place}: {rule} is not mended: the fault would still be there")
    elif one.stopped_by:
        message = _("{place}: {rule} is not mended: an error of another rule would come: {errors}")
    errors = ", ".join(f"{rule} ({title})" for rule, title in one.stopped_by)
    return say(message, place=paint(location(one.finding), "title"), rule=one.finding.rule, errors=errors)


def _fix(finding: Finding, file: MendedFile) -> str:
    """Return what a fix does, and what stands there then, where that is short and may be shown."""
    if finding.fix is None:
        return ""
    said, (first, *others) = printable(finding.fix.description), finding.fix.edits
    text = first.text.strip()
    path = tuple(int(step) if step.isdecimal() else step for step in steps(finding.pointer))
    hidden = node_at(schema(STRICT[file.change.kind]), path).get("x-sensitive")
    return said if others or hidden or not 0 < len(text) <= _LONGEST or "\n" in text else f"{said} → {printable(text)}"


def summary(run: FixRun, say: Translator, paint: Paint) -> Iterator[str]:
    """Yield the lines that count: what is mended, what `--unsafe` would mend, what people mend by hand."""
    mended, unsafe, by_hand = run.counts
    files = say.count(_("{n} file"), _("{n} files"), len(run.changed))
    if mended and run.written:
        done = say.count(_("{n} fault is mended, in {files}."), _("{n} faults are mended, in {files}."), mended, files=files)
        yield paint(done, "good")
    elif mended:
        one = _("{n} fault can be mended, in {files}; nothing was written.")
        many = _("{n} faults can be mended, in {files}; nothing was written.")
        yield paint(say.count(one, many, mended, files=files), "title")
    else:
        yield say(_("Nothing to mend automatically.") if unsafe or by_hand else _("Nothing to mend."))
    if unsafe:
        yield say.count(
            _("{n} is mended by --unsafe alone: look at it with `chorus-config fix --unsafe --diff` first."),
            _("{n} are mended by --unsafe alone: look at them with `chorus-config fix --unsafe --diff` first."), unsafe,
        )  # fmt: skip
    if run.unread:
        named = ", ".join(map(printable, run.unread[:_MOST_NAMED])) + (", …" if len(run.unread) > _MOST_NAMED else "")
        yield say.count(
            _("{n} file cannot be read as a sheet, whose other faults are not seen yet: {paths}"),
            _("{n} files cannot be read as sheets, whose other faults are not seen yet: {paths}"), len(run.unread), paths=named,
        )  # fmt: skip
    if by_hand:
        yield say.count(
            _("{n} is left to mend by hand: `chorus-config validate` shows it."),
            _("{n} are left to mend by hand: `chorus-config validate` shows them."), by_hand,
        )  # fmt: skip


def warnings_text(warnings: Sequence[Finding], say: Translator, paint: Paint) -> str:
    """Return the warnings that a change brings, each with its remedy, the first of many; "" for none."""
    lines = [finding_lines(one, say, paint) for one in warnings[:_MOST_NAMED]]
    more = len(warnings) - len(lines)
    if more:
        lines.append(say.count(_("({n} more warning)"), _("({n} more warnings)"), more))
    return "".join(f"{line}\n" for line in lines)


def set_text(run: SetRun, say: Translator) -> str:
    """Return what setting fields came to, for people: how many sheets changed, how many did not, and which lack the entry."""
    lines = [
        say(_("{path}: nothing to set, its list has no such entry: {field}"), path=printable(path), field=printable(field))
        for path, field in run.without
    ]
    changed = len(run.changed)
    if not changed:
        lines.append(say(_("Nothing to change.")))
    elif run.written:
        lines.append(say.count(_("{n} file is changed."), _("{n} files are changed."), changed))
    else:
        one, many = _("{n} file would change; nothing was written."), _("{n} files would change; nothing was written.")
        lines.append(say.count(one, many, changed))
    if changed and run.unchanged:
        lines.append(say.count(_("{n} file says it already."), _("{n} files say it already."), run.unchanged))
    return "".join(f"{line}\n" for line in lines)
