"""CP401: the service FACTURES_PUBLIQUES is missing from the list, or is not as the portal made it.

A public sheet that writes its services keeps this one: active, label « Service des factures publiques », no
end date, no commitment number required. The rule is never silenced.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("FACTURES_PUBLIQUES untouched"),
    why=_(
        "Invoices between public bodies arrive through this service. Once it is missing, inactive or "
        "changed, they are rejected: « inconnu ou inactif dans Chorus Pro », for those received and for "
        "those issued."
    ),
    source=_(
        "guide 2016, « Services » block: « Ne surtout pas le modifier / supprimer »; AGEDI, knowledge base, sheet "
        "2166; DGFiP and AIFE, external specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro file "
        "v1.0, p. 19 and 22-24 (REJ_ADR); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "missing": _(
            "FACTURES_PUBLIQUES is not in the list of services: it is expected there; left out, it would be "
            "removed from the portal"
        ),
        "misspelt": _("The code of this service is {value}: FACTURES_PUBLIQUES is expected, to the letter"),
        "empty": _(
            "The list of services is empty: it would ask for every service to be removed, FACTURES_PUBLIQUES included, "
            "which no sheet may do"
        ),
        "inactive": _("FACTURES_PUBLIQUES is inactive: `actif: true` is expected"),
        "label": _("The label of FACTURES_PUBLIQUES is {value}: « Service des factures publiques » is expected"),
        "unlabelled": _("FACTURES_PUBLIQUES has no label: « Service des factures publiques » is expected"),
        "ended": _("FACTURES_PUBLIQUES has an end date: none is expected"),
        "commitment": _("FACTURES_PUBLIQUES requires a commitment number: `engagement_obligatoire: false` is expected"),
    },
    later=Later(
        SINCE,
        messages={
            "missing": _(
                "FACTURES_PUBLIQUES is not in the list of services: it is expected there; left out, it would be "
                "removed from the portal, and the invoices of public bodies would come back to them as « 213 Rejetée » "
                "(REJ_ADR)"
            ),
            "misspelt": _(
                "The code of this service is {value}: FACTURES_PUBLIQUES is expected, to the letter; otherwise the "
                "invoices of public bodies would come back to them as « 213 Rejetée » (REJ_ADR)"
            ),
            "empty": _(
                "The list of services is empty: it would ask for every service to be removed, FACTURES_PUBLIQUES "
                "included, which no sheet may do, and invoices to each of them would come back to their suppliers as « "
                "213 Rejetée » (REJ_ADR)"
            ),
            "inactive": _(
                "FACTURES_PUBLIQUES is inactive: `actif: true` is expected; otherwise the invoices of public bodies "
                "come back to them as « 213 Rejetée » (REJ_ADR)"
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_(
        "Add this entry, as the portal made it: "
        '`- {{code: "FACTURES_PUBLIQUES", libelle: "Service des factures publiques", actif: true}}`.'
    ),
    remedies={
        "misspelt": _('Write: `code: "FACTURES_PUBLIQUES"`.'),
        "empty": _(
            "Delete the line if the portal's services are to be left as they are; else write the list, such as `{example}`."
        ),
        "inactive": _("Write `actif: true`, or delete the key."),
        "label": _('Write `libelle: "Service des factures publiques"`.'),
        "unlabelled": _('Write `libelle: "Service des factures publiques"`.'),
        "ended": _("Delete `date_fin`."),
        "commitment": _("Write `engagement_obligatoire: false`, or delete the key."),
    },
    fails="""\
services:
  - code: "ST-TECH"
    libelle: "Services techniques"
""",
    passes="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
""",
)
