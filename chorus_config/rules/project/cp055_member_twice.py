"""CP055: a member stands twice in the project file.

Members are known by their SIREN: written twice, one of the two lines is another body's, or is to be deleted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import entries

TEXTS = RuleTexts(
    title=_("Member named twice"),
    why=_("A body that is counted twice hides another one, which nobody counts."),
    source=_("project advice"),
    messages={
        "": _("The SIREN {value} is also that of {other}: each member is expected once"),
        "first": _("the same SIREN here"),
    },
    remedy=_("Correct the SIREN, or delete one of the two members."),
    fails="""\
membres:
  - {nom: "Commune de Valmont", siren: "211699996"}
  - {nom: "Mairie de Valmont", siren: "211699996"}
""",
    passes="""\
membres:
  - {nom: "Commune de Valmont", siren: "211699996"}
""",
    about="projet",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at the SIREN of each member that an earlier one bears, with its place."""
    first: dict[str, tuple[int, str]] = {}
    for index, member in entries(body, "membres"):
        siren = member.get("siren")
        if not isinstance(siren, str) or not siren.strip():
            continue
        place, name = first.setdefault(siren, (index, str(member.get("nom"))))
        if place != index:
            related = ((("membres", place, "siren"), "first"),)
            yield Fault("CP055", ("membres", index, "siren"), args={"value": siren, "other": name}, related=related)
