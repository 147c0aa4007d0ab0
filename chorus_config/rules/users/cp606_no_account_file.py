"""CP606: a user has no account file, although the project keeps accounts.

The person may be described elsewhere; more often the ref is mistyped.
"""

from __future__ import annotations

from collections.abc import Iterator

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, RuleTexts
from chorus_config.model.project import CrossFileFault, ProjectIndex

TEXTS = RuleTexts(
    title=_("Every user has an account file"),
    why=_("A mistyped ref names nobody: the person who should act on the structure is missing from it."),
    source=_("project advice"),
    messages={"": _("No account of the project bears the ref {value}")},
    remedy=_("Correct the ref, or write the account in `comptes/`; if it is kept elsewhere, leave it so."),
    fails='# utilisateurs: [{ref: "dsg", …}] beside comptes/dgs.yaml alone',
    passes='# utilisateurs: [{ref: "dgs", …}] beside comptes/dgs.yaml',
)


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault at each ref without account, when at least one account file exists."""
    accounts = {fact.owner for fact in index.facts if fact.kind == "compte-utilisateur"}
    if not accounts:
        return
    for fact in index.sheets():
        for number, ref in fact.refs:
            if ref not in accounts:
                yield CrossFileFault(
                    fact.path, fact.kind, fact.owner, Fault("CP606", ("utilisateurs", number, "ref"), args={"value": ref})
                )
