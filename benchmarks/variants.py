"""What becomes of the sheets of `sheets.py`: one in a hundred broken, in several kinds, or changed; always the same ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from benchmarks import sheets

# One sheet in so many is broken, or changed.
EACH: Final = 100
_CITY: Final = '  ville: "VALMONT"\n'
_SERVICE: Final = '  - code: "SERVICE-0"\n'


def _put(old: str, new: str) -> Callable[[str], str]:
    """Return what puts a text in the place of another one, once."""
    return lambda text: text.replace(old, new, 1)


def _wrong_check_digit(text: str) -> str:
    """Change the last digit of the SIRET."""
    before, key, after = text.partition('identifiant: "')
    return before + key + after[:13] + str((int(after[13]) + 1) % 10) + after[14:]


# Kinds of fault, each with the rule that speaks of it, and what makes a sound sheet so.
FAULTS: Final[Mapping[str, tuple[str, Callable[[str], str]]]] = MappingProxyType(
    {
        "un mot à la place d’une case": ("CP009", _put("edi: false", 'edi: "jamais"')),
        "une valeur hors de la liste": ("CP009", _put("statut: ACTIF", "statut: OUVERT")),
        "un champ obligatoire absent": ("CP008", _put(_CITY, "")),
        "une clé inconnue": ("CP007", _put("  complement_1:", "  complement_un:")),
        "un code postal de quatre chiffres": (
            "CP202",
            lambda text: text.replace('code_postal: "', 'code_postal: "1600" # "', 1),
        ),
        "une clé écrite deux fois": ("CP004", _put(_CITY, _CITY + _CITY)),
        "un guillemet oublié": ("CP001", _put(' ville: "VALMONT"', ' ville: "VALMONT')),
        "un SIRET dont la clé est fausse": ("CP102", _wrong_check_digit),
        "deux services du même code": ("CP403", _put(_SERVICE, f'{_SERVICE}    libelle: "Autre service"\n{_SERVICE}')),
    }
)


def broken_numbers(count: int) -> range:
    """Return the numbers of the sheets that are broken among `count`."""
    return range(EACH // 3, count, EACH)


def break_sheets(folder: Path, count: int) -> None:
    """Break one sheet in a hundred, each kind of fault in turn."""
    kinds = list(FAULTS.values())
    for place, number in enumerate(broken_numbers(count)):
        _rule, fault = kinds[place % len(kinds)]
        path_of(folder, number).write_text(fault(sheets.sheet(number)), encoding="utf-8")


def change_sheets(folder: Path, count: int, turn: int) -> None:
    """Change one sheet in a hundred, otherwise at each turn: what was found in an earlier one is no help."""
    for number in range(EACH // 2, count, EACH):
        text = sheets.sheet(number).replace(_CITY, f'  ville: "COGNAC {turn}"\n')
        path_of(folder, number).write_text(text, encoding="utf-8")


def path_of(folder: Path, number: int) -> Path:
    """Return where the sheet with this number lies."""
    return folder / "structures" / f"{sheets.siret(number)}.yaml"
