"""What git knows of the sheets, with the real git."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from chorus_config.workspace import git as ours
from chorus_config.workspace.git import (
    Entry,
    GitFault,
    Lacking,
    commit_named,
    commit_of,
    contents,
    default_branch,
    holding,
    is_shallow,
    listing,
    merge_base,
    staged,
    touched,
)
from tests.repository import commit, counted, git

_FILES = {"structures/a.yaml", "structures/b.yaml"}


def fill(root: Path) -> None:
    """Write the two sheets."""
    (root / "structures").mkdir(parents=True)
    for name in _FILES:
        (root / name).write_text("x\n", encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with both sheets committed."""
    folder = tmp_path / "depot"
    fill(folder)
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "x")
    return folder


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert commit_of(tmp_path, _FILES) == (None, False)


def test_a_missing_folder(tmp_path: Path) -> None:
    assert commit_of(tmp_path / "absent", _FILES) == (None, False)


def test_no_git_at_all(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(root, _FILES) == (None, False)


def test_no_commit_yet(tmp_path: Path) -> None:
    fill(tmp_path)
    git(tmp_path, "init", "--quiet")
    assert commit_of(tmp_path, _FILES) == (None, False)


def test_a_clean_tree(root: Path) -> None:
    assert commit_of(root, _FILES) == (git(root, "rev-parse", "HEAD"), False)


def test_a_changed_sheet(root: Path) -> None:
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(root, _FILES) == (git(root, "rev-parse", "HEAD"), True)
    assert commit_of(root, {"structures/b.yaml"})[1] is False


def test_a_staged_sheet(root: Path) -> None:
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    git(root, "add", ".")
    assert commit_of(root, _FILES)[1] is True


def test_another_file_does_not_count(root: Path) -> None:
    (root / "README.md").write_text("y\n", encoding="utf-8")
    assert commit_of(root, _FILES)[1] is False


def test_an_untracked_sheet_in_an_untracked_folder(root: Path) -> None:
    (root / "structures/sous").mkdir()
    (root / "structures/sous/c.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(root, {*_FILES, "structures/sous/c.yaml"})[1] is True


def test_a_sheet_that_git_ignores_is_in_no_commit(root: Path) -> None:
    (root / ".gitignore").write_text("c.yaml\n", encoding="utf-8")
    git(root, "add", ".gitignore")
    git(root, "commit", "--quiet", "-m", "y")
    (root / "structures/c.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(root, {"structures/c.yaml"})[1] is True


@pytest.mark.parametrize("new", ["structures/c.yaml", "structures/sous/c.yaml"])
def test_a_renamed_sheet(root: Path, new: str) -> None:
    (root / new).parent.mkdir(exist_ok=True)
    git(root, "mv", "structures/a.yaml", new)
    assert commit_of(root, {new, "structures/b.yaml"})[1] is True
    assert commit_of(root, {"structures/b.yaml"})[1] is False


def test_the_old_name_of_a_rename_is_no_entry_of_its_own(root: Path) -> None:
    """The old name follows without its two letters: cut, it must not look like another sheet."""
    for name in ("01-z.yaml", "z.yaml"):
        (root / name).write_text("z\n" * 50, encoding="utf-8")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "y")
    git(root, "mv", "01-z.yaml", "neuf.yaml")
    assert commit_of(root, {"z.yaml"})[1] is False


@pytest.mark.parametrize("name", ["structures/é à.yaml", "structures/a\tb.yaml", 'structures/"x".yaml', "structures/ x.yaml"])
def test_names_as_they_are(root: Path, name: str) -> None:
    (root / name).write_text("y\n", encoding="utf-8")
    assert commit_of(root, {name})[1] is True
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "y")
    assert commit_of(root, {name})[1] is False


def test_a_project_in_a_sub_folder(root: Path) -> None:
    project = root / "fiches é"
    fill(project)
    assert commit_of(project, _FILES)[1] is True
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "y")
    assert commit_of(project, _FILES) == (git(root, "rev-parse", "HEAD"), False)
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(project, _FILES)[1] is False
    (project / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(project, _FILES)[1] is True


def test_a_sub_folder_whose_name_begins_with_a_blank(root: Path) -> None:
    project = root / " fiches"
    fill(project)
    assert commit_of(project, _FILES)[1] is True


def test_the_user_s_settings_change_nothing(root: Path) -> None:
    git(root, "config", "status.showUntrackedFiles", "no")
    git(root, "config", "status.relativePaths", "true")
    git(root, "config", "status.branch", "true")
    git(root, "config", "color.status", "always")
    (root / "structures/c.yaml").write_text("y\n", encoding="utf-8")
    assert commit_of(root, {"structures/c.yaml"})[1] is True
    assert commit_of(root, {"structures/a.yaml"})[1] is False


def test_git_writes_nothing(root: Path) -> None:
    index = (root / ".git" / "index").read_bytes()
    later = time.time() + 60  # stat tells a change that the bytes do not
    os.utime(root / "structures/a.yaml", (later, later))
    commit_of(root, _FILES)
    assert (root / ".git" / "index").read_bytes() == index


# Revisions.


def test_what_a_name_means(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD")
    git(root, "tag", "-a", "v1", "-m", "x")
    git(root, "branch", "autre/é")
    for name in ("HEAD", "main", "v1", "refs/tags/v1", "autre/é", head, head[:8], "@"):
        assert commit_named(root, name) == head


@pytest.mark.parametrize(
    "name", ["absent", "", "-h", "--all", "^HEAD", "HEAD:structures", "HEAD~9", "a..b", "a\nb", "a\0b", "\udcff", "HEAD^{tree}"]
)
def test_what_names_no_commit(root: Path, name: str) -> None:
    assert commit_named(root, name) is None


def test_a_name_without_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitFault, match="not a git repository"):
        commit_named(tmp_path, "HEAD")


def test_where_two_histories_part(root: Path) -> None:
    first = git(root, "rev-parse", "HEAD")
    git(root, "switch", "--quiet", "-c", "branche")
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    mine = commit(root)
    git(root, "switch", "--quiet", "main")
    theirs = commit(root)
    assert merge_base(root, mine, theirs) == first
    git(root, "switch", "--quiet", "--orphan", "seule")
    assert merge_base(root, commit(root), mine) is None


def test_the_default_branch(root: Path) -> None:
    assert default_branch(root) == "refs/heads/main"
    head = git(root, "rev-parse", "HEAD")
    git(root, "update-ref", "refs/remotes/origin/master", head)
    assert default_branch(root) == "refs/remotes/origin/master"
    git(root, "symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")
    assert default_branch(root) == "refs/remotes/origin/master", "the name of a branch that is gone"
    git(root, "update-ref", "refs/remotes/origin/trunk", head)
    assert default_branch(root) == "refs/remotes/origin/HEAD"


def test_no_default_branch(root: Path) -> None:
    git(root, "branch", "--quiet", "-m", "autre")
    assert default_branch(root) is None


def test_a_shallow_clone(root: Path, tmp_path: Path) -> None:
    commit(root)
    git(tmp_path, "clone", "--quiet", "--depth", "1", root.as_uri(), "clone")
    assert (is_shallow(root), is_shallow(tmp_path / "clone")) == (False, True)


# Files.


def test_the_files_of_a_commit_and_of_the_index(root: Path) -> None:
    blob = git(root, "rev-parse", "HEAD:structures/a.yaml")
    (root / "lien").symlink_to("structures/a.yaml")
    (root / "structures/b.yaml").chmod(0o755)
    told = {"lien": "120000", "structures/a.yaml": "100644", "structures/b.yaml": "100755"}
    head = commit(root)
    assert {path: entry.mode for path, entry in listing(root, head).items()} == told
    assert listing(root, head)["structures/a.yaml"] == Entry("100644", blob)
    assert staged(root) == (listing(root, head), ())
    assert listing(root / "structures", head).keys() == {"a.yaml", "b.yaml"} == staged(root / "structures")[0].keys()


def test_an_announced_file_is_not_staged(root: Path) -> None:
    for name in ("c", "vide"):
        (root / f"structures/{name}.yaml").write_text("", encoding="utf-8")
    git(root, "add", "structures/vide.yaml")
    git(root, "add", "--intent-to-add", "structures/c.yaml")
    assert staged(root)[0].keys() == {*_FILES, "structures/vide.yaml"}
    assert staged(root / "structures")[0].keys() == {"a.yaml", "b.yaml", "vide.yaml"}


def test_conflicts(root: Path) -> None:
    git(root, "switch", "--quiet", "-c", "branche")
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    commit(root)
    git(root, "switch", "--quiet", "main")
    (root / "structures/a.yaml").write_text("z\n", encoding="utf-8")
    commit(root)
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "branche")
    assert staged(root) == ({"structures/b.yaml": listing(root, "HEAD")["structures/b.yaml"]}, ("structures/a.yaml",))


