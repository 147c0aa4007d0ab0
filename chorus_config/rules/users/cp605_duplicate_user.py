"""CP605: one user twice in the same sheet.

A user has one role on a structure; two entries contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import repeated

TEXTS = RuleTexts(
    title=_("A user is attached once"),
    why=_("Whichever entry is entered last decides what the person may do on the structure."),
    source=_("inferred"),
    messages={
        "": _("The user {value} is written twice"),
        "first": _("first written here"),
    },
    remedy=_("Keep one entry for the user, with the role that is meant."),
    fails="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR
    habilitations: ["Organisation modification"]
  - ref: "compta"
    role: UTILISATEUR
""",
    passes="""\
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR
    habilitations: ["Organisation modification"]
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterable[Fault]:
    """Yield a fault at each user that an earlier entry has already."""
    return repeated("CP605", body, "utilisateurs", "ref")
