"""The project file of a new project: what an import writes of it, with the comments that a newcomer needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from chorus_config.engine.importing.project_file import ProjectAdditions, new_project_file
from chorus_config.engine.scaffold.comments import comment, outside
from chorus_config.i18n.translator import Translator, _
from chorus_config.yamltext.values import flow

_PLATFORM = ('  principale: {api: "https://api.plateforme.example/annuaire", oauth: "https://auth.plateforme.example/token"}',)
_HEAD = ("yaml-language-server: $schema=schemas/projet.schema.json",)


def project_file_of(budgets: Sequence[tuple[str, str]], day: date, say: Translator, name: str = "") -> bytes:
    """Return the project file of budgets (identifiant and name), and the `name` of their portfolio."""
    rows = [{"identifiant": root, **({"libelle": label} if label else {})} for root, label in budgets]
    return with_comments(new_project_file(ProjectAdditions({"langue": say.language}, rows), _HEAD), day, say, name)


def with_comments(raw: bytes, day: date, say: Translator, name: str = "") -> bytes:
    """Return a project file that nobody changed yet with its comments, and the `name` of its portfolio."""
    return "".join(f"{line}\n" for line in _lines(raw.decode(), day, say, name)).encode()


def _lines(text: str, day: date, say: Translator, name: str) -> Iterator[str]:
    for line in text.splitlines():
        if line == "type: projet":
            yield from comment(say(_("The project: the budgets that are to be set up, and what this program decides by.")))
        yield line
        if line.startswith("langue:"):
            yield from comment(say(_("The language of the messages: fr or en. --lang changes it for one command.")))
        if line == "portefeuille:":
            yield from _portfolio(day, say, name)
    yield from _more(text, say)


def _portfolio(day: date, say: Translator, name: str) -> Iterator[str]:
    if name:
        yield f"  nom: {flow(name)}"
    yield from comment(say(_("Set up before this day: validate says how many days are left.")), 2)
    yield f'  # echeance: "{day.year + 1}-12-31"'
    yield from comment(
        say(
            _(
                "A line for each budget, main and annexed: each has its own SIRET, and a budget that is forgotten loses "
                "its own invoices. Each has its sheet in structures/."
            )
        ),
        2,
    )


def _more(text: str, say: Translator) -> Iterator[str]:
    if "\nannuaire:" not in text:
        yield from comment(say(_("Public lists that are kept in the project: validate compares the sheets with them.")))
        yield from outside(['annuaire: "annuaire"'])
    yield from comment(
        say(
            _(
                "What the portal says is read by command, never by itself: chorus-config observe piste: asks the portal, "
                "afnor: the directory of electronic invoicing, annuaire:FILE reads a public list; chorus-config drift compares "
                "with the sheets. Identifiers and passwords come from the environment, never from this file."
            )
        )
    )
    yield from outside(["plateformes:", *_PLATFORM])
    yield from comment(say(_("For a team: one store for all, in PostgreSQL. Without it, the store is a file of this folder.")))
    yield from outside(['registre: "postgresql+psycopg://serveur/chorus"'])
