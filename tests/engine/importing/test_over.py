"""What people filled in goes into a sheet by span: it says all of it then, and its comments are where they were."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import pytest
from hypothesis import given, settings

from chorus_config.diff.expand import root_of
from chorus_config.engine.importing.over import written_over
from chorus_config.engine.importing.sheet import draft_account, draft_sheet, says_the_same
from chorus_config.engine.importing.text import sheet_text
from chorus_config.i18n.translator import translator_for
from chorus_config.model.snapshot import Record
from chorus_config.yamltext.edit import CannotEdit
from chorus_config.yamltext.parse import parse
from tests.diff.strategies import Pair, pairs

law = settings(max_examples=60, deadline=None, database=None)
SIRET: Final = "21160999500017"

SHEET: Final = """\
# tête
type: fiche-structure
version: 1
informations_generales:
  identifiant: "21160999500017" # vérifié
  libelle: 'Régie' # le nom
  statut: ACTIF
  adresse_electronique: "a@v.example"
services: # ceux du portail
  # toujours là
  - code: FACTURES_PUBLIQUES
    libelle: "Service des factures publiques"
    actif: true
  # les travaux
  - code: TRAVAUX # ne pas toucher
    libelle: "Travaux"
    description: |
      une
      deux
    actif: true
    # jusqu’en 2027

  # l’état civil
  - {code: ECIVIL, libelle: "État civil", actif: true}
# les gens
utilisateurs:
  - ref: dgs
    role: UTILISATEUR_SIMPLE
    habilitations:
      - A # un
      - B # deux
# fin
"""


def over(text: str, **wanted: Any) -> str:
    """Return a sheet with what a table says of its structure."""
    former: Any = parse(text.encode()).data
    wanted.setdefault("informations_generales", {})["identifiant"] = SIRET
    draft = draft_sheet(Record(SIRET, {"type": "fiche-structure", **wanted}), former, exact=True)
    return written_over(text.encode(), draft).decode()


def services(*kept: str, **changed: Any) -> list[dict[str, Any]]:
    data: Any = parse(SHEET.encode()).data
    return [{**one, **changed.get(one["code"], {})} for one in data["services"] if one["code"] in kept]


def test_a_value_is_changed_where_it_stands() -> None:
    made = over(SHEET, informations_generales={"libelle": "Régie de l’eau", "statut": "INACTIF"})
    assert made == SHEET.replace("'Régie'", '"Régie de l’eau"').replace("ACTIF", "INACTIF")


def test_what_is_new_comes_last_and_what_is_gone_goes_with_its_comments() -> None:
    new = {"code": "EAU", "libelle": "Eau", "actif": True}
    made = over(SHEET, services=[*services("FACTURES_PUBLIQUES", "ECIVIL"), new])
    gone = SHEET[SHEET.index("  # les travaux") : SHEET.index("\n  # l’état civil")]
    assert made == SHEET.replace(gone, "").replace(
        "actif: true}\n", 'actif: true}\n  - {code: "EAU", libelle: "Eau", actif: true}\n'
    )


def test_the_last_entry_goes_and_the_comment_of_the_next_block_stays() -> None:
    made = over(SHEET, services=services("FACTURES_PUBLIQUES", "TRAVAUX"))
    assert made == SHEET.replace('  # l’état civil\n  - {code: ECIVIL, libelle: "État civil", actif: true}\n', "")


def test_a_list_is_emptied_and_filled_again() -> None:
    made = over(SHEET, utilisateurs=[])
    assert made.endswith("# les gens\nutilisateurs: []\n# fin\n")
    again = over(made, utilisateurs=[{"ref": "compta", "role": "UTILISATEUR_SIMPLE"}, {"ref": "dgs"}])
    assert again.endswith(
        '# les gens\nutilisateurs:\n  - ref: "compta"\n    role: "UTILISATEUR_SIMPLE"\n  - ref: "dgs"\n# fin\n'
    )


def test_a_list_that_is_not_there_is_written_as_a_block() -> None:
    made = over(SHEET, coordonnees_bancaires=[{"libelle": "Régie", "iban": "FR7630006000011234567890189"}])
    assert '\ncoordonnees_bancaires:\n  - libelle: "Régie"\n    iban: "FR7630006000011234567890189"\n' in made
    assert made.count("#") == SHEET.count("#")


def test_what_stands_on_several_lines_is_changed_too() -> None:
    travaux = {"description": "trois"}
    users = [{"ref": "dgs", "role": "UTILISATEUR_SIMPLE", "habilitations": ["B", "C"]}]
    made = over(SHEET, services=services("FACTURES_PUBLIQUES", "TRAVAUX", "ECIVIL", TRAVAUX=travaux), utilisateurs=users)
    changed = SHEET.replace("description: |\n      une\n      deux", 'description: "trois"')
    assert made == changed.replace("      - A # un\n", "").replace("B # deux\n", 'B # deux\n      - "C"\n')


def test_an_account_keeps_its_comments() -> None:
    text = '# Paul\ntype: compte-utilisateur\nversion: 1\nref: "paul"\ninformations_personnelles:\n  nom: "X" # à vérifier\n'
    former: Any = parse(text.encode()).data
    body = {"type": "compte-utilisateur", "ref": "paul", "informations_personnelles": {"nom": "Y"}}
    draft = draft_account(Record("comptes/paul", body), former)
    assert written_over(text.encode(), draft).decode() == text.replace('"X"', '"Y"')


@pytest.mark.parametrize("text", [SHEET + "fin: [\n", SHEET.replace("TRAVAUX #", "ECIVIL #") + "services: []\n"])
def test_a_file_with_errors_is_left_to_others(text: str) -> None:
    draft = draft_sheet(Record(SIRET, {"informations_generales": {"identifiant": SIRET}}), exact=True)
    with pytest.raises(CannotEdit):
        written_over(text.encode(), draft)


@law
@given(pairs())
def test_it_says_all_that_is_wanted_and_comments_stay(pair: Pair) -> None:
    root = str(root_of(pair.before))
    make = draft_account if root.startswith("comptes/") else partial(draft_sheet, exact=True)
    text = sheet_text(make(Record(root, pair.before)), ("tête",), translator_for("fr"))
    raw = "".join(
        f"{line}\n# {n}\n" if not line.startswith(" ") else f"{line}\n" for n, line in enumerate(text.splitlines())
    ).encode()
    former: Any = parse(raw).data
    draft = make(Record(root, pair.after), former)
    made = written_over(raw, draft)
    after: Any = parse(made).data
    assert says_the_same(after, draft.body)
    assert [line for line in made.decode().splitlines() if line.startswith("# ")] == [
        line for line in raw.decode().splitlines() if line.startswith("# ")
    ]
