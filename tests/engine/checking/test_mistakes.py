"""One hundred mistakes of people who write sheets: each is told by at most two findings, its cause first."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

import pytest

from tests.samples import changed, verdict

if TYPE_CHECKING:
    from chorus_config.model.finding import Finding
    from chorus_config.model.project import FileKind

SHEET: Final = """\
type: fiche-structure
version: 1
comptabilite: helios
raccordement: {mode: EDI, operateur: "BERGER"}
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  statut: ACTIF
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  recevoir_cycles_de_vie_edi: true
  structure_privee: false
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
  telephone: "+33 545222040"
services:
  - code: "FACTURES_PUBLIQUES"
    libelle: "Service des factures publiques"
    actif: true
  - code: "ST-TECH"
    libelle: "Services techniques"
    date_debut: "2016-09-01"
    date_fin: "2050-12-31"
  - code: "CULTURE"
    libelle: "Culture"
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
  - ref: "compta"
    role: UTILISATEUR_SIMPLE
    habilitations: ["Organisation modification"]
    services: ["ST-TECH"]
parametres:
  reception_donnees_edi: false
  engagement_juridique_obligatoire: false
  code_service_obligatoire: false
"""
ACCOUNT: Final = """\
type: compte-utilisateur
version: 1
ref: "dgs"
informations_personnelles:
  adresse_electronique_contact: "dgs@valmont.example"
  nom: "MARTIN"
  prenom: "Alix"
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
parametres:
  langue: "Français"
  recevoir_notifications: true
"""
PROJECT: Final = """\
type: projet
version: 1
langue: fr
date_de_reference: "2016-10-01"
structures: ["structures/**/*.yaml"]
portefeuille:
  echeance: "2016-10-31"
  budgets:
    - {identifiant: "25160278500015", libelle: "Budget principal"}
regles:
  CP701: info
derogations:
  - {regle: CP102, fiche: "20008531400013", motif: "connu de l'INSEE", jusqu_au: "2027-12-31"}
