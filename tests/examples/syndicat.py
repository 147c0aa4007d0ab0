"""A syndicat and its 300 members, the same at every call: communes, their water budgets, their CCAS.

Everything is invented; the SIRETs only have the right form and checksum.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from stdnum import luhn

MEMBERS: Final = 300
_SHAPES: Final = 3

_SHEET: Final = """\
type: fiche-structure
version: 1
comptabilite: helios
informations_generales:
  raison_sociale: "{official}"
  type_identifiant: SIRET
  identifiant: "{siret}"
  statut: ACTIF
  libelle: "{label}"
  adresse_electronique: "{box}@membre-{town:03d}.example"
adresse_postale:
  adresse: "1 PLACE DE LA MAIRIE"
  code_postal: "16999"
  ville: "VALMONT {town:03d}"
  pays: "France"
  telephone: "+33 53649{phone:04d}"
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
    actif: true
{services}utilisateurs:
  - ref: "dgs-{town:03d}"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "assistance-syndicat"
    role: UTILISATEUR
    habilitations: ["Organisation modification"]
parametres:
  structure_avec_moa: false
  code_service_obligatoire: {code_wanted}
"""
_SERVICES: Final = """\
  - {code: "ST-TECH", libelle: "Services techniques", actif: true}
  - {code: "SCOLAIRE", libelle: "Affaires scolaires", actif: true}
"""
_ACCOUNT: Final = """\
type: compte-utilisateur
version: 1
ref: "{ref}"
informations_personnelles:
  adresse_electronique_contact: "{box}"
  nom: "{name}"
  prenom: "Camille"
adresse_postale: {{adresse: "1 PLACE DE LA MAIRIE", code_postal: "16999", ville: "VALMONT", pays: "France"}}
parametres: {{langue: "Français", notifications: [FACTURATION_CPRO]}}
"""
_PROJECT: Final = """\
type: projet
version: 1
langue: fr
portefeuille:
  nom: "Syndicat de la Touvre"
  echeance: "2099-12-31"
  budgets:
"""


def siret(member: int) -> str:
    """Return the SIRET of a member: a commune (21…), its water budget (same SIREN, next NIC) or its CCAS (26…)."""
    town, shape = divmod(member, _SHAPES)
    siren = _closed(f"{26 if shape == 2 else 21}169{town:03d}")
    return _closed(f"{siren}000{2 if shape == 1 else 1}")


def generate(root: Path) -> tuple[str, ...]:
    """Write the repository of the syndicat into a folder; return the SIRETs of its members."""
    for folder in ("structures", "comptes"):
        (root / folder).mkdir(parents=True)
    members = tuple(map(siret, range(MEMBERS)))
    for member, own in enumerate(members):
        (root / "structures" / f"{own}.yaml").write_text(_sheet(member, own), encoding="utf-8")
    towns = {f"dgs-{town:03d}": f"direction@membre-{town:03d}.example" for town in range(MEMBERS // _SHAPES)}
    for ref, box in {**towns, "assistance-syndicat": "assistance@syndicat-touvre.example"}.items():
        account = _ACCOUNT.format(ref=ref, box=box, name=ref.replace("-", " ").upper())
        (root / "comptes" / f"{ref}.yaml").write_text(account, encoding="utf-8")
    budgets = "".join(f'    - {{identifiant: "{own}"}}\n' for own in members)
    (root / "chorus-config.yaml").write_text(_PROJECT + budgets, encoding="utf-8")
    return members


def _sheet(member: int, own: str) -> str:
    town, shape = divmod(member, _SHAPES)
    name = f"Valmont {town:03d}"
    label, box = ((f"Commune de {name}", "factures"), (f"Commune de {name} - Eau", "eau"), (f"CCAS de {name}", "ccas"))[shape]
    return _SHEET.format(
        siret=own,
        town=town,
        phone=1000 + member,
        official=(f"CCAS {name}" if shape == 2 else f"COMMUNE DE {name}").upper(),
        label=label,
        box=box,
        services=_SERVICES if shape == 0 else "",
        code_wanted="true" if shape == 0 else "false",
    )


def _closed(digits: str) -> str:
    """Return digits with their check digit behind them."""
    return digits + str(luhn.calc_check_digit(digits))
