"""What suppliers must give: all boxes of a structure that ask for something, and that of a service, taken together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from chorus_config.model.invoicing import Demand

# A structure or service before a change and after it.
Sides = tuple[Mapping[str, Any], Mapping[str, Any]]

# The demands under which every invoice is accepted that another demand accepts.
_LESS: Final[Mapping[Demand, tuple[Demand, ...]]] = {
    "none": (),
    "either": ("none",),
    "code": ("none", "either"),
    "commitment": ("none", "either"),
    "both": ("none", "either", "code", "commitment"),
}
# The boxes of a structure, and that of a service.
CODE_BOX: Final = "code_service_obligatoire"
COMMITMENT_BOX: Final = "engagement_juridique_obligatoire"
EITHER_BOX: Final = "engagement_ou_code_service_obligatoire"
OWN_BOX: Final = "engagement_obligatoire"
WORKS_ONLY_BOX: Final = "moa_uniquement"
# The boxes by which a demand grows or shrinks, as fields of a structure or of a service.
_BOXES: Final = (*(f"/parametres/{box}" for box in (CODE_BOX, COMMITMENT_BOX, EITHER_BOX)), f"/{OWN_BOX}")


def demands(structure: Sides, service: Sides | None = None) -> dict[str, Demand]:
    """Return what was and what will be demanded of an invoice to a structure, or to one of its services.

    A box that a sheet does not write stays as it was known. One that nobody knew counts as empty: whether the portal had it
    ticked is not known either, and suppliers are better told once too often.
    """
    if service is None:
        known, wanted = (_boxes(side.get("parametres"), (CODE_BOX, COMMITMENT_BOX, EITHER_BOX)) for side in structure)
        return {"before": demand_of(known), "after": demand_of({**known, **wanted})}
    # An invoice that is addressed to a service bears its code anyway.
    known, wanted = (_boxes(side.get("parametres"), (COMMITMENT_BOX,)) for side in structure)
    if wanted.get(COMMITMENT_BOX) is True:
        # What the structure demands now is told there, and a service that joins in asks for nothing more.
        known[COMMITMENT_BOX] = True
    known, wanted = ({**boxes, **_boxes(side, (OWN_BOX,))} for boxes, side in zip((known, wanted), service, strict=True))
    return {"before": demand_of(known), "after": demand_of({**known, **wanted})}


def is_relaxed(demand: Mapping[str, Demand]) -> bool:
    """Tell whether less is demanded than before, and nothing else."""
    return demand["after"] in _LESS[demand["before"]]


def receives_none(structure: Sides, service: Sides | None = None) -> bool:
    """Tell whether no invoice can be sent to a structure, or to its service, after the change: it is inactive."""
    return _at_last(structure, "statut") == "INACTIF" or (service is not None and _at_last(service, "actif") is False)


def becomes_works_only(structure: Sides) -> bool:
    """Tell whether « MOA uniquement » is ticked by the change."""
    known, wanted = (_boxes(side.get("parametres"), (WORKS_ONLY_BOX,)).get(WORKS_ONLY_BOX) for side in structure)
    return wanted is True and known is not True


def services_that_demand(services: Mapping[str, Sides]) -> list[str]:
    """Return the codes of the active services that demand a commitment number by their own box."""
    return [
        code
        for code, sides in services.items()
        if code != "FACTURES_PUBLIQUES" and _at_last(sides, OWN_BOX) is True and _at_last(sides, "actif") is not False
    ]


def _at_last(sides: Sides, key: str) -> object:
    before, after = sides
    return after.get(key, before.get(key))


def ticked_box(fields: Mapping[str, Any]) -> str:
    """Return the field at which a demand that changes is told: the first box that is ticked, else the first that changes."""
    changed = [box for box in _BOXES if box in fields]
    return next((box for box in changed if fields[box]["after"] is True), changed[0] if changed else "")


def was_unsaid(fields: Mapping[str, Any]) -> bool:
    """Tell whether a box that is ticked was not written before: the portal may have had it ticked already."""
    return any(fields[box]["before"] is None and fields[box]["after"] is True for box in _BOXES if box in fields)


def _boxes(block: object, names: Iterable[str]) -> dict[str, object]:
    return {box: block[box] for box in names if box in block} if isinstance(block, Mapping) else {}


def demand_of(boxes: Mapping[str, object]) -> Demand:
    """Return what the boxes that are ticked demand, those of a structure and of a service in one."""
    commitment = boxes.get(COMMITMENT_BOX) is True or boxes.get(OWN_BOX) is True
    if boxes.get(CODE_BOX) is True:
        return "both" if commitment else "code"
    if commitment:
        return "commitment"
    return "either" if boxes.get(EITHER_BOX) is True else "none"
