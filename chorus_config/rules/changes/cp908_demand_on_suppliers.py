"""CP908: what suppliers must give changes, all boxes of a structure together, or for one service.

An invoice to a service bears its code, and what its structure demands holds for it too. Where some invoice was accepted
and will not be, suppliers are to be told; where all that were accepted still are, it is worth a note. FACTURES_PUBLIQUES
never asks for a commitment number (CP901). Nothing is told of what receives no invoice any more, which CP909 and CP906
tell, nor that less is asked where CP917 tells that invoices are rejected.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

_ACCEPTED = _("Nothing to prepare: invoices that were accepted still are.")

TEXTS = RuleTexts(
    title=_("What suppliers must give changes"),
    why=_(
        "An invoice that lacks what the boxes demand together is rejected at the entrance, and the supplier must send a new "
        "one: it is what they must give from now on that counts, not which box says so."
    ),
    source=_(
        "guide 2016, « Paramètres » block: « Rend obligatoire »; DGFiP, « Les paramétrages possibles dans Chorus Pro »; DGFiP "
        "and AIFE, external specifications of electronic invoicing v3.1 (31 October 2025), Chorus Pro file v1.0, p. 22-24 "
        "and 45 (statuses 210 and 213, REJ_CONT_B2G); general file, p. 40 and 45, and annex 7, G1.87 (national directory)"
    ),
    messages={
        "code": _("Suppliers must give a service code from now on: invoices without it will be rejected"),
        "commitment": _("Suppliers must give a commitment number from now on: invoices without it will be rejected"),
        "both": _(
            "Suppliers must give a service code and a commitment number from now on: invoices without both will be rejected"
        ),
        "either": _(
            "Suppliers must give a service code or a commitment number from now on: invoices with neither will be rejected"
        ),
        "service": _(
            "Suppliers must give a commitment number from now on to the service {entry}: invoices without it will be rejected"
        ),
        "nothing": _("Suppliers need give neither a service code nor a commitment number any more"),
        "either_enough": _("A service code or a commitment number is enough from now on: either of the two is accepted"),
        "code_enough": _("A service code is enough from now on: the commitment number is not required any more"),
        "commitment_enough": _("A commitment number is enough from now on: the service code is not required any more"),
        "kept_one": _(
            "Suppliers need give less than before, except to the service {service}, which requires a commitment number"
        ),
        "kept_some": _("Suppliers need give less than before, except to {count} services, which require a commitment number"),
        "service_free": _("Suppliers need give no commitment number any more to the service {entry}"),
    },
    later=Later(
        SINCE,
        messages={
            "code": _(
                "Suppliers must give a service code from now on: invoices without it will come back to them as « 213 Rejetée » "
                "(REJ_CONT_B2G)"
            ),
            "commitment": _(
                "Suppliers must give a commitment number from now on: invoices without it will come back to them as « 213 "
                "Rejetée » (REJ_CONT_B2G)"
            ),
            "both": _(
                "Suppliers must give a service code and a commitment number from now on: invoices without both will come back "
                "to them as « 213 Rejetée » (REJ_CONT_B2G)"
            ),
            "either": _(
                "Suppliers must give a service code or a commitment number from now on: invoices with neither will come back "
                "to them as « 213 Rejetée » (REJ_CONT_B2G)"
            ),
            "service": _(
                "Suppliers must give a commitment number from now on to the service {entry}: invoices without it will come "
                "back to them as « 213 Rejetée » (REJ_CONT_B2G)"
            ),
            "nothing": _(
                "Suppliers need give neither a service code nor a commitment number any more; an invoice that agents refuse "
                "for lack of them will come back as « 210 Refusée »"
            ),
        },
        remedies={
            "": _(
                "Tell the suppliers before this is entered on the portal, since platforms may see it from the next day on, and "
                "give the information on every order; until that is done, leave the boxes as they are."
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_(
        "Tell the suppliers first, and give the information on every order; until that is done, leave the boxes as they are."
    ),
    note=_("What the sheet did not say before was perhaps required on the portal already: then nothing changes for suppliers."),
    remedies=dict.fromkeys(
        ("nothing", "either_enough", "code_enough", "commitment_enough", "kept_one", "kept_some", "service_free"), _ACCEPTED
    ),
    fails=ChangeExample(
        before="""\
parametres:
  code_service_obligatoire: false
""",
        after="""\
parametres:
  code_service_obligatoire: true
""",
    ),
    passes=ChangeExample(
        before="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    engagement_obligatoire: false
parametres:
  engagement_juridique_obligatoire: true
""",
        after="""\
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
  - code: "ST-TECH"
    libelle: "Services techniques"
    engagement_obligatoire: true
parametres:
  engagement_juridique_obligatoire: true
""",
    ),
    about="changement",
)
