"""Faults become findings: a place in the file, words in one language, nothing sensitive."""

from __future__ import annotations

import json
from string import Formatter
from typing import Any

import pytest
from msgspec.structs import replace

from chorus_config.engine.checking.findings import MOST, limited, to_findings
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import START, Fault, Finding, Level, Span
from chorus_config.model.project import FileKind
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.positions import positions_in
from tests.engine.making import IBAN, SETTING, SIRET, judged, sheet, told, with_project

TEXT = f"""\
type: fiche-structure
version: 1
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "{SIRET}"
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
adresse_postale:
  adresse: "1 place"
  code_postal: "16000"
  ville: "VALMONT"
  pays: "France"
"""
PARSED = positions_in(TEXT.encode())
SHEET = Document("structures/a.yaml", "fiche-structure", {}, TEXT.encode())


def edited(old: str, new: str) -> str:
    """Return the sheet with one piece replaced."""
    assert TEXT.count(old) == 1
    return TEXT.replace(old, new)


def only(text: str) -> Finding:
    """Return the one finding of a text."""
    (finding,) = judged("structures/a.yaml", text).findings
    return finding


def test_a_wrong_value_is_pointed_at() -> None:
    finding = only(edited('"16000"', '"160"'))
    assert (finding.rule, finding.level, finding.path) == ("CP202", "error", "structures/a.yaml")
    assert finding.pointer == "/adresse_postale/code_postal"
    assert finding.span == Span(11, 16, 11, 21)


def test_a_missing_key_is_told_at_its_parent_s_key() -> None:
    finding = only(edited('  ville: "VALMONT"\n', ""))
    assert finding.rule == "CP008"
    assert finding.pointer == "/adresse_postale"
    assert (finding.span.line, finding.span.column) == (9, 1)
    assert "ville" in finding.message
    assert "adresse_postale" in finding.message


def test_a_missing_key_of_the_file_itself_is_told_at_its_beginning() -> None:
    findings = judged("structures/a.yaml", edited("version: 1\n", "")).findings
    assert told(findings) == [("CP008", "")]
    assert (findings[0].span.line, findings[0].span.column) == (1, 1)
    assert "`version`" in findings[0].message


def test_an_unknown_key_is_pointed_at_with_the_nearest_known_one() -> None:
    finding = only(edited('  ville: "VALMONT"\n', '  ville: "VALMONT"\n  telephne: "+33 545222040"\n'))
    assert finding.rule == "CP007"
    assert finding.pointer == "/adresse_postale/telephne"
    assert finding.span == Span(13, 3, 13, 11)
    assert "telephone" in finding.message


def test_a_fault_of_the_loader_keeps_its_place_and_gets_a_pointer() -> None:
    finding = only(edited('"16000"', "16000"))
    assert (finding.rule, finding.pointer) == ("CP006", "/adresse_postale/code_postal")
    assert finding.span == Span(11, 16, 11, 21)
    assert "16000" in finding.message


@pytest.mark.parametrize("hidden", ["\u200b", "\\u200b"])
def test_a_hidden_character_has_the_pointer_of_the_value_that_holds_it(hidden: str) -> None:
    finding = only(edited('"VALMONT"', f'"VAL{hidden}MONT"'))
    assert (finding.rule, finding.pointer) == ("CP002", "/adresse_postale/ville")


def test_a_second_place_is_told_with_its_own_position() -> None:
    twice = edited('  ville: "VALMONT"\n', '  ville: "VALMONT"\n  ville: "AUTRE"\n')
    finding = only(twice)
    assert (finding.rule, finding.span.line) == ("CP004", 13)
    (other,) = finding.related
    assert (other.path, other.line, other.column) == ("structures/a.yaml", 12, 3)
    assert other.message


def test_a_path_that_is_not_written_is_told_at_the_nearest_thing_that_is() -> None:
    fault = Fault("CP104", ("informations_generales", "libelle", "x", 3))
    assert to_findings([fault], SHEET, SIRET, SETTING)[0].span == PARSED.values["informations_generales", "libelle"]
    assert to_findings([Fault("CP104", ("inconnu", "x"))], SHEET, SIRET, SETTING)[0].span == PARSED.values[()]


def test_without_a_text_everything_stands_at_the_start() -> None:
    finding = to_findings([Fault("CP104", ("a", "b/c"))], Document("a.yaml", "fiche-structure", {}), "", SETTING)[0]
    assert (finding.span, finding.pointer) == (START, "/a/b~1c")


def test_findings_come_in_the_order_of_the_lines() -> None:
    faults = [Fault("CP201", ("adresse_postale", "ville")), Fault("CP104", ("informations_generales", "libelle"))]
    assert [finding.rule for finding in to_findings(faults, SHEET, SIRET, SETTING)] == ["CP104", "CP201"]
    assert to_findings(faults, SHEET, SIRET, SETTING) == to_findings(reversed(faults), SHEET, SIRET, SETTING)


def test_what_is_off_or_waived_is_left_out() -> None:
    fault = Fault("CP104", ("informations_generales", "libelle"))
    assert to_findings([fault], SHEET, SIRET, with_project(levels={"CP104": "off"})) == ()


