"""Sixty sheets, one fault in each, such as people write them: what mending makes of each, and how many it mends.

Beside `NAME.yaml` stands what becomes of it, `NAME.fixed.yaml`, and with `--unsafe` `NAME.unsafe.yaml`; where there is none,
nothing changes. `CHORUS_CONFIG_GOLDEN=write` writes them.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from chorus_config.engine.fixing.encoding import recoded
from chorus_config.engine.fixing.rounds import mend_text
from chorus_config.model.fixing import MendedText
from chorus_config.model.project import TextFile
from tests.samples import checked, file_name, setting

CORPUS: Final = Path(__file__).parent / "corpus"
PAGE: Final = Path(__file__).parents[3] / "docs" / "fix.md"
SHEETS: Final = sorted(path for path in CORPUS.glob("*.yaml") if path.name.count(".") == 1)

# What nobody but a person mends: what was meant is nowhere in the file.
BY_HAND: Final = {
    "conflict", "date-impossible", "key-unknown", "mail-no-domain", "phone-placeholder", "phone-two-numbers",
    "postal-code-cedex", "quote-open", "role-unknown", "siret-digit-missing", "siret-wrong-key",
}  # fmt: skip
UNSAFE: Final = {
    "country-far", "date-two-ways", "key-near", "mail-comma", "phone-lost-zero", "postal-code-lost-zero",
    "public-invoices-inactive", "role-dropped", "siret-lost-zero",
}  # fmt: skip


def mended(path: Path, *, unsafe: bool = False) -> MendedText:
    """Return what a sheet becomes; one that is no UTF-8, in the encoding that its name says."""
    raw = path.read_bytes()
    raw = recoded(raw, path.stem.removeprefix("encoding-")) or raw
    return mend_text(TextFile(file_name(raw), raw), setting(), unsafe=unsafe)


def agrees(path: Path, before: bytes, made: bytes) -> bool:
    """Tell whether what was made stands in its file; write it when asked to."""
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        path.unlink(missing_ok=True)
        if made != before:
            path.write_bytes(made)
    return (path.read_bytes() if path.is_file() else before) == made


def outcome(path: Path) -> str:
    """Return who mends a sheet: "fix", "unsafe" or "hand"; nothing that is an error or a warning may be left."""
    if not mended(path).left:
        return "fix"
    return "hand" if mended(path, unsafe=True).left else "unsafe"


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_what_becomes_of_a_sheet(path: Path) -> None:
    before = path.read_bytes()
    assert any(one.level != "info" for one in checked(before).findings), "no fault in it"
    safe, unsafe = mended(path).raw, mended(path, unsafe=True).raw
    assert agrees(CORPUS / f"{path.stem}.fixed.yaml", before, safe)
    assert agrees(CORPUS / f"{path.stem}.unsafe.yaml", safe, unsafe)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_mending_twice_is_mending_once(path: Path) -> None:
    for unsafe in (False, True):
        once = mended(path, unsafe=unsafe)
        again = mend_text(TextFile(file_name(once.raw), once.raw), setting(), unsafe=unsafe)
        assert (again.raw, again.done) == (once.raw, ())


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_who_mends_a_sheet(path: Path) -> None:
    expected = "hand" if path.stem in BY_HAND else "unsafe" if path.stem in UNSAFE else "fix"
    assert outcome(path) == expected, [(one.rule, one.message) for one in mended(path, unsafe=True).left]


def test_the_figures_are_those_of_the_page() -> None:
    found = Counter(map(outcome, SHEETS))
    assert found == {"fix": 40, "unsafe": 9, "hand": 11}
    rows = [("`fix` corrige", found["fix"]), ("`fix --unsafe` corrige en plus", found["unsafe"]), ("à la main", found["hand"])]
    table = "".join(f"| {said} | {number} |\n" for said, number in ((f"sur {len(SHEETS)}", "fiches"), ("---", "---"), *rows))
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition("<!-- corpus -->\n")
    drawn, end, after = rest.partition("<!-- /corpus -->")
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        PAGE.write_text(before + begin + table + end + after, encoding="utf-8", newline="\n")
        return
    assert drawn == table
