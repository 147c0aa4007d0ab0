"""`import`: sheets from what the portal says, or single values of it into sheets that are there."""  # noqa: N999 - the command's name

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from chorus_config.app.importing.adopt import Adopted, adopt_values
from chorus_config.app.importing.project_file import lists_of
from chorus_config.app.importing.sheets import draft_import, finish_import, write_import
from chorus_config.app.project import OpenProject
from chorus_config.app.sources import is_spreadsheet, is_store_address, observe_sources
from chorus_config.app.spreadsheet.collected import SpreadsheetDraft, SpreadsheetWish, draft_spreadsheet
from chorus_config.cli.shared.common_options import (
    asked_by,
    by_option,
    lock_timeout_option,
    pace_of,
    pace_options,
    selection_options,
    writer_of,
    yes_option,
)
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import View, complain, deliver, formats, tell
from chorus_config.cli.shared.terminal import agreed, opened
from chorus_config.engine.drift.adopt import Adoption
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, Refused, UsageFault
from chorus_config.model.importing import ImportDraft, Imported
from chorus_config.model.observed.source import Asked
from chorus_config.render.findings.json import as_json
from chorus_config.render.fixing.diff import changes_diff
from chorus_config.render.fixing.text import warnings_text
from chorus_config.render.importing.faults import fault_rows, faults_text, left_out_text
from chorus_config.render.importing.json import import_document
from chorus_config.render.importing.text import draft_text, import_text, otherwise_text, would_change_text
from chorus_config.render.shared.paint import Paint
from chorus_config.render.shared.text import field_label, value_text
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Write a sheet for each structure that a source knows, and what the project file lacks of it.\n\n"
                "Without --siren, --siret and --list: the budgets of the project, else all that public lists, a snapshot or a "
                "store hold. A structure that has a sheet keeps it, unless --force. What was seen is noted in the store: "
                "nobody is asked to enter it.\n\n"
                "With --target: adopt into a sheet what the portal says, the values that changed there or the one that is "
                "named. Only these values change in the file: comments and all else stay as they are.\n\n"
                "A spreadsheet that people filled in (FILE.xlsx, FILE.csv) is imported by the titles of its columns. Nothing "
                "is written while a cell is wrong, and all such cells are told."
            )
        ),
        (
            "chorus-config import annuaire:downloads --siren 211609995",
            "chorus-config import piste:production --list sirets.txt",
            "chorus-config import snapshot.json --target 21160999500017/services/ST-TECH",
            "chorus-config import snapshot.json --target '21160999500017#/libelle'",
            "chorus-config import collecte.xlsx",
            "chorus-config import collecte.xlsx --force --diff",
        ),
        [
            click.Argument(["sources"], nargs=-1, required=True, metavar="SOURCE..."),
            *selection_options(say),
            *_own_options(say),
            yes_option(say),
            by_option(say),
            lock_timeout_option(say),
            *pace_options(say),
        ],
    )  # fmt: skip
    return make_command("import", run, about, say)


def _own_options(say: Translator) -> list[click.Parameter]:
    return [
        click.Option(
            ["--force"], is_flag=True, envvar="CHORUS_CONFIG_FORCE",
            help=say(
                _(
                    "Write the sheets that are there already, too: anew, from a source; from a spreadsheet, only where it says "
                    "otherwise, so that their comments stay."
                )
            ),
        ),
        click.Option(
            ["--no-record"], is_flag=True, envvar="CHORUS_CONFIG_NO_RECORD",
            help=say(_("Write the sheets only; the store is not told what was seen.")),
        ),
        click.Option(
            ["--target"], multiple=True, metavar="ADDRESS[#/FIELD]", envvar="CHORUS_CONFIG_IMPORT_TARGET",
            help=say(_("The resource whose moved values are adopted, or one field of it; repeatable.")),
        ),
        click.Option(
            ["--columns"], metavar="FILE", envvar="CHORUS_CONFIG_COLUMNS",
            help=say(_("What the columns of a spreadsheet mean, where their titles do not say it: a mapping in YAML.")),
        ),
        click.Option(
            ["--partial"], is_flag=True, envvar="CHORUS_CONFIG_PARTIAL",
            help=say(_("Of a spreadsheet, leave out the structures with a cell that is wrong, and import the rest.")),
        ),
        click.Option(
            ["--diff"], is_flag=True, envvar="CHORUS_CONFIG_DIFF",
            help=say(_("Of a spreadsheet, show how the files would change, and write nothing; exit with 1 when one would.")),
        ),
    ]  # fmt: skip


