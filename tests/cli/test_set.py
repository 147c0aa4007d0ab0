"""`set`: one change in many sheets, shown, asked for, all or none."""

from __future__ import annotations

import pytest

from .desk import ACCOUNT, OTHER, SECOND, SERVICES, SHEET, SIRET, TECHNICAL, Desk

BOX = "parametres.structure_avec_moa"


def test_a_change_is_shown_and_then_written_everywhere(desk: Desk) -> None:
    ended = desk.run("set", "informations_generales.statut=actif", "--target", "*", "--yes", "--lang", "en")
    assert (ended.code, ended.err) == (0, "")
    assert "-  statut: INACTIF\n+  statut: ACTIF\n" in ended.out
    assert ended.out.endswith("2 files are changed.\n")
    for name in (SHEET, OTHER):
        assert "  statut: ACTIF\n" in desk.read(name)
    again = desk.run("set", "informations_generales.statut=actif", "--target", "*", "--lang", "en")
    assert (again.code, again.out) == (0, "Nothing to change.\n")


def test_nobody_who_does_not_say_yes_changes_anything(desk: Desk) -> None:
    before = desk.read(SHEET)
    for answer in ("", "n\n"):
        ended = desk.run("set", "informations_generales.statut=ACTIF", "--target", "*", stdin=answer)
        assert (ended.code, desk.read(SHEET)) == (4, before)
        assert "+  statut: ACTIF" in ended.out
    assert desk.run("set", "informations_generales.statut=ACTIF", "--target", "*", "--diff").code == 1
    assert desk.read(SHEET) == before
    assert desk.run("set", "informations_generales.statut=ACTIF", "--target", SIRET, stdin="oui\n").code == 0
    assert "statut: ACTIF" in desk.read(SHEET)
    assert "statut: INACTIF" in desk.read(OTHER)


def test_json_is_one_document(desk: Desk) -> None:
    document = desk.run("set", "informations_generales.statut=ACTIF", "--target", "*", "--yes", "--format", "json").json
    assert (document["written"], [one["path"] for one in document["files"]], document["unchanged"]) == (True, [SHEET, OTHER], 0)
    assert desk.run("set", "statut=x", "--target", "*", "--format", "json").json["error"]["exit_code"] == 64


