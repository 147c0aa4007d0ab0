"""The changes of each sheet with what is found about them, their risk, and the line that wants them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.compare import deletion
from chorus_config.diff.expand import Expanded, expand, root_of
from chorus_config.diff.fields import path_of, steps
from chorus_config.engine.checking.causes import without_followers
from chorus_config.engine.checking.findings import CheckSettings, to_findings
from chorus_config.engine.checking.one_file import owner_of
from chorus_config.engine.planning.change_rules import ChangeContext, change_faults
from chorus_config.engine.planning.desired_sheet import DesiredSheet
from chorus_config.engine.planning.desired_state import DesiredState
from chorus_config.engine.planning.guards import is_accepted, may_accept
from chorus_config.i18n.translator import _
from chorus_config.model.address import KINDS, Address
from chorus_config.model.finding import Finding
from chorus_config.model.operation import Gesture
from chorus_config.model.plan import Acceptance, Change, Risk, SourceLine
from chorus_config.model.project import FileKind
from chorus_config.model.snapshot import Record
from chorus_config.rules.catalogue import RULES
from chorus_config.yamltext.document import Document

_TRANSFER: Final = "CP905"
_BECOMES_MANAGER: Final = "CP912"
_ACCEPT: Final = _("To accept it for this plan, with your reason: `{option}`")
# What stands in them no source reports: where nobody managed such a list, its entries are perhaps on the portal already.
_UNREPORTED: Final = frozenset({"coordonnees_bancaires", "utilisateurs"})
_RISKS: Final[Mapping[str, Risk]] = {"create": "none", "update": "low", "delete": "high"}


class _JudgedWith(Struct, frozen=True):
    """What the changes of one sheet are judged with."""

    context: ChangeContext
    settings: CheckSettings
    accepted: tuple[Acceptance, ...]


def judged_changes(
    sheet: DesiredSheet, desired: DesiredState, settings: CheckSettings, accepted: tuple[Acceptance, ...]
) -> list[Change]:
    """Return the changes of one sheet. An error in a sheet blocks all its changes, one in another sheet none."""
    if not sheet.changes or sheet.judged is not None:
        return [*sheet.changes]
    # A file that held another structure when it was approved, and that structure is nowhere now: changed in place.
    same_file_as = desired.roots_gone.get(sheet.document.path)
    on_portal = str(sheet.root) in desired.on_portal
    context = ChangeContext(settings.day, sheet.before, sheet.after, same_file_as, on_portal=on_portal)
    # Of thousands of sheets side by side, one at a time knows its places.
    own = replace(sheet, document=sheet.document.without_positions())
    given = _JudgedWith(context, settings, accepted)
    return _one_transfer([_with_findings(change, own, given) for change in sheet.changes])


def judged_removal(record: Record, desired: DesiredState, settings: CheckSettings, accepted: tuple[Acceptance, ...]) -> Change:
    """Return the delete of a structure or account whose file is gone."""
    before = expand(record.body)
    address = next(iter(before.resources))
    kind: FileKind = "compte-utilisateur" if address.group else "fiche-structure"
    change = deletion(address, before.resources[address])
    context = ChangeContext(settings.day, before, Expanded(), replaced=record.root in desired.replaced)
    found = to_findings(change_faults(change, {}, context), Document(record.path, kind, {}), address.owner, settings)
    findings = _with_option(found, change, accepted, settings)
    return replace(change, findings=findings, risk="high", blocked=_is_blocked(findings, change, accepted))


def _with_findings(change: Change, sheet: DesiredSheet, given: _JudgedWith) -> Change:
    document = sheet.document
    faults, owner = tuple(change_faults(change, document.body, given.context)), owner_of(document.body)
    found = to_findings(faults, document, owner, given.settings)
    # A case with a level of its own is a lesser one: what was only relaxed endangers nothing.
    dangers = to_findings((f for f in faults if RULES[f.rule].risk and f.level is None), document, owner, given.settings)
    findings = _with_option(found, change, given.accepted, given.settings)
    of_sheet = tuple(f for f in without_followers(sheet.findings, found) if _address_of(f, document) == change.address)
    path = path_of(change.address, document.body, change.fields[0].path if change.op == "update" else "")
    span = document.place(path, "key")
    return replace(
        change,
        findings=findings + of_sheet,
        risk="high" if dangers else _RISKS[change.op],
        source=SourceLine(document.path, span.line, span.column),
        blocked=sheet.in_error or _is_blocked(findings, change, given.accepted),
        gesture=_first_gesture(change, given.context),
    )


def _first_gesture(change: Change, context: ChangeContext) -> Gesture | None:
    """Return the gesture that a change alone does not tell: of a list that nobody managed, what no source reports."""
    if change.op != "create" or change.address.group not in _UNREPORTED or change.address.group in context.before.lists:
        return None
    return "verify"


def _with_option(
    findings: Iterable[Finding], change: Change, accepted: tuple[Acceptance, ...], settings: CheckSettings
) -> tuple[Finding, ...]:
    """Return the findings of a change; each that somebody may accept, and nobody did, ends with the option to type."""
    return tuple(
        replace(one, help=f"{one.help} {settings.say(_ACCEPT, option=_option(one.rule, change.address))}")
        if one.level == "error" and may_accept(one.rule) and not is_accepted(one, change, accepted)
        else one
        for one in findings
    )


def _option(rule: str, address: Address) -> str:
    """Return the option that accepts a finding, as a shell takes it; the reason is left to who accepts."""
    return f"--accept {shlex.quote(f'{rule}:{address}=…')}"


def _one_transfer(changes: list[Change]) -> list[Change]:
    """Tell the transfer of the principal role once, at who receives it: it is one decision, and one acceptance lets it pass."""
    given = next((change for change in changes if _role(change, "after") and _tells(change, _TRANSFER)), None)
    if given is None:
        return changes
    return [
        _without(change, _BECOMES_MANAGER) if change is given else _at_the_other_end(change, given.blocked)
        for change in changes
    ]


def _at_the_other_end(change: Change, blocked: bool) -> Change:
    """Return the change of who gives the role away, without what is told at who receives it, and as blocked as that."""
    if not (_role(change, "before") and _tells(change, _TRANSFER)):
        return change
    left = _without(change, _TRANSFER)
    return replace(left, blocked=blocked or _is_blocked(left.findings, left, ()))


def _role(change: Change, side: str) -> bool:
    """Tell whether a change of a user is about the principal manager, on one side of it."""
    return any(field.path == "/role" and getattr(field, side) == "GESTIONNAIRE_PRINCIPAL" for field in change.fields)


def _tells(change: Change, rule: str) -> bool:
    return any(finding.rule == rule for finding in change.findings)


def _without(change: Change, rule: str) -> Change:
    return replace(change, findings=tuple(finding for finding in change.findings if finding.rule != rule))


def _is_blocked(findings: Iterable[Finding], change: Change, accepted: tuple[Acceptance, ...]) -> bool:
    return any(finding.level == "error" and not is_accepted(finding, change, accepted) for finding in findings)


def _address_of(finding: Finding, document: Document) -> Address | None:
    """Return the resource that a finding is about; in another file of the same name, the structure or account as a whole."""
    root = root_of(document.body)
    path = steps(finding.pointer) if finding.path == document.path else ()
    kind = KINDS.get(path[0]) if len(path) > 1 else None
    entries: Any = document.body.get(kind.group) if kind is not None else None
    if root is None or kind is None or not isinstance(entries, list):
        return root
    entry = entries[int(path[1])]
    key = entry.get(kind.key) if kind.key and isinstance(entry, Mapping) else entry
    return Address(root.owner, kind.group, str(key))
