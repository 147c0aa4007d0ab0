"""Whether git would take a file that nobody means for it: one with persons or bank details, in a work tree that lets it in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from chorus_config.i18n.translator import Translator, _
from chorus_config.workspace.git import GitFault, ask
from chorus_config.yamltext.characters import printable


def git_notes(path: Path, say: Translator) -> Iterator[str]:
    """Yield the sentence that warns of a file that is there, in a git work tree whose `.gitignore` does not leave it aside."""
    if not _is_taken(path):
        return
    message = _(
        "note: git would take {path} along with the sheets, since no .gitignore leaves it aside: write it into another folder, "
        "or add a line {pattern} to .gitignore. It must not be shared like the sheets"
    )
    yield say(message, path=printable(os.fspath(path)), pattern=printable(f"*{path.suffix}" if path.suffix else path.name))


def _is_taken(path: Path) -> bool:
    """Tell whether `git add` takes a file that is there, or git has it already."""
    try:
        found = ask(path.parent, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", path.name)
    except GitFault:
        return False
    return bool(found)
