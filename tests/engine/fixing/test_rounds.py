"""The laws of mending, on sheets at random: twice is once, nothing outside the spans changes, no error is added."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chorus_config.engine.fixing import quoting
from chorus_config.engine.fixing.catalogue import FIXES, FixRow
from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.engine.fixing.rounds import mend_text, name_for, with_fixes
from chorus_config.model.finding import Fault
from chorus_config.model.fixing import MendedText
from chorus_config.model.project import TextFile
from chorus_config.rules.catalogue import RULES
from chorus_config.yamltext.spans import applied
from tests.samples import ACCOUNT, SHEET, changed, checked, file_name, setting

# Faults that people make, by where they stand: a piece of the smallest sheet, and what they write in its place.
FAULTS: Final = {
    '"21169999600016"': ("211 699 996 00016", '"21169999600016 "', "21169999600016", '"2116999960001"', '"21169999600017"'),
    '"16000"': ("01000", '"16 000"', '"1000"', '"F-16000"', "NO", "~"),
    '"France"': ("Frnace", '"france "', "“France”", '"Frannnce"', "NO"),
    '"factures@valmont.example"': ("mailto:factures@valmont.example", '"a@b@c"', '"factures @valmont.example"', "''"),
    "  libelle:": ("  libellé:", "  Libelle :", "\tlibelle:", "  nom:", "  statut: Actif\n  libelle:", "  libele:"),
    "adresse_postale:": ("Adresse postale:", "adresse_postal:", "adresse_postale: # siège"),
    "version: 1": ('version: "1"', "# version", "version: 1.0"),
    '"1 place de la Mairie"': ('"1  place\\tde la Mairie"', "|\n    1 place\n    BP 12", '"1\u00a0place"', "'l''église '"),
    '"VALMONT"': ("VAL\u200bMONT", '"«VALMONT"', '"TrÃ©bourg"', "null"),
}
TAILS: Final = (
    "", "  telephone: 05 45 22 20 40\n", '  fax: "+33 (0)5.45.22.20.41" # fax\n', "services:\n  - code: ST\n    libelle: T\n",
    "parametres:\n  structure_avec_moa: oui\n",
    "utilisateurs:\n  - ref: a\n    role: Gestionnaire principal\n    services: X\n",
    "remarque: {a: [1, 2]} # rien\n",
    "services:\n  - code: 'ST '\n    libelle: A\n  - code: ' ST'\n    libelle: B\n",
)  # fmt: skip

PUBLIC: Final = 'services:\n  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'

# Faults with which other values cannot be judged; what becomes of any other brings no error to light elsewhere.
HIDING: Final = frozenset({"CP007", "CP008", "CP009", "CP206", "CP601"})


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """Draw a sheet with some faults, its lines ended in one way or another."""
    text = SHEET
    for old in draw(st.lists(st.sampled_from(sorted(FAULTS)), max_size=5, unique=True)):
        text = text.replace(old, draw(st.sampled_from(FAULTS[old])), 1)
    text += draw(st.sampled_from(TAILS))
    mark = draw(st.sampled_from((b"", b"\xef\xbb\xbf")))
    return mark + text.replace("\n", draw(st.sampled_from(("\n", "\r\n")))).encode()


def mended(raw: bytes, *, unsafe: bool = False) -> MendedText:
    """Return what a sheet becomes."""
    return mend_text(TextFile(file_name(raw), raw), setting(), unsafe=unsafe)


@settings(max_examples=60, deadline=None)
@given(sheets(), st.booleans())
def test_mending_twice_is_mending_once(raw: bytes, unsafe: bool) -> None:
    once = mended(raw, unsafe=unsafe)
    again = mended(once.raw, unsafe=unsafe)
    assert (again.raw, again.done) == (once.raw, ())


@settings(max_examples=60, deadline=None)
@given(sheets(), st.booleans())
def test_mending_adds_no_error(raw: bytes, unsafe: bool) -> None:
    made = mended(raw, unsafe=unsafe)
    before, after = (Counter(one.level for one in checked(one).findings)["error"] for one in (raw, made.raw))
    hidden = checked(raw).document is None or any(one.rule in HIDING for one in made.done)
    assert after <= before or hidden
    if not made.done:
        assert made.raw == raw


@settings(max_examples=60, deadline=None)
@given(sheets())
def test_a_line_that_nothing_was_found_in_stays_and_so_do_comments(raw: bytes) -> None:
    made = mended(raw, unsafe=True).raw
    for line in raw.split(b"\n"):
        comment = line[line.index(b"#") :] if b" #" in line else b""
        assert comment.rstrip(b"\r") in made
    assert made.startswith(b"\xef\xbb\xbf") is raw.startswith(b"\xef\xbb\xbf")
    assert (b"\r\n" in made) is (b"\r\n" in raw)


@settings(max_examples=40, deadline=None)
@given(sheets())
def test_a_fix_that_is_shown_is_made_of_edits_that_can_be_made(raw: bytes) -> None:
    found = checked(raw).findings
    text = TextFile(file_name(raw), raw)
    fixed = with_fixes(text, found, setting())
    assert [(one.rule, one.span) for one in fixed] == [(one.rule, one.span) for one in found]
    for one in fixed:
        if one.fix is not None:
            assert applied(raw, one.fix.edits) != raw
    for unsafe in (False, True):
        promised = {(one.rule, one.pointer) for one in fixed if one.fix is not None and (unsafe or one.fix.safe)}
        left = {(one.rule, one.pointer) for one in mended(raw, unsafe=unsafe).left if one.pointer}
        assert not promised & left


@pytest.mark.parametrize("codes", [("ST", "ST "), ("ST ", "ST")])
def test_a_fix_that_would_bring_an_error_is_not_made(codes: tuple[str, str]) -> None:
    # Without its blanks the code is one that another service has.
    text = SHEET + PUBLIC + "".join(f'  - code: "{code}"\n    libelle: "A"\n' for code in codes)
    made = mended(text.encode())
    assert made.raw == text.encode()
    assert [(one.finding.rule, one.stopped_by) for one in made.refused] == [("CP016", (("CP403", "Service codes are unique"),))]
    assert [one.rule for one in made.left] == ["CP016"]


def test_a_fix_that_would_change_another_value_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def _too_much(fault: Fault, file: FaultyFile) -> Mend | None:
        made = quoting.mend(fault, file)
        other = file.rewritten(("informations_generales", "libelle"), "Ville de Valmont")
        return replace(made, edits=(*made.edits, *other.edits)) if made is not None and other is not None else None

    raw = changed(SHEET, '"16000"', "16000").encode()
    assert mended(raw).raw == SHEET.encode()
    monkeypatch.setattr(FixRow, "mend", property(lambda _row: _too_much))
    made = mended(raw)
    assert (made.raw, [(one.finding.rule, one.stopped_by) for one in made.refused]) == (raw, [("CP006", ())])


@pytest.mark.parametrize(
    ("old", "new", "fixed", "left"),
    [
        ("", "utilisateurs:\n  - ref: a\n    role: Utilisateur simple\n", "role: UTILISATEUR\n", ["CP602"]),
        ('SIRET\n  identifiant: "21169999600016"', "siret\n  identifiant: 211 699 996 00017",
         'SIRET\n  identifiant: "21169999600017"', ["CP102"]),
        ("", f"{PUBLIC}parametres:\n  code_service_obligatoire: oui\n", "code_service_obligatoire: true\n", ["CP702"]),
        ('"16000"\n  ville: "VALMONT"\n  pays: "France"', '"1600A"\n  ville: "VALMONT"\n  pays: "Frnace"',
         '  pays: "France"', ["CP202"]),
    ],
)  # fmt: skip
def test_what_a_fault_hid_is_no_reason_to_leave_it(old: str, new: str, fixed: str, left: list[str]) -> None:
    raw = (changed(SHEET, old, new) if old else SHEET + new).encode()
    made = mended(raw)
    assert fixed in made.raw.decode()
    assert ([one.rule for one in made.left], made.refused) == (left, ())


def test_validate_promises_only_what_is_mended() -> None:
    twice = "".join(f'  - code: "{code}"\n    libelle: "A"\n' for code in ("ST ", " ST"))
    raw = (SHEET + PUBLIC + twice).encode()
    found = with_fixes(TextFile(file_name(raw), raw), checked(raw).findings, setting())
    assert [one.fix is not None for one in found if one.rule == "CP016"] == [True, False]


def test_an_empty_list_of_services_is_filled_only_when_asked_for() -> None:
    raw = f"{SHEET}services: [] # aucun\n".encode()
    assert mended(raw).raw == raw
    made = mended(raw, unsafe=True)
    assert (made.left, made.refused) == ((), ())
    assert b'services: [{code: "FACTURES_PUBLIQUES",' in made.raw
    assert made.raw.endswith(b"}] # aucun\n")


def test_what_is_waived_or_switched_off_is_left_alone() -> None:
    raw = (SHEET + "  telephone: 05 45 22 20 40\n").encode()
    quiet = replace(setting(), project=replace(setting().project, levels={"CP203": "off"}))
    assert mend_text(TextFile(file_name(raw), raw), quiet).raw == raw


def test_no_number_is_guessed_where_the_country_is_not_said() -> None:
    for country in ("Belgique", "Polynésie française"):
        text = changed(SHEET, '"France"', f'"{country}"') + '  telephone: "05 45 22 20 40"\n'
        assert mended(text.encode(), unsafe=True).raw == text.encode().replace(b'"16000"', b'"16000"')
    without = changed(SHEET, '  pays: "France"\n', "") + '  telephone: "05 45 22 20 40"\n'
    assert b'"05 45 22 20 40"' in mended(without.encode(), unsafe=True).raw


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("0590 12 34 56", "+590 590123456"), ("0692 12 34 56", "+262 692123456"), ("0696123456", "+596 696123456"),
        ("0508 41 00 00", "+508 410000"), ("0594 12 34 56", "+594 594123456"), ("+32.2.501.02.11", "+32 2 501 02 11"),
        ("33 5 45 22 20 40", "+33 545222040"), ("Tél : 05 45 22 20 40", "+33 545222040"),
        ("+33.5.45.22.20.40", "+33 545222040"),
        ("3939", ""), ("05 45 22 20 40 poste 12", ""), ("00 32 2 501 02 11", "+3225010211"),
    ],
)  # fmt: skip
def test_a_number_gets_the_code_of_its_territory(written: str, meant: str) -> None:
    text = f'{SHEET}  telephone: "{written}"\n'
    assert mended(text.encode()).raw.decode() == (text.replace(f'"{written}"', f'"{meant}"') if meant else text)


def test_an_account_is_mended_by_its_own_rules() -> None:
    text = changed(changed(ACCOUNT, '"dgs@valmont.example"', '"<dgs@valmont.example>"'), "true", "Oui")
    made = mend_text(TextFile("dgs.yaml", text.encode(), "compte-utilisateur"), setting())
    assert b'"dgs@valmont.example"' in made.raw
    assert b"recevoir_notifications: true" in made.raw


def test_a_name_is_asked_for_only_where_the_rule_asks_for_it() -> None:
    assert name_for(TextFile("structures/valmont.yaml", SHEET.encode()), setting()) == "21169999600016.yaml"
    assert name_for(TextFile("21169999600016.yaml", SHEET.encode()), setting()) == ""


def test_every_fix_is_of_a_rule_and_can_be_found() -> None:
    assert set(FIXES) <= set(RULES)
    assert [row.rule for row in FIXES.values()] == sorted(FIXES)
    for row in FIXES.values():
        assert row.rule == "CP012" or callable(row.mend)


# A sheet as somebody writes it who knows the screens of the portal, and no YAML.
FIRST_TRY: Final = """\
# Fiche de la commune
type: Fiche structure
version: "1"
Informations générales:
  Raison sociale: COMMUNE DE VALMONT   # comme à l'INSEE
  type_identifiant: siret
  SIRET: 211 699 996 00016
  libellé: “Commune de Valmont”
  date_creation: 13/07/2016
  statut: Actif
  e-mail: mailto:factures@valmont.example