def test_what_may_differ_on_the_disk(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD")
    assert touched(root, head) == frozenset()
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    assert touched(root, head) == {"structures/a.yaml"}
    git(root, "add", ".")
    (root / "structures/a.yaml").write_text("x\n", encoding="utf-8")
    assert touched(root, head) == {"structures/a.yaml"}, "staged and taken back: it may differ, never too few"
    assert touched(root / "structures", head) == {"a.yaml"}
    git(root, "rm", "--quiet", "--cached", "structures/b.yaml")
    assert "structures/b.yaml" in touched(root, head)


_NUMBER = "25160278500015"
_WORDS: list[tuple[str, str]] = [
    (_NUMBER, f'"{_NUMBER}"'), (_NUMBER, '"\\u00325160278500015"'), (_NUMBER, '"2516027850\\\n0015"'),
    ("a'b", "'a''b'"), ("a b", "a\n b"), ("é", "é"), ("a\0b", '"a\\0b"'), ("a\nb", "|-\n a\n b"), ("--all", "--all"),
    ("[a-z]*", "'[a-z]*'"), ("'", "''''"), ("\udcff", "x"), ("", "''"), ("x" * 70000, "x" * 70000),
]  # fmt: skip


@pytest.mark.parametrize(("word", "text"), _WORDS, ids=[str(n) for n in range(len(_WORDS))])
def test_a_word_is_found_however_it_is_written(root: Path, word: str, text: str) -> None:
    (root / "structures/a.yaml").write_text(f"ref: {text}\n", encoding="utf-8")
    for name in ("c", "d"):
        (root / f"structures/{name}.yaml").write_text("rien\n", encoding="utf-8")
    commit(root)
    for where in ([], ["--cached"], ["HEAD"]):
        assert "structures/a.yaml" in holding(root, [word], where)
        assert "a.yaml" in holding(root / "structures", ["zzz", word], where)


def test_other_files_do_not_hold_it(root: Path) -> None:
    for where in ([], ["--cached"], ["HEAD"]):
        assert holding(root, ["25160278500015"], where) == frozenset()
        assert holding(root, ["x"], where) == _FILES


def test_the_index_and_the_disk_are_searched_apart(root: Path) -> None:
    (root / "structures/a.yaml").write_text("staged\n", encoding="utf-8")
    git(root, "add", ".")
    (root / "structures/a.yaml").write_text("disk\n", encoding="utf-8")
    found = {
        (word, where): holding(root, [word], [where] if where else [])
        for word in ("staged", "disk")
        for where in ("", "--cached")
    }
    assert {key for key, held in found.items() if held} == {("staged", "--cached"), ("disk", "")}


def test_a_search_that_fails_is_not_an_empty_one(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(GitFault):
        holding(root, ["x"], ["absent"])
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitFault):
        holding(root, ["x"], [])


def test_contents_whole_in_two_processes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [b"", b"x\n", b"no end", b"\0\n\n\0", "é\n".encode(), b"y" * 200, b"z" * 201, b"blob 3\n"]
    for number, text in enumerate(texts):
        (root / str(number)).write_bytes(text)
    head = commit(root)
    blobs = [listing(root, head)[str(number)].blob for number in range(len(texts))]
    seen = counted(monkeypatch)
    held = contents(root, [*blobs, *blobs], 200)
    assert [held[blob] for blob in blobs] == [text if len(text) <= 200 else b" " * 201 for text in texts]
    assert len(seen) == 2
    assert contents(root, [], 200) == {}


def test_a_content_that_is_not_here(root: Path) -> None:
    with pytest.raises(Lacking):
        contents(root, ["1" * 40], 200)


@pytest.mark.parametrize("without", ["", "GIT_NO_LAZY_FETCH", "GIT_ALLOW_PROTOCOL"])
def test_a_partial_clone_does_not_call_home(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: str) -> None:
    """Not every git knows of lazy fetches; each of the two words is enough."""
    monkeypatch.setattr(ours, "_ENVIRONMENT", {name: value for name, value in ours._ENVIRONMENT.items() if name != without})
    git(root, "config", "uploadpack.allowFilter", "true")
    (root / "structures/a.yaml").write_text("y\n", encoding="utf-8")
    commit(root)
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", root.as_uri(), "clone")
    clone = tmp_path / "clone"
    blobs = [entry.blob for entry in listing(clone, "HEAD~1").values()]
    before = sorted((clone / ".git").rglob("*"))
    with pytest.raises(Lacking):
        contents(clone, blobs, 200)
    assert sorted((clone / ".git").rglob("*")) == before


# Where git is asked from, and by whom.


def _answers(root: Path) -> object:
    commit_id = listing(root, "HEAD")
    return commit_id, staged(root), touched(root, "HEAD"), holding(root, ["x"], []), holding(root, ["x"], ["HEAD"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("color.ui", "always"), ("color.grep", "always"), ("color.grep.filename", "red"), ("diff.noprefix", "true"),
        ("core.quotePath", "true"), ("grep.patternType", "perl"), ("grep.extendedRegexp", "true"), ("grep.fullName", "false"),
        ("grep.lineNumber", "true"), ("grep.column", "true"), ("diff.relative", "false"), ("diff.external", "false"),
        ("diff.renames", "copies"), ("core.pager", "false"), ("pager.grep", "true"), ("status.short", "true"),
        ("submodule.recurse", "true"), ("core.fsmonitor", "false"), ("log.showSignature", "true"), ("grep.threads", "1"),
        ("core.abbrev", "4"), ("diff.wordRegex", "."), ("i18n.logOutputEncoding", "latin1"), ("diff.orderFile", "/dev/null"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["", "fiches é"])
def test_no_setting_of_the_user_changes_an_answer(root: Path, name: str, value: str, folder: str) -> None:
    if folder:
        fill(root / folder)
    (root / folder / 'structures/é "x".yaml').write_text("x\n", encoding="utf-8")
    commit(root)
    (root / folder / "structures/a.yaml").write_text("x y\n", encoding="utf-8")
    before = _answers(root / folder)
    git(root, "config", name, value)
    assert _answers(root / folder) == before


@pytest.mark.parametrize(
    "name", ["GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS", "GIT_TRACE", "GIT_FLUSH", "GIT_PREFIX"]
)
def test_no_variable_of_the_user_changes_an_answer(root: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = _answers(root)
    monkeypatch.setenv(name, "1")
    assert _answers(root) == before


@pytest.mark.parametrize("folder", ["", "fiches"])
def test_as_a_hook_is_told(root: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    if folder:
        fill(root / folder)
        commit(root)
    (root / folder / "structures/a.yaml").write_text("x y\n", encoding="utf-8")
    before = _answers(root / folder), commit_of(root / folder, _FILES)
    monkeypatch.chdir(root)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert (_answers(root / folder), commit_of(root / folder, _FILES)) == before
    assert (_answers(Path(folder)), commit_of(Path(folder), _FILES)) == before


def test_a_work_tree_beside_its_repository(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _answers(root)
    (root / ".git").rename(root.parent / "depot.git")
    monkeypatch.chdir(root.parent)
    monkeypatch.setenv("GIT_DIR", "depot.git")
    monkeypatch.setenv("GIT_WORK_TREE", "depot")
    assert _answers(root) == before


def _in_a_worktree(root: Path) -> Path:
    git(root, "worktree", "add", "--quiet", "../autre", "-b", "autre")
    return root.parent / "autre"


def _in_a_submodule(root: Path) -> Path:
    outer = root.parent / "dehors"
    outer.mkdir()
    git(outer, "init", "--quiet")
    git(outer, "submodule", "--quiet", "add", str(root), "dedans")
    return outer / "dedans"


@pytest.mark.parametrize("place", [_in_a_worktree, _in_a_submodule])
def test_other_kinds_of_work_tree(root: Path, place: Callable[[Path], Path]) -> None:
    before = _answers(root)
    assert _answers(place(root)) == before


def test_the_owner_is_told_apart(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(GitFault, match="dubious ownership"):
        commit_named(root, "HEAD")


def test_a_border_of_file_systems_is_no_repository() -> None:
    told = "fatal: not a git repository (or any parent up to mount point /)\nStopping at filesystem boundary (…).\n"
    assert "not a git repository" in ours._complaint(told)
    assert ours._complaint("\nwarning: x\nplain\n") == "plain"
    assert ours._complaint("") == "?", "no words would say that there is no git"


def test_none_of_it_writes(root: Path) -> None:
    later = time.time() + 60
    os.utime(root / "structures/a.yaml", (later, later))
    before = {path: path.read_bytes() for path in sorted((root / ".git").rglob("*")) if path.is_file()}
    _answers(root)
    merge_base(root, "HEAD", "HEAD")
    default_branch(root)
    contents(root, [entry.blob for entry in listing(root, "HEAD").values()], 200)
    assert {path: path.read_bytes() for path in sorted((root / ".git").rglob("*")) if path.is_file()} == before
