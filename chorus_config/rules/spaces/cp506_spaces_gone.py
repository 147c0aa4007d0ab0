"""CP506: a sheet writes spaces, which the portal no longer has.

In force from 21 February 2023, when the current portal opened. Said once per sheet, at the first place; `espaces` on the
structure and on its users are concerned, an empty list too.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Spaces, gone from the portal"),
    why=_(
        "Nobody can open a space on the current portal, or give it to a user: what the sheet asks for cannot be entered. What "
        "a person may do now comes from their habilitations, application by application."
    ),
    source=_(
        "AIFE, « Évolution des rôles d'utilisateurs » and « Gérer votre structure et ses utilisateurs »; date: AIFE, « Point "
        "de situation suite à la mise en place du nouveau portail de services Chorus Pro »"
    ),
    messages={
        "": _(
            "`espaces` is written, but the portal has no spaces since 21 February 2023: habilitations of the users are expected"
        ),
        "also": _("written here too"),
    },
    remedy=_(
        "Remove `espaces`; write in `habilitations` of each user what the portal grants them. Correct `date_de_reference` if "
        "the former portal is meant."
    ),
    fails="""\
espaces: ["Factures de travaux"]
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