Adresse:
\tadresse: 1  place de la Mairie
\tCP: 16000
\tville: VALMONT
\tpays: Frnace
\ttél: 05.45.22.20.40
services:
- code: ST-TECH
  libellé: Services techniques
  actif: oui
utilisateurs:
- ref: dgs
  rôle: Gestionnaire principal
  services: ST-TECH
- ref: compta
  role: Utilisateur simple
paramètres:
  code service obligatoire: non
  engagement: Non # rien d'obligatoire
"""
FIRST_SHEET: Final = """\
# Fiche de la commune
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: COMMUNE DE VALMONT   # comme à l'INSEE
  type_identifiant: SIRET
  identifiant: "21169999600016"
  libelle: "Commune de Valmont"
  date_creation: "2016-07-13"
  statut: ACTIF
  adresse_electronique: "factures@valmont.example"
adresse_postale:
  adresse: "1 place de la Mairie"
  code_postal: "16000"
  ville: VALMONT
  pays: "France"
  telephone: "+33 545222040"
services:
- code: ST-TECH
  libelle: Services techniques
  actif: true
- code: "FACTURES_PUBLIQUES"
  libelle: "Service des factures publiques"
  actif: true
utilisateurs:
- ref: dgs
  role: GESTIONNAIRE_PRINCIPAL
  services: ["ST-TECH"]
- ref: compta
  role: UTILISATEUR
parametres:
  code_service_obligatoire: false
  engagement_juridique_obligatoire: false # rien d'obligatoire
"""


def test_a_first_try_of_somebody_who_knows_the_portal_is_a_sheet_in_one_go() -> None:
    made = mended(FIRST_TRY.encode())
    assert made.raw.decode() == FIRST_SHEET
    assert (len(made.done), made.left, made.refused) == (33, (), ())


@pytest.mark.parametrize("word", ["oui", "OUI", "vrai", "True", "yes", '"true"', "1"])
def test_a_word_that_says_active_is_mended_safely_for_the_service_that_has_to_be(word: str) -> None:
    text = f"{SHEET}{PUBLIC}    actif: {word}\n"
    assert mended(text.encode()).raw == f"{SHEET}{PUBLIC}    actif: true\n".encode()
