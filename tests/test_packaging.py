"""What is installed is whole: wheel and source archive carry the schemas and the French, and run away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from chorus_config.schema.packaged import NAMES, directory

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source archive and the wheel, once."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--sdist", "--wheel", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return out


def run(words: list[str], folder: Path, path: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder with one more place to import from."""
    environment = {**os.environ, "PYTHONPATH": str(path), "CHORUS_CONFIG_LANG": "fr", "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, check=False, capture_output=True, encoding="utf-8"
    )


def test_a_checkout_reads_the_schemas_of_the_top_level() -> None:
    assert directory() == ROOT / "schemas"


def test_the_wheel_carries_schemas_texts_and_types(built: Path) -> None:
    names = set(zipfile.ZipFile(next(built.glob("*.whl"))).namelist())
    assert {f"chorus_config/schemas/{name}.schema.json" for name in NAMES} <= names
    assert "chorus_config/i18n/locale/fr/LC_MESSAGES/chorus_config.mo" in names
    assert "chorus_config/py.typed" in names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "schemas/"))]


def test_the_source_archive_can_be_built_again(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {
        "pyproject.toml",
        "LICENSE",
        "README.md",
        "schemas/fiche-structure.schema.json",
        "chorus_config/__init__.py",
    } <= names


def test_an_installed_wheel_validates_plans_and_approves(built: Path, tmp_path: Path) -> None:
    place = tmp_path / "installed"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(place),
        str(next(built.glob("*.whl"))),
    ]
    subprocess.run(install, check=True, capture_output=True)
    where = run(["-c", "from chorus_config.schema.packaged import directory; print(directory())"], tmp_path, place)
    assert Path(where.stdout.strip()) == place / "chorus_config" / "schemas"
    project = tmp_path / "sditec"
    subprocess.run(["git", "init", "--quiet", str(project)], check=True)
    for source in sorted((ROOT / "examples" / "sditec").rglob("*.yaml")):
        target = project / source.relative_to(ROOT / "examples" / "sditec")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    for words, code in ((["validate"], 0), (["plan", "--detailed-exitcode"], 2), (["apply", "--yes"], 0)):
        done = run(["-m", "chorus_config", *words], project, place)
        assert done.returncode == code, done.stderr
    assert "Rien n’a été modifié dans Chorus Pro" in done.stdout


def test_two_builds_of_the_wheel_are_the_same(built: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    assert next(tmp_path.glob("*.whl")).read_bytes() == next(built.glob("*.whl")).read_bytes()
