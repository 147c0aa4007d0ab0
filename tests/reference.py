"""What docs/reference.md says of each field of the files that people write, gathered from the schemas and from the rules."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from chorus_config.i18n.translator import translator_for
from chorus_config.render.shared.dates import day_text
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.schema.lookup import definition, resolved
from tests.samples import day_of, example_changes, example_kind, example_text, verdict

Schema = dict[str, Any]
Way = tuple[str, ...]

SAY: Final = translator_for("fr")
SCHEMAS: Final = Path(__file__).parents[1] / "schemas"
KINDS: Final = {"fiche-structure": "fiche-structure", "compte-utilisateur": "compte-utilisateur", "projet": "projet"}
# Rules about the writing of any field, which the head of the page names once; no field has them for itself.
ANYWHERE: Final = frozenset(f"CP{number:03}" for number in range(1, 19))
# Rules between files, and of a whole plan: their examples are several files, so the field is named here.
BETWEEN: Final = {
    "CP013": ("projet", ("derogations", "acceptations")),
    "CP015": ("projet", ("regles", "derogations", "acceptations")),
    "CP051": ("projet", ("portefeuille.budgets",)),
    "CP052": ("fiche-structure", ("informations_generales.identifiant",)),
    "CP053": ("projet", ("portefeuille.echeance",)),
    "CP054": ("projet", ("portefeuille.budgets", "annuaire")),
    "CP111": ("fiche-structure", ("informations_generales.identifiant",)),
    "CP112": ("fiche-structure", ("informations_generales.libelle",)),
    "CP606": ("fiche-structure", ("utilisateurs.ref",)),
    "CP805": ("fiche-structure", ("utilisateurs",)),
    "CP903": ("fiche-structure", ("informations_generales.raison_sociale", "informations_generales.date_creation")),
    "CP920": ("projet", ("seuils.structures", "seuils.suppressions")),
}
ABSENT: Final = re.compile(
    r"(?:Absente?s?,? (?:elle |il |elles )?(?:vaut|valent) |Absente : |Par défaut : )(.+?)(?= : |[.;] |\.?$)"
)
# What is required of FACTURES_PUBLIQUES alone is not required of a service.
OF_ONE_SERVICE: Final = "CP401"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: the kind of file, its way there, what the schema says, and when it must be written ("" for never)."""

    kind: str
    way: Way
    node: Schema
    required: str
    parts: tuple[Field, ...] = ()
    same_as: Way = ()
    rules: tuple[str, ...] = field(default=())

    @property
    def dotted(self) -> str:
        """The name by which it is spoken of."""
        return ".".join(self.way)


@cache
def schema_of(kind: str) -> Schema:
    """Return the schema of a kind of file."""
    found: Schema = json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))
    return found


def fields_of(kind: str) -> tuple[Field, ...]:
    """Return the fields at the root of a kind of file, with those inside them."""
    return _parts(kind, (), schema_of(kind), {})


def all_fields(kind: str) -> Iterator[Field]:
    """Yield every field of a kind of file, each before those inside it."""

    def inside(fields: tuple[Field, ...]) -> Iterator[Field]:
        for one in fields:
            yield one
            yield from inside(one.parts)

    yield from inside(fields_of(kind))


def _parts(kind: str, way: Way, node: Schema, shared: dict[str, Way]) -> tuple[Field, ...]:
    required = set(node.get("required", ()))
    return tuple(_field(kind, (*way, key), inner, key in required, shared) for key, inner in node.get("properties", {}).items())


def _field(kind: str, way: Way, node: Schema, is_required: bool, shared: dict[str, Way]) -> Field:
    schema = schema_of(kind)
    whole = resolved(schema, node)
    said = "oui" if is_required else asked(kind).get(way, "")
    rules = tuple(sorted(judges(kind).get(way, ())))
    name = node.get("$ref", "")
    if "properties" in whole and name in shared:
        return Field(kind, way, whole, said, same_as=shared[name], rules=rules)
    if "properties" in whole and name:
        shared[name] = way
    inner = resolved(schema, whole.get("items", {}))
    named = [resolved(schema, one) for one in whole.get("patternProperties", {}).values()]
    of_names = next((one for one in named if "properties" in one and "secret" not in one.get("title", "")), {})
    parts = _parts(kind, way, next((one for one in (whole, inner, of_names) if "properties" in one), {}), shared)
    return Field(kind, way, whole, said, parts, rules=rules)


