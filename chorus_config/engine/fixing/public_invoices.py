"""CP401: FACTURES_PUBLIQUES as the portal made it, in a list of services that is written."""

from __future__ import annotations

from typing import Final

from chorus_config.engine.fixing.mend import FaultyFile, Mend
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.finding import Edit, Fault
from chorus_config.schema.lookup import plain
from chorus_config.yamltext.edit import CannotEdit, added_entry, added_key
from chorus_config.yamltext.spans import span_at

_LABEL: Final = "Service des factures publiques"
_ENTRY: Final = {"code": PUBLIC_INVOICES, "libelle": _LABEL, "actif": True}


def mend(fault: Fault, file: FaultyFile) -> Mend | None:
    """Return what puts the service right; what somebody plainly wrote otherwise is changed only when told to."""
    path, case = fault.path, fault.case
    if case in {"missing", "empty"}:
        return _added(file, path, safe=case == "missing")
    if case == "misspelt" and path and path[-1] == "code":
        alike = plain(str(fault.args.get("value", ""))).replace("_", "") == plain(PUBLIC_INVOICES).replace("_", "")
        return file.rewritten(path, PUBLIC_INVOICES, safe=alike)
    if case == "label":
        return file.rewritten(path, _LABEL)
    if case in {"inactive", "commitment"}:
        return file.replaced(path, "true" if case == "inactive" else "false", safe=False)
    return _labelled(file, path) if case == "unlabelled" else None


def _added(file: FaultyFile, path: tuple[str | int, ...], *, safe: bool) -> Mend | None:
    entries = file.value(path)
    if not isinstance(entries, list):
        return None
    try:
        at, text = added_entry(file.raw, path, _ENTRY)
    except CannotEdit:
        return None
    # An empty list is a value of its own.
    touched = (*path, len(entries)) if entries else path
    return Mend((Edit(span_at(file.text, at, at), text),), safe, (touched,))


def _labelled(file: FaultyFile, path: tuple[str | int, ...]) -> Mend | None:
    try:
        at, text = added_key(file.raw, path, "libelle", _LABEL, ("code", "libelle"))
    except CannotEdit:
        return None
    return Mend((Edit(span_at(file.text, at, at), text),), True, ((*path, "libelle"),))
