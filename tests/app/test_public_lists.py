"""Comparing with public lists: when they are read, for whom, what is told of lists that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from chorus_config.app import Events, OpenOptions, open_project, sources, validate_project
from chorus_config.app.validate import Validation
from chorus_config.model.observed.directory import Directory
from tests.samples import SHEET

FIRST, SECOND, THIRD = "21169999600016", "21169999600024", "26169990400015"
COLUMNS = (
    "TypeIdentifiant;Identifiant;RaisonSociale;EmetteurEdi;RecepteurEdi;GestionStatutMiseEnPaiement;GestionEngagement;"
    "GestionService;GestionServiceEngagement;EstMOA;EstMOAUniquement;StructureActive"
)
BUDGETS = f"""\
EXER;IDENT;LBUDG;NOMEN;CBUDG;SIREN
2025;{FIRST};VALMONT;M57;1;211699996
2025;{SECOND};EAU VALMONT;M49;2;211699996
"""


def structures(*rows: tuple[str, str, str]) -> str:
    """Return the list of structures, of (SIRET, name, whether active)."""
    return "\n".join([COLUMNS, *(f"SIRET;{siret};{name};0;0;0;0;0;0;0;0;{active}" for siret, name, active in rows)]) + "\n"


@dataclass
class Home:
    """A project on the disk, and what is said on the side when it is checked."""

    root: Path
    notes: list[str] = field(default_factory=list)

    def write(self, name: str, text: str) -> None:
        (self.root / name).parent.mkdir(exist_ok=True)
        (self.root / name).write_text(text, encoding="utf-8")

    def project(self, text: str = "") -> None:
        self.write("chorus-config.yaml", f"type: projet\nversion: 1\n{text}")

    def check(self, *paths: str, ready: bool = False) -> Validation:
        del self.notes[:]
        named = tuple(str(self.root / path) for path in paths)
        events = Events(note=self.notes.append)
        return validate_project(
            open_project(OpenOptions(self.root, language="en", day=date(2026, 11, 23), paths=named, ready=ready, events=events))
        )

    def told(self, *paths: str, ready: bool = False) -> list[tuple[str, str, str, str]]:
        """Return (rule, level, file, pointer) of what speaks of lists."""
        rules = {"CP054", "CP111", "CP013"}
        return [
            (one.rule, one.level, Path(one.path).stem, one.pointer)
            for one in self.check(*paths, ready=ready).findings
            if one.rule in rules
        ]


PORTFOLIO = (
    f'annuaire: "listes"\nportefeuille:\n  budgets:\n    - {{identifiant: "{FIRST}"}}\n    - {{identifiant: "{THIRD}"}}\n'
)
AT = "/informations_generales/identifiant"
CP054 = ("CP054", "warning", "chorus-config", "/portefeuille/budgets")
CP111 = ("CP111", "warning", THIRD, AT)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Two sheets in a portfolio: of one SIREN a budget is forgotten, the other structure is inactive in the list."""
    made = Home(tmp_path)
    for siret in (FIRST, THIRD):
        made.write(f"structures/{siret}.yaml", SHEET.replace(FIRST, siret))
    made.write("listes/structures.csv", structures((FIRST, "Commune de Valmont", "1"), (THIRD, "COMMUNE DE VALMONT", "0")))
    made.write("listes/budgets.csv", BUDGETS)
    made.project(PORTFOLIO)
    return made


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """The SIRENs of each reading of the lists."""
    found: list[frozenset[str]] = []
    real: Callable[..., Directory] = sources.read_lists

    def _read(project: Any, where: str, sirens: frozenset[str]) -> Directory:
        found.append(sirens)
        return real(project, where, sirens)

    monkeypatch.setattr(sources, "read_lists", _read)
    return found


def test_the_whole_project_is_compared_in_one_reading(home: Home, asked: list[frozenset[str]]) -> None:
    assert home.told() == [CP054, CP111]
    assert asked == [frozenset({"211699996", "261699904"})]
    assert home.notes == []


def test_the_remedy_is_a_line_to_paste(home: Home) -> None:
    (found,) = [one for one in home.check().findings if one.rule == "CP054"]
    assert f'`- {{identifiant: "{SECOND}", libelle: "EAU VALMONT"}}`' in found.help
    row = f'    - {{identifiant: "{SECOND}", libelle: "EAU VALMONT"}}\n'
    home.project(PORTFOLIO + row)
    assert home.told() == [CP111]


@pytest.mark.parametrize(
    ("name", "expected", "sirens"),
    [
        (f"structures/{THIRD}.yaml", [CP111], {"261699904"}),
        (f"structures/{FIRST}.yaml", [], {"211699996"}),
        ("chorus-config.yaml", [CP054], {"211699996", "261699904"}),
    ],
)
def test_of_named_files_only_what_concerns_them(
    home: Home, asked: list[frozenset[str]], name: str, expected: list[Any], sirens: set[str]
) -> None:
    assert home.told(name) == expected
    assert asked == [frozenset(sirens)]


