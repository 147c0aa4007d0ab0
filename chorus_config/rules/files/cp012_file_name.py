"""CP012: a file is not named after its identifiant (for an account, its ref).

A sheet is looked for by its identifiant: a name that says something else sends people to the wrong file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleContext, RuleTexts
from chorus_config.model.project import FileKind
from chorus_config.rules.files.cp011_two_files_one_name import NAMES

TEXTS = RuleTexts(
    title=_("File named after its identifiant"),
    why=_("Sheets are looked for by identifiant: under another name, somebody ends up editing the wrong structure."),
    source=_("project advice"),
    messages={"": _("The file is named {file}: {expected_name} is expected, after {value}")},
    remedy=_("Rename the file {expected_name} (`git mv` keeps its history)."),
    fails='# structures/valmont.yaml: identifiant: "21169999600016"',
    passes='# structures/21169999600016.yaml: identifiant: "21169999600016"',
)


# An identifiant that holds one of these is another rule's affair, and no name for a file.
_NO_NAME: Final = re.compile(r"[^\S ]|^ |  | $|/|[0-9] [0-9]")


def check(body: dict[str, Any], context: RuleContext) -> Iterator[Fault]:
    """Yield a fault at the identifiant or ref of a document whose file bears another name."""
    kind: FileKind = "compte-utilisateur" if body.get("type") == "compte-utilisateur" else "fiche-structure"
    at = NAMES[kind]
    block: Any = body if len(at) == 1 else body.get(str(at[0]))
    owner = block.get(at[-1]) if isinstance(block, dict) else None
    name = context.path.rpartition("/")[2]
    if isinstance(owner, str) and name and _can_name(owner, block) and name.rpartition(".")[0] != owner:
        yield Fault("CP012", at, args={"value": owner, "file": name, "expected_name": f"{owner}.yaml"})


def _can_name(owner: str, block: dict[str, Any]) -> bool:
    """A SIRET that is none (CP101) says nothing about the name: the file may well be right."""
    is_siret = block.get("type_identifiant") == "SIRET"
    return bool(owner.strip()) and not _NO_NAME.search(owner) and (not is_siret or len(owner) == 14)
