"""Nothing that could mean two things, or lose an entry, is approved: no level change and no waiver opens the way for it."""

from __future__ import annotations

import json

import pytest

from .desk import ACCOUNT, PROJECT, SHEET, SIRET, STORE, Desk

_USER = '  - ref: "comptabilite-sditec"\n    role: UTILISATEUR_SIMPLE\n'
_SERVICE = '  - code: "A"\n    libelle: "{}"\n'
_BANK = 'depot_factures_hors_helios: true\ncoordonnees_bancaires:\n  - libelle: "Régie"\n  - libelle: "Régie"\n'
UNDEFINED = {
    "CP007": ("adresse_postale:", "cle_inconnue: 1\nadresse_postale:"),
    "CP008": ("version: 1\n", ""),
    "CP009": ("statut: INACTIF", "statut: {a: b}"),
    "CP101": (f'identifiant: "{SIRET}"', 'identifiant: "comptes/gestionnaire-sditec"'),
    "CP305": ("services:\n", f"{_BANK}services:\n"),
    "CP402": ("utilisateurs:\n", '  - code: ""\n    libelle: "x"\nutilisateurs:\n'),
    "CP403": ("utilisateurs:\n", f"{_SERVICE.format('x')}{_SERVICE.format('y')}utilisateurs:\n"),
    "CP601": ("role: GESTIONNAIRE_PRINCIPAL", "role: CHEF"),
    "CP605": ("utilisateurs:\n", f"utilisateurs:\n{_USER}"),
}


@pytest.mark.parametrize("rule", UNDEFINED)
def test_an_undefined_wish_is_never_approved(desk: Desk, rule: str) -> None:
    desk.edit(SHEET, *UNDEFINED[rule])
    waivers = [f'  - {{regle: {rule}, fiche: "{SIRET}", motif: "essai", jusqu_au: "2050-12-31"}}\n']
    others = "".join(f'  {one}: "off"\n' for one in ("CP102", "CP103", "CP012", "CP051", "CP052"))
    desk.append(PROJECT, f'regles:\n  {rule}: "off"\n{others}derogations:\n{"".join(waivers)}')
    found = json.loads(desk.run("validate", "--format", "json").out)["findings"]
    assert {(one["rule"], one["path"]) for one in found if one["level"] == "error"} >= {(rule, SHEET), ("CP015", PROJECT)}
    assert desk.run("apply", "--yes").code == 4
    assert not (desk.root / STORE).exists()


def test_nor_one_of_two_accounts_of_one_name(desk: Desk) -> None:
    desk.write("comptes/autre.yaml", desk.read(ACCOUNT))
    desk.append(PROJECT, 'regles:\n  CP011: "off"\n')
    assert desk.run("validate").code == 1
    assert desk.run("apply", "--yes").code == 4
