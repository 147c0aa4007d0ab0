"""An export for the person who asked for it: what was written, what is not in it, what comes next."""

from __future__ import annotations

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.table import Exported
from chorus_config.render.shared.paint import Paint, plain
from chorus_config.yamltext.characters import printable


def render(done: Exported, say: Translator, paint: Paint = plain) -> str:
    """Return what was written, worksheet by worksheet, and how it comes back."""
    path = printable(done.path)
    lines = [paint(say(_("{path}: written."), path=path), "good")]
    for name, count in done.rows.items():
        lines.append("  " + say.count(_("« {name} »: {n} row"), _("« {name} »: {n} rows"), count, name=name))
    if done.without_bank:
        messages = (
            _("Bank details of {n} structure are left out: an IBAN is a target of fraud. --bank-details writes it in full."),
            _("Bank details of {n} structures are left out: an IBAN is a target of fraud. --bank-details writes all in full."),
        )
        lines.append(say.count(*messages, done.without_bank))
    lines.append(
        say(_("When it is filled in, look at what would change: chorus-config import {path} --force --diff"), path=path)
    )
    lines.append(say(_("Then have it written: chorus-config import {path} --force"), path=path))
    return "\n".join(lines) + "\n"
