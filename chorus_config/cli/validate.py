"""`validate`: syntax, schemas and rules, on sheets, accounts and the project file."""

from __future__ import annotations

import click
from msgspec.structs import replace

from chorus_config import __version__
from chorus_config.app.project import OpenProject, seen_from
from chorus_config.app.validate import files_to_check, validate_project
from chorus_config.cli.shared.completion import complete_rule
from chorus_config.cli.shared.effort import effort_of, effort_options
from chorus_config.cli.shared.format_names import FINDINGS_FORMATS, FORMATS_WITH_FIXES
from chorus_config.cli.shared.options import CommandHelp, Request, make_command
from chorus_config.cli.shared.output import deliver, formats
from chorus_config.cli.shared.terminal import opened
from chorus_config.cli.shared.views import FIXED, catalogue, findings_views, from_top
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import Exit, UsageFault
from chorus_config.model.finding import LEVELS
from chorus_config.render.findings.report import FindingsReport
from chorus_config.rules.catalogue import RULES, known_rule
from chorus_config.yamltext.characters import printable


def command(say: Translator) -> click.Command:
    """Return the command in a language."""
    about = CommandHelp(
        say(_("Check sheets, accounts and the project file.\n\nWithout PATH, everything that the project names is checked.")),
        (
            "chorus-config validate",
            "chorus-config validate structures/25160278500015.yaml --format concise",
            "chorus-config validate --ready --as-of 2016-10-01",
            "chorus-config validate --format text --format json:constats.json",
        ),
        [
            click.Argument(["paths"], nargs=-1, metavar="[PATH]..."),
            click.Option(
                ["--fail-level"], type=click.Choice(LEVELS), default="error", show_default=True,
                envvar="CHORUS_CONFIG_FAIL_LEVEL", help=say(_("Exit with 1 from this level up.")),
            ),
            click.Option(
                ["--select"], multiple=True, metavar="RULE", shell_complete=complete_rule, envvar="CHORUS_CONFIG_SELECT",
                help=say(_("Only these rules (CP401) or blocks (CP4); repeatable, or separated by commas.")),
            ),
            click.Option(
                ["--ignore"], multiple=True, metavar="RULE", shell_complete=complete_rule, envvar="CHORUS_CONFIG_IGNORE",
                help=say(_("Not these rules; those that protect every invoice are never silenced.")),
            ),
            click.Option(
                ["--ready"], is_flag=True, envvar="CHORUS_CONFIG_READY",
                help=say(_("Add the checks of going live: what is missing becomes an error.")),
            ),
            click.Option(
                ["--force-exclude"], is_flag=True, envvar="CHORUS_CONFIG_FORCE_EXCLUDE",
                help=say(_("Skip named files that are no sheet, with a note (for hooks).")),
            ),
            *effort_options(say),
        ],
    )  # fmt: skip
    return make_command("validate", run, about, say)


def run(request: Request) -> int:
    """Check the files and deliver the findings; 1 when one reaches the fail level."""
    outputs = formats(request, FINDINGS_FORMATS)
    select, ignore = (_rules(request, name) for name in ("select", "ignore"))
    project = opened(request, ready=request.own["ready"])
    selection = files_to_check(project, force_exclude=request.own["force_exclude"])
    _note_fixed(project, ignore)
    done = validate_project(project, selection, effort=effort_of(request))
    if done.findings and FORMATS_WITH_FIXES & outputs.keys():
        from chorus_config.app.fixing.fix import findings_with_fixes  # noqa: PLC0415 - a good project pays nothing for it

        done = replace(done, findings=findings_with_fixes(project, done.findings))
    found = seen_from(request.directory, project.root, done.findings)
    findings = tuple(finding for finding in found if _is_wanted(finding.rule, select, ignore))
    kept = tuple(finding for finding in done.findings if _is_wanted(finding.rule, select, ignore))
    sheets = done.sheets if request.own["ready"] else ()
    top = from_top(project, kept)
    report = FindingsReport(
        findings, top, done.counted, sheets, project.say, FIXED, catalogue, __version__, done.managed,
        project.config.environment,
    )  # fmt: skip
    deliver(request, outputs, findings_views(report))
    failing = LEVELS[: LEVELS.index(request.own["fail_level"]) + 1]
    return Exit.FINDINGS if any(finding.level in failing for finding in findings) else Exit.OK


def _rules(request: Request, option: str) -> tuple[str, ...]:
    words = [word.strip().upper() for given in request.own[option] for word in given.split(",") if word.strip()]
    for word in words:
        if not known_rule(word):
            raise UsageFault(_no_rule(option, word, request.say))
    return tuple(words)


def _no_rule(option: str, word: str, say: Translator) -> str:
    """Return what is said of a rule that there is not: which was probably meant."""
    from chorus_config.app.rules import nearest_rule  # noqa: PLC0415 - only a slip pays for it

    close = nearest_rule(word)
    message = _("--{option} {word}: no rule begins so")
    if close:
        message = _("--{option} {word}: no rule begins so; the nearest is {close}")
    return say(message, option=option, word=printable(word), close=close)


def _is_wanted(rule: str, select: tuple[str, ...], ignore: tuple[str, ...]) -> bool:
    if RULES[rule].fixed:
        return True
    return (not select or rule.startswith(select)) and not (ignore and rule.startswith(ignore))


def _note_fixed(project: OpenProject, ignore: tuple[str, ...]) -> None:
    for word in ignore:
        if word in RULES and RULES[word].fixed:
            project.note(_("{rule} is never silenced: --ignore does not reach it"), rule=word)
