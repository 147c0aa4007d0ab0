"""No IBAN is shown: wherever it was written, under whatever key, no command lets it out in any format, nor in what it saves."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chorus_config.cli.shared.format_names import FINDINGS_FORMATS, PLAN_FORMATS
from tests.model.test_iban import ibans
from tests.repository import begun

from .desk import ACCOUNT, EXAMPLE, IBAN, PROJECT, SHEET, SIRET, Desk

FILES: Final = (SHEET, ACCOUNT, PROJECT)
_ESCAPES: Final = re.compile(r"\\u[0-9a-f]{4}|\\n|%[0-9A-F]{2}|&[#a-z0-9]+;|\x1b\[[0-9;]*m")


def read_aloud(text: str) -> str:
    """Return the letters and digits of a text, without what formats put between them."""
    return re.sub("[^0-9A-Z]", "", _ESCAPES.sub("", text).upper())


def parts_in(text: str, number: str) -> list[str]:
    """Return the stretches of ten signs of an IBAN's hidden part that can be read in a text."""
    hidden, said = number[4:-4], read_aloud(text)
    width = min(10, len(hidden))
    return [part for part in (hidden[at : at + width] for at in range(len(hidden) - width + 1)) if part in said]


def some(formats: Sequence[str], turn: int) -> Sequence[str]:
    """Return two of some formats, others at each turn; all of them in a long run."""
    chosen = (formats[turn % len(formats)], formats[(turn + len(formats) // 2) % len(formats)])
    return formats if os.environ.get("CHORUS_CONFIG_SOAK") else tuple(dict.fromkeys(chosen))


def commands(turn: int) -> Iterator[tuple[str, ...]]:
    """Yield command lines that show something, in an order in which each has something to show."""
    findings, plans, both = (some([*names], turn) for names in (FINDINGS_FORMATS, PLAN_FORMATS, ("text", "json")))
    yield from (("validate", "--format", name) for name in findings)
    yield ("validate", "--ready", "--lang", "fr")
    yield from (("fix", "--diff", *more, "--format", both[turn % 2]) for more in ((), ("--unsafe",)))
    yield ("fix", "--check", "--unsafe")
    yield ("set", "adresse_postale.ville=X", "--target", "*", "--diff", "--format", both[turn % 2])
    yield from (("plan", "--format", name) for name in plans)
    yield ("plan", "--out", "plan.json", "--lang", "fr")
    yield from (("show", "plan.json", "--format", name) for name in plans)
    yield ("worksheet", "plan.json")
    yield ("apply", "plan.json", "--by", "Régie")
    yield from (("worksheet", "--format", name) for name in some(("text", "markdown", "json"), turn))
    yield from (("history", *which, "--format", both[turn % 2]) for which in ((), ("1",)))
    yield ("state", "list", "--format", both[turn % 2])
    yield from (("state", "show", SIRET, "--format", name) for name in both)
    yield ("confirm", "--all")
    yield ("confirm", "--all", "--format", "json")
    yield ("state", "show", SIRET, "--format", both[turn % 2])
    yield ("state", "forget", SIRET)
    yield ("plan", "--format", both[turn % 2])


def leaks(desk: Desk, number: str, lines: Iterator[tuple[str, ...]]) -> list[str]:
    """Run the commands and return those that let a part of the number out."""
    found = []
    for words in lines:
        ended = desk.run(*words)
        assert ended.code != 70, (words, ended.err)
        for name, text in (("out", ended.out), ("err", ended.err)):
            found += [f"{' '.join(words)} > {name}: {text}"] if parts_in(text, number) else []
    saved = desk.root / "plan.json"
    if saved.exists() and parts_in(saved.read_text(encoding="utf-8"), number):
        found.append("plan.json")
    return found


_ACCEPTED: Final = f'{{regle: CP905, adresse: "{SIRET}/utilisateurs/NUMBER", motif: "NUMBER", jusqu_au: "2030-12-31"}}'
# In each, NUMBER stands for the IBAN.
PLACES: Final = {
    "libellé": (SHEET, 'libelle: "SDITEC"', 'libelle: "Régie NUMBER"'),
    "misspelt key": (SHEET, "  statut:", '  ibn: "NUMBER"\n  statut:'),
    "as a key": (SHEET, "  statut:", '  NUMBER: "x"\n  statut:'),
    "raison sociale": (SHEET, 'raison_sociale: "', 'raison_sociale: "NUMBER '),
    "e-mail": (SHEET, 'adresse_electronique: "accueil', 'adresse_electronique: "NUMBER accueil'),
    "SIRET": (SHEET, f'identifiant: "{SIRET}"', 'identifiant: "NUMBER"'),
    "phone": (SHEET, 'telephone: "+33 545222040"', 'telephone: "NUMBER"'),
    "postal code": (SHEET, 'code_postal: "16000"', 'code_postal: "NUMBER"'),
    "long text": (SHEET, 'adresse: "30 RUE DENIS PAPIE"', f'adresse: "{"rue " * 18}NUMBER {"x" * 300}"'),
    "enumeration": (SHEET, "statut: INACTIF", 'statut: "NUMBER"'),
    "unquoted": (SHEET, "  statut:", "  libele: NUMBER\n  statut:"),
    "comment of a broken file": (SHEET, "  statut:", "  # NUMBER\n  statut"),
    "broken file": (SHEET, 'libelle: "SDITEC"', 'libelle: "NUMBER" "x'),
    "twice the same key": (SHEET, "  statut:", '  libelle: "NUMBER"\n  statut:'),
    "service": (
        SHEET,
        "    actif: true\nutilisateurs",
        '    actif: true\n  - code: "S-NUMBER"\n    libelle: "NUMBER"\n    description: "a\\nNUMBER"\nutilisateurs',
    ),
    "user": (SHEET, 'ref: "comptabilite-sditec"', 'ref: "NUMBER"'),
    "right": (SHEET, "    role: GESTIONNAIRE_PRINCIPAL", '    role: GESTIONNAIRE_PRINCIPAL\n    habilitations: ["NUMBER"]'),
    "unknown block": (SHEET, "adresse_postale:", 'banque: {compte: ["NUMBER", {cle: "NUMBER"}]}\nadresse_postale:'),
    "bank account": (
        SHEET,
        "services:",
        'depot_factures_hors_helios: true\ncoordonnees_bancaires:\n  - libelle: "Régie NUMBER"\n    iban: "NUMBER"\nservices:',
    ),
    "bank account, misspelt": (
        SHEET,
        "services:",
        'depot_factures_hors_helios: true\ncoordonnees_bancaires:\n  - libelle: "Régie"\n    ibna: "NUMBER"\nservices:',
    ),
    "opérateur": (SHEET, "informations_generales:", 'raccordement: {mode: EDI, operateur: "NUMBER"}\ninformations_generales:'),
    "account": (ACCOUNT, 'nom: "', 'nom: "NUMBER '),
    "account, unknown": (ACCOUNT, "parametres:", 'parametres:\n  rib: "NUMBER"'),
    "account, subscriptions": (ACCOUNT, "parametres:", 'abonnements: ["NUMBER"]\nparametres:'),
    "project, name": (PROJECT, "portefeuille:", 'portefeuille:\n  nom: "NUMBER"'),
    "project, unknown": (PROJECT, "portefeuille:", 'iban: "NUMBER"\nportefeuille:'),
    "project, glob": (PROJECT, "portefeuille:", 'structures: ["NUMBER/*.yaml", "structures/*.yaml"]\nportefeuille:'),
    "project, store": (PROJECT, "portefeuille:", 'registre: "sqlite:///NUMBER.sqlite3"\nportefeuille:'),
    "project, store that is none": (PROJECT, "portefeuille:", 'registre: "NUMBER"\nportefeuille:'),
    "waiver": (
        PROJECT,
        "portefeuille:",
        'derogations:\n  - {regle: CP105, fiche: "NUMBER", motif: "NUMBER", jusqu_au: "2030-12-31"}\nportefeuille:',
    ),
    "level": (PROJECT, "portefeuille:", 'regles: {NUMBER: info, CP701: "NUMBER"}\nportefeuille:'),
    "acceptance": (
        PROJECT,
        "portefeuille:",
        f"acceptations:\n  - {_ACCEPTED}\nportefeuille:",
    ),
}
WRITINGS: Final = {
    "compact": IBAN,
    "groups": "FR76 3000 6000 0112 3456 7890 189",
    "narrow": "FR76\u202f3000\u202f6000\u202f0112\u202f3456\u202f7890\u202f189",
}


def put(desk: Desk, place: tuple[str, str, str], written: str) -> None:
    """Write an IBAN in a place."""
    file, old, new = place
    text = desk.read(file)
    assert old in text, (file, old)
    (desk.root / file).write_text(text.replace(old, new.replace("NUMBER", written), 1), encoding="utf-8")


@pytest.mark.parametrize(("turn", "place"), [*enumerate(PLACES)])
def test_an_iban_in_any_place_is_masked_in_every_output(desk: Desk, turn: int, place: str) -> None:
    put(desk, PLACES[place], WRITINGS["compact" if turn % 2 else "groups"])
    assert leaks(desk, IBAN, commands(turn)) == []


@pytest.mark.parametrize(("turn", "place"), [*enumerate(("libellé", "service", "bank account"))])
def test_what_was_approved_and_changes_is_masked_on_both_sides(approved: Desk, turn: int, place: str) -> None:
    put(approved, PLACES[place], WRITINGS["narrow"])
    assert leaks(approved, IBAN, commands(turn)) == []


def test_a_comparison_of_two_commits_shows_none(desk: Desk) -> None:
    begun(desk.root)
    for place in ("libellé", "service", "bank account", "waiver"):
        put(desk, PLACES[place], WRITINGS["groups"])
    lines = (("diff", "HEAD", "--format", name) for name in PLAN_FORMATS)
    assert leaks(desk, IBAN, lines) == []


def test_what_a_source_says_shows_none(approved: Desk) -> None:
    own = {"libelle": f"Régie {IBAN}", "adresse_electronique": f"{IBAN}@sditec.fr"}
    bank = [{"libelle": f"Régie {WRITINGS['groups']}", "iban": IBAN}]
    body = {"informations_generales": own, "coordonnees_bancaires": bank}
    snapshot = {
        "format_version": "1.0", "type": "snapshot", "source": f"relevé {IBAN}", "taken_at": "2016-10-05T08:30:00Z",
        "records": [{"root": SIRET, "body": body}],
    }  # fmt: skip
    (approved.root / f"{IBAN}.json").write_text(json.dumps(snapshot), encoding="utf-8")
    name = f"{IBAN}.json"
    lines: list[tuple[str, ...]] = [("observe", name), ("observe", name, "--format", "json")]
    lines += [("drift", "--against", name, "--format", form) for form in ("text", "json")]
    lines += [("plan", "--against", name, "--format", form) for form in PLAN_FORMATS]
    lines += [("import", name, "--target", SIRET), ("import", name, "--target", f"{SIRET}#/libelle", "--format", "json")]
    lines += [("observe", name, "--record", "--yes", "--by", IBAN), ("history",), ("history", "--format", "json")]
    lines += [("state", "show", SIRET), ("drift", "--against", name), ("worksheet",)]
    assert leaks(approved, IBAN, iter(lines)) == []


def test_a_snapshot_that_is_saved_keeps_what_it_says(approved: Desk) -> None:
    body = {"coordonnees_bancaires": [{"libelle": "Régie", "iban": IBAN}]}
    snapshot = {
        "format_version": "1.0", "type": "snapshot", "source": "relevé", "taken_at": "2016-10-05T08:30:00Z",
        "records": [{"root": SIRET, "body": body}],
    }  # fmt: skip
    (approved.root / "releve.json").write_text(json.dumps(snapshot), encoding="utf-8")
    assert approved.run("observe", "releve.json", "-o", "copie.json").code == 0
    assert IBAN in approved.read("copie.json")


@pytest.mark.parametrize(
    "words",
    [
        ("validate", f"{IBAN}.yaml"),
        ("validate", "--select", IBAN),
        ("validate", "--format", IBAN),
        ("plan", "--accept", IBAN),
        ("plan", "--accept", f"CP905:{IBAN}=x"),
        ("plan", "--target", IBAN),
        ("plan", "--config", f"{IBAN}.yaml"),
        ("plan", "--out", f"{IBAN}/plan.json"),
        ("apply", f"{IBAN}.json"),
        ("show", f"{IBAN}.json"),
        ("diff", IBAN),
        ("explain", IBAN),
        ("state", "show", IBAN),
        ("state", "forget", IBAN),
        ("history", IBAN),
        ("lock", "release", IBAN),
        ("drift", "--against", IBAN),
        ("observe", f"piste:{IBAN}"),
        ("import", f"{IBAN}.json", "--target", SIRET),
        ("confirm", "--target", IBAN),
        ("worksheet", "--target", IBAN),
        ("-C", IBAN, "plan"),
        ("--as-of", IBAN, "plan"),
        (IBAN,),
        ("plan", f"--{IBAN}"),
    ],
)
def test_an_iban_on_the_command_line_is_not_repeated(desk: Desk, words: tuple[str, ...]) -> None:
    assert leaks(desk, IBAN, iter([words, (*words, "--format", "json")])) == []


@pytest.mark.parametrize("broken", ["", "\n  x: ["])
def test_an_iban_in_the_name_of_a_file_is_masked(desk: Desk, broken: str) -> None:
    for turn, written in enumerate((IBAN, WRITINGS["groups"])):
        sheet = desk.read(SHEET).replace(SIRET, "21160999500017").replace("INACTIF", "inactif") + broken
        (desk.root / f"structures/{written}.yaml").write_text(sheet, encoding="utf-8")
        assert leaks(desk, IBAN, commands(turn)) == []


TEXT_AT: Final = re.compile('"[^"\n]*"')


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_text_of_any_file_lets_one_out(desk: Desk, data: st.DataObject) -> None:
    """Any text of any file, under any key, with words around it."""
    for file in FILES:
        shutil.copy(Path(EXAMPLE) / file, desk.root / file)
    shutil.rmtree(desk.root / ".chorus-config", ignore_errors=True)
    number = data.draw(ibans)
    gap = data.draw(st.sampled_from(["", " ", "\u00a0", "-"]))
    written = gap.join(number[at : at + 4] for at in range(0, len(number), 4))
    file = data.draw(st.sampled_from(FILES))
    text = desk.read(file)
    found = data.draw(st.sampled_from([*TEXT_AT.finditer(text)]))
    around = data.draw(st.sampled_from(["{}", "IBAN {}", "{} (régie)", "a{}", "é {}. ", "x" * 70 + " {}"]))
    key = data.draw(st.sampled_from(["", "ibn: ", "note: ", "iban: "])) if text[: found.start()].endswith(": ") else ""
    changed = f'{text[: found.start()]}"{around.format(written)}"{text[found.end() :]}'
    if key:
        line = changed.rfind("\n", 0, found.start()) + 1
        name = changed.index(": ", line)
        changed = changed[:line] + re.sub(r"[a-z_]+$", key[:-2], changed[line:name]) + changed[name:]
    (desk.root / file).write_text(changed, encoding="utf-8")
    assert leaks(desk, number, iter([*commands(data.draw(st.integers(0, 8)))][::2])) == []


SECRETS: Final = {
    "account": (ACCOUNT, "parametres:", 'parametres:\n  KEY: "Soleil2016!"'),
    "account, at the root": (ACCOUNT, "parametres:", 'KEY: "Soleil2016!"\nparametres:'),
    "account, in a block": (ACCOUNT, "parametres:", 'acces: {KEY: "Soleil2016!"}\nparametres:'),
    "sheet": (SHEET, "  statut:", '  KEY: "Soleil2016!"\n  statut:'),
    "sheet, of a user": (SHEET, '- ref: "comptabilite-sditec"', '- ref: "comptabilite-sditec"\n    KEY: "Soleil2016!"'),
    "sheet, unquoted": (SHEET, "  statut:", "  KEY: 20161031\n  statut:"),
    "project": (PROJECT, "portefeuille:", 'KEY: "Soleil2016!"\nportefeuille:'),
}


@pytest.mark.parametrize("key", ["mot_de_passe", "mdp", "Password", "question_secrete", "identifiant_de_connexion"])
@pytest.mark.parametrize("place", SECRETS)
def test_a_secret_is_named_and_never_shown(desk: Desk, place: str, key: str) -> None:
    file, old, new = SECRETS[place]
    text = desk.read(file)
    assert old in text
    (desk.root / file).write_text(text.replace(old, new.replace("KEY", key), 1), encoding="utf-8")
    found = desk.run("validate", "--format", "json")
    named = [one["rule"] for one in json.loads(found.out)["findings"] if one["path"] == file and one["level"] == "error"]
    assert named == (["CP007"] if "acces" in new else ["CP804"])
    for words in [*commands(len(key) + len(place))][:14]:
        ended = desk.run(*words)
        for part in ("oleil2", "eil201", "20161031"):
            assert part not in ended.out.replace("2016-10-31", "") + ended.err, words


def test_no_waiver_and_no_level_silences_a_secret(desk: Desk) -> None:
    desk.edit(ACCOUNT, "parametres:", 'parametres:\n  mot_de_passe: "Soleil2016!"\n  etat: "Actif"')
    waiver = '{regle: CP804, fiche: "gestionnaire-sditec", motif: "exception du guide", jusqu_au: "2030-12-31"}'
    desk.edit(PROJECT, "portefeuille:", f"regles: {{CP804: info}}\nderogations:\n  - {waiver}\nportefeuille:")
    found = json.loads(desk.run("validate", "--format", "json").out)["findings"]
    assert [(one["rule"], one["level"], one["pointer"]) for one in found if one["path"] == ACCOUNT] == [
        ("CP804", "error", "/parametres/mot_de_passe")
    ]
