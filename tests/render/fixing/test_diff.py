"""How files change, as a unified diff: its ranges, and what is masked on both sides."""

from __future__ import annotations

from chorus_config.i18n.translator import translator_for
from chorus_config.model.fixing import FileChange
from chorus_config.render.fixing.diff import changes_diff
from chorus_config.render.shared.paint import coloured, plain
from tests.samples import SHEET

EN = translator_for("en")
BANK = 'coordonnees_bancaires:\n  - libelle: "Régie"\n    bic: |\n      agrifrpp\n    iban: "fr76 1234"\n    compte: "123456"\n'


def diff(old: str, new: str, renamed: str = "") -> str:
    """Return the diff of one sheet."""
    return changes_diff([FileChange("a.yaml", "fiche-structure", old.encode(), new.encode(), renamed)], EN, plain)


def test_what_does_not_change_is_not_shown() -> None:
    assert diff(SHEET, SHEET) == ""
    assert diff(SHEET, SHEET, "b.yaml") == "--- a.yaml\n+++ b.yaml\n"


def test_ranges_say_where_and_how_many_lines() -> None:
    assert diff("a: 1\nb: 2\n", "a: 1\nc: 3\nb: 2\n") == "--- a.yaml\n+++ a.yaml\n@@ -1,2 +1,3 @@\n a: 1\n+c: 3\n b: 2\n"
    assert "@@ -11,3 +11,4 @@" in diff(SHEET, f'{SHEET}  telephone: "x"\n')
    assert diff("", "a: 1\n").endswith("@@ -0,0 +1 @@\n+a: 1\n")
    assert diff("a: 1", "a: 2\n").endswith("@@ -1 +1 @@\n-a: 1\n\\ No newline at end of file\n+a: 2\n")


def test_sensitive_values_are_masked_and_unknown_ones_beside_them() -> None:
    shown = diff(SHEET + BANK, SHEET + BANK.replace("fr76 1234", "FR76 12345"))
    assert '-    iban: "FR ****"' in shown
    assert '+    iban: "FR ****"' in shown
    for hidden in ("1234", "agrifrpp", "AGRIFRPP", "123456"):
        assert hidden not in shown


def test_nothing_in_a_line_acts_on_a_terminal() -> None:
    shown = diff(SHEET, SHEET + "# \x1b[31m\u202e\r\n")
    assert "\x1b" not in shown
    assert "\\u{1b}[31m\\u{202e}" in shown


def test_a_file_that_cannot_be_read_is_shown_line_by_line() -> None:
    assert '-  a: "x\n+  a: "x"\n' in diff('b:\n  a: "x\n', 'b:\n  a: "x"\n')


def test_another_encoding_is_told_not_shown() -> None:
    change = FileChange("a.yaml", "fiche-structure", b"a: \xe9\n", "a: é\n".encode())
    assert changes_diff([change], EN, plain).endswith("(the whole file is written in UTF-8)\n")


def test_colours_mean_what_comes_and_goes() -> None:
    change = FileChange("a.yaml", "fiche-structure", b"a: 1\n", b"a: 2\n")
    assert "\x1b[32m+a: 2\x1b[0m\n" in changes_diff([change], EN, coloured)
