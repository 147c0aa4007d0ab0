"""What `init` wrote, what it left as it was, what is to be completed, and the next three steps in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from shlex import quote

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import Finding
from chorus_config.model.scaffold import Scaffold
from chorus_config.render.findings.text import finding_lines
from chorus_config.render.shared.paint import Paint
from chorus_config.yamltext.characters import printable


def scaffold_text(scaffold: Scaffold, findings: Iterable[Finding], folder: str, say: Translator, paint: Paint) -> str:
    """Return what starting a project in a folder ended with; `findings` are what `validate` says of it now."""
    listed = tuple(findings)
    lines = [*_written(scaffold, folder, say, paint), *_said(listed, say, paint)]
    if scaffold.apart:
        message = _(
            "pre-commit and CI are read at the top of the repository only ({top}): chorus-config init --ci github (or gitlab) "
            "in an empty folder writes both; copy them there, and name this folder in them"
        )
        lines += ["", say(message, top=printable(scaffold.apart))]
    steps = [f"  {number}. {step}" for number, step in enumerate(_steps(scaffold, listed, folder, say), start=1)]
    return "\n".join([*lines, "", paint(say(_("Next:")), "title"), *steps]) + "\n"


def _written(scaffold: Scaffold, folder: str, say: Translator, paint: Paint) -> Iterator[str]:
    if scaffold.files:
        where = say(_("Written here:")) if folder == "." else say(_("Written in {folder}:"), folder=printable(folder))
        yield paint(where, "title")
        width = max(len(printable(one.path)) for one in scaffold.files)
        yield from (f"  + {printable(one.path):<{width}}  {scaffold.about.get(one.path, '')}" for one in scaffold.files)
    else:
        yield paint(say(_("Nothing to write: all of it is there already.")), "good")
    if scaffold.kept:
        yield say(_("There already, left as it is: {paths}"), paths=", ".join(map(printable, scaffold.kept)))


def _said(findings: tuple[Finding, ...], say: Translator, paint: Paint) -> Iterator[str]:
    yield ""
    if findings:
        yield paint(say(_("What chorus-config validate says of it:")), "title")
        yield from (finding_lines(one, say, paint) for one in findings)
    else:
        yield paint(say(_("chorus-config validate has nothing to say against it.")), "good")


def _steps(scaffold: Scaffold, findings: tuple[Finding, ...], folder: str, say: Translator) -> Iterator[str]:
    """Yield three steps: the sheets, git, the first plan."""
    go = "" if folder == "." else say(_("cd {folder}, then: "), folder=quote(printable(folder)))
    complete = _("{go}complete the sheets in structures/, until chorus-config validate has nothing left to say.")
    read_over = _(
        "{go}read the sheets in structures/ over, and take up there what you want to manage; then chorus-config validate."
    )
    first = say(complete if findings else read_over, go=go)
    # A sentence of its own begins as the others do; behind the command, it goes on.
    yield first if go else first[:1].upper() + first[1:]
    kept = _("Keep it in git: git add . and git commit; once, pre-commit install, and each commit is checked.")
    begun = _("Keep it in git: git init, git add . and git commit; once, pre-commit install, and each commit is checked.")
    last = ""
    if scaffold.unfinished:
        message = _(" In {paths}, first write where chorus-config comes from.")
        last = say(message, paths=", ".join(map(printable, scaffold.unfinished)))
    yield say(kept if scaffold.in_git else begun) + last
    yield say(
        _(
            "chorus-config plan shows what would be approved, chorus-config apply approves it, chorus-config worksheet says "
            "what is to be entered on the portal. Nothing is written into Chorus Pro."
        )
    )
