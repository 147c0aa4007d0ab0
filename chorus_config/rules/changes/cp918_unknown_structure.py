"""CP918: a sheet describes a public structure that nothing knows: no approved state, no reading of the portal.

The structures of public bodies are not created on the portal. A private structure is, by whoever manages it.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("Public structure that nothing knows"),
    why=_(
        "Nobody can create it by following a plan: who tries to loses time, and who believes that it was done has a structure "
        "to which no supplier can send anything."
    ),
    source=_(
        "AIFE, « Administrer les structures publiques et les comptes utilisateurs » and « Demande de création ou de "
        "désactivation de structures publiques »; guide 2016: the structures come from Hélios"
    ),
    messages={
        "": _(
            "Nothing shows this public structure on the portal: it is asked of the comptable public (Hélios), no plan creates "
            "it"
        ),
        "elsewhere": _(
            "Nothing shows this public structure on the portal: it is asked of Chorus Pro support, no plan creates it"
        ),
    },
    remedy=_(
        "Look for it on the portal. If it is there, go on: its operations will be to check, and a reading noted by "
        "`chorus-config observe … --record` spares even that. If it is not, ask the comptable public, since the DGFiP's "
        "register feeds the structures of bodies at Hélios (`chorus-config letter structure` writes the request)."
    ),
    remedies={
        "elsewhere": _(
            "Look for it on the portal. If it is there, go on: its operations will be to check, and a reading noted by "
            "`chorus-config observe … --record` spares even that. If it is not, ask Chorus Pro support to create it "
            "(`chorus-config letter structure` writes the request)."
        ),
    },
    fails=ChangeExample(
        before="",
        after="""\
comptabilite: helios
""",
    ),
    passes=ChangeExample(
        before="",
        after="""\
comptabilite: autre
informations_generales:
  raison_sociale: "ATELIERS DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Ateliers de Valmont"
  adresse_electronique: "factures@valmont.example"
  structure_privee: true
""",
    ),
    about="changement",
)
