"""CP206: no list of countries knows what stands under `pays`.

A country is named in French or English, or by its ISO code of two or three letters; accents, case, articles and hyphens do not
count. French territories overseas and Monaco are names of their own. The postal code (CP202) is checked in France, in these, in
Belgium, Luxembourg and Switzerland; elsewhere it is not, nor where the country is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.rules.judges.body import addresses, text_in

TEXTS = RuleTexts(
    title=_("Country that no list knows"),
    why=_("A misspelt country goes on the documents as it is, and the postal code beside it is not checked."),
    source=_("CLDR (names of countries in French and English), ISO 3166-1 (codes)"),
    messages={
        "": _("« {label} » is {value}: no list of countries knows it, and the postal code beside it is not checked"),
        "suggest": _("« {label} » is {value}, a country that no list knows: {suggestion} is probably meant"),
    },
    remedy=_("Write the country in French, as the portal shows it, or its ISO code."),
    remedies={"suggest": _('Write `pays: "{suggestion}"`.')},
    fails="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "Frnace"
""",
    passes="""\
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
""",
)


def check(body: dict[str, Any], _context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at each country of a sheet or an account that no list knows."""
    for path, address in addresses(body):
        country = text_in(address, "pays")
        # Nearly every address says so, and the list is long.
        if country is None or country in {"France", "FRANCE", "FR"}:
            continue
        from chorus_config.rules.judges.countries import is_country, nearest_country  # noqa: PLC0415 - seldom needed

        if not is_country(country):
            near = nearest_country(country)
            args = {"value": country, **({"suggestion": near} if near else {})}
            yield Fault("CP206", (*path, "pays"), "suggest" if near else "", args=args)
