"""What a source says of a structure, as the sheet that is made of it: what is filled in, what is put right, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.compare import difference, patched
from chorus_config.diff.expand import expand
from chorus_config.diff.fields import leaves, same
from chorus_config.diff.lost_letters import is_fuller
from chorus_config.i18n.translator import _
from chorus_config.model.address import PUBLIC_INVOICES
from chorus_config.model.finding import Path
from chorus_config.model.importing import Remark
from chorus_config.model.observed.lost_letters import is_damaged
from chorus_config.model.plan import Change
from chorus_config.model.project import Body
from chorus_config.model.snapshot import Record
from chorus_config.rules.judges.checksums import is_fourteen_digits
from chorus_config.schema.lookup import resolved
from chorus_config.schema.packaged import STRICT, Schema, schema

KIND: Final = STRICT["fiche-structure"]
# What the portal makes by itself, and no sheet may change (CP401).
_PUBLIC: Final = {"code": PUBLIC_INVOICES, "libelle": "Service des factures publiques", "actif": True}
# What a text says of its own format.
FORMAT: Final = frozenset({"/type", "/version"})
_NO_END: Final = "2050-01-01"


class DraftSheet(Struct, frozen=True):
    """A sheet or account to be written: the body in the shape of its file, and what there is to say of it, in its order.

    `kind` is the schema of the file.
    """

    root: str
    body: Body
    remarks: tuple[Remark, ...] = ()
    kind: str = KIND


def draft_sheet(record: Record, former: Body | None = None, *, exact: bool = False) -> DraftSheet:
    """Return the sheet of a structure from what a source says of it; what is due and not reported is left out, and named.

    Of a `former` sheet all stays that the source does not report; so does a text that differs only in letters which the source
    lost. Comments are not in a body. `exact`: people wrote what the source says, and nothing of it is put right but a missing
    FACTURES_PUBLIQUES.
    """
    reported = record.body if former is None else _over(former, record.body)
    body: dict[str, Any] = {**reported, "type": KIND, "version": 1}
    own: dict[str, Any] = {**body.get("informations_generales", {}), "identifiant": record.root}
    if is_fourteen_digits(record.root) and not (exact and former):
        own.setdefault("type_identifiant", "SIRET")
    remarks = [*_named(own)]
    body["informations_generales"] = own
    if "services" in body:
        # A list that lacks it takes it away from a former sheet: it is written again as that had it.
        known = _public_in(former.get("services") if former is not None else None)
        body["services"], told = _services(body["services"], known, private=own.get("structure_privee") is True, exact=exact)
        remarks += told
    elif former is None:
        message = _("not reported by the source, therefore not managed here: nothing of them is changed")
        remarks.append(Remark(("services",), message, absent=True))
    remarks += _missing(body, schema(KIND), schema(KIND), ())
    remarks += _damaged(body, ())
    return DraftSheet(record.root, body, tuple(remarks))


def draft_account(record: Record, former: Body | None = None) -> DraftSheet:
    """Return the account that a source says of a user; of a `former` one all stays that it does not report."""
    kind = STRICT["compte-utilisateur"]
    body = record.body if former is None else _over(former, record.body)
    remarks = (*_missing(body, schema(kind), schema(kind), ()), *_damaged(body, ()))
    return DraftSheet(record.root, body, remarks, kind)


def says_the_same(former: Body, body: Body) -> bool:
    """Tell whether two bodies of one sheet say the same, in whatever order: to write it anew would only lose its comments."""
    before, after = expand(former), expand(body)
    if before.lists != after.lists or before.resources.keys() != after.resources.keys():
        return False
    pairs = ((_said(one), _said(after.resources[address])) for address, one in before.resources.items())
    return all(one.keys() == other.keys() and all(same(one[path], other[path]) for path in one) for one, other in pairs)


def _said(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {path: value for path, value in leaves(resource).items() if path not in FORMAT}


def _over(former: Body, reported: Body) -> Body:
    """Return a former sheet with what a source says of it; a list that is reported is complete."""
    before, after = expand(former), expand(reported)
    changes = [_without_lost_letters(change) for change in difference(before, after)]
    return patched(before, changes, after)


def _without_lost_letters(change: Change) -> Change:
    group = change.address.group
    kept = (one for one in change.fields if not is_fuller(group, one.path, one.before, one.after))
    return replace(change, fields=tuple(kept))


def _named(own: dict[str, Any]) -> Iterator[Remark]:
    """Give a structure without a libellé that of INSEE: public lists do not report the one of the portal."""
    if not own.get("libelle") and own.get("raison_sociale"):
        own["libelle"] = own["raison_sociale"]
        message = _("not reported by the source: the raison sociale, until somebody reads the libellé on the portal")
        yield Remark(("informations_generales", "libelle"), message)


def _public_in(services: Any) -> dict[str, Any]:
    """Return FACTURES_PUBLIQUES as a list has it, {} where it has none."""
    entries = services if isinstance(services, list) else ()
    return next((one for one in entries if isinstance(one, dict) and one.get("code") == _PUBLIC["code"]), {})


def _services(
    found: list[dict[str, Any]], known: dict[str, Any], *, private: bool, exact: bool
) -> tuple[list[dict[str, Any]], list[Remark]]:
    """Return the services with FACTURES_PUBLIQUES as it has to be, first, as the portal shows it."""
    reported = _public_in(found)
    if private or (exact and reported):
        return found, []
    if not reported:
        message = _("not in the list of the source: written as the portal makes it; check that it is there")
        return [_put_right(known, [])[0][0], *found], [Remark(("services", 0), message, repaired=True)]
    others = [one for one in found if one is not reported]
    return _put_right(reported, others)


def _put_right(reported: dict[str, Any], others: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[Remark]]:
    """Return FACTURES_PUBLIQUES as it has to be, before the other services."""
    right = {key: value for key, value in {**reported, **_PUBLIC}.items() if key not in {"date_fin", "engagement_obligatoire"}}
    if reported.get("engagement_obligatoire") is False:
        right["engagement_obligatoire"] = False
    # What the source does not report is filled in, which repairs nothing.
    wrong = [key for key, value in reported.items() if right.get(key) != value and not _is_no_end(key, value)]
    if not wrong:
        return [right, *others], []
    message = _("the source says otherwise ({fields}): written as it has to be; have it put right on the portal")
    return [right, *others], [Remark(("services", 0), message, {"fields": ", ".join(wrong)}, repaired=True)]


def _is_no_end(key: str, value: object) -> bool:
    """Tell whether an end date is the one by which the portal says that there is none."""
    return key == "date_fin" and isinstance(value, str) and value >= _NO_END


def _missing(value: Any, node: Schema, whole: Schema, path: Path) -> Iterator[Remark]:
    """Yield the required keys that the source does not report."""
    node = resolved(whole, node)
    if isinstance(value, Mapping):
        for key in node.get("required", ()):
            if key not in value:
                yield Remark((*path, key), _("not reported by the source: to be filled in"), absent=True)
        for key, item in value.items():
            yield from _missing(item, node.get("properties", {}).get(key, {}), whole, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            if path == ("services",) and isinstance(item, Mapping) and "libelle" not in item:
                yield Remark((*path, index, "libelle"), _("not reported by the source: to be filled in"), absent=True)
            yield from _missing(item, node.get("items", {}), whole, (*path, index))


def _damaged(value: Any, path: Path) -> Iterator[Remark]:
    """Yield the texts in which the source lost letters."""
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _damaged(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _damaged(item, (*path, index))
    elif isinstance(value, str) and is_damaged(value):
        yield Remark(path, _("a letter was lost in the source: to be put right"))
