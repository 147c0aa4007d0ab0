"""CP917: « MOA uniquement » is ticked on a known structure.

A sheet that says so from its first record on is CP705's affair: nobody writes to that structure yet.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import Later, RuleTexts
from chorus_config.rules.judges.platforms import SINCE, WHEN_SEEN

TEXTS = RuleTexts(
    title=_("« MOA uniquement » is ticked"),
    why=_(
        "Such a structure « ne pourra recevoir que les factures de travaux »: its addresses and those of all its services "
        "leave the directory, and the invoices of its ordinary suppliers are rejected. No other box of the sheet stops so much."
    ),
    source=_(
        "DGFiP and AIFE, external specifications of electronic invoicing v3.1 (31 October 2025): annex 3, DT-4-13-4 "
        "and DT-4-13-5; general file, § 3.5.5.4, p. 45-46; Chorus Pro file v1.0, p. 19 and 22-24 (REJ_ADR); general "
        "file, p. 40 and 45, and annex 7, G1.87 (national directory). A client of AIFE's API describes the box "
        "otherwise (the MOA « intervient systématiquement »)"
    ),
    messages={
        "": _("« {label} » is ticked: the structure will receive works invoices only, and no other invoice any more"),
    },
    later=Later(
        SINCE,
        messages={
            "": _(
                "« {label} » is ticked: all addresses of the structure close but for works, other invoices will come "
                "back to their suppliers as « 213 Rejetée » (REJ_ADR)"
            ),
        },
        remedies={
            "": _(
                "A structure that receives ordinary invoices beside those of works ticks « Structure avec MOA » and "
                "leaves this box empty: write `moa_uniquement: false`. If works are really all that it receives, tell "
                "its suppliers before this is entered on the portal, since platforms may see it from the next day on, "
                "then accept the change with the reason."
            ),
        },
        why=(WHEN_SEEN,),
    ),
    remedy=_(
        "A structure that receives ordinary invoices beside those of works ticks « Structure avec MOA » and leaves this box "
        "empty: write `moa_uniquement: false`. If works are really all that it receives, tell its suppliers, then accept the "
        "change with the reason."
    ),
    fails=ChangeExample(
        before="""\
parametres:
  moa_uniquement: false
""",
        after="""\
parametres:
  moa_uniquement: true
""",
    ),
    passes=ChangeExample(
        before="""\
parametres:
  moa_uniquement: true
""",
        after="""\
parametres:
  moa_uniquement: false
""",
    ),
    about="changement",
)
