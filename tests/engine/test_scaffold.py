"""The first files of a project: they are valid in both languages, and so is what their comments offer."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

import pytest
import yaml
from msgspec.structs import replace

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.importing.project_file import ProjectAdditions, new_project_file
from chorus_config.engine.scaffold import github, gitlab
from chorus_config.engine.scaffold.comments import beside, comment
from chorus_config.engine.scaffold.files import about, files_around, files_of_sheet
from chorus_config.engine.scaffold.modelines import modeline, modeline_fault
from chorus_config.engine.scaffold.pre_commit import pre_commit_text
from chorus_config.engine.scaffold.project_file import project_file_of, with_comments
from chorus_config.engine.scaffold.questions import QUESTIONS, faults_of_answer, missing_answers, tidy_answer
from chorus_config.engine.scaffold.sheet import sheet_text
from chorus_config.i18n.translator import LANGUAGES, Language, translator_for
from chorus_config.model.finding import TrackedDay
from chorus_config.model.project import FileKind, TextFile
from chorus_config.model.scaffold import CI_SERVICES, Answers, Origin
from chorus_config.schema.packaged import directory
from tests.once import ROOT

DAY: Final = date(2026, 11, 27)
WHOLE: Final = Answers(
    "21160999500017", "COMMUNE DE VALMONT", "Commune de Valmont", "factures@valmont.example", "1 PLACE DE LA MAIRIE", "16999",
    "VALMONT",
)  # fmt: skip
ORIGIN: Final = Origin("https://github.com/chorus/chorus-config.git", "a" * 40)
SETTINGS: Final = CheckSettings(TrackedDay(DAY), translator_for("en"))


def rules(text: str | bytes, kind: FileKind = "fiche-structure", path: str = f"structures/{WHOLE.siret}.yaml") -> list[str]:
    """Return the rules that find fault with a file."""
    raw = text.encode() if isinstance(text, str) else text
    return [one.rule for one in check_file(TextFile(path, raw, kind), SETTINGS).findings]


def taken_up(text: str) -> str:
    """Return a file with what its comments offer: the sign is taken away before each key, and each line of its block."""
    lines, inside = [], False
    for line in text.splitlines():
        begins = re.fullmatch(r"( *)# ([a-z_]+:.*)", line)
        if begins and not re.match(r"yaml-language-server", begins[2]):
            inside = begins[2].endswith(":")
            lines.append(begins[1] + begins[2])
        elif inside and line.startswith("#   "):
            lines.append(line.removeprefix("# "))
        else:
            inside = False
            lines.append(line)
    return "\n".join([*lines, ""])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_sheet_is_valid_and_so_is_what_its_comments_offer(language: Language) -> None:
    text = sheet_text(WHOLE, translator_for(language))
    assert rules(text) == []
    offered = taken_up(text)
    assert rules(offered) == []
    body = yaml.safe_load(offered)
    assert [one["code"] for one in body["services"]] == ["FACTURES_PUBLIQUES", "ST-TECH"]
    assert body["informations_generales"]["statut"] == "ACTIF"
    assert body["adresse_postale"]["telephone"] == "+33 536490110"
    assert len(body["utilisateurs"]) == 2
    assert body["parametres"]["code_service_obligatoire"] is False


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_project_file_is_valid_and_so_is_what_its_comments_offer(language: Language) -> None:
    text = project_file_of([(WHOLE.siret, WHOLE.label)], DAY, translator_for(language), WHOLE.label).decode()
    for one in (text, taken_up(text)):
        assert rules(one, "projet", "chorus-config.yaml") == []
    body = yaml.safe_load(text)
    assert body["langue"] == language
    assert body["portefeuille"] == {
        "nom": "Commune de Valmont",
        "budgets": [{"identifiant": WHOLE.siret, "libelle": "Commune de Valmont"}],
    }
    assert yaml.safe_load(taken_up(text))["portefeuille"]["echeance"] == "2027-12-31"


def test_comments_change_nothing_of_a_project_file_that_an_import_made() -> None:
    made = new_project_file(ProjectAdditions({"langue": "fr", "annuaire": "listes"}), ["yaml-language-server: x"])
    text = with_comments(made, DAY, translator_for("fr"))
    assert yaml.safe_load(text) == yaml.safe_load(made)
    # What it has already is not offered again.
    assert len(re.findall(rb"^(?:# *)?annuaire:", text, re.MULTILINE)) == 1


def test_an_address_that_nobody_gave_is_found_by_the_rule_of_placeholders() -> None:
    text = sheet_text(replace(WHOLE, address="", postal_code="", town=""), translator_for("en"))
    assert rules(text) == ["CP010"] * 3


@pytest.mark.parametrize("hostile", ['"', "a: b # c", "\\", "{{ x }}", "'", "${{ secrets.X }}", "<b>", "- x", "&a *b"])
def test_no_answer_is_more_than_a_text(hostile: str) -> None:
    answers = Answers(WHOLE.siret, hostile, hostile, hostile, hostile, hostile, hostile)
    for made in files_of_sheet(answers, DAY, translator_for("fr")):
        body: Any = yaml.safe_load(made.raw)
        if made.path == "chorus-config.yaml":
            assert body["portefeuille"]["nom"] == hostile
        else:
            general = body["informations_generales"]
            assert [general[key] for key in ("raison_sociale", "libelle", "adresse_electronique")] == [hostile] * 3


@pytest.mark.parametrize(
    ("asks", "answer", "rule"),
    [
        ("siret", "2116099950001", "CP101"),
        ("siret", "21160999500018", "CP102"),
        ("label", "Mairie", "CP105"),
        ("email", "nobody", "CP106"),
        ("email", "mairie.valmont@gmail.com", "CP107"),
        ("postal_code", "1699", "CP202"),
        ("address", " ", "CP201"),
    ],
)
def test_an_answer_is_judged_by_the_rule_itself(asks: str, answer: str, rule: str) -> None:
    question = next(one for one in QUESTIONS if one.asks == asks)
    answers: dict[str, Any] = {asks: answer}
    found = faults_of_answer(question, replace(WHOLE, **answers), SETTINGS)
    assert [one.rule for one in found] == [rule]
    assert faults_of_answer(question, WHOLE, SETTINGS) == ()


def test_the_first_answer_is_judged_before_the_others_are_known() -> None:
    siret = QUESTIONS[0]
    assert faults_of_answer(siret, Answers(siret=WHOLE.siret), SETTINGS) == ()
    assert [one.rule for one in faults_of_answer(siret, Answers(siret="1"), SETTINGS)] == ["CP101"]


def test_what_is_needed_and_what_is_tidied() -> None:
    assert [one.option for one in missing_answers(Answers())] == ["--siret", "--raison-sociale", "--email"]
    assert missing_answers(WHOLE) == ()
    assert tidy_answer("siret", " 211 609 995\u00a000017 ") == WHOLE.siret
    assert tidy_answer("name", "  VILLE DE X ") == "VILLE DE X"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ci", CI_SERVICES)
def test_every_file_is_yaml_of_its_kind_and_is_explained(language: Language, ci: Any) -> None:
    say = translator_for(language)
    made = {one.path: one.raw.decode() for one in files_around(ci, None, say)}
    own = {"github": {github.PATH}, "gitlab": {gitlab.PATH}, "none": set[str]()}[ci]
    assert made.keys() == {".gitignore", ".pre-commit-config.yaml"} | own
    for path, text in made.items():
        assert about(path, say)
        assert max(map(len, text.splitlines())) <= 128
        if path != ".gitignore":
            assert isinstance(yaml.safe_load(text), dict)
    assert {".chorus-config/", "*.sauvegarde", "*.xlsx", "*.html", "plan*.json", "saisie*", "courriers*"} <= set(
        made[".gitignore"].splitlines()
    )


def test_below_the_top_of_a_repository_nothing_is_written_that_is_read_at_its_top_only() -> None:
    assert [one.path for one in files_around("github", None, translator_for("en"), top=False)] == [".gitignore"]


def test_local_hooks_are_those_that_the_repository_offers() -> None:
    offered = {one["id"]: one for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
    (repository,) = yaml.safe_load(pre_commit_text(None, translator_for("fr")))["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        theirs = offered[hook["id"]]
        same = ("entry", "pass_filenames", "always_run", "require_serial", "stages", "name")
        assert {key: hook[key] for key in same} == {key: theirs[key] for key in same}
        assert hook["language"] == "system"


def test_who_knows_where_the_program_came_from_names_it_by_its_commit() -> None:
    say = translator_for("en")
    (repository,) = yaml.safe_load(pre_commit_text(ORIGIN, say))["repos"]
    assert (repository["repo"], repository["rev"]) == (ORIGIN.url, ORIGIN.commit)
    assert [one["id"] for one in repository["hooks"]] == ["chorus-config-validate-all", "chorus-config-changes"]
    assert f"uses: chorus/chorus-config@{ORIGIN.commit}\n" in github.github_text(ORIGIN, say)
    assert f'"git+{ORIGIN.url}@{ORIGIN.commit}"' in gitlab.gitlab_text(ORIGIN, say)
    assert "0" * 40 not in github.github_text(ORIGIN, say) + gitlab.gitlab_text(ORIGIN, say)
    # A repository elsewhere is no action of GitHub.
    assert "0" * 40 in github.github_text(replace(ORIGIN, url="https://forge.example/chorus-config"), say)


def test_the_workflow_is_that_of_the_docs() -> None:
    ours, theirs = (yaml.safe_load(text) for text in (
        github.github_text(None, translator_for("fr")), (ROOT / "docs/ci/github.yml").read_text(encoding="utf-8"),
    ))  # fmt: skip
    assert ours == theirs


def test_the_pipeline_is_that_of_the_template() -> None:
    ours = yaml.safe_load(gitlab.gitlab_text(None, translator_for("fr")))["chorus-config"]
    theirs = yaml.safe_load((ROOT / "ci/chorus-config.gitlab-ci.yml").read_text(encoding="utf-8"))["chorus-config"]
    assert ours["variables"].pop("CHORUS_CONFIG_PACKAGE").startswith("git+")
    # What is installed is written in the file itself: it need not be asked for. Comments in scripts say the same in French.
    guard, comments = r"if \[ -z .*?\nfi\n", r"(?m)^\s*#.*\n"
    for job in (ours, theirs):
        for key in ("before_script", "script"):
            job[key] = [re.sub(comments, "", re.sub(guard, "", text, flags=re.DOTALL)) for text in job[key]]
    assert ours == theirs


def test_comments_are_folded_and_stand_where_there_is_room() -> None:
    lines = comment("mot " * 60, 2)
    assert len(lines) > 1
    assert all(line.startswith("  # ") and len(line) <= 120 for line in lines)
    assert beside("  a: 1", "short") == ["  a: 1 # short"]
    assert beside("  a: 1", "long " * 30)[-1] == "  a: 1"


# Modelines


def judged(line: str, files: dict[str, bytes], path: str = "structures/x.yaml") -> tuple[str, bool] | None:
    """Return the message of what is wrong with the modeline of a sheet, and whether an editor is misled."""
    text = TextFile(path, f"{line}\ntype: fiche-structure\nversion: 1\n".encode())
    found = modeline_fault(text, files.get)
    return (found.message, found.wrong) if found is not None else None


def packaged(name: str) -> bytes:
    """Return the bytes of a packaged schema."""
    return (directory() / f"{name}.schema.json").read_bytes()


def test_a_modeline_that_leads_to_the_schema_of_this_version_is_right() -> None:
    line = modeline("fiche-structure", "structures/x.yaml")
    assert line == "# yaml-language-server: $schema=../schemas/fiche-structure.schema.json"
    files = {"schemas/fiche-structure.schema.json": packaged("fiche-structure")}
    assert judged(line, files) is None
    # So is one behind another comment, written by somebody else, with the line ends of Windows.
    files = {name: raw.replace(b"\n", b"\r\n") for name, raw in files.items()}
    assert judged(f"# ours\n#yaml-language-server : $schema=./{line.partition('=')[2]}", files) is None


@pytest.mark.parametrize(
    ("line", "files", "said", "wrong"),
    [
        ("# a comment", {}, "no modeline", False),
        ("# yaml-language-server: $schema=https://x.example/y.json", {}, "does not read", False),
        ("# yaml-language-server: $schema=../schemas/a.json", {}, "there is no file", True),
        ("# yaml-language-server: $schema=a.json", {"structures/a.json": b"{}"}, "of this version", True),
        ("# yaml-language-server: $schema=a.json", {"structures/a.json": b"\xff"}, "of this version", True),
        ("# yaml-language-server: $schema=a.json", {"structures/a.json": packaged("projet")}, "another kind", True),
    ],
)
def test_what_is_wrong_with_a_modeline_is_said(line: str, files: dict[str, bytes], said: str, wrong: bool) -> None:
    found = judged(line, files)
    assert found is not None
    assert said in found[0]
    assert found[1] is wrong


def test_an_older_copy_of_our_schema_is_said_to_be_older() -> None:
    old = packaged("fiche-structure").replace(b'"title": "Libell', b'"title": "Ancien libell')
    found = judged(modeline("fiche-structure", "structures/x.yaml"), {"schemas/fiche-structure.schema.json": old})
    assert found is not None
    assert "of this version" in found[0]


def test_the_place_of_a_wrong_modeline_is_its_line() -> None:
    text = TextFile("comptes/a.yaml", b"# one\n# yaml-language-server: $schema=nowhere.json\ntype: compte-utilisateur\n")
    found = modeline_fault(text, lambda _path: None)
    assert found is not None
    assert (found.path, found.line) == ("comptes/a.yaml", 2)
    assert found.places["line"].endswith("=../schemas/compte-utilisateur.schema.json")
