"""Git: is it there, is the project in a repository, does it let us look."""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.app.doctor.look import Look
from chorus_config.i18n.translator import _
from chorus_config.model.doctor import Check
from chorus_config.workspace.git import GitFault, ask, is_shallow
from chorus_config.yamltext.characters import printable


def check_git(look: Look) -> Iterator[Check]:
    """Yield what git says of the folder; who commits is no matter of ours."""
    say = look.say
    try:
        version = ask(look.root, "--version").decode("utf-8", "replace").strip()
    except GitFault:
        message = say(_("git is not found: nobody then knows earlier states of the sheets, and `diff` cannot compare them"))
        yield Check("git", "warning", message, say(_("install git: https://git-scm.com")))
        return
    version = printable(version.replace("git version ", "git ", 1))
    try:
        ask(look.root, "rev-parse", "--git-dir")
        shallow = is_shallow(look.root)
    except GitFault as fault:
        yield _outside(look, version, fault.words)
        return
    if shallow:
        message = say(_("{git}; this clone is shallow: `diff` may not find where a branch began"), git=version)
        yield Check("git", "warning", message, say(_("git fetch --unshallow, or fetch-depth: 0 in the checkout of the CI")))
        return
    yield Check("git", "ok", say(_("{git}; the project is in a repository"), git=version))


def _outside(look: Look, version: str, words: str) -> Check:
    say = look.say
    if "dubious ownership" in words:
        message = say(_("{git} does not trust this folder, which belongs to somebody else"), git=version)
        return Check("git", "fault", message, say(_("if you trust it: git config --global --add safe.directory DIR")))
    if "not a git repository" in words:
        message = say(_("{git}; the project is in no repository: earlier states of the sheets are not kept"), git=version)
        return Check("git", "warning", message, say(_("git init, git add, git commit in the folder of the project")))
    return Check("git", "fault", say(_("{git} cannot read the repository: {why}"), git=version, why=printable(words)))
