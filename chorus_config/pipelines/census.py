"""From single files to what only shows between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from chorus_config.pipelines.setting import Setting, is_waived
from chorus_config.pipelines.tell import Subject, tell
from chorus_config.resources.expand import root_of
from chorus_config.rules import cp013
from chorus_config.rules.catalogue import texts
from chorus_config.rules.wide import WIDE_CHECKS
from chorus_config.words.census import Census, Elsewhere, Fact
from chorus_config.words.document import Document, Kind, Text
from chorus_config.words.finding import Finding, Related
from chorus_config.words.position import START
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.places import places

# Reads a file again: positions are looked for only in files that have something to be told.
Reader = Callable[[str, Kind], Text]


def fact_of(document: Document, *, ready: bool = True) -> Fact | None:
    """Return what other files may need to know of a sheet or account; None when it does not name itself."""
    root = root_of(document.body) if document.kind != "projet" else None
    if root is None:
        return None
    block: Any = document.body.get("informations_generales")
    general = block if isinstance(block, dict) else {}
    label = general.get("libelle")
    return Fact(
        document.path,
        document.kind,
        root.owner,
        label if isinstance(label, str) else "",
        general.get("statut") == "ACTIF",
        tuple(_refs(document.body.get("utilisateurs"))),
        ready,
    )


def surveyed(text: Text) -> Fact | None:
    """Return the fact of a file that is not itself to be checked: parsed, not judged."""
    data = parse(text.raw).data if not text.trouble else None
    if not isinstance(data, dict) or data.get("type") == "projet":
        return None
    kind: Kind = "compte-utilisateur" if data.get("type") == "compte-utilisateur" else "fiche-structure"
    return fact_of(Document(text.path, kind, data, b""))


def between_files(census: Census, setting: Setting, read: Reader) -> Iterator[Finding]:
    """Yield what the rules between files find, with both places of a conflict."""
    found = [wide for rule in WIDE_CHECKS for wide in rule(census)]
    # A waiver that a rule between files needed was needed too; only then can the useless ones be told.
    needed = {(wide.fault.rule, wide.owner) for wide in found if is_waived(wide.fault.rule, wide.owner, setting)}
    found += cp013.check(replace(census, used=census.used | needed))
    for wide in found:
        subject = Subject(wide.path, wide.kind, wide.owner, places(read(wide.path, wide.kind).raw))
        for finding in tell((wide.fault,), subject, setting):
            related = () if wide.other is None else (_related(wide.fault.rule, wide.other, setting, read),)
            yield replace(finding, related=related)


def _related(rule: str, other: Elsewhere, setting: Setting, read: Reader) -> Related:
    span = places(read(other.path, other.kind).raw).values.get(other.at, START)
    return Related(other.path, span.line, span.column, setting.say(texts(rule).messages[other.case]))


def _refs(users: Any) -> Iterator[tuple[int, str]]:
    for index, user in enumerate(users if isinstance(users, list) else ()):
        ref = user.get("ref") if isinstance(user, dict) else None
        if isinstance(ref, str) and ref.strip():
            yield index, ref
