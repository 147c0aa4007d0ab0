"""An import for the person who begins with it: what is about to be written, then what was written and what is left to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.address import PUBLIC_INVOICES, Address
from chorus_config.model.importing import ImportDraft, Imported, NewFile, NewSheet
from chorus_config.render.shared.paint import Paint, plain
from chorus_config.render.shared.text import headed
from chorus_config.yamltext.characters import printable

# More than this, nobody reads one by one.
_MOST: Final = 20
_MOST_LINES: Final = 40
_MAILBOX: Final = re.compile(r"[^\s\"'<>@]+@[^\s\"'<>@]+")
_SECRET: Final = re.compile(r"\b((?:iban|bic|nom|prenom):[ \t]*).+")


def draft_text(draft: ImportDraft, say: Translator) -> str:
    """Return what an import is about to write, beside a question: without mailboxes, names and bank details."""
    lines = [say(_("To be written:"))]
    new = [one for one in draft.sheets if one.file.old is None]
    for one in (*new[:_MOST], *(one for one in draft.sheets if one.file.old is not None)):
        lines += _sheet(one, say)
    if len(new) > _MOST:
        lines.append(say(_("  … and {n} more sheets"), n=len(new) - _MOST))
    if draft.project_file is not None:
        sign = "+" if draft.project_file.old is None else "~"
        lines += [f"  {sign} {printable(draft.project_file.path)}", *_difference(draft.project_file, say)]
    lines += [f"  + {printable(one.path)}" for one in draft.schemas]
    return "\n".join([*lines, *_left(draft, say), *_warned(draft, say)]) + "\n"


def _warned(draft: ImportDraft, say: Translator) -> Iterator[str]:
    """Yield which new warnings there will be, by rule: what they say may name somebody."""
    found = Counter(one.rule for sheet in draft.sheets for one in sheet.warnings)
    if found:
        yield say(_("Warnings that it brings, `chorus-config validate` shows them then: {rules}"), rules=_by_rule(found))


def _by_rule(found: Mapping[str, int]) -> str:
    return ", ".join(f"{rule} ({count})" for rule, count in sorted(found.items()))


def _sheet(one: NewSheet, say: Translator) -> Iterator[str]:
    sign = "+" if one.file.old is None else "~"
    yield f"  {sign} {printable(one.file.path)}  {headed(one.root, one.name)}"
    if one.to_fill_in:
        yield "      " + say(_("to be filled in: {keys}"), keys=", ".join(map(printable, one.to_fill_in)))
    if one.file.old is not None:
        yield "      " + _way(one, say)
        yield from _difference(one.file, say)


def _way(one: NewSheet, say: Translator) -> str:
    """Return how a file that is there is written."""
    if one.way.keeps_comments:
        return say(_("only what the table says otherwise is changed; the comments of the file stay"))
    if one.way.why:
        message = _("written anew, and the comments of the file are lost, since it cannot be changed in place: {why}")
        return say(message, why=one.way.why)
    return say(_("written anew: what the source reports; the comments of the file are lost"))


def _difference(file: NewFile, say: Translator) -> Iterator[str]:
    """Yield the lines that go and come, the first ones of many."""
    from difflib import unified_diff  # noqa: PLC0415 - only who is asked sees it

    before, after = ((raw or b"").decode("utf-8", "replace").splitlines() for raw in (file.old, file.new))
    lines = list(unified_diff(before, after, lineterm="", n=1))[2:]
    for line in lines[:_MOST_LINES]:
        yield "      " + _MAILBOX.sub("…@…", _SECRET.sub(r"\1****", printable(line)))
    if len(lines) > _MOST_LINES:
        yield "      " + say(_("… and {n} more lines"), n=len(lines) - _MOST_LINES)


def _left(draft: ImportDraft, say: Translator) -> Iterator[str]:
    if draft.kept:
        paths = _some(draft.kept.values())
        yield say(_("Sheets that are there already, left as they are ({n}): {paths}"), n=len(draft.kept), paths=paths)
    if draft.unknown:
        yield say(_("Not in the source ({n}): {names}"), n=len(draft.unknown), names=_some(draft.unknown))
    if draft.without_structure:
        names = _some(f"{one} {name}".strip() for one, name in draft.without_structure.items())
        message = _(
            "Budgets that DGFiP lists and that are no structure in the source ({n}), noted in the portfolio; a structure is "
            "asked of the comptable public: {names}"
        )
        yield say(message, n=len(draft.without_structure), names=names)


def _some(names: Iterable[str]) -> str:
    listed = [printable(one) for one in names]
    return ", ".join(listed[:_MOST]) + (" …" if len(listed) > _MOST else "")


def import_text(draft: ImportDraft, done: Imported, say: Translator, paint: Paint = plain) -> str:
    """Return what was written, what is to be filled in, whether it is what the source says, and what comes next."""
    message = say.count(_("{n} sheet written."), _("{n} sheets written."), len(draft.sheets))
    lines = [paint(message, "good")]
    lines += [f"  {printable(one.file.path)}  {headed(one.root, one.name)}" for one in draft.sheets[:_MOST]]
    if draft.project_file is not None:
        told = _("{path}: created.") if draft.project_file.old is None else _("{path}: completed.")
        lines.append(say(told, path=printable(draft.project_file.path)))
    anew = [one.file.path for one in draft.sheets if one.loses_comments]
    if anew:
        message = _("Written anew, their comments are lost (`git diff` shows them): {paths}")
        lines.append(say(message, paths=_some(anew)))
    lines += [*_left(draft, say), *_to_do(draft, say), *_proof(draft, done, say), *_noted(done, say)]
    lines.append(say(_("Next: fill in what is missing, `chorus-config validate`, then commit the sheets.")))
    return "\n".join(lines) + "\n"


def _to_do(draft: ImportDraft, say: Translator) -> Iterator[str]:
    """Yield the keys that are to be filled in, each with how many sheets lack it."""
    keys = Counter(re.sub(r"\.[0-9]+\.", "[].", key) for one in draft.sheets for key in dict.fromkeys(one.to_fill_in))
    if keys:
        of_table = _("To be filled in, since the table does not say it:")
        of_source = _("To be filled in, since the source does not report it:")
        yield say(of_table if draft.of_table else of_source)
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
    """Yield what a plan against the same source says, and what stands against the sheets."""
    yield from _errors(draft, say)
    for message, addresses in _sorted_out(draft, done):
        if addresses:
            yield say(message, names=_some(map(str, addresses)))
    if not done.changes and not done.why:
        whole = _("Checked: a plan against the same source has no change.")
        part = _("Checked: a plan against the same source has no change, but for what the errors hide.")
        if draft.of_table:
            whole = _("Checked: the files say what the table says.")
            part = _("Checked: the files say what the table says, but for what the errors hide.")
        yield say(whole if done.whole else part)


def _errors(draft: ImportDraft, say: Translator) -> Iterator[str]:
    """Yield which errors the sheets have, by rule."""
    found = Counter(one.rule for sheet in draft.sheets for one in sheet.findings if one.level == "error")
    if found:
        yield say(_("The sheets have errors, `chorus-config validate` shows them: {rules}"), rules=_by_rule(found))


def _sorted_out(draft: ImportDraft, done: Imported) -> Iterator[tuple[str, list[Address]]]:
    """Yield what the changes of the proof are, each kind with its addresses."""
    repaired = {one.root for one in draft.sheets if one.repaired}
    kinds: dict[str, list[Address]] = {"added": [], "right": [], "other": []}
    for one in done.changes:
        is_added = one.op == "create" and one.address.key == PUBLIC_INVOICES
        kinds["added" if is_added else "right" if one.address.root in repaired else "other"].append(one.address)
    yield (
        _("The source does not show FACTURES_PUBLIQUES, the sheet adds it; check that it is on the portal: {names}"),
        kinds["added"],
    )
    yield _("A plan against the same source puts right what it says wrongly: {names}"), kinds["right"]
    yield _("A plan against the same source has changes, look at them before you go on: {names}"), kinds["other"]


def _noted(done: Imported, say: Translator) -> Iterator[str]:
    if done.recorded:
        yield say(_("Noted in the store as seen on the portal: nobody will be asked to enter it."))
        if done.waiting:
            message = _(
                "Operations still wait to be entered there, as approved before: {names}. `chorus-config worksheet` shows them, "
                "`chorus-config confirm` drops what nobody wants any more."
            )
            yield say(message, names=_some(done.waiting))
        if done.left:
            names = _some(str(one.address) for one in done.left)
            yield say(_("To be approved, since the sheets say otherwise than the portal: {names}"), names=names)
    elif done.why:
        yield say(_("The store does not know that this was seen on the portal: {why}"), why=done.why)


def would_change_text(count: int, say: Translator) -> str:
    """Return how many files would change, as a line."""
    if not count:
        return say(_("No file would change.")) + "\n"
    message = say.count(
        _("{n} file would change; nothing was written."), _("{n} files would change; nothing was written."), count
    )
    return message + "\n"


def otherwise_text(draft: ImportDraft, say: Translator) -> str:
    """Return how many sheets say what a table says in another writing, and what mends it, as a line; "" for none."""
    if not draft.otherwise:
        return ""
    message = say.count(
        _("note: {n} sheet says what the table says, in another writing, and stays as it is; to mend: chorus-config fix"),
        _("note: {n} sheets say what the table says, in another writing, and stay as they are; to mend: chorus-config fix"),
        len(draft.otherwise),
    )
    return message + "\n"
