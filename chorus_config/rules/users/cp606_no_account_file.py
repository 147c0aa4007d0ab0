"""CP606: a user has no account file, although the project keeps accounts.

The person may be described elsewhere; more often the ref is mistyped, here or in the account. An account whose ref is at fault,
or that cannot be read, is there all the same: what is wrong with it is told in its file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Final

from chorus_config.i18n.translator import _
from chorus_config.model.finding import Fault, Path, RuleTexts
from chorus_config.model.project import CrossFileFault, OtherPlace, ProjectIndex, SheetFacts
from chorus_config.rules.files.cp011_two_files_one_name import NAMES
from chorus_config.rules.judges.names import NamedFile, meant_files

_ACCOUNT: Final = "compte-utilisateur"

TEXTS = RuleTexts(
    title=_("Every user has an account file"),
    why=_("A mistyped ref names nobody: the person who should act on the structure is missing from it."),
    source=_("project advice"),
    messages={
        "": _("No account of the project bears the ref {value}"),
        "near": _("No account of the project bears the ref {value}: {account} is probably meant, whose account no sheet names"),
        "file": _("No account of the project bears the ref {value}: the file named after it bears {account}"),
        "account": _("the account that no sheet names"),
        "also": _("named here too"),
    },
    remedy=_("Correct the ref, or write the account in `comptes/`; if it is kept elsewhere, leave it so."),
    remedies={
        "near": _("Write {account} in the sheet; or correct the `ref` of the account."),
        "file": _("Correct the `ref` of the account, or the one in the sheet."),
    },
    fails='# comptes/dgs.yaml; utilisateurs: [{ref: "dsg", …}]',
    passes='# comptes/dgs.yaml; utilisateurs: [{ref: "dgs", …}]',
)


def check(index: ProjectIndex) -> Iterator[CrossFileFault]:
    """Yield a fault at each ref without account, when at least one account file exists."""
    accounts = {fact.owner: fact for fact in index.facts if fact.kind == _ACCOUNT and fact.named}
    refs = {ref for fact in index.facts for ref in fact.refs if ref}
    missing = _without_file(index, refs, accounts)
    if not missing:
        return
    unused = [NamedFile(fact.path, (fact.owner,)) for fact in accounts.values() if fact.owner not in refs]
    meant = meant_files(sorted(missing), unused)
    for fact in index.facts:
        for number, ref in enumerate(fact.refs):
            if ref in missing:
                fault, others = _fault(ref, ("utilisateurs", number, "ref"), meant.get(ref))
                yield CrossFileFault(fact.path, fact.kind, fact.owner, fault, others)


def _without_file(index: ProjectIndex, refs: Set[str], accounts: Mapping[str, SheetFacts]) -> Set[str]:
    """Return the refs of which no file may be the account, not even one whose own ref is at fault; none without accounts."""
    nameless = [NamedFile(one.path, one.written) for one in index.nameless if one.kind == _ACCOUNT]
    missing = refs - accounts.keys()
    if len(missing) <= len(nameless) or not (accounts or nameless):
        return frozenset()
    return missing - meant_files(sorted(missing), nameless).keys()


def _fault(ref: str, at: Path, file: NamedFile | None) -> tuple[Fault, tuple[OtherPlace, ...]]:
    if file is None:
        return Fault("CP606", at, args={"value": ref}), ()
    case = "file" if file.stem == ref else "near"
    fault = Fault("CP606", at, case, args={"value": ref, "account": file.written[0]})
    return fault, (OtherPlace(file.path, _ACCOUNT, NAMES[_ACCOUNT], "account"),)
