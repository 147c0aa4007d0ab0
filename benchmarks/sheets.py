"""Deterministic sheets to measure with: valid, without advice, of the size that real ones have (about 1.7 KB)."""

from __future__ import annotations

import random
from pathlib import Path

_HEAD = """\
type: fiche-structure
version: 1
comptabilite: helios
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT {number}" # pour mémoire
  type_identifiant: SIRET
  identifiant: "{siret}"
  statut: ACTIF
  libelle: "Commune de Valmont {number}"
  adresse_electronique: "factures{number}@valmont.example"
  recevoir_cycles_de_vie_edi: false
  emetteur_flux_edi: false
  demande_rattachement_active: true
  centre_gestion_agricole: false
  structure_privee: false
adresse_postale:
  adresse: "{number} rue de l'Église"
  complement_1: "Hôtel de ville"
  code_postal: "{postal}"
  ville: "VALMONT"
  pays: "France"
  telephone: "+33 545222040"
services:
  - code: "FACTURES_PUBLIQUES" # le service par défaut, à ne pas modifier
    libelle: "Service des factures publiques"
    actif: true
"""
_SERVICE = """\
  - code: "SERVICE-{index}"
    libelle: "Service technique n° {index}"
    actif: true
    engagement_obligatoire: false
"""
_USER = """\
  - ref: "agent-{index}"
    role: UTILISATEUR_SIMPLE
    habilitations: ["Organisation modification"]
"""
_TAIL = """\
parametres:
  reception_donnees_edi: false
  engagement_juridique_obligatoire: false
  structure_avec_moa: false
  code_service_obligatoire: false
  mise_en_paiement_non_remontee: false
  engagement_ou_code_service_obligatoire: false
"""


def sheet(number: int) -> str:
    """Return the text of the sheet with this number: the same number, the same text."""
    chance = random.Random(number)  # noqa: S311 - variety, not secrecy
    parts = [_HEAD.format(number=number, siret=siret(number), postal=f"{chance.randint(1000, 95999):05}")]
    parts += [_SERVICE.format(index=index) for index in range(chance.randint(1, 9))]
    parts += ['utilisateurs:\n  - ref: "dgs"\n    role: GESTIONNAIRE_PRINCIPAL\n']
    parts += [_USER.format(index=index) for index in range(chance.randint(1, 7))]
    return "".join([*parts, _TAIL])


def siret(number: int) -> str:
    """Return a SIRET whose two check digits are right (Luhn on 9 and on 14 digits)."""
    siren = _checked(f"21{number:06}")
    return _checked(f"{siren}0001")


def write(folder: Path, count: int) -> None:
    """Write `count` sheets into `structures/` of a folder."""
    (folder / "structures").mkdir(parents=True)
    for number in range(count):
        (folder / "structures" / f"{siret(number)}.yaml").write_text(sheet(number), encoding="utf-8")


def _checked(digits: str) -> str:
    doubled = (int(digit) * (2 if index % 2 == 0 else 1) for index, digit in enumerate(reversed(digits)))
    return digits + str(-sum(value // 10 + value % 10 for value in doubled) % 10)