def test_a_change_that_would_make_one_sheet_invalid_is_made_in_none(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    before = desk.read(SHEET)
    ended = desk.run("set", "parametres.code_service_obligatoire=true", "--target", "*", "--yes", "--lang", "en")
    assert ended.code == 4
    assert "nothing was written" in ended.err
    assert f"{OTHER} would be in error then: " in ended.err
    assert "(parametres.code_service_obligatoire), CP702 Service code mandatory" in ended.err
    refused = desk.run("set", "services[FACTURES_PUBLIQUES].actif=non", "--target", SIRET, "--yes", "--lang", "en")
    assert "Service actif (services[FACTURES_PUBLIQUES].actif), CP401" in refused.err
    assert desk.read(SHEET) == before
    assert desk.run("set", "parametres.code_service_obligatoire=true", "--target", SIRET, "--yes").code == 0


def test_a_refusal_says_what_is_wrong_and_shows_no_person(desk: Desk) -> None:
    for field, value, rule in (
        ("informations_personnelles.adresse_electronique_contact", "jean.dupont@exemple", "CP803"),
        ("informations_personnelles.nom", "DUPONT\u202e", "cannot be set"),
    ):
        ended = desk.run("set", f"{field}={value}", "--target", "comptes/*", "--yes", "--lang", "en")
        assert (ended.code, ended.out) == (4, "")
        assert rule in ended.err
        assert "dupont" not in ended.err.casefold()


def test_an_entry_is_named_by_its_key_and_may_be_missing(desk: Desk) -> None:
    desk.edit(SHEET, SERVICES, SERVICES + TECHNICAL)
    ended = desk.run("set", "services[ST-TECH].actif=non", "--target", "*", "--yes", "--lang", "en")
    assert ended.code == 0
    assert f"{OTHER}: nothing to set, its list has no such entry: services[ST-TECH].actif" in ended.out
    assert f"{TECHNICAL}    actif: false\n" in desk.read(SHEET)


def test_an_entry_that_no_sheet_has_is_not_found(desk: Desk) -> None:
    before = desk.read(SHEET)
    words = ("informations_generales.statut=ACTIF", "services[FACTURE_PUBLIQUE].actif=oui")
    ended = desk.run("set", *words, "--target", "*", "--yes", "--lang", "en")
    assert (ended.code, ended.out, desk.read(SHEET)) == (66, "", before)
    assert "has FACTURE_PUBLIQUE in its list services; the nearest is FACTURES_PUBLIQUES" in ended.err
    assert desk.run("set", "utilisateurs[personne].role=UTILISATEUR_SIMPLE", "--target", "*").code == 66


def test_a_value_gets_the_form_that_the_rules_ask_for(desk: Desk) -> None:
    word = "adresse_postale.telephone=05 45 22 20 41"
    ended = desk.run("set", word, "adresse_postale.code_postal=16 000", "--target", SIRET, "--yes")
    assert ended.code == 0
    assert 'telephone: "+33 545222041"' in desk.read(SHEET)
    assert 'code_postal: "16000"' in desk.read(SHEET)
    assert "CP203" not in desk.run("validate", SHEET).out


def test_the_warnings_that_a_change_brings_are_shown_with_it(desk: Desk) -> None:
    words = ("set", "adresse_postale.telephone=05 45 22", "--target", SIRET, "--lang", "en")
    ended = desk.run(*words, stdin="no\n")
    assert ended.code == 4
    assert f"{SHEET}:26:14: warning CP203" in ended.out
    document = desk.run(*words, "--diff", "--format", "json").json
    assert [(one["path"], one["rule"]) for one in document["warnings"]] == [(SHEET, "CP203")]


def test_of_many_warnings_the_first_are_shown(desk: Desk) -> None:
    names = ",".join(f"X{number}" for number in range(12))
    ended = desk.run("set", f"espaces={names}", "--target", SIRET, "--diff", "--lang", "en")
    assert ended.out.count("warning CP501") == 10
    assert "(2 more warnings)\n1 file would change" in ended.out


def test_accounts_are_named_as_such(desk: Desk) -> None:
    before = desk.read(SHEET)
    ended = desk.run("set", "adresse_postale.ville=SOYAUX", "--target", "comptes/*", "--yes")
    assert ended.code == 0
    assert 'ville: "SOYAUX"' in desk.read(ACCOUNT)
    assert desk.read(SHEET) == before


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("informations_generales.identifiant=1", "says which structure"),
        ("services[FACTURES_PUBLIQUES].code=X", "says which structure"),
        ("type=x", "says which structure"),
        ("informations_generales.libele=x", "the nearest is libelle"),
        ("code_service_obligatoire=true", "the nearest is parametres.code_service_obligatoire"),
        ("informations_generales.zzzzzz=x", "there are: "),
        ("parametres=x", "is a block: name one of its keys"),
        ("services=x", "is a list: name one of its entries"),
        ("services.actif=true", "between brackets"),
        (f"{BOX}=peut-être", "neither true nor false"),
        ("informations_generales.statut=moyen", "is none of: ACTIF, INACTIF"),
        (f"{BOX}=oui {BOX}=non", "is named twice"),
        ("rien", "FIELD=VALUE is expected"),
        ("parametres[x].y=1", "parametres is no list"),
    ],
)
def test_what_no_sheet_can_have_is_wrong_usage(desk: Desk, word: str, said: str) -> None:
    ended = desk.run("set", *word.split(" "), "--target", "*", "--yes", "--lang", "en")
    assert ended.code == 64
    assert said in ended.err


@pytest.mark.parametrize(
    ("shell", "line", "found"),
    [
        (
            "zsh",
            "set informations_generales.sta",
            ["informations_generales.statut=ACTIF", "informations_generales.statut=INACTIF"],
        ),
        ("zsh", "set adresse_postale.v", ["adresse_postale.ville="]),
        ("fish", "set serv", ["services["]),
        ("zsh", "set services[FACT", ["services[FACTURES_PUBLIQUES].actif=true", "services[FACTURES_PUBLIQUES].libelle="]),
        # Bash parts a word at the sign.
        ("bash", "set informations_generales.statut =", ["ACTIF", "INACTIF"]),
        ("bash", "set informations_generales.statut = IN", ["INACTIF"]),
        ("bash", "set --target comptes/x parametres.rec", ["parametres.recevoir_notifications=false"]),
    ],
)
def test_a_shell_completes_fields(desk: Desk, shell: str, line: str, found: list[str]) -> None:
    desk.setenv("_CHORUS_CONFIG_COMPLETE", f"{shell}_complete")
    desk.setenv("COMP_WORDS", f"chorus-config {line}")
    desk.setenv("COMP_CWORD", line.rpartition(" ")[2] if shell == "fish" else str(len(line.split())))
    said = desk.run().out.replace("\t", "\n").replace(",", "\n").splitlines()
    assert set(found) <= set(said)
    assert len(said) <= 60


def test_a_target_is_asked_for_and_has_to_be_there(desk: Desk) -> None:
    assert desk.run("set", f"{BOX}=true").code == 64
    assert desk.run("set", f"{BOX}=true", "--target", "99999999999999").code == 66
    assert f"; the nearest is {SIRET}" in desk.run("set", f"{BOX}=true", "--target", SIRET[:-1], "--lang", "en").err
    assert desk.run("set", f"{BOX}=false", "--target", SECOND, "--diff").code == 0
    assert desk.run("set", f"{BOX}=true", "--target", SECOND, "--diff", "--lang", "en").code == 4