@cache
def asked(kind: str) -> dict[Way, str]:
    """Return the fields that a rule asks for, or that are asked for in some cases, with the words of the schema."""
    found: dict[Way, str] = {}
    comment = ""
    for part in schema_of(kind).get("allOf", ()):
        comment = re.sub(r"^CP\d+ : ", "", str(part.get("$comment", comment)))
        for way, name, rule in _required(kind, part, (), ""):
            if rule != OF_ONE_SERVICE:
                found.setdefault((*way, name), comment if not rule or rule == "CP404" else f"oui ({rule})")
    return {way: words for way, words in found.items() if words}


def _required(kind: str, node: Any, way: Way, rule: str) -> Iterator[tuple[Way, str, str]]:
    """Yield what a part of a schema requires: where, which key, by which rule."""
    if isinstance(node, dict):
        own = node.get("x-rule", rule)
        yield from ((way, name, own) for name in node.get("required", ()))
        for below, inner in _below(kind, node):
            yield from _required(kind, inner, (*way, *below), own)


def _below(kind: str, node: Schema) -> Iterator[tuple[Way, Any]]:
    """Yield the subschemas that say what must be, each with the keys that lead to it; conditions are left out."""
    yield from (((key,), inner) for key, inner in node.get("properties", {}).items())
    yield from (((), one) for word in ("allOf", "anyOf") for one in node.get(word, ()))
    yield from (((), node[word]) for word in ("items", "then", "else") if word in node)
    if str(node.get("$ref", "")).startswith("#/$defs/"):
        yield (), definition(schema_of(kind), node["$ref"])


@cache
def judges(kind: str) -> dict[Way, set[str]]:
    """Return the rules that find fault with each field: by the schemas, by the examples of the rules, by `BETWEEN`."""
    found: dict[Way, set[str]] = defaultdict(set)
    for name in (kind, f"{kind}.conseils"):
        if (SCHEMAS / f"{name}.schema.json").is_file():
            for way, rule in _annotated(name, schema_of(name), ()):
                found[way].add(rule)
    for rule in RULES:
        for way in _faulted(kind, rule):
            found[tuple(step for step in way if step and not step.isdigit())].add(rule)
    return {way: rules - ANYWHERE - {"CP009"} | rules & {"CP013", "CP015"} for way, rules in found.items()}


def _annotated(name: str, node: Any, way: Way) -> Iterator[tuple[Way, str]]:
    if isinstance(node, dict):
        if "x-rule" in node:
            ways = [(*way, key) for key in node.get("required", ())] or [way]
            yield from ((one, node["x-rule"]) for one in ways)
        for below, inner in _below(name, node):
            yield from _annotated(name, inner, (*way, *below))


def _faulted(kind: str, rule: str) -> Iterator[Way]:
    """Yield the ways at which the failing example of a rule is found fault with."""
    if rule in BETWEEN:
        of_kind, names = BETWEEN[rule]
        yield from (tuple(name.split(".")) for name in names if of_kind == kind)
    elif RULES[rule].where == "change":
        faults = (fault for change in example_changes(rule, "fails") for fault in change.faults if kind == "fiche-structure")
        yield from (tuple(map(str, fault.path)) for fault in faults if fault.rule == rule)
    elif rule not in ANYWHERE and example_kind(rule) == kind:
        findings = verdict(example_text(rule, "fails"), example_kind(rule), day_of(rule))
        yield from (tuple(found.pointer.split("/")[1:]) for found in findings if found.rule == rule)


# Words


def prose(text: str) -> str:
    """Return a text of a schema as French is printed, safe in Markdown outside tables and inside them."""
    text = text.replace("'", "’").replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")
    return re.sub(r"(?<=\w)_(?=\w)", r"\\_", text)


def title_of(one: Field) -> str:
    """Return the label, as the portal writes it."""
    return str(one.node.get("title", ""))


def type_of(one: Field) -> str:
    """Return what may be written there, in words."""
    node, schema = one.node, schema_of(one.kind)
    if node.get("not") == {}:
        return "ne s’écrit pas ici"
    if "const" in node:
        return f"toujours `{node['const']}`"
    if "enum" in node:
        return f"un mot de cette liste : {_choices(node)}"
    if node.get("type") == "array":
        return _list(one, resolved(schema, node.get("items", {})))
    if node.get("type") == "object":
        return "des rubriques, dont vous choisissez le nom" if "propertyNames" in node else "une rubrique"
    return {"boolean": "une case : `true` (cochée) ou `false` (décochée)", "integer": "un nombre entier"}.get(
        str(node.get("type")), _text(node)
    )