def run(request: Request) -> int:
    """Write sheets, or adopt what is named; all of it, or refuse and write nothing (4)."""
    outputs = formats(request, ("text", "json"))
    project = opened(request)
    sources = request.own["sources"]
    if any(map(is_spreadsheet, sources)):
        return _spreadsheet(request, outputs, project)
    if any(request.own[name] for name in ("columns", "partial", "diff")):
        message = _("--columns, --partial and --diff go with a spreadsheet: a name that ends in .xlsx or .csv")
        raise UsageFault(project.say(message))
    if not request.own["target"]:
        return _sheets(request, outputs, project)
    if request.own["force"] or not asked_by(request, project).everything:
        raise UsageFault(
            project.say(_("--target adopts single values: --force, --siren, --siret and --list do not go with it"))
        )
    done = adopt_values(project, request.own["sources"], request.own["target"], writer_of(request), pace_of(request))
    _show(request, outputs, done, project.say)
    return Exit.OK


def _sheets(request: Request, outputs: Mapping[str, str | None], project: OpenProject) -> int:
    asked = asked_by(request, project)
    if asked.everything and project.config.budgets:
        asked = Asked(frozenset(project.config.budgets))
    snapshot = observe_sources(project, request.own["sources"], asked, pace_of(request))
    lists = lists_of(project, request.own["sources"], asked.sirens)
    draft = draft_import(project, snapshot, asked, lists=lists, force=request.own["force"])
    _ask(request, draft, project.say)
    write_import(project, draft)
    # The project is another one now.
    project = opened(request)
    # What is approved somewhere was not seen on the portal.
    seen = not request.own["no_record"] and not any(map(is_store_address, request.own["sources"]))
    done = finish_import(project, draft, writer_of(request), record=seen)
    views: dict[str, View] = {
        "text": lambda paint: import_text(draft, done, project.say, paint),
        "json": lambda _paint: as_json(import_document(draft, done)),
    }
    deliver(request, outputs, views)
    return Exit.OK


def _spreadsheet(request: Request, outputs: Mapping[str, str | None], project: OpenProject) -> int:
    """Write what people filled in, or tell every cell that is to be corrected and write nothing (4)."""
    own = request.own
    if len(own["sources"]) > 1 or own["target"] or not asked_by(request, project).everything:
        message = _(
            "a spreadsheet is imported alone and whole: other sources, --target, --siren, --siret and --list do not go with it"
        )
        raise UsageFault(project.say(message))
    found = draft_spreadsheet(project, own["sources"][0], SpreadsheetWish(own["columns"], own["force"], own["partial"]))
    draft = found.draft
    if draft is None:
        return _faulty(request, outputs, found, project.say)
    _tell_left(found.left_out, draft, project.say)
    if own["diff"]:
        return _differences(request, outputs, draft, project.say)
    done = Imported((), recorded=False)
    if draft.sheets:
        _ask(request, draft, project.say)
        write_import(project, draft)
        project = opened(request)
        # What people want was not seen on the portal.
        done = finish_import(project, draft, writer_of(request), record=False)
    rows = {"faults": fault_rows(found.faults, project.say), "left_out": [*found.left_out]}
    told = faults_text(found.faults, project.say) + left_out_text(found.left_out, project.say) if found.faults else ""
    views: dict[str, View] = {
        "text": lambda paint: (import_text if draft.sheets else _nothing_new)(draft, done, project.say, paint) + told,
        "json": lambda _paint: as_json({**import_document(draft, done), **rows}),
    }
    deliver(request, outputs, views)
    return Exit.OK


