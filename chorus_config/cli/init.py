"""`init`: a project to begin with, from a few answers or from what a source knows."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, cast

import click
from msgspec.structs import replace

from chorus_config.app.importing.project_file import lists_of
from chorus_config.app.importing.sheets import draft_import, finish_import
from chorus_config.app.project import OpenProject
from chorus_config.app.scaffold.project import (
    answer_fault_text,
    draft_from_answers,
    draft_from_import,
    has_sheets,
    open_new_project,
    write_scaffold,
)
from chorus_config.app.selection import asked_for
from chorus_config.app.sources import is_store_address, observe_sources
from chorus_config.app.validate import validate_project
from chorus_config.cli.shared.common_options import selection_options
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import deliver, formats, tell
from chorus_config.cli.shared.terminal import answer, is_asked_on_terminal, open_options
from chorus_config.engine.scaffold.questions import (
    QUESTIONS,
    Question,
    default_answer,
    faults_of_answer,
    missing_answers,
    tidy_answer,
)
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, Refused, UsageFault
from chorus_config.model.finding import Finding
from chorus_config.model.importing import ImportDraft
from chorus_config.model.scaffold import CI_SERVICES, Answers, Ci, Scaffold
from chorus_config.render.importing.text import import_text
from chorus_config.render.scaffold.text import scaffold_text
from chorus_config.render.shared.paint import Paint
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(
            _(
                "Start a project in DIR (default: here): the project file, a first sheet with comments, the schemas for "
                "editors, .gitignore, pre-commit and CI.\n\n"
                "On a terminal it asks for what no option says; each answer is checked at once. With --from, the sheets are "
                "those of the structures that a source knows. Nothing that is there already is written over. An address that "
                "is not given is written as « à compléter », which validate goes on telling (CP010)."
            )
        ),
        (
            "chorus-config init",
            "chorus-config init fiches --siret 21160999500017 --raison-sociale \"VILLE DE VALMONT\" --email a@valmont.example",
            "chorus-config init fiches --from annuaire:telechargements --siren 211609995 --ci github",
        ),
        [click.Argument(["folder"], required=False, default=".", metavar="[DIR]"), *selection_options(say), *_own_options(say)],
    )  # fmt: skip
    return make_command("init", run, about, say)


def _own_options(say: Translator) -> list[click.Parameter]:
    texts = (
        (["--raison-sociale", "name"], "RAISON_SOCIALE", _("The raison sociale, as INSEE has it.")),
        (["--libelle", "label"], "LIBELLE", _("The libellé, by which suppliers search (default: the raison sociale).")),
        (["--email"], "EMAIL", _("The mailbox of the service that follows the invoices.")),
        (["--adresse", "address"], "ADRESSE", _("The street and number of the seat.")),
        (["--code-postal", "postal_code"], "CODE_POSTAL", _("The postal code of the seat.")),
        (["--ville", "town"], "VILLE", _("The town of the seat.")),
        (["--from", "source"], "FROM", _("Take the sheets from a source: annuaire:PATH, afnor:, piste:, a snapshot file.")),
    )
    options: list[click.Parameter] = [
        click.Option(
            names, metavar="TEXT" if names[0] != "--from" else "SOURCE", envvar=f"CHORUS_CONFIG_{name}", help=say(text)
        )
        for names, name, text in texts
    ]
    options.append(
        click.Option(
            ["--ci"], type=click.Choice(CI_SERVICES), envvar="CHORUS_CONFIG_CI",
            help=say(_("Write the CI file of GitHub or GitLab, or none (default: none, or as answered).")),
        )
    )  # fmt: skip
    return options


def run(request: Request) -> int:
    """Write the files of a new project, all or none; where all is there, nothing."""
    outputs = formats(request, ("text",))
    if request.config is not None:
        raise UsageFault(request.say(_("init writes chorus-config.yaml: --config does not go with it")))
    project = open_new_project(request.own["folder"], open_options(request))
    started = _from_source if request.own["source"] else _from_answers
    scaffold, draft = started(request, project)
    write_scaffold(project, scaffold)
    text = _shown(request, scaffold, draft)
    deliver(request, outputs, {"text": text})
    return Exit.OK


def _from_source(request: Request, project: OpenProject) -> tuple[Scaffold, ImportDraft | None]:
    own, say = request.own, project.say
    if any(own[one.asks] for one in QUESTIONS if one.asks != "siret"):
        raise UsageFault(
            say(_("with --from, the source says what the sheets hold: only --siren, --siret and --list go with it"))
        )
    asked = asked_for(project, own["siren"], own["siret"], own["list_file"])
    if asked.everything:
        raise UsageFault(say(_("--from: say of which structures: --siren, --siret or --list")))
    ci: Ci = own["ci"] or "none"
    if has_sheets(project):
        _note_there(project)
        return draft_from_answers(project, None, ci), None
    snapshot = observe_sources(project, [own["source"]], asked)
    draft = draft_import(project, snapshot, asked, lists=lists_of(project, [own["source"]], asked.sirens))
    return draft_from_import(project, draft, ci), draft


def _note_there(project: OpenProject) -> None:
    project.note(_("note: there are sheets already: none is added. For others: chorus-config import, or a copy of a sheet"))


def _from_answers(request: Request, project: OpenProject) -> tuple[Scaffold, ImportDraft | None]:
    own, answers = request.own, _given(request)
    if has_sheets(project):
        if answers.siret:
            _note_there(project)
        return draft_from_answers(project, None, own["ci"] or "none"), None
    ci: Ci | None = own["ci"]
    if missing_answers(answers) and is_asked_on_terminal():
        answers, ci = _ask_all(project, answers), ci or _ask_ci(project.say)
    return draft_from_answers(project, answers, ci or "none"), None


def _given(request: Request) -> Answers:
    """Return the answers that options give. Raises UsageFault for more than one structure."""
    own = request.own
    if own["siren"] or own["list_file"] or len(own["siret"]) > 1:
        message = _("init makes one sheet from answers: --siren, --list and more than one --siret go with --from")
        raise UsageFault(request.say(message))
    given = {**own, "siret": "".join(own["siret"])}
    return Answers(**{one.asks: tidy_answer(one.asks, given[one.asks] or "") for one in QUESTIONS})


def _ask_all(project: OpenProject, answers: Answers) -> Answers:
    """Ask for each answer that no option gave; what was given and is refused is asked again."""
    for question in QUESTIONS:
        given = getattr(answers, question.asks)
        if given and not any(one.level == "error" for one in _told(project, question, answers)):
            continue
        if question.asks in {"postal_code", "town"} and not (answers.address or given):
            # Whoever does not know the street yet is not asked for the town.
            continue
        answers = _ask(project, question, answers)
    return answers


def _ask(project: OpenProject, question: Question, answers: Answers) -> Answers:
    """Ask one question until the rules accept the answer.

    What they merely warn of is asked again, with the answer as the default: who insists has it.
    """
    default, needed, kept = *_offer(project, question, answers), ""
    while True:
        text = tidy_answer(question.asks, _line(project, question, default)) or default
        changed = _with(answers, question, text)
        if not text and needed:
            continue
        found = _told(project, question, changed) if text not in {"", kept} else ()
        if not found:
            return changed
        if not any(one.level == "error" for one in found):
            default = kept = text


def _offer(project: OpenProject, question: Question, answers: Answers) -> tuple[str, bool]:
    """Return the default of a question, and whether there is no answer without typing one where it has none.

    What the rules would refuse is not offered.
    """
    offered = default_answer(question.asks, answers)
    if offered and faults_of_answer(question, _with(answers, question, offered), project.settings):
        return "", True
    return offered, question.needed


def _with(answers: Answers, question: Question, text: str) -> Answers:
    return replace(answers, **cast(Mapping[str, Any], {question.asks: text}))


def _line(project: OpenProject, question: Question, default: str) -> str:
    """Ask one question once; a mailbox is not repeated beside it. Raises Refused at the end of the input."""
    say, shown = project.say, "…" if question.asks == "email" else printable(default)
    if default:
        line = answer(say(_("{question} [{default}]: "), question=say(question.text), default=shown))
    else:
        line = answer(say(_("{question}: "), question=say(question.text)))
    if line is None:
        raise Refused(say(_("nothing was written: the questions were not answered to the end")))
    return line


def _told(project: OpenProject, question: Question, answers: Answers) -> tuple[Finding, ...]:
    """Say what the rules say of an answer, and return it."""
    found = faults_of_answer(question, answers, project.settings)
    for one in found:
        tell(f"  {answer_fault_text(one, project.say)}")
    return found


def _ask_ci(say: Translator) -> Ci:
    tell(say(_("With a CI file, GitHub or GitLab checks the sheets at each push. Without either: none.")))
    while True:
        line = answer(say(_("CI file: github, gitlab or none [none]: ")))
        word = (line or "").casefold() or "none"
        for known in CI_SERVICES:
            if word == known or (known == "none" and word == say(_("none")).casefold()):
                return known
        tell("  " + say(_("Answer github, gitlab or none.")))


def _shown(request: Request, scaffold: Scaffold, draft: ImportDraft | None) -> Any:
    """Return the view of what was written, of the project as it is now."""
    folder = request.own["folder"]
    project = open_new_project(folder, open_options(request))
    imported = _noted(request, project, draft) if draft is not None else None
    findings: Sequence[Any] = validate_project(replace(project, directory=project.root)).findings

    def _text(paint: Paint) -> str:
        before = import_text(draft, imported, project.say, paint) + "\n" if draft is not None and imported is not None else ""
        seen = os.path.normpath(request.directory / folder)
        return before + scaffold_text(scaffold, findings, seen, project.say, paint)

    return _text


def _noted(request: Request, project: OpenProject, draft: ImportDraft) -> Any:
    """Prove the import and note what was seen, as `import` does."""
    return finish_import(project, draft, record=not is_store_address(request.own["source"]))
