"""CP105: the label of the structure names nobody in the directory.

« Mairie », « Commune », « CCAS », « Ville » or « Service » alone, « Mairie de » without the name. Capitals, accents, blanks
and punctuation do not matter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import block, text_in

# What a body is, not which one; without accents or the small words around it.
_KINDS: Final = frozenset(
    {
        "administration",
        "budget",
        "budget annexe",
        "budget general",
        "budget principal",
        "caisse des ecoles",
        "ccas",
        "centre communal d action sociale",
        "centre hospitalier",
        "centre intercommunal d action sociale",
        "cias",
        "collectivite",
        "collectivite locale",
        "collectivite territoriale",
        "commune",
        "communaute d agglomeration",
        "communaute de communes",
        "conseil departemental",
        "conseil municipal",
        "conseil regional",
        "departement",
        "ecole",
        "epci",
        "etablissement",
        "etablissement public",
        "hotel de ville",
        "mairie",
        "metropole",
        "municipalite",
        "office de tourisme",
        "regie",
        "region",
        "service",
        "services",
        "services municipaux",
        "services techniques",
        "structure",
        "syndicat",
        "syndicat intercommunal",
        "syndicat mixte",
        "ville",
    }
)
_AROUND: Final = frozenset({"d", "de", "des", "du", "l", "la", "le", "les"})

TEXTS = RuleTexts(
    title=_("Label that names nobody"),
    why=_(
        "The portal holds thousands of town halls: suppliers who look for this one there cannot tell it from the "
        "others, and invoice the wrong one."
    ),
    source=_("guide 2016, « Information générale » block: « ex : Commune de XXX »"),
    messages={"": _("The label {value} names nobody in the directory: a name such as « Commune de Valmont » is expected")},
    remedy=_("Add the name of the town or of the body, such as « Commune de Valmont » or « CCAS de Valmont »."),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Mairie"
  adresse_electronique: "factures@valmont.example"
""",
    passes="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Mairie de Valmont"
  adresse_electronique: "factures@valmont.example"
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at a label of a sheet that says what the structure is and not which one; a blank one is CP104's."""
    label = text_in(block(body, "informations_generales"), "libelle")
    if label is not None and _names_nobody(label):
        yield Fault("CP105", ("informations_generales", "libelle"), args={"value": label})


def _names_nobody(label: str) -> bool:
    said = _words(label)
    while said and said[0] in _AROUND:
        del said[0]
    while said and said[-1] in _AROUND:
        del said[-1]
    return not said or " ".join(said) in _KINDS


def _words(label: str) -> list[str]:
    """Return the words of a label without case, accents and signs; C.C.A.S. is one word."""
    bare = label.casefold()
    if not bare.isascii():
        bare = "".join([sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign)])
    said = "".join([sign if sign.isalnum() else " " for sign in bare]).split()
    return ["".join(said)] if said and max(map(len, said)) == 1 else said
