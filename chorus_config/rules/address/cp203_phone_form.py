"""CP203: a telephone or fax number is not in international form.

A plus, the country code, the number without its first zero; single blanks may stand between the digits. « +33 545XXXXXX »
in the guide means digits. The structure, its services and the accounts are concerned; a blank number is allowed. Letters,
and a zero after the country code, are errors: such a number reaches nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import numbers
from chorus_config.rules.judges.telephone import flaw

_CASES: Final = {"form": "", "letters": "letters", "trunk": "trunk"}

TEXTS = RuleTexts(
    title=_("Telephone and fax in international form"),
    why=_(
        "The list of structures shows the number to everybody as it is written: without the country code, abroad and many "
        "telephones cannot dial it; with letters or a zero too many, nobody can. Nothing says that the portal refuses it."
    ),
    source=_("guide 2016, « Adresse postale du siège » block: « Au Format international : +33 545XXXXXX »"),
    messages={
        "": _("« {label} » is {value}: the international form is expected, such as « +33 545222040 »"),
        "letters": _("« {label} » is {value}: digits without letters are expected, such as « +33 545222040 »"),
        "trunk": _("« {label} » is {value}: no zero is expected after the country code, as in « +33 545222040 »"),
    },
    remedy=_("Write a plus, the country code, then the number without its first zero."),
    remedies={
        "letters": _("Write digits in place of the letters, or delete the key."),
        "trunk": _("Delete the zero after the country code."),
    },
    fails="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
  telephone: "0545222040"
""",
    passes="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
  telephone: "+33 545222040"
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each number of a sheet or an account that is not in international form."""
    for path, number in numbers(body):
        found = flaw(number)
        if found in _CASES:
            case = _CASES[found]
            yield Fault("CP203", path, case, args={"value": number}, level="error" if case else None)