@pytest.mark.parametrize("place", ["iban", "bic"])
@pytest.mark.parametrize(
    "value",
    [
        "30006000011234567890189",
        f'["{IBAN}"]',
        f'{{a: "{IBAN}"}}',
        "30006000",
        "0123456789",
        "2016-09-01",
        "012345678901234",
        '"x"',
    ],
)
def test_a_sensitive_value_is_never_shown(place: str, value: str) -> None:
    text = f'{TEXT}coordonnees_bancaires:\n  - libelle: "Régie"\n    {place}: {value}\n'
    shown = json.dumps([repr(finding) for finding in judged("structures/a.yaml", text).findings])
    bare = value.strip('[]{}a: "')
    assert len(bare) < 2 or bare not in shown


def test_a_sensitive_value_that_is_too_long_is_not_shown_either() -> None:
    body = sheet(coordonnees_bancaires=[{"libelle": "Régie", "iban": IBAN * 200}])
    findings = judged("structures/a.yaml", body).findings
    assert [finding.rule for finding in findings if finding.level == "error"] == ["CP302"]
    assert "300060000" not in repr(findings)


@pytest.mark.parametrize("value", ["\\e[31m", "\\u202e", "\\u200b", "a\\nb", "\\t", "\\a"])
@pytest.mark.parametrize("old", ['"SIRET"', '"1 place"', "comptabilite"])
def test_hostile_characters_cannot_act(value: str, old: str) -> None:
    text = edited("type_identifiant: SIRET", f'type_identifiant: "{value}"')
    text += f'"{value}": "{value}"\nservices:\n  - "{value}": 1\n    code: "{value}"\n'
    for finding in judged("structures/a.yaml", text).findings:
        said = finding.message + finding.help + "".join(other.message for other in finding.related)
        assert said.isprintable()
        assert "\u202e" not in said


def _bare(rule: str, case: str, kind: FileKind) -> Fault:
    """Return a fault with every place that a message might name."""
    own, later = texts(rule), texts(rule).later
    said = own.messages[case] + own.remedy + own.note
    if later is not None:
        said += "".join((*later.messages.values(), *later.remedies.values()))
    named = {name for _text, name, _spec, _conv in Formatter().parse(said) if name}
    args: dict[str, Any] = dict.fromkeys(named | {"suggestion", "limit", "length", "text", "expected", "first"}, "x")
    args.pop("key", None)
    return Fault(rule, ("informations_generales", "libelle"), case, args={**args, "allowed": ("a", "b")})


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("rule", RULES)
def test_every_message_is_filled_in_every_language(rule: str, language: Language) -> None:
    settings = replace(SETTING, say=translator_for(language))
    for case in texts(rule).messages:
        for finding in to_findings([_bare(rule, case, "fiche-structure")], SHEET, SIRET, settings):
            assert finding.message
            assert finding.help
            assert "{" not in finding.message.replace("{code}", "")


def test_french_is_french() -> None:
    (finding,) = judged("structures/a.yaml", edited('"16000"', '"160"'), replace(SETTING, say=translator_for("fr"))).findings
    assert finding.message != only(edited('"16000"', '"160"')).message
    assert (finding.rule, finding.span) == ("CP202", Span(11, 16, 11, 21))


def many(rule: str, number: int, path: str = "a.yaml", level: Level = "error") -> list[Finding]:
    """Return findings of one rule, one a line."""
    return [Finding(rule, level, f"Line {n}", path, Span(n, 1, n, 2), "", "Mend it.") for n in range(1, number + 1)]


@pytest.mark.parametrize(
    ("rule", "number", "end"),
    [
        pytest.param("CP202", MOST, "", id="as many as are told"),
        pytest.param("CP202", MOST + 1, " (and 1 more of CP202 in this file)", id="one more"),
        pytest.param("CP202", 133, " (and 113 more of CP202 in this file)", id="many more"),
        pytest.param("CP002", 99, " (and 79 more of CP002 in this file)", id="of the loader"),
        pytest.param("CP002", 100, " (and at least 80 more of CP002 in this file)", id="more than the loader counts"),
    ],
)
def test_of_one_rule_in_one_file_some_are_told_and_the_rest_is_counted(rule: str, number: int, end: str) -> None:
    shown = limited(many(rule, number), SETTING.say)
    assert [finding.span.line for finding in shown] == list(range(1, min(number, MOST) + 1))
    assert shown[-1].message == f"Line {min(number, MOST)}{end}"
    assert all(finding.message == f"Line {finding.span.line}" for finding in shown[:-1])


def test_files_rules_and_levels_are_counted_apart() -> None:
    groups = [many("CP202", 15), many("CP202", 15, "b.yaml"), many("CP203", 15), many("CP202", 15, level="warning")]
    listed = tuple(sorted((f for group in groups for f in group), key=lambda f: (f.path, f.span)))
    assert limited(listed, SETTING.say) == listed


def test_the_rest_is_counted_in_french_too() -> None:
    shown = limited(many("CP202", 30), translator_for("fr"))
    assert shown[-1].message == "Line 20 (et 10 de plus pour CP202 dans ce fichier)"


def test_a_line_that_a_loader_s_fault_names_is_its_number() -> None:
    finding = only(edited('  ville: "VALMONT"\n', '  ville: "VALMONT"\n  ville: "VALMONT"\n'))
    assert (finding.rule, finding.message) == ("CP004", "`ville` is already written in this block, line 12: once is expected")
    finding = only(edited('  ville: "VALMONT"\n', '   ville: "VALMONT"\n'))
    told_in_full = "Indentation: 3 before « ville », but 2 before its neighbour « code_postal » (line 11)"
    assert (finding.rule, finding.message) == ("CP001", told_in_full)
