"""How lists are read: 130,608 structures and 300,000 services, beside a bare `csv.reader` with the same filter.

`python benchmarks/directory.py SIRETS.zip [csv] [xlsx]`. SIRETS.zip holds a file of 12 digits a line: a SIRET without its
check digits (positions 9 and 14). Each reading is in a process of its own; pairs in turn, medians are shown.
"""

from __future__ import annotations

import csv
import os
import random
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from chorus_config.i18n.translator import translator_for  # noqa: E402 - after the path is set
from chorus_config.model.observed.source import Asked  # noqa: E402
from chorus_config.sources.annuaire.read import read_annuaire  # noqa: E402
from chorus_config.sources.request import SourceRequest  # noqa: E402

_PLACE = "Adresse ComplementAdresse1 ComplementAdresse2 CodePostal Ville NumTelephone Courriel CodePays LibellePays"
_FLAGS = (
    "EmetteurEdi RecepteurEdi GestionStatutMiseEnPaiement GestionEngagement GestionService GestionServiceEngagement"
    " EstMOA EstMOAUniquement StructureActive"
)
_STRUCTURES = f"TypeIdentifiant Identifiant RaisonSociale {_FLAGS} {_PLACE}".split()
_SERVICES = f"Identifiant RaisonSociale Code Nom GestionEGMT ServiceActif {_PLACE}".split()
_PAIRS = 5
_SERVICE_ROWS = 300_000


def _check_digit(digits: str) -> str:
    """Return the digit that makes a number hold (Luhn)."""
    total = sum(
        sum(divmod(int(digit) * 2, 10)) if index % 2 == 0 else int(digit) for index, digit in enumerate(reversed(digits))
    )
    return str(-total % 10)


def sirets(path: Path) -> Iterator[str]:
    """Yield the SIRETs of a ZIP of shortened ones."""
    with zipfile.ZipFile(path) as archive:
        for line in archive.read(archive.namelist()[0]).decode().split():
            siren = line[:8] + _check_digit(line[:8])
            yield (shorter := siren + line[8:]) + _check_digit(shorter)


def rows(owners: list[str]) -> tuple[Iterator[list[str]], Iterator[list[str]]]:
    """Return the rows of structures, and those of services, as the real lists have them."""
    dice = random.Random(5)  # noqa: S311 - the same lists at every run
    towns = [f"{one}-{two}" for one in ("VALMONT", "SAINT-MARTIN", "LA ROCHE", "VILLENEUVE") for two in range(2000)]

    def place(number: int) -> list[str]:
        town = towns[number % len(towns)]
        address = [f"{number % 150} RUE DE LA RÉPUBLIQUE", "MAIRIE" if number % 3 else "", "", f"{number % 95000:05}", town]
        return [*address, f"05452{number % 100000:05}", f"mairie{number}@{town.lower().replace(' ', '')}.fr", "FR", "FRANCE"]

    def structures() -> Iterator[list[str]]:
        for number, owner in enumerate(owners):
            flags = ["true" if dice.random() < 0.2 else "false" for _flag in range(8)]
            yield ["1", owner, f"COMMUNE DE {towns[number % len(towns)]} {number}", *flags, "true", *place(number)]

    def services() -> Iterator[list[str]]:
        for number in range(_SERVICE_ROWS):
            at = number % len(owners)
            code = "FACTURES_PUBLIQUES" if number < len(owners) else f"SERVICE-{number // len(owners)}"
            yield [owners[at], f"COMMUNE {at}", code, "Service des factures publiques", "false", "TRUE", *place(at)]

    return structures(), services()


def write_csv(folder: Path, owners: list[str]) -> int:
    """Write both lists as CSV; return how many structures they have."""
    for name, header, lines in zip(("structures", "services"), (_STRUCTURES, _SERVICES), rows(owners), strict=True):
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(header)
            writer.writerows(lines)
    return len(owners)


def write_xlsx(folder: Path, owners: list[str]) -> int:
    """Write both lists as the sheets of a workbook, identifiants as numbers; return how many structures they have."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, header, lines in zip(("Structures", "Services"), (_STRUCTURES, _SERVICES), rows(owners), strict=True):
        sheet = book.create_sheet(name)
        sheet.append(header)
        at = header.index("Identifiant")
        for line in lines:
            sheet.append([*line[:at], int(line[at]), *line[at + 1 :]])
    book.save(folder / "annuaire.xlsx")
    return len(owners)


def measured(action: Callable[[], int]) -> tuple[float, float, int]:
    """Run an action in a process of its own; return its seconds, its peak memory in MiB, what it counted."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        start = time.perf_counter()
        count = action()
        os.write(writing, f"{time.perf_counter() - start} {count}".encode())
        os._exit(0)
    _child, _status, used = os.wait4(child, 0)
    seconds, count_text = os.read(reading, 100).split()
    os.close(reading)
    os.close(writing)
    return float(seconds), used.ru_maxrss / 1024, int(count_text)


def bare(folder: Path, asked: Asked) -> int:
    """Read both CSV with `csv.reader` alone, and count the rows that are asked for."""
    count = 0
    sirens, everything = asked.sirens, asked.everything
    for name, at in (("structures", 1), ("services", 0)):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.reader(file, delimiter=";"):
                if everything or row[at][:9] in sirens:
                    count += 1
    return count


def read(path: Path, asked: Asked) -> int:
    """Read a path as the program does, and count the structures."""
    return len(read_annuaire(str(path), SourceRequest(ROOT, translator_for("en"), asked)).records)


def compare(folder: Path, asked: Asked, title: str) -> None:
    """Print the medians of pairs of readings of the CSV."""
    pairs = [(measured(lambda: bare(folder, asked)), measured(lambda: read(folder, asked))) for _pair in range(_PAIRS)]
    plain, ours = median(one[0][0] for one in pairs), median(one[1][0] for one in pairs)
    ratio = median(one[1][0] / one[0][0] for one in pairs)
    peak = max(one[1][1] for one in pairs)
    count = pairs[0][1][2]
    print(f"{title}: {ours:.2f} s, bare csv.reader {plain:.2f} s, ratio {ratio:.2f}, peak {peak:.0f} MiB, {count} structures")


def main() -> None:
    """Write the lists, read them, print."""
    owners = list(sirets(Path(sys.argv[1])))
    kinds = sys.argv[2:] or ["csv", "xlsx"]
    few = Asked(sirens=frozenset(owner[:9] for owner in owners[:: len(owners) // 5][:5]))
    with tempfile.TemporaryDirectory() as name:
        base = measured(lambda: 0)[1]
        print(f"a process that reads nothing: {base:.0f} MiB")
        folder = Path(name) / "csv"
        folder.mkdir()
        # In processes of their own: what writing takes is no part of what reading takes.
        if "csv" in kinds:
            measured(lambda: write_csv(folder, owners))
            compare(folder, few, "CSV, 5 SIREN")
            compare(folder, Asked(), "CSV, everything")
        if "xlsx" in kinds:
            measured(lambda: write_xlsx(Path(name), owners))
            book = Path(name) / "annuaire.xlsx"
            for title, asked in (("5 SIREN", few), ("everything", Asked())):
                seconds, peak, count = measured(partial(read, book, asked))
                size = book.stat().st_size / 2**20
                print(f"XLSX of {size:.0f} MiB, {title}: {seconds:.1f} s, peak {peak:.0f} MiB, {count} structures")


if __name__ == "__main__":
    main()