def test_of_a_sheet_that_only_speaks_of_a_named_one_nothing_is_asked(home: Home, asked: list[frozenset[str]]) -> None:
    home.write(f"structures/{THIRD}.yaml", SHEET.replace(FIRST, THIRD) + "# 211699996\n")
    assert home.told(f"structures/{FIRST}.yaml") == []
    assert asked == [frozenset({"211699996"})]


@pytest.mark.parametrize(
    "text",
    [
        PORTFOLIO.replace('annuaire: "listes"\n', ""),
        PORTFOLIO + 'regles: {CP054: "off", CP111: "off"}\n',
        PORTFOLIO + "environnement: qualification\n",
    ],
)
def test_where_nothing_is_to_be_compared_nothing_is_read(home: Home, asked: list[frozenset[str]], text: str) -> None:
    home.project(text)
    assert home.told() == []
    assert asked == []
    assert home.notes == []


def test_of_nobody_nothing_is_asked(home: Home, asked: list[frozenset[str]]) -> None:
    """A source that is asked for nobody in particular would read all it has."""
    home.project('annuaire: "listes"\n')
    for path in (home.root / "structures").iterdir():
        path.write_text("type: fiche-structure\n", encoding="utf-8")
    home.check()
    assert asked == []


def test_one_rule_may_be_off(home: Home) -> None:
    home.project(PORTFOLIO + 'regles: {CP054: "off", CP111: error}\n')
    assert home.told() == [("CP111", "error", THIRD, AT)]


def test_a_sheet_that_is_not_listed_so_is_not_ready(home: Home) -> None:
    done = home.check(ready=True)
    assert [(one.level, one.rule) for one in done.findings if one.rule in {"CP054", "CP111"}] == [
        ("warning", "CP054"), ("error", "CP111")
    ]  # fmt: skip
    assert [(owner, ready) for owner, _label, ready in done.sheets] == [(FIRST, True), (THIRD, False)]
    # That is so whether or not going live is asked for.
    calm = home.check()
    assert calm.sheets == done.sheets
    assert calm.index is not None
    assert {fact.owner: fact.ready for fact in calm.index.sheets()} == {FIRST: True, THIRD: False}


def remove(home: Home) -> None:
    for path in (home.root / "listes").iterdir():
        path.unlink()
    (home.root / "listes").rmdir()


def damage(home: Home) -> None:
    (home.root / "listes" / "structures.csv").write_bytes(b"PK\x03\x04 cut")


def empty(home: Home) -> None:
    for path in (home.root / "listes").iterdir():
        path.unlink()


def lead_out(home: Home) -> None:
    remove(home)
    outside = home.root.parent / "elsewhere"
    outside.mkdir(exist_ok=True)
    (outside / "structures.csv").write_text(structures((FIRST, "X", "1")), encoding="utf-8")
    (home.root / "listes").symlink_to(outside)


def lead_out_inside(home: Home) -> None:
    outside = home.root.parent / "elsewhere.csv"
    outside.write_text(structures((FIRST, "X", "1")), encoding="utf-8")
    (home.root / "listes" / "structures.csv").unlink()
    (home.root / "listes" / "structures.csv").symlink_to(outside)


@pytest.mark.parametrize("spoil", [remove, damage, empty, lead_out, lead_out_inside])
def test_lists_that_cannot_be_read_stop_nobody(home: Home, spoil: Callable[[Home], None]) -> None:
    waiver = f'derogations:\n  - {{regle: CP111, fiche: "{THIRD}", motif: "m", jusqu_au: "2027-12-31"}}\n'
    home.project(PORTFOLIO + waiver)
    assert home.told() == [CP054]
    spoil(home)
    # A waiver of what was not compared is not without need.
    assert home.told() == []
    (note,) = home.notes
    assert note.startswith("note: sheets and budgets were not compared with the public lists (listes): ")
    assert home.told(ready=True) == [("CP054", "warning", "chorus-config", "/annuaire")]
    assert home.told(f"structures/{THIRD}.yaml", ready=True) == []


def test_a_waiver_that_the_lists_do_not_need_is_told(home: Home) -> None:
    waiver = f'derogations:\n  - {{regle: CP111, fiche: "{FIRST}", motif: "m", jusqu_au: "2027-12-31"}}\n'
    home.project(PORTFOLIO + waiver)
    assert ("CP013", "warning", "chorus-config", "/derogations/0/regle") in home.told()


def test_a_budget_that_is_not_ours_is_waived(home: Home) -> None:
    waiver = f'derogations:\n  - {{regle: CP054, fiche: "{SECOND}", motif: "de la régie", jusqu_au: "2027-12-31"}}\n'
    home.project(PORTFOLIO + waiver)
    assert home.told() == [CP111]