def _tell_left(left_out: Sequence[str], draft: ImportDraft, say: Translator) -> None:
    """Tell which structures a partial import leaves out, and how many sheets only write otherwise what a table says."""
    for text in (left_out_text(left_out, say), otherwise_text(draft, say)):
        if text:
            tell(text, nl=False)


def _differences(request: Request, outputs: Mapping[str, str | None], found: ImportDraft, say: Translator) -> int:
    """Show how files would change, and write nothing; 1 when one would."""
    changes, warnings = found.changes, [warning for one in found.sheets for warning in one.warnings]
    views: dict[str, View] = {
        "text": lambda paint: (
            changes_diff(changes, say, paint) + warnings_text(warnings, say, paint) + would_change_text(len(changes), say)
        ),
        "json": lambda _paint: as_json({**import_document(found, Imported((), recorded=False)), "dry_run": True}),
    }
    deliver(request, outputs, views)
    return Exit.FINDINGS if changes else Exit.OK


def _nothing_new(draft: ImportDraft, _done: Imported, say: Translator, _paint: Paint) -> str:
    message = say.count(
        _("Nothing to write: {n} sheet says already what the table says."),
        _("Nothing to write: {n} sheets say already what the table says."),
        len(draft.kept),
    )
    return message + "\n"


def _faulty(request: Request, outputs: Mapping[str, str | None], found: SpreadsheetDraft, say: Translator) -> int:
    """Show what is wrong in a spreadsheet; nothing is written."""
    message = say.count(
        _("nothing was written: {n} cell of {path} is to be corrected"),
        _("nothing was written: {n} cells of {path} are to be corrected"),
        len(found.faults), path=printable(request.own["sources"][0]),
    )  # fmt: skip
    error = {"exit_code": int(Exit.REFUSED), "message": message}
    head = {"format_version": "1.0", "type": "import", "written": []}
    views: dict[str, View] = {
        "text": lambda paint: faults_text(found.faults, say, paint),
        "json": lambda _paint: as_json({**head, "faults": fault_rows(found.faults, say), "error": error}),
    }
    deliver(request, outputs, views)
    complain(message)
    return Exit.REFUSED


def _ask(request: Request, draft: ImportDraft, say: Translator) -> None:
    """Show what is to be written and ask, unless told not to; anything but a yes is a no."""
    if request.own["yes"]:
        return
    tell(draft_text(draft, say), nl=False)
    question = say.count(_("Write {n} sheet? [y/N]: "), _("Write {n} sheets? [y/N]: "), len(draft.sheets))
    if not agreed(question):
        raise Refused(say(_("nothing was written: the answer was no")))


def _show(request: Request, outputs: Mapping[str, str | None], done: Sequence[Adopted], say: Translator) -> None:
    rows = [_row(one) for one in done]
    document = {"format_version": "1.0", "type": "import", "written": rows}
    views: dict[str, View] = {"text": lambda _paint: _text(done, say), "json": lambda _paint: as_json(document)}
    deliver(request, outputs, views)


def _row(done: Adopted) -> dict[str, object]:
    one = done.adoption
    before, after = one.shown
    return {
        "path": done.path, "address": str(one.address), "field": one.field, "before": before, "after": after, "seen": done.seen,
    }  # fmt: skip


def _text(done: Sequence[Adopted], say: Translator) -> str:
    if not done:
        return say(_("Nothing was adopted: no sheet was changed.")) + "\n"
    lines = [f"{printable(one.path)}: {_line(one.adoption, say)}" for one in done]
    if all(one.seen for one in done):
        lines.append(say(_("Noted as seen on the portal: nobody will be asked to enter it.")))
    lines.append(say(_("Now: chorus-config validate, then plan and apply.")))
    return "\n".join(lines) + "\n"


def _line(one: Adoption, say: Translator) -> str:
    before, after = one.shown
    key = f"{printable(one.address.key)}: " if one.address.key else ""
    if not one.field:
        return key + say(_("added to the list"))
    label = field_label(one.address.group, one.field)
    absent = _("not written")
    message = _("{label}: {before} → {after}")
    return key + say(message, label=label, before=value_text(before, say, absent), after=value_text(after, say, absent))