def _list(one: Field, inner: Schema) -> str:
    if one.parts:
        return "une liste ; chaque ligne a les champs ci-dessous"
    return f"une liste de mots, parmi : {_choices(inner)}" if "enum" in inner else "une liste de textes"


def _choices(node: Schema) -> str:
    labels = {value: about.get("x-label") for value, about in node.get("x-values", {}).items()}
    return ", ".join(f"`{value}`" + (f" (« {labels[value]} »)" if labels.get(value) else "") for value in node["enum"])


def _text(node: Schema) -> str:
    if node.get("format") == "date":
        return "une date, `AAAA-MM-JJ`, entre guillemets"
    lines = "un texte" if "anyOf" not in node else "un texte, sur une ligne"
    return lines + (f", {node['maxLength']} caractères au plus" if node.get("maxLength", 4096) < 4096 else "")


def when_absent(one: Field) -> str:
    """Return what holds when the field is not written."""
    if one.required or one.node.get("not") == {}:
        return ""
    said = ABSENT.search(one.node.get("description", ""))
    if said:
        words = said[1].replace("'", "’").removeprefix("« ").removesuffix(" »")
        return words if " " in words or words in {"aucun", "aucune", "aujourd’hui"} else f"`{words}`"
    if "(valeur par défaut)" in one.node.get("description", ""):
        return "`" + re.split(r"[ .]", one.node["description"].partition(" (valeur par défaut)")[0])[-1] + "`"
    if one.kind == "projet" or one.node.get("x-portail") is False:
        return ""
    return "rien n’en est dit" if one.node.get("x-memo") else "le portail garde ce qu’il a"


def rules_of(one: Field) -> str:
    """Return the rules that judge a field, each with its title, as links."""
    return " ; ".join(f"[{rule}](rules.md#{rule.lower()}) {prose(SAY(texts(rule).title))}" for rule in one.rules)


def notes_of(one: Field) -> Iterator[str]:
    """Yield what sets a field apart: that the portal feeds it, its days, that it is masked."""
    if one.node.get("x-memo"):
        yield "pour mémoire, jamais planifié ni saisi"
    elif one.node.get("x-portail") is False and one.kind != "projet":
        yield "propre à ces fichiers, rien à saisir sur le portail"
    if "x-portail-depuis" in one.node:
        yield f"sur le portail depuis le {_day(one.node['x-portail-depuis'])}"
    if "x-portail-jusqu-au" in one.node:
        yield f"sur le portail jusqu’au {_day(one.node['x-portail-jusqu-au'])}"
    if one.node.get("x-sensitive"):
        yield "masqué dans ce qui s’affiche"


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text).isoformat(), SAY)


def example_of(one: Field) -> str:
    """Return an example as YAML, "" where the type says it all."""
    given = one.node.get("examples")
    return _yaml(one.way[-1], given[0], 0) if given else ""


def _yaml(key: str, value: Any, depth: int) -> str:
    blank = "  " * depth
    if isinstance(value, dict):
        return f"{blank}{key}:\n" + "".join(_yaml(_key(inner), each, depth + 1) for inner, each in value.items())
    if isinstance(value, list):
        rows = []
        for row in value:
            lines = "".join(_yaml(_key(inner), each, depth + 2) for inner, each in row.items()) if isinstance(row, dict) else ""
            rows.append(f"{blank}  - {lines.lstrip()}" if lines else f"{blank}  - {_scalar(row)}\n")
        return f"{blank}{key}:\n" + "".join(rows)
    return f"{blank}{key}: {_scalar(value)}\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"\w[\w-]*", name) else json.dumps(name, ensure_ascii=False)


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) or value in _words() else json.dumps(value, ensure_ascii=False)


@cache
def _words() -> frozenset[str]:
    """Return the words of all lists of values: they need no quotes."""
    text = "".join(json.dumps(schema_of(kind), ensure_ascii=False) for kind in KINDS)
    return frozenset(word for found in re.findall(r'"enum": \[(.*?)\]', text) for word in json.loads(f"[{found}]")) - {"off"}
