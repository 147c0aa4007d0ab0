"""CP102: the digits of a SIRET do not agree with its check digits.

The last digit of the SIRET, and the last of its first nine (the SIREN), are computed from the others; members in the
project file have a SIREN alone. La Poste
numbers its offices by a sum of its own. A few real structures fail: the directory lists 15, and a waiver is theirs. The
structures made for trials (« qualification ») fail often: there it is a note, and INSEE knows nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from msgspec.structs import replace

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import block, entries
from chorus_config.rules.judges.checksums import is_fourteen_digits, is_nine_digits, siren_holds, siret_holds

# A real structure that fails gets a waiver of this rule.
RULE: Final = "CP102"
_ZEROS: Final = "000000000"

TEXTS = RuleTexts(
    title=_("Check digits of the SIRET"),
    why=_(
        "A SIRET with a wrong digit names nobody, or somebody else: the invoices of the structure are rejected, or "
        "reach another one."
    ),
    source=_(
        "guide 2016, « Information générale » block: « Vérifier le SIRET »; check digits of the SIREN and the SIRET (Luhn; "
        "La Poste has a sum of its own)"
    ),
    messages={
        "": _("The SIRET {value} does not agree with its check digit, the last one: a SIRET that INSEE gave is expected"),
        "siren": _(
            "The SIRET {value} begins with nine digits (the SIREN) that do not agree with their check digit, the ninth: a "
            "SIREN that INSEE gave is expected"
        ),
        "zeros": _("The SIRET {value} begins with nine zeros: a SIREN that INSEE gave is expected"),
        "member": _("The SIREN {value} does not agree with its check digit, the ninth: a SIREN that INSEE gave is expected"),
        "qualification": _("The number {value} does not agree with its check digits, as is common among structures for trials"),
    },
    remedy=_(
        "Copy the SIRET from INSEE's record of the structure (« avis de situation »). If INSEE and the directory write it so, "
        "say so in a waiver."
    ),
    remedies={
        "member": _("Copy the SIREN from INSEE's record of the body (« avis de situation »)."),
        "qualification": _(
            "Compare it with the list of structures that you were given for your trials; nothing to do if it is there."
        ),
    },
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600017"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
""",
    passes="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
""",
)


def check(body: dict[str, Any], context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at the SIRET of a sheet whose fourteen digits do not agree, at the SIREN of a member whose nine do not."""
    # A project file is judged before anybody obeys what it says.
    if "qualification" in (context.environment, body.get("environnement")):
        yield from (replace(fault, case="qualification", level="info") for fault in _faults(body))
    else:
        yield from _faults(body)


def _faults(body: dict[str, Any]) -> Iterator[Fault]:
    for index, member in entries(body, "membres"):
        siren = member.get("siren")
        if isinstance(siren, str) and is_nine_digits(siren) and not siren_holds(siren):
            yield Fault(RULE, ("membres", index, "siren"), "member", args={"value": siren})
    general = block(body, "informations_generales")
    siret = general.get("identifiant")
    # Anything but fourteen digits is CP101's; any other identifier has no check digits.
    if general.get("type_identifiant") != "SIRET" or not isinstance(siret, str) or not is_fourteen_digits(siret):
        return
    if not siret_holds(siret):
        yield Fault(RULE, ("informations_generales", "identifiant"), _case(siret), args={"value": siret})


def _case(siret: str) -> str:
    if siret.startswith(_ZEROS):
        return "zeros"
    return "" if siren_holds(siret) else "siren"
