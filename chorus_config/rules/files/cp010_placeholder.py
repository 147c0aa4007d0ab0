"""CP010: a placeholder was left in a value.

TODO, XXX, « à compléter », « Commune de XXX », the postal code 00000. The word stands by itself; capitals and
accents do not matter. A text that another rule refuses for its form is left to that rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleContext, RuleTexts
from chorus_config.rules.judges.body import addresses, block, entries, joined_texts, words
from chorus_config.rules.judges.mailbox import is_valid

# Free texts, by block and by list of blocks; addresses stand beside them.
_BLOCKS: Final = {
    "raccordement": ("operateur",),
    "informations_generales": ("raison_sociale", "identifiant", "libelle", "adresse_electronique"),
    "informations_personnelles": ("adresse_electronique_contact", "nom", "prenom"),
    "parametres": ("langue",),
    "remplace": ("identifiant", "motif"),
}
_LISTS: Final = {
    "coordonnees_bancaires": ("libelle",),
    "services": ("code", "libelle", "description"),
    "utilisateurs": ("ref",),
}
_ADDRESS: Final = ("adresse", "complement_1", "complement_2", "code_postal", "ville", "pays")
_NOWHERE: Final = "00000"
# One of these is in every placeholder: most sheets hold none, and nothing else is looked at.
_HINTS: Final = (b"xxx", b"todo", b"compl", _NOWHERE.encode())
_FRANCE: Final = frozenset({"fr", "france"})

TEXTS = RuleTexts(
    title=_("Placeholder left in a value"),
    why=_(
        "What was to be completed later goes to the portal as it is: whoever looks the structure up there reads a word that "
        "designates nobody, and cannot use it."
    ),
    source=_("guide 2016, « Information générale » block: « Commune de XXX »; project advice"),
    messages={"": _("« {label} » is {value}: the real value is expected in place of « {found} »")},
    remedy=_("Write the real value."),
    fails="""\
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de XXX"
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
    """Yield a fault at each text of a sheet or an account that still holds a placeholder."""
    # All hints are ASCII: bytes are lowered and searched at the speed of memory.
    together = (joined_texts(body) if context.texts is None else context.texts).encode("utf-8", "replace").lower()
    if not any(map(together.__contains__, _HINTS)):
        return
    for path, text in _texts(body):
        found = _placeholder(path, text)
        if found and not _is_refused(body, path, text):
            yield Fault("CP010", path, args={"value": text, "found": found})


def _placeholder(path: Path, text: str) -> str:
    """Return the placeholder that a text holds, "" for none."""
    if text == _NOWHERE and path[-1] == "code_postal":
        return text
    match = _words().search(text)
    return match.group() if match else ""


@cache
def _words() -> re.Pattern[str]:
    # Accents may be missing, or signs of their own; an underscore parts words.
    complete = "(?:à|a\u0300?)\\s+compl(?:[éèe]|e[\u0300\u0301])ter"
    return re.compile(rf"(?<![^\W_])(?:todo|x{{3,}}|{complete})(?![^\W_])", re.IGNORECASE)


def _is_refused(body: dict[str, Any], path: Path, text: str) -> bool:
    """Tell whether another rule refuses the form of a text that holds a placeholder: CP101, CP106 and CP803, CP202."""
    if path == ("informations_generales", "identifiant"):
        return block(body, "informations_generales").get("type_identifiant") == "SIRET"
    if path[-1] in {"adresse_electronique", "adresse_electronique_contact"}:
        return not is_valid(text)
    if path[-1] == "code_postal" and text != _NOWHERE:
        country = next(address.get("pays") for where, address in addresses(body) if where == path[:-1])
        return isinstance(country, str) and country.lower() in _FRANCE
    return False


def _texts(body: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield path and content of each free text."""
    yield from _written((), body, ("ref",))
    for key, names in _BLOCKS.items():
        if key in body:
            yield from _written((key,), block(body, key), names)
    for path, address in addresses(body):
        yield from _written(path, address, _ADDRESS)
    for key, names in _LISTS.items():
        for index, entry in entries(body, key):
            yield from _written((key, index), entry, names)
    for index, text in words(body, "espaces"):
        yield ("espaces", index), text
    for index, user in entries(body, "utilisateurs"):
        for place, text in words(user, "habilitations"):
            yield ("utilisateurs", index, "habilitations", place), text


def _written(path: Path, part: dict[str, Any], names: tuple[str, ...]) -> Iterator[tuple[Path, str]]:
    for name in names:
        text = part.get(name)
        if isinstance(text, str):
            yield (*path, name), text
