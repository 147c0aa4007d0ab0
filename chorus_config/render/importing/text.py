"""An import for the person who begins with it: what is about to be written, then what was written and what is left to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.importing import ImportDraft, Imported, NewFile, NewSheet
from chorus_config.render.shared.paint import Paint, plain
from chorus_config.render.shared.text import headed
from chorus_config.yamltext.characters import printable

# More than this, nobody reads one by one.
_MOST: Final = 20
_MAILBOX: Final = re.compile(r"[^\s\"'<>@]+@[^\s\"'<>@]+")


def draft_text(draft: ImportDraft, say: Translator) -> str:
    """Return what an import is about to write; mailboxes are left out, since it is shown beside a question."""
    lines = [say(_("To be written:"))]
    for one in draft.sheets[:_MOST]:
        lines += _sheet(one, say)
    if len(draft.sheets) > _MOST:
        lines.append(say(_("  … and {n} more sheets"), n=len(draft.sheets) - _MOST))
    if draft.project_file is not None:
        sign = "+" if draft.project_file.old is None else "~"
        lines += [f"  {sign} {printable(draft.project_file.path)}", *_difference(draft.project_file)]
    lines += [f"  + {printable(one.path)}" for one in draft.schemas]
    return "\n".join([*lines, *_left(draft, say)]) + "\n"


def _sheet(one: NewSheet, say: Translator) -> Iterator[str]:
    sign = "+" if one.file.old is None else "~"
    yield f"  {sign} {printable(one.file.path)}  {headed(one.root, one.name)}"
    if one.to_fill_in:
        yield "      " + say(_("to be filled in: {keys}"), keys=", ".join(map(printable, one.to_fill_in)))
    if one.file.old is not None:
        yield "      " + say(_("written anew: what was written there by hand is lost, comments too"))
        yield from _difference(one.file)


def _difference(file: NewFile) -> Iterator[str]:
    """Yield the lines that go and come."""
    from difflib import unified_diff  # noqa: PLC0415 - only who is asked sees it

    before, after = ((raw or b"").decode("utf-8", "replace").splitlines() for raw in (file.old, file.new))
    for line in list(unified_diff(before, after, lineterm="", n=1))[2:]:
        yield "      " + _MAILBOX.sub("…@…", printable(line))


def _left(draft: ImportDraft, say: Translator) -> Iterator[str]:
    if draft.kept:
        paths = _some(draft.kept.values())
        yield say(_("Left as they are, since they have a sheet already ({n}): {paths}"), n=len(draft.kept), paths=paths)
    if draft.unknown:
        yield say(_("Not in the source ({n}): {names}"), n=len(draft.unknown), names=_some(draft.unknown))


def _some(names: Iterable[str]) -> str:
    listed = [printable(one) for one in names]
    return ", ".join(listed[:_MOST]) + (" …" if len(listed) > _MOST else "")


def import_text(draft: ImportDraft, done: Imported, say: Translator, paint: Paint = plain) -> str:
    """Return what was written, what is to be filled in, whether it is what the source says, and what comes next."""
    message = say.count(_("Written: {n} sheet."), _("Written: {n} sheets."), len(draft.sheets))
    lines = [paint(message, "good")]
    lines += [f"  {printable(one.file.path)}  {headed(one.root, one.name)}" for one in draft.sheets[:_MOST]]
    if draft.project_file is not None:
        lines.append(say(_("Completed: {path}."), path=printable(draft.project_file.path)))
    lines += [*_left(draft, say), *_to_do(draft, say), *_proof(draft, done, say), *_noted(done, say)]
    lines.append(say(_("Next: fill in what is missing, `chorus-config validate`, then commit the sheets.")))
    return "\n".join(lines) + "\n"


def _to_do(draft: ImportDraft, say: Translator) -> Iterator[str]:
    """Yield the keys that are to be filled in, each with how many sheets lack it."""
    keys = Counter(re.sub(r"\.[0-9]+\.", "[].", key) for one in draft.sheets for key in dict.fromkeys(one.to_fill_in))
    if keys:
        yield say(_("To be filled in, since the source does not report it:"))
        for key, count in keys.most_common():
            yield "  " + say.count(_("{key}: {n} sheet"), _("{key}: {n} sheets"), count, key=printable(key))
    unread = sum(any(one.absent and one.path == ("services",) for one in sheet.remarks) for sheet in draft.sheets)
    if unread:
        yield say.count(
            _("The source does not report the services of {n} structure: they are not managed until somebody writes them."),
            _("The source does not report the services of {n} structures: they are not managed until somebody writes them."),
            unread,
        )


def _proof(draft: ImportDraft, done: Imported, say: Translator) -> Iterator[str]:
    if not done.changes:
        yield say(_("Checked: a plan against the same source has no change."))
        return
    repaired = {one.root for one in draft.sheets if one.repaired}
    meant = [one for one in done.changes if one.address.root in repaired]
    if meant:
        names = _some(str(one.address) for one in meant)
        yield say(_("A plan against the same source puts right what it says wrongly: {names}"), names=names)
    others = [one for one in done.changes if one.address.root not in repaired]
    if others:
        names = _some(str(one.address) for one in others)
        yield say(_("A plan against the same source has changes, look at them before you go on: {names}"), names=names)


def _noted(done: Imported, say: Translator) -> Iterator[str]:
    if done.recorded:
        yield say(_("Noted in the store as seen on the portal: nobody will be asked to enter it."))
    elif done.why:
        yield say(_("The store does not know that this was seen on the portal: {why}"), why=done.why)
