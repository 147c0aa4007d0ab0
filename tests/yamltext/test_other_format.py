"""What a file plainly is when it is no sheet: once, by name, instead of what YAML makes of it."""

from __future__ import annotations

import io
import zipfile

import pytest

from chorus_config.model.finding import Fault, Span
from chorus_config.yamltext.other_format import holds_conflict, other_format
from chorus_config.yamltext.parse import parse
from tests.samples import SHEET, changed, verdict

LABEL = '  libelle: "Commune de Valmont"\n'
CONFLICT = changed(SHEET, LABEL, f'<<<<<<< HEAD\n{LABEL}=======\n  libelle: "Ville"\n>>>>>>> accueil\n')
THREE_WAY = changed(SHEET, LABEL, f'<<<<<<< HEAD\n{LABEL}||||||| 1a2b3c4\n{LABEL}=======\n  libelle: "Ville"\n>>>>>>> x\n')
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"
PAGE = "<!DOCTYPE html>\n<html><head><title>\n  Connexion </title></head><body>a: b</body></html>\n"


def archive(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


FILES = {
    "two-way conflict": (CONFLICT.encode(), ""),
    "two-way conflict, CRLF": (CONFLICT.replace("\n", "\r\n").encode(), ""),
    "three-way conflict": (THREE_WAY.encode(), ""),
    "conflict in Latin-1": (CONFLICT.replace("Ville", "Préfecture").encode("latin-1"), ""),
    "conflict in brackets": (f'{SHEET}espaces: [\n<<<<<<< HEAD\n"a",\n=======\n"b",\n>>>>>>> x\n]\n'.encode(), ""),
    "a mark left behind": (changed(SHEET, LABEL, f"{LABEL}>>>>>>> accueil\n").encode(), "mark"),
    "git-lfs": (POINTER.encode(), "lfs"),
    "git-annex": (b"/annex/objects/SHA256E-s12--4d7a.yaml\n", "annex"),
    "CSV, semicolons": ("SIRET;Libellé\n21169999600016;Commune\n21169999600024;CCAS\n".encode(), "csv"),
    "CSV of Excel": ("sep=;\r\nSIRET;Libellé\r\n21169999600016;Commune\r\n".encode("cp1252"), "csv"),
    "CSV, commas": (b"SIRET,Libelle,Ville\n21169999600016,Commune,Valmont\n", "csv"),
    "CSV, quoted": (b'"SIRET","Libelle","Ville"\n"211","a; b, c","Valmont"\n', "csv"),
    "tabs": (b"SIRET\tLibelle\n21169999600016\tCommune\n", "csv"),
    "Unicode text of Excel": ("SIRET\tLibellé\r\n21169999600016\tCommune\r\n".encode("utf-16"), "csv"),
    "a table longer than a sheet may be": (b"SIRET;Libelle\n" + b"21169999600016;Commune\n" * 20_000, "csv"),
    "XLSX": (archive("[Content_Types].xml", "xl/workbook.xml"), "spreadsheet"),
    "DOCX": (archive("[Content_Types].xml", "word/document.xml"), "office"),
    "ZIP": (archive("a.yaml"), "archive"),
    "XLS": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "office"),
    "PDF": (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "pdf"),
    "web page": (PAGE.encode(), "page"),
    "web page without a title": (b"\n\n<html><body>a: b</body></html>", "html"),
    "XML": (b'<?xml version="1.0"?>\n<CPPFacturePivot/>\n', "xml"),
    "image": (b"\x89PNG\r\n\x1a\n\x00", "image"),
    "git-crypt": (b"\x00GITCRYPT\x00\x01\x02", "encrypted"),
    "vault": (b"$ANSIBLE_VAULT;1.1;AES256\n3132\n", "encrypted"),
    "store": (b"SQLite format 3\x00\x10", "sqlite"),
    "patch": (b"diff --git a/x.yaml b/x.yaml\n--- a/x.yaml\n+++ b/x.yaml\n@@ -1 +1 @@\n-a: b\n+a: c\n", "patch"),
    "saved plan": (b'{\n  "format_version": "1.0",\n  "type": "plan",\n  "changes": []\n}\n', "plan"),
    "snapshot": (b'{"format_version":"1.0","type":"snapshot","records":[]}', "snapshot"),
    "findings": (b'{"format_version": "1.0", "type": "findings", "files": 1}', "result"),
    "CR": (SHEET.replace("\n", "\r").encode(), "line ends"),
    "CR CR LF": (SHEET.replace("\n", "\r\r\n").encode(), "line ends"),
    "NEL": (SHEET.replace("\n", "\x85").encode(), "line ends"),
    "LS": (SHEET.replace("\n", "\u2028").encode(), "line ends"),
}


@pytest.mark.parametrize("name", FILES)
def test_it_is_told_by_name_and_once(name: str) -> None:
    raw, case = FILES[name]
    parsed = parse(raw)
    assert parsed.stopped
    assert [(fault.rule, fault.case) for fault in parsed.faults] == [("CP017", case)]


@pytest.mark.parametrize("name", FILES)
def test_one_finding_says_it(name: str) -> None:
    (finding,) = verdict(FILES[name][0])
    assert (finding.rule, finding.level) == ("CP017", "error")
    assert "{" not in finding.message + finding.help


def test_a_conflict_is_told_at_its_first_line_with_its_last() -> None:
    assert other_format(CONFLICT.encode()) == Fault("CP017", args={"first": 7, "last": 11}, span=Span(7, 1, 7, 8))
    (finding,) = verdict(CONFLICT)
    assert finding.message == ("Git left a conflict open from line 7 to line 11: both versions stand there, one is expected")


def test_what_is_found_is_named() -> None:
    assert verdict(PAGE)[0].message == "The file is a web page (HTML), « Connexion »: a sheet in YAML is expected"
    assert "chorus-config validate --format json" in verdict(FILES["findings"][0])[0].message
    assert "show FILE" in verdict(FILES["saved plan"][0])[0].help
    assert verdict(FILES["CR"][0])[0].message.startswith("The lines end with CR,")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: b\n",
        "- a\n- b\n",
        "type: fiche-structure\nversion: 1;2\n",
        "une phrase, deux virgules, trois\n",
        "a;b\n",
        "Titre\n=======\n",
        "a: |\n  <<<<<<< HEAD\n",
        "# <<<<<<< HEAD\na: b\n",
        "<<: {a: b}\n",
        "{a: b}\n",
        '{"format_version": "1.0"}',
        "%YAML 1.2\n---\na: b\n",
        "--- \na: b\n",
        "a: b\r\nc: d\r\n",
        "type: x\nlibelle:\tx\nversion:\t1\n",
    ],
)
def test_what_may_be_meant_as_yaml_is_not(text: str) -> None:
    assert other_format(text.encode()) is None
    assert not holds_conflict(text.encode())


@pytest.mark.parametrize("sign", ["\r", "\u2028", "\x85"])
def test_one_odd_character_makes_no_line_end(sign: str) -> None:
    (finding,) = verdict(changed(SHEET, "Mairie", f"Mai{sign}rie"))
    assert finding.rule == "CP002"
