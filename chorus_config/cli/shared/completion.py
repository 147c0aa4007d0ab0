"""What a shell completes beside commands and options: rules, formats, fields, structures with their libellé."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from chorus_config.cli.shared.format_names import FINDINGS_FORMATS, PLAN_FORMATS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def complete_format(context: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the formats of the command; behind `FMT:` the shell completes a file by itself."""
    named: dict[str, tuple[str, ...]] = {"validate": FINDINGS_FORMATS}
    named |= dict.fromkeys(("plan", "diff", "show"), PLAN_FORMATS)
    named |= dict.fromkeys(("rules", "explain"), ("text", "json", "markdown"))
    named["worksheet"] = ("text", "markdown", "html", "json")
    named["notice"] = ("text", "markdown", "html", "csv", "json")
    named["letter"] = ("text", "html", "json")
    named["status"] = ("text", "markdown", "html", "json", "xlsx")
    named |= dict.fromkeys(("init", "schema"), ("text",))
    if context.params.get("since"):
        named["observe"] = ("text", "json", "markdown")
    # `state show` is not `show`.
    in_group = context.parent is not None and context.parent.parent is not None
    names = named.get("" if in_group else context.info_name or "", ("text", "json"))
    return [_item(name) for name in names if name.startswith(incomplete)]


def complete_rule(context: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the rules that begin so, in capitals or not, each with its title."""
    from chorus_config.app.project import language  # noqa: PLC0415 - only a shell that completes pays for it
    from chorus_config.i18n.translator import translator_for  # noqa: PLC0415
    from chorus_config.rules.catalogue import RULES, texts  # noqa: PLC0415

    say = translator_for(language(_given(context, "lang")))
    found = [rule for rule in RULES if rule.startswith(incomplete.strip().upper())]
    return [_item(rule, help=say(texts(rule).title)) for rule in found]


def complete_schema(context: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the schemas that begin so; where files or a folder are named instead, the shell completes them by itself."""
    from chorus_config.schema.packaged import NAMES  # noqa: PLC0415 - only a shell that completes pays for it

    if context.params.get("check") or context.params.get("write"):
        return [_item(incomplete, type="file")]
    return [_item(name) for name in NAMES if name.startswith(incomplete)]


def complete_target(context: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the identifiants of the project that begin so, each with its libellé."""
    from chorus_config.app.targets import known_targets  # noqa: PLC0415 - only a shell that completes pays for it

    directory = _given(context, "directory") or os.environ.get("CHORUS_CONFIG_DIRECTORY") or "."
    found = known_targets(Path(directory), incomplete, config=_given(context, "config"))
    return [_item(root, help=label) for root, label in found]


def complete_field(context: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the fields of sheets that begin so, each with its label on the portal, and the values where these are few.

    Bash takes the sign between a field and its value for a word of its own, and completes what comes after it.
    """
    from chorus_config.app.targets import known_fields  # noqa: PLC0415 - only a shell that completes pays for it

    before = [word for word in context.params.get("words") or () if word != "="]
    # A word without the sign is a field whose value comes now.
    parted = bool(before) and "=" not in before[-1]
    begins = f"{before[-1]}={incomplete}" if parted else incomplete
    directory = _given(context, "directory") or os.environ.get("CHORUS_CONFIG_DIRECTORY") or "."
    found = known_fields(Path(directory), begins, context.params.get("target") or (), config=_given(context, "config"))
    return [_item(word.partition("=")[2] if parted else word, help=label) for word, label in found]


def complete_member(context: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the SIRENs of the members of the project whose SIREN or name begins so, each with the name."""
    from chorus_config.app.targets import known_members  # noqa: PLC0415 - only a shell that completes pays for it

    directory = _given(context, "directory") or os.environ.get("CHORUS_CONFIG_DIRECTORY") or "."
    found = known_members(Path(directory), incomplete, config=_given(context, "config"))
    return [_item(siren, help=name) for siren, name in found]


def _given(context: click.Context, name: str) -> str | None:
    """Return a shared option of a command line that is not whole yet, wherever it stands."""
    at: click.Context | None = context
    while at is not None:
        if at.params.get(name):
            return str(at.params[name])
        at = at.parent
    return None


def _item(value: str, **more: Any) -> CompletionItem:
    from click.shell_completion import CompletionItem  # noqa: PLC0415 - only a shell that completes pays for it

    return CompletionItem(value, **more)
