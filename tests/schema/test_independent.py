"""An independent validator, check-jsonschema, reaches our verdict: on every example of the schemas' rules, and on hard cases.

It reads the files with another YAML reader (ruamel.yaml) and their patterns with another engine (ECMAScript).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import pytest

from chorus_config.rules.catalogue import RULES
from chorus_config.schema.explain import faults
from chorus_config.schema.packaged import ADVICE, STRICT, directory
from tests.samples import (
    ACCOUNT,
    DAYS,
    PROJECT,
    SHEET,
    SIRET,
    TODAY,
    body,
    changed,
    day_of,
    example_kind,
    example_text,
    verdict,
)

if TYPE_CHECKING:
    from pathlib import Path

    from chorus_config.model.finding import Finding
    from chorus_config.model.project import FileKind

DATED: Final = {"CP501", "CP604", "CP608", "CP710", "CP802"}
# A generic validator knows no dates: what any day refuses, it refuses.
ANY_DAY: Final = (date(2016, 10, 1), date(2017, 6, 1), TODAY)
FP: Final = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
USERS: Final = 'utilisateurs:\n  - {ref: "dgs", role: GESTIONNAIRE_PRINCIPAL}\n'


def service(line: str) -> str:
    return f"{SHEET}services:\n{FP}{line}"


def siret(written: str) -> str:
    return changed(SHEET, f'"{SIRET}"', written)


def postcode(written: str, base: str = SHEET) -> str:
    return changed(base, '"16000"', written)


STRICT_CASES: Final[dict[FileKind, dict[str, str]]] = {
    "fiche-structure": {
        "smallest": SHEET,
        "siret-13": siret('"2116999960001"'),
        "siret-15": siret('"211699996000166"'),
        "siret-line-feed": siret('"21169999600016\\n"'),
        "siret-full-width": siret('"２１１６９９９９６０００１６"'),
        "siret-arabic": siret('"٢١١٦٩٩٩٩٦٠٠٠١٦"'),
        "siret-empty": siret('""'),
        "type-near": changed(SHEET, ": SIRET", ": siret"),
        "type-ridet": changed(SHEET, ": SIRET", ": RIDET"),
        "private-ridet": changed(SHEET, ": SIRET", ": RIDET\n  structure_privee: true"),
        "private-blank": changed(siret('"\\u00A0"'), ": SIRET", ": RIDET\n  structure_privee: true"),
        "label-nbsp": changed(SHEET, '"Commune de Valmont"', '"\\u00A0\\u202F\\u2003\\u3000"'),
        "town-line-feed": changed(SHEET, '"VALMONT"', '"\\n"'),
        "postcode-line-feed": postcode('"16000\\n"'),
        "postcode-full-width": postcode('"１６０００"'),
        "postcode-belgium": changed(postcode('"1000"'), '"France"', '"Belgique"'),
        "postcode-fr": changed(postcode('"1000"'), '"France"', '"fr"'),
        "country-line-feed": changed(postcode('"1000"'), '"France"', '"FR\\n"'),
        "services-empty": f"{SHEET}services: []\n",
        "services-empty-private": changed(SHEET, ": SIRET", ": SIRET\n  structure_privee: true") + "services: []\n",
        "services-block": f"{SHEET}services: {{}}\n",
        "services-null": f"{SHEET}services:\n",
        "fp-lower": service("").replace("FACTURES_PUBLIQUES", "factures_publiques"),
        "fp-inactive": service("    actif: false\n"),
        "fp-active": service("    actif: true\n"),
        "fp-ended": service('    date_fin: "2050-12-31"\n'),
        "fp-commitment": service("    engagement_obligatoire: true\n"),
        "fp-label-line-feed": service("").replace("factures publiques", "factures publiques\\n"),
        "code-100": service(f'  - {{code: "{"é" * 100}", libelle: "x"}}\n'),
        "code-101": service(f'  - {{code: "{"é" * 101}", libelle: "x"}}\n'),
        "code-100-astral": service(f'  - {{code: "{"😀" * 100}", libelle: "x"}}\n'),
        "code-101-astral": service(f'  - {{code: "{"😀" * 101}", libelle: "x"}}\n'),
        "code-line-feed": service('  - {code: "A\\n", libelle: "x"}\n'),
        "description-line-feed": service('  - {code: "A", libelle: "x", description: "a\\nb\\n"}\n'),
        "label-line-feed": changed(SHEET, '"Commune de Valmont"', '"Commune\\nde Valmont"'),
        "label-block": changed(SHEET, '"Commune de Valmont"', "|\n    Commune de Valmont"),
        "label-folded": changed(SHEET, '"Commune de Valmont"', ">-\n    Commune\n    de Valmont"),
        "code-blank": service('  - {code: " \\n", libelle: "x"}\n'),
        "service-unlabelled": service('  - {code: "A"}\n'),
        "date-wrong": service('  - {code: "A", libelle: "a", date_debut: "2016-02-30"}\n'),
        "date-week": service('  - {code: "A", libelle: "a", date_debut: "2016-W43-1"}\n'),
        "date-line-feed": service('  - {code: "A", libelle: "a", date_debut: "2016-02-28\\n"}\n'),
        "date-right": service('  - {code: "A", libelle: "a", date_debut: "2016-02-29"}\n'),
        "users-none": f"{SHEET}utilisateurs: []\n",
        "users-two": f"{SHEET}{USERS}  - {{ref: a, role: GESTIONNAIRE_PRINCIPAL}}\n",
        "role-line-feed": f'{SHEET}{USERS}  - {{ref: a, role: "UTILISATEUR_SIMPLE\\n"}}\n',
        "ref-blank": f'{SHEET}{USERS}  - {{ref: " ", role: UTILISATEUR_SIMPLE}}\n',
        "unknown-key": f"{SHEET}zzz: 1\n",
        "version-2": changed(SHEET, "version: 1", "version: 2"),
        "version-text": changed(SHEET, "version: 1", 'version: "1"'),
        "memos": f'{SHEET}emission: HELIOS\nraccordement: {{mode: EDI, compte_technique_expire_le: "2027-09-01"}}\n',
        "memo-day": f'{SHEET}raccordement: {{compte_technique_expire_le: "2027-02-29"}}\n',
        "memo-word": f"{SHEET}emission: portail\n",
        "text-4096": changed(SHEET, "COMMUNE DE VALMONT", "x" * 4096),
        "text-4097": changed(SHEET, "COMMUNE DE VALMONT", "x" * 4097),
    },
    "compte-utilisateur": {
        "smallest": ACCOUNT,
        "silent": changed(ACCOUNT, "notifications: true", "notifications: false"),
        "listed": changed(ACCOUNT, "recevoir_notifications: true", "notifications: [FACTURATION_CPRO]"),
        "listed-none": changed(ACCOUNT, "recevoir_notifications: true", "notifications: []"),
        "listed-and-silent": changed(ACCOUNT, "notifications: true", "notifications: false\n  notifications: [ENGAGEMENTS]"),
        "listed-unknown": changed(ACCOUNT, "recevoir_notifications: true", "notifications: [TRAVAUX]"),
        "listed-text": changed(ACCOUNT, "recevoir_notifications: true", "notifications: FACTURATION_CPRO"),
        "notified-unsaid": changed(ACCOUNT, "  recevoir_notifications: true\n", ""),
        "attached": f"{ACCOUNT}rattachements: []\n",
        "state": f"{ACCOUNT}  etat: Actif\n",
        "name-nbsp": changed(ACCOUNT, '"MARTIN"', '"\\u00A0"'),
        "name-missing": changed(ACCOUNT, '  nom: "MARTIN"\n', ""),
        "language-blank": changed(ACCOUNT, '"Français"', '" \u00a0"'),
        "postcode-line-feed": postcode('"16000\\n"', ACCOUNT),
        "name-line-feed": changed(ACCOUNT, '"MARTIN"', '"MAR\\nTIN"'),
        "ref-missing": changed(ACCOUNT, 'ref: "dgs"\n', ""),
    },
    "projet": {
        "smallest": PROJECT,
        "portfolio-line-feed": f'{PROJECT}portefeuille: {{nom: "a\\nb"}}\n',
        "reason-line-feed": f'{PROJECT}derogations: [{{regle: CP701, fiche: x, motif: "a\\nb"}}]\n',
        "level": f"{PROJECT}regles: {{CP701: info}}\n",
        "level-unknown": f"{PROJECT}regles: {{CP701: fatal}}\n",
        "rule-line-feed": f'{PROJECT}regles: {{"CP701\\n": info}}\n',
        "rule-long": f"{PROJECT}regles: {{CP7011: info}}\n",
        "waiver-rule-line-feed": f'{PROJECT}derogations: [{{regle: "CP701\\n", fiche: x}}]\n',
        "waiver": f"{PROJECT}derogations: [{{regle: CP701, fiche: x}}]\n",
        "glob-parent": f'{PROJECT}structures: ["a/../b"]\n',
        "glob-absolute": f'{PROJECT}structures: ["/a"]\n',
        "glob-drive": f'{PROJECT}structures: ["C:\\\\a"]\n',
        "glob-backslash": f'{PROJECT}structures: ["..\\\\a"]\n',
        "glob-dots": f'{PROJECT}structures: ["a/..b/*.yaml", "a../b", "..."]\n',
        "glob-line-feed": f'{PROJECT}structures: ["a\\n"]\n',
        "thresholds": f"{PROJECT}seuils: {{structures: 0, suppressions: 999999999}}\n",
        "directory-parent": f'{PROJECT}annuaire: "../a.csv"\n',
        "directory-glob": f'{PROJECT}annuaire: "a/*.csv"\n',
        "directory-line-feed": f'{PROJECT}annuaire: "a.csv\\n"\n',
        "directory": f'{PROJECT}annuaire: "a/b.csv"\n',
        "environment-unknown": f"{PROJECT}environnement: prod\n",
        "platform": f'{PROJECT}plateformes: {{p-1: {{api: "https://a.example:8443/x", oauth: "HTTPS://b.example"}}}}\n',
        "platform-http": f'{PROJECT}plateformes: {{p: {{api: "http://a.example", oauth: "https://b.example"}}}}\n',
        "platform-user": f'{PROJECT}plateformes: {{p: {{api: "https://u:p@a.example", oauth: "https://b.example"}}}}\n',
        "platform-query": f'{PROJECT}plateformes: {{p: {{api: "https://a.example?t=x", oauth: "https://b.example"}}}}\n',
        "platform-line-feed": f'{PROJECT}plateformes: {{p: {{api: "https://a.example\\n", oauth: "https://b.example"}}}}\n',
        "platform-name": f'{PROJECT}plateformes: {{"a b": {{api: "https://a.example", oauth: "https://b.example"}}}}\n',
        "platform-half": f'{PROJECT}plateformes: {{p: {{api: "https://a.example"}}}}\n',
        "member": f'{PROJECT}membres: [{{nom: "V", siren: "211699996", echeance: "2026-12-31"}}]\n',
        "member-siret": f'{PROJECT}membres: [{{nom: "V", siren: "21169999600016"}}]\n',
        "member-line-feed": f'{PROJECT}membres: [{{nom: "V", siren: "211699996\\n"}}]\n',
        "member-nameless": f'{PROJECT}membres: [{{siren: "211699996"}}]\n',
        "member-day": f'{PROJECT}membres: [{{nom: "V", siren: "211699996", echeance: "2026-02-30"}}]\n',
        "threshold-text": f'{PROJECT}seuils: {{structures: "5"}}\n',
    },
}
ADVICE_CASES: Final[dict[FileKind, dict[str, str]]] = {
    "fiche-structure": {
        "smallest": SHEET,
        "code-blanks": service('  - {code: " A  B ", libelle: "x"}\n'),
        "label-blanks": changed(SHEET, "Commune de Valmont", "Commune  de Valmont"),
        "label-blank-first": changed(SHEET, "Commune de Valmont", " Commune de Valmont"),
        "label-blank-last": changed(SHEET, "Commune de Valmont", "Commune de Valmont "),
        "town-blanks": changed(SHEET, 'VALMONT"\n  pays', 'VAL  MONT"\n  pays'),
        "description-blanks": service('  - {code: "A", libelle: "x", description: " a  b\\n"}\n'),
        "code-accent": service('  - {code: "É", libelle: "x"}\n'),
        "code-fine": service('  - {code: "a-_/9Z", libelle: "x"}\n'),
        "label-100": service(f'  - {{code: "A", libelle: "{"😀" * 100}"}}\n'),
        "label-101": service(f'  - {{code: "A", libelle: "{"😀" * 101}"}}\n'),
        "iban-blank": f'{SHEET}comptabilite: autre\ncoordonnees_bancaires: [{{libelle: "R", iban: "\\u00A0"}}]\n',
        "iban": f'{SHEET}comptabilite: autre\ncoordonnees_bancaires: [{{libelle: "R", iban: "FR7630006000011234567890189"}}]\n',
        "bank-helios": f'{SHEET}coordonnees_bancaires: [{{libelle: "R"}}]\n',
        "bank-none": f"{SHEET}coordonnees_bancaires: []\n",
        "edi": changed(SHEET, ": SIRET", ": SIRET\n  emetteur_flux_edi: true"),
        "edi-api": changed(SHEET, ": SIRET", ": SIRET\n  emetteur_flux_edi: true") + "raccordement: {mode: API}\n",
        "user-alone": f"{SHEET}{USERS}",
        "user-none": f"{SHEET}utilisateurs: []\n",
        "space-case": f'{SHEET}espaces: ["FACTURES ÉMISES", "mémoires DE frais de justice"]\n',
        "moa": f"{SHEET}parametres: {{structure_avec_moa: false, moa_uniquement: true}}\n",
        "moa-not-said": f"{SHEET}parametres: {{moa_uniquement: true}}\n",
        "moa-both": f"{SHEET}parametres: {{structure_avec_moa: true, moa_uniquement: true}}\n",
        "both-boxes": (
            f"{SHEET}comptabilite: autre\n"
            "parametres: {engagement_juridique_obligatoire: true, code_service_obligatoire: true}\n"
        ),
    },
    "compte-utilisateur": {
        "smallest": ACCOUNT,
        "town-100": changed(ACCOUNT, "VALMONT", "é" * 100),
        "town-256": changed(ACCOUNT, "VALMONT", "é" * 256),
    },
}
# What the advice schema refuses for a dated rule that is not in force today: the example, and the dated rule.
# Refused here too, by a rule in Python at the same place (CP015), which says more than that the form is wrong.
TOLD_OTHERWISE: Final = {"waiver-rule-line-feed"}
ONLY_WITHOUT_DATES: Final = {f"{rule}-passes": {"CP608"} for rule in ("CP506", "CP507", "CP603")}


def examples(where: str, kind: FileKind) -> dict[str, str]:
    """Return the examples of the rules of a schema, by the name of their file."""
    rules = [rule for rule, row in RULES.items() if row.where == where and rule not in DATED and example_kind(rule) == kind]
    return {f"{rule}-{side}": example_text(rule, side) for rule in rules for side in ("fails", "passes")}


def theirs(folder: Path, name: str, texts: dict[str, str]) -> dict[str, set[str]]:
    """Return what check-jsonschema refuses, by file: the pointers of the places. Every file is read by one process."""
    files = {key: folder / f"{key}.yaml" for key in texts}
    for key, text in texts.items():
        files[key].write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(directory() / f"{name}.schema.json"), "-v"]
    done = subprocess.run(  # the arguments are ours
        [*command, "-o", "JSON", *map(str, files.values())], capture_output=True, text=True, check=False, timeout=50
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    assert answer["parse_errors"] == []
    refused: dict[str, set[str]] = {}
    for error in answer["errors"]:
        refused.setdefault(error["filename"], set()).add(_pointer(error["path"]))
    assert {*refused, *answer["successes"]} == {str(path) for path in files.values()}
    assert not set(refused) & set(answer["successes"])
    return {key: refused.get(str(path), set()) for key, path in files.items()}


def _pointer(path: str) -> str:
    """Return the JSON Pointer of a path such as `$.services[0].code`."""
    return "".join(f"/{name or index}" for name, index in re.findall(r"\.([^.\[\]]+)|\[([0-9]+)\]", path))


def ours(text: str, kind: FileKind, where: str, day: date) -> set[str]:
    """Return the pointers at which rules of a schema speak; an unknown key is told at its parent, as the others do."""
    findings = verdict(text, kind, day)
    assert not any(RULES[finding.rule].where == "loader" for finding in findings), findings
    found = [finding for finding in findings if where == _where(finding)]
    return {f.pointer.rpartition("/")[0] if f.rule == "CP007" else f.pointer for f in found}


def _where(finding: Finding) -> str:
    """Return which schema a finding comes from: one rule is in both, its warnings are advice."""
    row = RULES[finding.rule]
    return "advice" if row.where == "strict" and finding.level == row.also else row.where


def show(capsys: pytest.CaptureFixture[str], name: str, compared: dict[str, int]) -> None:
    """Write how many were compared, whatever pytest captures."""
    with capsys.disabled():
        counts = ", ".join(f"{count} {what}" for what, count in compared.items())
        sys.stdout.write(f"\ncheck-jsonschema · {name:27} {counts}\n")


# Where a list lacks an entry, we point at the one that was meant for it.
TOLD_NEARER: Final[dict[str, dict[str, set[str]]]] = {
    "fiche-structure": {"fp-lower": {"/services/0/code"}},
    "compte-utilisateur": {},
    "projet": {},
}


@pytest.mark.parametrize("kind", STRICT)
def test_the_strict_schema_has_one_verdict(kind: FileKind, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown, cases = examples("strict", kind), STRICT_CASES[kind]
    texts = shown | cases
    answer = theirs(tmp_path, STRICT[kind], texts)
    expected = {key: ours(text, kind, "strict", TODAY) for key, text in texts.items()}
    otherwise = {key for key in texts if answer[key] and not expected[key]}
    assert otherwise == TOLD_OTHERWISE & texts.keys()
    assert all(any(one.level == "error" for one in verdict(texts[key], kind, TODAY)) for key in otherwise)
    assert {key for key in texts if answer[key]} >= {key for key in texts if expected[key]}
    # They may name more places of one cause, never fewer.
    assert {key: expected[key] - answer[key] for key in texts if expected[key] - answer[key]} == TOLD_NEARER[kind]
    assert all(bool(answer[key]) is key.endswith("-fails") for key in shown)
    refused = sum(map(bool, answer.values()))
    show(
        capsys,
        STRICT[kind],
        {"examples": len(shown), "hard cases": len(cases), "refused": refused, "accepted": len(texts) - refused},
    )


@pytest.mark.parametrize("kind", ADVICE)
def test_the_advice_schema_has_one_verdict(kind: FileKind, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown, cases = examples("advice", kind), ADVICE_CASES[kind]
    texts = shown | cases
    answer = theirs(tmp_path, ADVICE[kind], texts)
    expected = {key: ours(text, kind, "advice", TODAY) for key, text in texts.items()}
    undated = {
        key: {fault.rule for day in ANY_DAY for fault in faults(ADVICE[kind], day, body(text, kind))}
        for key, text in texts.items()
    }
    assert {key for key in texts if answer[key]} == {key for key in texts if undated[key]}
    assert {key: expected[key] - answer[key] for key in texts if expected[key] - answer[key]} == {}
    dated = {key: undated[key] for key in texts if answer[key] and not expected[key]}
    assert dated == {key: rules for key, rules in ONLY_WITHOUT_DATES.items() if key in texts}
    assert all(bool(expected[key]) is key.endswith("-fails") for key in shown)
    refused = sum(map(bool, answer.values()))
    show(
        capsys,
        ADVICE[kind],
        {"examples": len(shown), "hard cases": len(cases), "refused": refused, "accepted": len(texts) - refused},
    )


def test_every_rule_of_the_schemas_is_compared() -> None:
    compared = {key.partition("-")[0] for kind in STRICT for key in examples("strict", kind)}  # type: ignore[arg-type]
    advised = {key.partition("-")[0] for kind in ADVICE for key in examples("advice", kind)}  # type: ignore[arg-type]
    assert compared == {rule for rule, row in RULES.items() if row.where == "strict"} - DATED
    assert advised == {rule for rule, row in RULES.items() if row.where == "advice"} - DATED
    assert {rule for rule in (*DAYS, "CP604") if RULES[rule].where in {"strict", "advice"}} == DATED
    assert all(day_of(rule) == TODAY for rule in compared | advised)
