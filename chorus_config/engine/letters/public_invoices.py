"""FACTURES_PUBLIQUES, which the portal makes itself, is gone or changed: the support alone brings it back.

Source: guide 2016, « Services » (« Ne surtout pas le modifier / supprimer »); rules CP401 and CP901.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from chorus_config.engine.letters.situation import Situation, service_of, text
from chorus_config.i18n.translator import _
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.letter import LetterCase, LetterTexts, Row, Said
from chorus_config.model.project import Body

_LABEL: Final = "Service des factures publiques"
_GONE: Final = (
    _("The service FACTURES_PUBLIQUES is no longer among the services of the structure below."),
    _("The service FACTURES_PUBLIQUES is no longer among the services of the structures below."),
)
_CHANGED: Final = (
    _("The service FACTURES_PUBLIQUES of the structure below is no longer as the portal made it."),
    _("The service FACTURES_PUBLIQUES of the structures below is no longer as the portal made it."),
)
_ASKED: Final = _(
    "The portal makes this service itself, and we cannot create it again. I would kindly ask you to bring it back to its "
    "original state: active, with the label « Service des factures publiques », without an end date and without a "
    "mandatory commitment number."
)
_MEANWHILE: Final = _("Until then the invoices that other public bodies send us through this service are rejected.")
_BEFORE: Final = (
    _(
        "Look at the list of services on the portal first: where the service is there and as it was, nothing is to be "
        "asked for."
    ),
    _("Create no service of this name yourself, and change nothing of it meanwhile."),
)
_AFTER: Final = (
    _("Once the service is back, note it with `chorus-config confirm`; `chorus-config drift` shows whether a source has it."),
)
_LOST: Final = LetterTexts(
    _("Chorus Pro: restoring the service FACTURES_PUBLIQUES"), (_GONE, _ASKED, _MEANWHILE), _BEFORE, _AFTER, set_up=False
)
_ALTERED: Final = LetterTexts(
    _("Chorus Pro: restoring the service FACTURES_PUBLIQUES"), (_CHANGED, _ASKED, _MEANWHILE), _BEFORE, _AFTER, set_up=False
)


def cases(situation: Situation) -> Iterator[LetterCase]:
    """Yield the structures whose FACTURES_PUBLIQUES a source lacks or shows changed, or an operation restores."""
    for root in situation.structures():
        address = f"{root}/services/{PUBLIC_INVOICES}"
        texts = _found(situation, root, address) or (_LOST if situation.forced else None)
        if texts is not None:
            rows = (Row(Said(_("Service")), (PUBLIC_INVOICES, f"« {_LABEL} »")), *situation.seen_rows(root))
            operations = (*situation.waiting(address, "create"), *situation.waiting(address, "update"))
            to_check = not _is_reported(situation, root) and situation.to_check(operations)
            yield LetterCase(root, "support", texts, rows, operations, to_check=to_check)


def _found(situation: Situation, root: str, address: str) -> LetterTexts | None:
    """Return the words for what is wrong with the service, None for nothing. Where a source reports it, the source counts."""
    if _is_reported(situation, root):
        return _observed(situation.observed[root])
    operation = situation.open_at.get(address)
    if operation is None:
        return None
    first = situation.open_at.get(root)
    if operation.op == "create":
        # Of a structure that is itself still to be checked, nobody knows yet whether it has the service.
        return None if first is not None and first.op == "create" else _LOST
    return _ALTERED if any(row["before"] is not None for row in operation.fields) else None


def _is_reported(situation: Situation, root: str) -> bool:
    return isinstance(situation.observed.get(root, {}).get("services"), list | tuple)


def _observed(body: Body) -> LetterTexts | None:
    service = service_of(body, PUBLIC_INVOICES)
    if service is None:
        return _LOST
    label = text(service, "libelle")
    changed = (
        service.get("actif") is False,
        bool(service.get("date_fin")),
        service.get("engagement_obligatoire") is True,
        bool(label) and label.casefold() != _LABEL.casefold(),
    )
    return _ALTERED if any(changed) else None
