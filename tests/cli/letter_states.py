"""Projects in the state that calls for each kind of letter, made with the commands alone: of today, and of the guide."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from chorus_config.model.letter import LetterKind

from .desk import EXAMPLE, OTHER, SECOND, SHEET, SIRET, Desk
from .portal import PUBLIC, document

COMMUNE: Final = EXAMPLE.parent / "commune"
TOWN: Final = "21160999500017"
WATER: Final = "21160999500025"
TODAY: Final = "2026-11-27"
THEN: Final = "2016-10-01"
WORDS: Final = ("--against", "releve.json")
_PRINCIPAL: Final = '  - ref: "dgs"\n    role: GESTIONNAIRE_PRINCIPAL # un seul par structure\n'

# Brings a project into a state, and returns what is to be said to `letter` beside the kind.
Make = Callable[[Desk], tuple[str, ...]]


def town(desk: Desk) -> Desk:
    """Put the example of a town of today in the place of the guide's."""
    shutil.rmtree(desk.root)
    shutil.copytree(COMMUNE, desk.root, ignore=shutil.ignore_patterns(".chorus-config"))
    return desk


def observed(desk: Desk, root: str, change: Callable[[dict[str, Any]], None]) -> tuple[str, ...]:
    """Write a snapshot of what the sheets say, with one structure changed; return the option that names it."""
    rows = list(_bodies(desk.root, root, change))
    desk.write("releve.json", json.dumps(document(*rows, source="Lu à l’écran"), ensure_ascii=False))
    return WORDS


def _bodies(folder: Path, root: str, change: Callable[[dict[str, Any]], None]) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted((folder / "structures").glob("*.yaml")):
        body = yaml.safe_load(file.read_text(encoding="utf-8"))
        if body["informations_generales"]["identifiant"] == root:
            change(body)
        yield body["informations_generales"]["identifiant"], body


def approve(desk: Desk, day: str) -> None:
    """Approve the sheets as they stand."""
    assert desk.run("apply", "--yes", "--as-of", day).code == 0


def known(desk: Desk, day: str) -> None:
    """Approve the sheets as they stand, and say that all of it is on the portal."""
    approve(desk, day)
    assert desk.run("confirm", "--all", "--as-of", day).code == 0


def _first(desk: Desk) -> tuple[str, ...]:
    approve(desk, TODAY)
    return ()


def _first_2016(desk: Desk) -> tuple[str, ...]:
    approve(desk, THEN)
    return ()


def _budget(desk: Desk) -> tuple[str, ...]:
    (desk.root / f"structures/{WATER}.yaml").unlink()
    known(desk, TODAY)
    return ()


def _budget_2016(desk: Desk) -> tuple[str, ...]:
    (desk.root / OTHER).unlink()
    known(desk, THEN)
    return ()


def _without_public(body: dict[str, Any]) -> None:
    body["services"] = [one for one in body["services"] if one["code"] != PUBLIC["code"]]


def _public(desk: Desk) -> tuple[str, ...]:
    known(desk, TODAY)
    return observed(desk, WATER, _without_public)


def _public_2016(desk: Desk) -> tuple[str, ...]:
    known(desk, THEN)
    return observed(desk, SIRET, _without_public)


def _principal(desk: Desk) -> tuple[str, ...]:
    known(desk, TODAY)
    desk.edit(f"structures/{TOWN}.yaml", _PRINCIPAL, "")
    desk.edit(
        f"structures/{TOWN}.yaml", '  - ref: "responsable-finances"\n    role: UTILISATEUR\n',
        '  - ref: "responsable-finances"\n    role: GESTIONNAIRE_PRINCIPAL\n',
    )  # fmt: skip
    return ()


def _principal_2016(desk: Desk) -> tuple[str, ...]:
    known(desk, THEN)
    for ref, role, new in (
        ("gestionnaire-sditec", "GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE"),
        ("comptabilite-sditec", "GESTIONNAIRE_SECONDAIRE", "GESTIONNAIRE_PRINCIPAL"),
    ):
        desk.edit(SHEET, f'  - ref: "{ref}"\n    role: {role}\n', f'  - ref: "{ref}"\n    role: {new}\n')
    return ()


def _status(desk: Desk) -> tuple[str, ...]:
    desk.edit(f"structures/{WATER}.yaml", "statut: ACTIF", "statut: INACTIF")
    known(desk, TODAY)
    desk.edit(f"structures/{WATER}.yaml", "statut: INACTIF", "statut: ACTIF")
    approve(desk, TODAY)
    return ()


def _status_2016(desk: Desk) -> tuple[str, ...]:
    known(desk, THEN)
    desk.edit(SHEET, "statut: INACTIF", "statut: ACTIF")
    approve(desk, THEN)
    return ()


def _other_name(body: dict[str, Any]) -> None:
    body["informations_generales"]["raison_sociale"] = "COMMUNE DE VALMONT"


def _identity(desk: Desk) -> tuple[str, ...]:
    known(desk, TODAY)
    return observed(desk, TOWN, _other_name)


def _identity_2016(desk: Desk) -> tuple[str, ...]:
    known(desk, THEN)
    return observed(desk, SECOND, _other_name)


CALLS: Final[Mapping[LetterKind, tuple[Make, Make]]] = {
    "structure": (_first, _first_2016),
    "budget": (_budget, _budget_2016),
    "account": (_first, _first_2016),
    "principal": (_principal, _principal_2016),
    "public-invoices": (_public, _public_2016),
    "status": (_status, _status_2016),
    "identity": (_identity, _identity_2016),
}


def example(desk: Desk, kind: LetterKind, *, then: bool = False) -> tuple[str, ...]:
    """Bring a desk into the state that calls for a kind of letter; return the words of the command that writes it."""
    own = CALLS[kind][then](desk if then else town(desk))
    return ("letter", kind, "--as-of", THEN if then else TODAY, *own)
