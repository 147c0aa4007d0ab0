"""The list of the schemas, what is wrong with modelines, what was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.modeline import ModelineFault
from chorus_config.render.shared.paint import Paint
from chorus_config.schema.packaged import NAMES
from chorus_config.yamltext.characters import printable

# What each judges or describes; of one that is not named here, the command of its name.
_ABOUT: Final = {
    "fiche-structure": _("judges the sheets: structures/**/*.yaml"),
    "compte-utilisateur": _("judges the accounts: comptes/**/*.yaml"),
    "projet": _("judges the project file: chorus-config.yaml"),
    "fiche-structure.conseils": _("the advice on sheets: warnings and notes"),
    "compte-utilisateur.conseils": _("the advice on accounts: warnings and notes"),
    "changement": _("judges a change, for plan and diff"),
    "findings": _("describes the JSON of validate"),
    "plan": _("describes the JSON of plan, diff and show"),
    "rules": _("describes the JSON of rules and explain"),
    "snapshot": _("describes the snapshot that observe -o keeps"),
    "record": _("describes the JSON of observe --record"),
    "watch": _("describes the JSON of observe --since"),
    "locks": _("describes the JSON of lock"),
}


def schemas_text(say: Translator) -> str:
    """Return the list of the packaged schemas, a line each."""
    width = max(map(len, NAMES))
    usual = _("describes the JSON of {command}")
    lines = [f"{name:<{width}}  {say(_ABOUT[name]) if name in _ABOUT else say(usual, command=name)}" for name in NAMES]
    return "\n".join(lines) + "\n"


def modelines_text(faults: Sequence[ModelineFault], files: int, say: Translator, paint: Paint) -> str:
    """Return what is wrong with modelines, each with its place, and a last line that counts."""
    lines = []
    for one in faults:
        level = paint(say(_("error")), "error") if one.wrong else paint(say(_("note")), "info")
        message = say(one.message, **{name: printable(text) for name, text in one.places.items()})
        lines.append(f"{printable(one.path)}:{one.line}:1: {level} {message}")
    wrong = sum(one.wrong for one in faults)
    read = say.count(_("{n} file read"), _("{n} files read"), files)
    if wrong:
        told = say.count(_("{n} modeline to put right"), _("{n} modelines to put right"), wrong)
    else:
        told = say(_("no modeline to put right"))
    lines.append(paint(say(_("{read}: {told}"), read=read, told=told), "title" if wrong else "good"))
    return "\n".join(lines) + "\n"


def written_text(paths: Sequence[str], say: Translator) -> str:
    """Return which schemas were written."""
    if not paths:
        return say(_("The schemas are those of this version already: nothing was written.")) + "\n"
    return "".join(say(_("Written: {path}"), path=printable(path)) + "\n" for path in paths)
