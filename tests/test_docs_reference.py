"""The reference of the files is made of the schemas and of the rules, and says so of every field."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from chorus_config.rules.catalogue import RULES
from tests.reference import (
    ANYWHERE,
    BETWEEN,
    KINDS,
    Field,
    all_fields,
    example_of,
    fields_of,
    judges,
    notes_of,
    prose,
    rules_of,
    schema_of,
    title_of,
    type_of,
    when_absent,
)
from tests.samples import ACCOUNT, PROJECT, SHEET, changed, composed, verdict

PAGE: Final = Path(__file__).parents[1] / "docs" / "reference.md"
TITLES: Final = {
    "fiche-structure": "La fiche d’une structure : `structures/SIRET.yaml`",
    "compte-utilisateur": "Le compte d’une personne : `comptes/RÉFÉRENCE.yaml`",
    "projet": "Le fichier du projet : `chorus-config.yaml`",
}
HEAD: Final = """\
# Tous les champs, un par un

Chaque champ que l’on peut écrire : son nom sur le portail, ce qui s’y met, s’il est obligatoire, ce qui vaut quand il n’est pas
écrit, les règles qui le jugent, un exemple. Cette page est faite à partir des schémas et des règles ; les mêmes explications
apparaissent dans une bulle, dans un [éditeur](editeurs.md) réglé pour cela.

- Dans un fichier, un champ s’écrit `nom: valeur`, décalé de deux espaces sous sa rubrique ; ici, `adresse_postale.ville` est le
  champ `ville` de la rubrique `adresse_postale`. Les commandes (`chorus-config set`) le nomment de même.
- Un texte se met entre guillemets, surtout un SIRET, un code postal, un téléphone, une date : [CP006](rules.md#cp006).
- Le libellé est celui du portail ; un champ qui n’y est pas est dit « propre à ces fichiers ».
- « Obligatoire » parle de la fiche, non du portail. Un champ qui n’est pas écrit n’est pas géré : **le portail garde ce qu’il
  a**. Ce que le portail met de lui-même dans une fiche neuve n’est écrit nulle part ; ce que l’on en sait est dans
  [Chorus Pro](chorus-pro.md).
- Les règles [CP001](rules.md#cp001) à [CP018](rules.md#cp018) jugent la façon d’écrire, dans tous les champs : elles ne sont
  pas répétées ici.
"""


def anchor(one: Field) -> str:
    """Return the place of a field on the page, as forges make it of its heading."""
    return re.sub(r"[^\w -]", "", f"{PREFIX[one.kind]}{one.dotted}").lower().replace(" ", "-")


PREFIX: Final = {"fiche-structure": "", "compte-utilisateur": "Compte ", "projet": "Projet "}


def table(fields: tuple[Field, ...]) -> Iterator[str]:
    """Yield a table of fields: a line for each, that leads to what is said of it."""
    yield "| champ | libellé | ce qui s’y met | obligatoire |\n|---|---|---|---|"
    for one in fields:
        said = "oui" if one.required.startswith("oui") else "parfois" if one.required else ""
        yield f"| [`{one.way[-1]}`](#{anchor(one)}) | {title_of(one)} | {prose_type(one)} | {said} |"
    yield ""


def prose_type(one: Field) -> str:
    """Return the type for a line of a table."""
    words = type_of(one).partition(" ;")[0]
    return words if len(words) < 110 else "un mot d’une liste"


def entry(one: Field, depth: int) -> Iterator[str]:
    """Yield what is said of a field, then of those inside it."""
    yield f"{'#' * min(depth, 5)} {PREFIX[one.kind]}`{one.dotted}`\n"
    title, about = title_of(one), prose(one.node.get("description", ""))
    yield f"**{title}**" + (f" : {about}" if about else "") + "\n"
    rows = {
        "ce qui s’y met": type_of(one),
        "obligatoire": one.required,
        "s’il n’est pas écrit": when_absent(one),
        "à savoir": " ; ".join(notes_of(one)),
        "règles": rules_of(one),
    }
    yield from (f"- {name} : {prose(words) if name == 'obligatoire' else words}" for name, words in rows.items() if words)
    if one.same_as:
        yield f"- champs : les mêmes que ceux de [`{'.'.join(one.same_as)}`](#{'.'.join(one.same_as).replace('.', '')})"
    example = example_of(one)
    yield f"\n```yaml\n{example}```\n" if example else ""
    if one.parts:
        yield from table(one.parts)
        for part in one.parts:
            yield from entry(part, depth + 1)


def page() -> str:
    """Return the whole page."""
    lines = [HEAD]
    for kind, title in TITLES.items():
        lines += [f"## {title}\n", prose(schema_of(kind)["description"]) + "\n", *table(fields_of(kind))]
        for one in fields_of(kind):
            lines += entry(one, 3)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def test_the_page_is_made_of_the_schemas_and_the_rules() -> None:
    made = page()
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        PAGE.write_text(made, encoding="utf-8", newline="\n")
    assert PAGE.read_text(encoding="utf-8") == made


@pytest.mark.parametrize("kind", KINDS)
def test_every_link_inside_the_page_leads_to_a_heading(kind: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    headings = {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}
    assert len(headings) == len(titles)
    assert set(re.findall(r"\]\(#([^)]+)\)", text)) <= headings
    assert {anchor(one) for one in all_fields(kind)} <= headings


def test_every_rule_of_a_field_is_named_with_one() -> None:
    named = {rule for kind in KINDS for one in all_fields(kind) for rule in one.rules}
    assert set(RULES) - ANYWHERE - named == set()
    assert named & ANYWHERE <= set(BETWEEN)


def test_no_rule_judges_a_field_that_the_page_does_not_have() -> None:
    for kind in KINDS:
        known = {one.way for one in all_fields(kind)} | {()}
        shared = [one for one in all_fields(kind) if one.same_as]
        known |= {(*one.way, part) for one in shared for part in one.node["properties"]}
        strange = {way for way, rules in judges(kind).items() if rules and way not in known}
        assert strange == set(), kind


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_said_to_be_required_is_missed_and_nothing_else_is(kind: str) -> None:
    """The smallest valid file has every field that is said to be required at the root, and the checks miss each."""
    smallest = {"fiche-structure": SHEET, "compte-utilisateur": ACCOUNT, "projet": PROJECT}[kind]
    assert not [found for found in verdict(smallest, kind) if found.level == "error"]  # type: ignore[arg-type]
    required = {one.dotted for one in fields_of(kind) if one.required}
    assert required == set(re.findall(r"^(\w+):", smallest, re.MULTILINE))


def test_examples_are_valid_where_they_stand() -> None:
    for one in fields_of("fiche-structure"):
        blocks = example_of(one)
        # A list of services or users is complete, so that its example alone is what is judged.
        if blocks and one.way[0] != "espaces":
            found = [each for each in verdict(composed(SHEET, blocks)) if each.level == "error"]
            assert [each.message for each in found] == [], one.dotted
    for one in (part for block in fields_of("fiche-structure") for part in block.parts if block.way[0] == "adresse_postale"):
        line = example_of(one)
        old = re.search(rf"^  {one.way[-1]}: .*\n", SHEET, re.MULTILINE)
        text = changed(SHEET, old[0], f"  {line}") if old else f"{SHEET}  {line}"
        assert [each.message for each in verdict(text) if each.level == "error"] == [], one.dotted
