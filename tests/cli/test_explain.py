"""`explain RULE`: one rule's page."""

from __future__ import annotations

import pytest

from chorus_config.cli import main as door
from chorus_config.rules.catalogue import RULES, texts

from .desk import PROJECT, Desk, conforms


@pytest.fixture(autouse=True)
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "COMMANDS", tuple(dict.fromkeys((*door.COMMANDS, "rules", "explain"))))


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_its_page_in_every_format(bare: Desk, rule: str) -> None:
    ended = bare.run("explain", rule, "--format", "text", "--format", "json:a.json", "--format", "markdown:a.md")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(f"{rule}  {texts(rule).title}\n")
    assert bare.read("a.md").startswith(f"# {rule} – ")
    document = bare.run("explain", rule, "--format", "json")
    assert bare.read("a.json") == document.out
    conforms("rules", document.json)
    assert [row["id"] for row in document.json["rules"]] == [rule]


def test_a_page_in_full(bare: Desk) -> None:
    assert bare.run("explain", "CP701").out == (
        "CP701  Legal commitment number mandatory on a Hélios sheet\n"
        "warning · check: advice schema\n"
        "\n"
        "Why it matters\n"
        "  Every invoice without the number is rejected at the entrance, and the supplier must send a new\n"
        "  one. A body may begin without it, and require it once every order carries its number.\n"
        "  - from 1 September 2026: The sheet is the source of the national directory: what is entered on the\n"
        "    portal goes there, changes every day, the whole every Sunday night. An approved platform sees a\n"
        "    change the next day at the earliest; for those that come from the portal this delay is not\n"
        "    verified.\n"
        "\n"
        "What it says\n"
        "  - « Le numéro d’engagement juridique doit être renseigné » is ticked on a Hélios sheet: an empty\n"
        "    box is expected\n"
        "  - from 1 September 2026: « Le numéro d’engagement juridique doit être renseigné » is ticked on a\n"
        "    Hélios sheet: an empty box is expected, since invoices without the number come back to their\n"
        "    suppliers as « 213 Rejetée » (REJ_CONT_B2G)\n"
        "\n"
        "What to do\n"
        "  Write `engagement_juridique_obligatoire: false`. If every supplier already gives the number, say\n"
        "  so in a waiver.\n"
        "\n"
        "Failing example\n"
        "  Excerpt of a sheet:\n"
        "      parametres:\n"
        "        engagement_juridique_obligatoire: true\n"
        "\n"
        "Passing example\n"
        "      parametres:\n"
        "        engagement_juridique_obligatoire: false\n"
        "\n"
        "Can it be waived?\n"
        "  Yes: for one sheet, with a reason and a last day, in chorus-config.yaml (`regles` changes its\n"
        "  level everywhere):\n"
        "      derogations:\n"
        "        - regle: CP701\n"
        '          fiche: "21169999600016"\n'
        '          motif: "why, in one sentence"\n'
        '          jusqu_au: "YYYY-MM-DD"\n'
        "\n"
        "Where on the portal\n"
        "  - In 2016, in through the Portail de la DGFiP: « Activités du Gestionnaire » › « Mes structures »\n"
        "    › the pencil on the line SIRET, block « Paramètres ».\n"
        "  - Since 21 February 2023: « Organisation » › « Structures » › « Gérer une structure » ›\n"
        "    « Modifier » › SIRET; a manager of a local body comes in through the PIGP. How today's screens\n"
        "    name this block: not verified.\n"
        "\n"
        "Who can help\n"
        "  The principal manager (gestionnaire principal) of the structure.\n"
        "\n"
        "Source\n"
        "  guide 2016, « Paramètres » block: « Non conseillé »; DGFiP, « Les paramétrages possibles dans\n"
        "  Chorus Pro »; DGFiP and AIFE, external specifications of electronic invoicing v3.1 (31 October\n"
        "  2025), Chorus Pro file v1.0, p. 22-24 and 45 (REJ_CONT_B2G); general file, p. 40 and 45, and annex\n"
        "  7, G1.87 (national directory)\n"
    )