seuils: {structures: 50}
"""
BASES: Final[dict[FileKind, str]] = {"fiche-structure": SHEET, "compte-utilisateur": ACCOUNT, "projet": PROJECT}


class Mistake(NamedTuple):
    """One edit of a good file: what stood there, what somebody wrote, the rule that names the cause, and at which line.

    `line` counts from the first line of what was edited: 0 for that line itself.
    """

    old: str
    new: str
    rule: str
    line: int = 0
    kind: FileKind = "fiche-structure"


A: Final[FileKind] = "compte-utilisateur"
P: Final[FileKind] = "projet"
FP: Final = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n    actif: true\n'

MISTAKES: Final = (
    # The document itself
    Mistake("type: fiche-structure", "type: fiche_structure", "CP009"),
    Mistake("type: fiche-structure\n", "", "CP008"),
    Mistake("version: 1\n", "", "CP008", -1),
    Mistake("version: 1", "version: 2", "CP009"),
    Mistake("version: 1", "vresion: 1", "CP007"),
    Mistake("informations_generales:", "informations_general:", "CP007"),
    Mistake("informations_generales:", "Informations générales:", "CP007"),
    Mistake("informations_generales:\n", "", "CP001"),
    Mistake("adresse_postale:\n", "", "CP007"),
    Mistake("adresse_postale:", "  adresse_postale:", "CP007"),
    Mistake("adresse_postale:", "adresse postale:", "CP007"),
    Mistake("parametres:\n", "parametre:\n", "CP007"),
    Mistake("version: 1", "version 1", "CP001"),
    Mistake("version: 1\n", "version: 1\n\tcomptabilite: helios\n", "CP001", 1),
    # Identity
    Mistake('"21169999600016"', '"211 699 996 00016"', "CP101"),
    Mistake('"21169999600016"', '"2116999960001"', "CP101"),
    Mistake('"21169999600016"', '"21169999600017"', "CP102"),
    Mistake('"21169999600016"', "21169999600016", "CP006"),
    Mistake('"21169999600016"', '""', "CP101"),
    Mistake('  identifiant: "21169999600016"\n', "", "CP008", -3),
    Mistake("  identifiant:", "  siret:", "CP007"),
    Mistake("  raison_sociale:", "  Raison sociale:", "CP007"),
    Mistake("type_identifiant: SIRET", "type_identifiant: SIREN", "CP009"),
    Mistake("type_identifiant: SIRET", "type_identifiant: Siret", "CP009"),
    Mistake("type_identifiant: SIRET", "type_identifiant: RIDET", "CP103"),
    Mistake("statut: ACTIF", "statut: Active", "CP009"),
    Mistake("statut: ACTIF", "statut: oui", "CP009"),
    Mistake("statut: ACTIF", "statut:", "CP009"),
    Mistake("statut: ACTIF", "statut: INACTIF", "CP108"),
    Mistake('"Commune de Valmont"', '""', "CP104"),
    Mistake('"Commune de Valmont"', "", "CP006"),
    Mistake('"Commune de Valmont"', '"Mairie"', "CP105"),
    Mistake('"Commune de Valmont"', '"Commune de XXX"', "CP010"),
    Mistake('  libelle: "Commune de Valmont"', '  libelle: "Commune de Valmont', "CP001"),
    Mistake('  libelle: "Commune de Valmont"\n', '  libelle: "Commune de Valmont"\n  libelle: "Valmont"\n', "CP004", 1),
    Mistake('"factures@valmont.example"', '"factures.valmont.example"', "CP106"),
    Mistake('"factures@valmont.example"', '"a@valmont.example, b@valmont.example"', "CP106"),
    Mistake('"factures@valmont.example"', '"TODO"', "CP106"),
    Mistake("  adresse_electronique:", "  email:", "CP007"),
    Mistake("structure_privee: false", "structure_privee: non", "CP009"),
    Mistake("structure_privee: false", 'structure_privee: "false"', "CP009"),
    Mistake("structure_privee: false", "structure_privee: true", "CP109"),
    Mistake("structure_privee: false", "structure_privee:", "CP009"),
    Mistake("comptabilite: helios", "comptabilite: Hélios", "CP009"),
    Mistake("comptabilite: helios", 'comptabilite: "hors Hélios"', "CP009"),
    Mistake("comptabilite: helios", "comptabilité: helios", "CP007"),
    Mistake("mode: EDI", "mode: FTP", "CP009"),
    Mistake("mode: EDI", "mode: PORTAIL", "CP110", 8),
    Mistake("raccordement:", "racordement:", "CP007"),
    # Address
    Mistake('"16000"', "16000", "CP006"),
    Mistake('"16000"', '"1600"', "CP202"),
    Mistake('"16000"', '"16 000"', "CP202"),
    Mistake('"16000"', '"00000"', "CP010"),
    Mistake('"16000"', '"à compléter"', "CP202"),
    Mistake('  ville: "VALMONT"\n', "", "CP008", -3),
    Mistake('  ville: "VALMONT"', '  vile: "VALMONT"', "CP007"),
    Mistake('  ville: "VALMONT"', '  Commune: "VALMONT"', "CP007"),
    Mistake('"VALMONT"', '""', "CP201"),
    Mistake('"VALMONT"', "", "CP006"),
    Mistake('"VALMONT"', "[VALMONT]", "CP009"),
    Mistake('  pays: "France"\n', 'pays: "France"\n', "CP001", 1),
    Mistake("  code_postal:", "  Code postal:", "CP007"),
    Mistake('"+33 545222040"', '"05 45 22 20 40"', "CP203"),
    Mistake('"+33 545222040"', '"+33 0545222040"', "CP203"),
    Mistake('"+33 545222040"', '"+33 545XXXXXX"', "CP203"),
    Mistake("  telephone:", "  tel:", "CP007"),
    # Services
    Mistake(FP, "", "CP401", -1),
    Mistake('"FACTURES_PUBLIQUES"', '"factures_publiques"', "CP401"),
    Mistake('"FACTURES_PUBLIQUES"', '"FACTURES PUBLIQUES"', "CP401"),
    Mistake('"Service des factures publiques"', '"Factures publiques"', "CP401"),
    Mistake("actif: true", "actif: false", "CP401"),
    Mistake("actif: true", "actif: oui", "CP009"),
    Mistake('  - code: "CULTURE"', '    code: "CULTURE"', "CP004"),
    Mistake('"CULTURE"', '"ST-TECH"', "CP403"),
    Mistake('"CULTURE"', '"st-tech"', "CP407"),
    Mistake('"CULTURE"', '""', "CP402"),
    Mistake('  - code: "CULTURE"\n    libelle: "Culture"', '  - libelle: "Culture"', "CP008"),
    Mistake('  - code: "CULTURE"', '  - cod: "CULTURE"', "CP007"),
    Mistake('  - code: "CULTURE"\n    libelle: "Culture"\n', '  - code: "CULTURE"\n', "CP404"),
    Mistake('    libelle: "Culture"', '    nom: "Culture"', "CP007"),
    Mistake('  - code: "ST-TECH"', '  - cod: "ST-TECH"', "CP007"),
    Mistake('date_fin: "2050-12-31"', 'date_fin: "31/12/2050"', "CP009"),
    Mistake('date_fin: "2050-12-31"', "date_fin: 2050-12-31", "CP006"),
    Mistake('date_fin: "2050-12-31"', 'date_fin: "2015-12-31"', "CP405"),
    # Users
    Mistake("role: GESTIONNAIRE_PRINCIPAL", "role: Gestionnaire principal", "CP601"),
    Mistake("role: UTILISATEUR_SIMPLE", "role: Simple utilisateur", "CP601"),
    Mistake("role: GESTIONNAIRE_PRINCIPAL", "role: UTILISATEUR_SIMPLE", "CP602", -2),
    Mistake("role: UTILISATEUR_SIMPLE", "role: GESTIONNAIRE_PRINCIPAL", "CP602", -4),
    Mistake("role: UTILISATEUR_SIMPLE", "rôle: UTILISATEUR_SIMPLE", "CP007"),
    Mistake('ref: "compta"', 'ref: "dgs"', "CP605"),
    Mistake('["ST-TECH"]', '["ST-TEC"]', "CP505"),
    Mistake('["ST-TECH"]', '"ST-TECH"', "CP009"),
    Mistake("utilisateurs:\n", "", "CP007"),
    Mistake("habilitations:", "habilitation:", "CP007"),
    Mistake('  - ref: "compta"', '    ref: "compta"', "CP004"),
    # Settings
    Mistake("code_service_obligatoire: false", "code_service_obligatoire: oui", "CP009"),
    Mistake("code_service_obligatoire: false", "code_service: true", "CP007"),
    Mistake("engagement_juridique_obligatoire: false", "engagement_juridique_obligatoire: true", "CP701"),
    Mistake("reception_donnees_edi: false", "reception_donnees_edi: X", "CP009"),
    Mistake("parametres:\n", "parametres:\n  ville: x\n", "CP007", 1),
    # Accounts
    Mistake('  nom: "MARTIN"\n', "", "CP801", -2, A),
    Mistake('  nom: "MARTIN"', '  nmo: "MARTIN"', "CP007", 0, A),
    Mistake('"dgs@valmont.example"', '"dgs@valmont"', "CP803", 0, A),
    Mistake('  langue: "Français"\n', "", "CP801", -1, A),
    Mistake('  langue: "Français"', '  langue: "Français"\n  etat: "Actif"', "CP804", 1, A),
    Mistake('ref: "dgs"', "ref:", "CP006", 0, A),
    # Project
    Mistake("langue: fr", "langue: français", "CP009", 0, P),
    Mistake("  CP701: info", "  CP701: off", "CP006", 0, P),
    Mistake("regles:", "règles:", "CP007", 0, P),
    Mistake('"2016-10-31"', '"31/10/2016"', "CP009", 0, P),
    Mistake(', motif: "connu de l\'INSEE"', "", "CP015", 0, P),
    Mistake('structures: ["structures/**/*.yaml"]', 'structures: "structures/**/*.yaml"', "CP009", 0, P),
)


def _line(mistake: Mistake) -> int:
    """Return the line at which the cause is to be told."""
    base = BASES[mistake.kind]
    return base[: base.index(mistake.old)].count("\n") + 1 + mistake.line


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.old.strip()[:24]} → {mistake.new.strip()[:28]}")
def test_a_mistake_is_told_by_its_cause_first(mistake: Mistake) -> None:
    found = _found(mistake)
    assert [(found[0].rule, found[0].span.line)] == [(mistake.rule, _line(mistake))], [f.message for f in found]
    assert len(found) <= 2


def test_half_of_all_mistakes_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    counts = [len(_found(mistake)) for mistake in MISTAKES]
    assert len(MISTAKES) >= 100
    assert median(counts) == 1
    with capsys.disabled():
        figures = ", ".join(f"{counts.count(number)} told {number}x" for number in sorted(set(counts)))
        print(f"\nfindings per mistake, {len(counts)} mistakes: {figures}")  # noqa: T201 - a figure for whoever reads the run


@pytest.mark.parametrize("kind", BASES)
def test_before_the_edit_nothing_is_told(kind: FileKind) -> None:
    assert verdict(BASES[kind], kind) == ()


def _found(mistake: Mistake) -> tuple[Finding, ...]:
    return verdict(changed(BASES[mistake.kind], mistake.old, mistake.new), mistake.kind)
