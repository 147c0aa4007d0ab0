"""CP204: a telephone or fax number in international form does not exist in its country.

A digit is missing or one too many, or the range was never given out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import numbers
from chorus_config.rules.judges.telephone import flaw

TEXTS = RuleTexts(
    title=_("Number that does not exist in its country"),
    why=_("Nobody can be reached at this number: a supplier with a question about a rejected invoice gives up."),
    source=_("numbering plans of the countries (libphonenumber)"),
    messages={"": _("« {label} » is {value}: its country has no such number; one that can be dialled is expected")},
    remedy=_(
        "Count the digits: a French number has nine after « +33 ». A short number has no international form: delete the key."
    ),
    fails="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
  telephone: "+33 54522204"
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
    """Yield a fault at each number of a sheet or an account that is in international form, and that no country has."""
    for path, number in numbers(body):
        if flaw(number) == "invalid":
            yield Fault("CP204", path, args={"value": number})
