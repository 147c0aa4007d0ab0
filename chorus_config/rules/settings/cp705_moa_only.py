"""CP705: « MOA uniquement » is ticked: the structure may receive works invoices only.

Two descriptions of the box exist, and they disagree on whether it goes with « Structure avec MOA »: both are told, either way.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("« MOA uniquement »: works invoices only"),
    why=_(
        "Two descriptions of the MOA boxes exist. The specifications say: with « MOA uniquement » the structure can receive "
        "works invoices only, so that all its other addresses close; with « Structure avec MOA » it receives them beside the "
        "others. A client of AIFE's API says: with « MOA uniquement » a project owner (MOA) always steps in. Which is right, "
        "and whether both boxes can be ticked, is not verified."
    ),
    source=_(
        "DGFiP and AIFE, external specifications of electronic invoicing v3.1 (31 October 2025), annex 3, DT-4-13-4 and "
        "DT-4-13-5, general file, § 3.5.5.4, p. 45-46, and Chorus Pro file v1.0, p. 19 and 22-24 (REJ_ADR); general file, "
        "p. 40 and 45, and annex 7, G1.87 (national directory); client of AIFE's API, github.com/Gizmo091/piste-gouv-fr, "
        "ReferentielDesOrganisations/Structure.php"
    ),
    messages={
        "": _("« MOA uniquement » is ticked without « Structure avec MOA »: the structure may receive works invoices only"),
        "both": _(
            "« MOA uniquement » and « Structure avec MOA » are both ticked: the structure may receive works invoices only, "
            "and the two boxes may exclude each other"
        ),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "« MOA uniquement » is ticked without « Structure avec MOA »: the structure may receive works invoices "
                "only, and other invoices may come back to their suppliers as « 213 Rejetée » (REJ_ADR)"
            ),
            "both": _(
                "« MOA uniquement » and « Structure avec MOA » are both ticked: the two boxes may exclude each other, "
                "the structure may receive works invoices only, and other invoices may come back to their suppliers as "
                "« 213 Rejetée » (REJ_ADR)"
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_(
        "If the structure receives other invoices too, write `moa_uniquement: false`, and `structure_avec_moa: true` where "
        "it is a project owner. If works are all that it receives, ask support which boxes are due, then record a waiver."
    ),
    fails="""\
parametres:
  structure_avec_moa: false
  moa_uniquement: true
""",
    passes="""\
parametres:
  structure_avec_moa: true
  moa_uniquement: false
""",
)
