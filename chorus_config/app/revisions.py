"""Which two states a comparison is about, and clear words when git cannot tell them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from chorus_config.app.project import OpenOptions, project_place
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.errors import NoInput, Refused, Unavailable, UsageFault
from chorus_config.workspace.git import GitFault, Lacking, commit_named, default_branch, is_shallow, merge_base
from chorus_config.workspace.revisions import Revision, of_commit, of_disk, of_index


class DiffSides(Struct, frozen=True):
    """The commit that is compared with, and what is compared with it."""

    base: Revision
    head: Revision


class DiffRange(Struct, frozen=True):
    """Which two states are meant: `written` is `BASE`, `BASE..HEAD` or `BASE...HEAD`, "" from where this branch began.

    `staged` compares with what is staged for the next commit, `pushed` what pre-commit says is being pushed.
    """

    written: str = ""
    staged: bool = False
    pushed: bool = False


def diff_sides(options: OpenOptions, wanted: DiffRange | None = None) -> DiffSides:
    """Return the two sides of `diff`. Raises UsageFault, NoInput (no such revision), Unavailable (no git)."""
    root, _name = project_place(options)
    with git_explained(options):
        return _Choice(options.say, root).sides(wanted or DiffRange())


@contextmanager
def git_explained(options: OpenOptions) -> Iterator[None]:
    """Turn what git refuses into words for a person."""
    say = options.say
    try:
        yield
    except GitFault as fault:
        if isinstance(fault, Lacking):
            message = _(
                "this clone does not hold the files of that revision (a partial clone): git fetch --refetch --no-filter"
            )
            raise NoInput(say(message)) from fault
        if not fault.words:
            raise Unavailable(say(_("git is needed to compare revisions, and it did not answer: is it installed?"))) from fault
        if "not a git repository" in fault.words:
            message = _("{folder} is in no git repository: `diff` compares revisions; `plan` compares with what was approved")
            raise NoInput(say(message, folder=options.directory)) from fault
        if "dubious ownership" in fault.words:
            message = _("git does not trust this folder, which belongs to somebody else: see git config safe.directory")
            raise Unavailable(say(message)) from fault
        raise Unavailable(say(_("git cannot tell the revisions apart: {why}"), why=fault.words)) from fault


class _Choice(Struct, frozen=True):
    """The command line's wish, and the folder of the project in its repository."""

    say: Translator
    root: Path

    def sides(self, wanted: DiffRange) -> DiffSides:
        """Return what is asked for; without anything, from the default branch to the working tree."""
        written = wanted.written
        self._refuse_contradiction(wanted)
        if wanted.pushed and (pushed := self._pushed()) is not None:
            return pushed
        if wanted.staged:
            return DiffSides(of_commit(self.root, self._commit(written or "HEAD")), self._index())
        if ".." in written:
            return self._range(written)
        base = self._commit(written) if written else self._own_beginning(self._commit("HEAD"))
        return DiffSides(of_commit(self.root, base), of_disk(self.root))

    def _refuse_contradiction(self, wanted: DiffRange) -> None:
        if (wanted.staged and (wanted.pushed or ".." in wanted.written)) or (wanted.pushed and wanted.written):
            raise UsageFault(self.say(_("--staged, --from-pre-commit and BASE..HEAD do not go together")))

    def _own_beginning(self, head: str) -> str:
        """Return where a commit's branch left the default one."""
        return self._parted(self._default(), head)

    def _range(self, written: str) -> DiffSides:
        """`A..B` compares two revisions as they are, `A...B` what B added since it parted from A; an end left out is HEAD."""
        dots = "..." if "..." in written else ".."
        first, _dots, last = written.partition(dots)
        base, head = self._commit(first or "HEAD"), self._commit(last or "HEAD")
        base = self._parted(base, head) if dots == "..." else base
        return DiffSides(of_commit(self.root, base), of_commit(self.root, head))

    def _pushed(self) -> DiffSides | None:
        """Return what pre-commit says is being pushed, None when it says nothing (a run by hand)."""
        first, last = (os.environ.get(f"PRE_COMMIT_{end}_REF", "") for end in ("FROM", "TO"))
        if not last.strip("0"):
            return None
        head = self._commit(last)
        # A first push has nothing on the other side.
        base = self._commit(first) if first.strip("0") else self._own_beginning(head)
        return DiffSides(of_commit(self.root, base), of_commit(self.root, head))

    def _index(self) -> Revision:
        side = of_index(self.root)
        if side.conflicts:
            message = _("a merge left conflicts in {names}: resolve them, git add, and try again")
            raise Refused(self.say(message, names=", ".join(side.conflicts[:5])))
        return side

    def _default(self) -> str:
        found = default_branch(self.root)
        if found is None:
            message = _("which branch this one is to be merged into is not known: name it, chorus-config diff BRANCH...HEAD")
            raise UsageFault(self.say(message))
        return found

    def _commit(self, name: str) -> str:
        found = commit_named(self.root, name)
        if found is not None:
            return found
        if name == "HEAD":
            raise NoInput(self.say(_("the repository has no commit yet: there is nothing to compare with")))
        raise self._missing(self.say(_("no revision is called {name} here"), name=f'"{name}"'))

    def _parted(self, one: str, other: str) -> str:
        found = merge_base(self.root, one, other)
        if found is not None:
            return found
        raise self._missing(self.say(_("the two histories share no commit here")))

    def _missing(self, why: str) -> NoInput:
        """Say what is missing, and how to get it."""
        if is_shallow(self.root):
            message = _("{why}: this clone is shallow; git fetch --unshallow, or fetch-depth: 0 in the checkout of the CI")
        else:
            message = _("{why}: git fetch, or name two revisions, chorus-config diff BASE..HEAD")
        return NoInput(self.say(message, why=why))