@pytest.mark.parametrize(
    ("language", "excerpts", "before", "after"),
    [
        ("en", "Excerpts of a sheet, as it was known and as the change leaves it:", "Before:", "After:"),
        (
            "fr",
            "Extraits d’une fiche, telle qu’elle était connue, puis telle que le changement la laisse\u00a0:",
            "Avant\u00a0:",
            "Après\u00a0:",
        ),
    ],
)
def test_people_see_the_sheet_before_and_after_a_change(
    bare: Desk, language: str, excerpts: str, before: str, after: str
) -> None:
    page = bare.run("explain", "CP917", "--lang", language).out
    empty, ticked = (f"      parametres:\n        moa_uniquement: {value}\n" for value in ("false", "true"))
    failing, passing = page.split(f"  {before}\n")[1:]
    assert page.partition(f"  {before}\n")[0].endswith(f"\n  {excerpts}\n")
    assert failing.startswith(f"{empty}  {after}\n{ticked}\n")
    assert passing.startswith(f"{ticked}  {after}\n{empty}\n")


def test_a_program_gets_the_sheet_before_and_after_a_change(bare: Desk) -> None:
    (rule,) = bare.run("explain", "CP906", "--format", "json").json["rules"]
    for before, after in ((rule["fails_before"], rule["fails"]), (rule["passes_before"], rule["passes"])):
        assert before.startswith("services:\n")
        assert after.startswith("services:\n")
        assert before != after


@pytest.mark.parametrize("word", ["cp401", "Cp401", " CP401 "])
def test_capitals_and_blanks_do_not_count(bare: Desk, word: str) -> None:
    assert bare.run("explain", word).out == bare.run("explain", "CP401").out


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("CP4O1", "the nearest is CP401"),
        ("401", "the nearest is CP401"),
        ("cp7001", "the nearest is CP70"),
        ("zzz", "`chorus-config rules` lists them"),
        ("", "`chorus-config rules` lists them"),
        ("x" * 5000, "`chorus-config rules` lists them"),
    ],
)
def test_an_unknown_rule_is_wrong_usage_and_the_nearest_is_named(bare: Desk, word: str, told: str) -> None:
    ended = bare.run("explain", word)
    assert (ended.code, ended.out) == (64, "")
    assert told in ended.err
    assert ended.err.count("\n") == 1
    assert len(ended.err) < 250


def test_an_unknown_rule_acts_on_no_terminal(bare: Desk) -> None:
    ended = bare.run("explain", "\x1b[31mCP401\u202e")
    assert ended.code == 64
    assert not {"\x1b", "\u202e"} & {*ended.err}


def test_a_machine_gets_one_document_on_failure_too(bare: Desk) -> None:
    ended = bare.run("explain", "CP999", "--format", "json")
    assert ended.code == 64
    assert ended.json["error"]["exit_code"] == 64


@pytest.mark.parametrize(
    ("words", "code"),
    [((), 64), (("CP401", "CP402"), 64), (("CP401", "--format", "xml"), 64), (("CP401", "-C", "nowhere"), 66)],
)
def test_exit_codes(bare: Desk, words: tuple[str, ...], code: int) -> None:
    ended = bare.run("explain", *words)
    assert (ended.code, ended.out) == (code, "")


def test_what_makes_a_project_invalid_can_be_explained(desk: Desk) -> None:
    desk.append(PROJECT, "zzz: true\n")
    assert desk.run("explain", "CP007").code == 0


def test_speaks_french(bare: Desk) -> None:
    assert "Les factures entre entités publiques" in bare.run("explain", "CP401", "--lang", "fr").out


def test_colour_only_when_asked(bare: Desk) -> None:
    assert "\x1b" not in bare.run("explain", "CP401").out
    assert "\x1b[1;31merror" in bare.run("explain", "CP401", "--color", "always").out
    assert "\x1b" not in bare.run("explain", "CP401", "--color", "always", "--format", "markdown").out


@pytest.mark.parametrize("language", ["fr", "en"])
def test_help_shows_examples_that_work(bare: Desk, language: str) -> None:
    ended = bare.run("explain", "--help", "--lang", language)
    assert ended.code == 0
    examples = [line.split()[1:] for line in ended.out.splitlines() if line.startswith("    chorus-config ")]
    assert len(examples) == 3
    for words in examples:
        assert bare.run(*words).code == 0
