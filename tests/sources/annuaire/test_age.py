"""When a list was written."""

from __future__ import annotations

import io
import os
import zipfile

import pytest

from chorus_config.sources.annuaire.age import Stored, written_at
from tests.sources.annuaire.making import SIRET, Reader, table, town

NOW = "2026-11-26T10:00:00Z"
DISK = 1_790_000_000.0


@pytest.mark.parametrize(
    ("names", "stored", "expected"),
    [
        (["structures.csv"], None, "2026-09-21T14:13:20Z"),
        (["structures_2024-10-29.csv"], None, "2024-10-29T00:00:00Z"),
        (["20241029-structures.csv"], None, "2024-10-29T00:00:00Z"),
        (["structures 29-10-2024.csv"], None, "2024-10-29T00:00:00Z"),
        (["x.csv", "annuaire_29.10.2024.zip"], None, "2024-10-29T00:00:00Z"),
        # No such day, a day to come, a SIRET, an account: none of them is a date.
        (["x_2024-13-29.csv"], None, "2026-09-21T14:13:20Z"),
        (["x_2027-01-01.csv"], (2025, 3, 4, 5, 6, 8), "2025-03-04T05:06:08Z"),
        (["21160999500017.csv"], None, "2026-09-21T14:13:20Z"),
        (["19991231.csv"], None, "2026-09-21T14:13:20Z"),
        (["x.csv"], (2025, 3, 4, 5, 6, 8), "2025-03-04T05:06:08Z"),
        (["2024-10-29.csv"], (2025, 3, 4, 5, 6, 8), "2024-10-29T00:00:00Z"),
        (["x.csv"], (1980, 1, 1, 0, 0, 0), "2026-09-21T14:13:20Z"),
        (["x.csv"], (2025, 0, 0, 0, 0, 0), "2026-09-21T14:13:20Z"),
        (["x.csv"], (2027, 1, 1, 0, 0, 0), "2026-09-21T14:13:20Z"),
    ],
)
def test_a_name_speaks_before_the_zip_and_that_before_the_disk(names: list[str], stored: Stored | None, expected: str) -> None:
    assert written_at(names, stored, DISK, NOW) == expected


def test_without_an_instant_the_clock_says_what_is_to_come() -> None:
    assert written_at(["2020-01-01"], None, DISK, "") == "2020-01-01T00:00:00Z"
    assert written_at(["2920-01-01"], None, DISK, "") == "2026-09-21T14:13:20Z"


def test_a_snapshot_is_as_old_as_the_names_of_its_files_say(reader: Reader) -> None:
    (reader.folder / "structures_2024-10-29.csv").write_text(table(town()), encoding="utf-8")
    assert reader.snapshot(SIRET).taken_at == "2024-10-29T00:00:00Z"
    # How old a list is that says nothing of structures does not count.
    stock = f"siret,etatAdministratifEtablissement,codePostalEtablissement\n{SIRET},A,16000\n"
    (reader.folder / "stock_2023-01-01.csv").write_text(stock, encoding="utf-8")
    assert reader.directory(SIRET).snapshot.taken_at == "2024-10-29T00:00:00Z"


def test_a_member_of_a_zip_is_as_old_as_the_zip_says(reader: Reader) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(zipfile.ZipInfo("structures.csv", (2024, 10, 29, 8, 30, 0)), table(town()))
    reader.put(annuaire_zip=made.getvalue())
    os.utime(reader.folder / "annuaire.zip", (DISK, DISK))
    assert reader.snapshot(SIRET).taken_at == "2024-10-29T08:30:00Z"
