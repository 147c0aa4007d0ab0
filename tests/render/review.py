"""What a reviewer is shown beside the plan of the model: a comparison with acceptances, moves and decisions; large plans."""

from __future__ import annotations

from functools import cache
from typing import Final

from msgspec.structs import replace

from chorus_config.i18n.translator import Language
from chorus_config.model.address import Address
from chorus_config.model.invoicing_address import InvoicingAddress
from chorus_config.model.notice import AddressChange, StructureNotice
from chorus_config.model.plan import Acceptance, Before, Change, Decision, Desired, FieldChange, Move, Options, Plan, SourceLine
from tests.render.model import FIRST, HOSTILE, HOSTILE_FILE, plan
from tests.render.notices import sample_changes

model = cache(plan)
BASE: Final = "5d41402abc4b2a76b9719d911017c592a1b2c3d4"
REASON: Final = "Accord de la trésorerie du 3 octobre, voir #12 et @tresorerie | `oui`"


def comparison(language: Language) -> Plan:
    """Return the model as a comparison of two revisions: an error accepted, files moved, decisions of the project changed."""
    return replace(
        model(language),
        kind="diff",
        desired=Desired("0" * 64),
        before=Before(f"git:{BASE}", None, None, 0, "0" * 64),
        options=Options(language=language),
        accepted=(
            Acceptance("CP901", f"{FIRST}/services/FACTURES_PUBLIQUES", REASON, "2027-06-30"),
            Acceptance("CP911", f"{FIRST}/utilisateurs/{HOSTILE}", HOSTILE, None, "option"),
        ),
        moves=(
            Move(FIRST, "structures/ancien.yaml", HOSTILE_FILE),
            Move("comptes/dgs", "comptes/directeur.yaml", "comptes/dgs.yaml"),
        ),
        decisions=(
            Decision("regles/CP701", None, "off"),
            Decision(f"derogations/CP102/{FIRST}", {"motif": "Repris de l’ancien portail", "jusqu_au": "2027-01-31"}, None),
            Decision("seuils/structures", 50, 500),
            Decision("structures", ["structures/**/*.yaml"], ["structures/*.yaml", HOSTILE]),
        ),
        suppliers=for_suppliers(HOSTILE),
    )


def for_suppliers(text: str) -> tuple[StructureNotice, ...]:
    """Return what changes for suppliers, each event among it, of structures and services that are called `text`."""
    return tuple(one for one in sample_changes(text).structures if one.changes)


def hostile(text: str) -> Plan:
    """Return a comparison in which every text that a file may hold is `text`."""
    whole = model("en")
    finding = replace(
        next(one for change in whole.changes for one in change.findings if one.related),
        rule="CP901", level="error", message=text, help=text, path=text, pointer=text,
    )  # fmt: skip
    finding = replace(finding, related=tuple(replace(one, path=text, message=text) for one in finding.related))
    fields = (
        FieldChange("/libelle", text, f"{text}2"),
        FieldChange(f"/{text.replace('~', '~0').replace('/', '~1')}", [text, {"nom": text, "mode": text}], None),
    )
    line, owner = SourceLine(text, 1, 1), text.replace("/", "")
    service = Address(owner, "services", text)
    changes = (
        Change(Address(owner), "update", fields, "low", (finding,), line, blocked=True),
        Change(service, "update", fields, "high", (finding,), line),
        Change(Address(owner, "espaces", text), "create", (FieldChange("/nom", None, text),), "none", (), line),
        Change(Address(owner, "comptes"), "delete", (FieldChange("/nom", text, None),), "high", (), None),
    )
    return Plan(
        Desired(text, text), Before(text, text, text, 1, text), "2026-11-23", changes, (finding,),
        accepted=(Acceptance("CP901", str(service), text, text),), managed=1, reasons=(text,),
        options=Options((text,), (text,)),
        tool={"version": text}, digest=text, moves=(Move(text, text, text),), decisions=(Decision(text, text, {text: [text]}),),
        suppliers=(_hostile_notice(text), replace(_hostile_notice(text), described="new")),
    )  # fmt: skip


def _hostile_notice(text: str) -> StructureNotice:
    one = InvoicingAddress(text, text, text, text)
    changes = (AddressChange("moves", one, one, stricter=True), AddressChange("closes", one, None, stricter=True))
    return StructureNotice(text, text, (one,), changes, replaces=text)


def large(count: int, blocked: int = 0) -> Plan:
    """Return a plan of `count` structures that all change in another way, the first ones blocked."""
    whole = model("fr")
    error = next(one for change in whole.changes for one in change.findings if one.level == "error")
    changes = tuple(
        Change(
            Address(f"{21169999600016 + 11 * number}"),
            "update",
            (
                FieldChange("/libelle", f"Commune no {number}", f"Ville nouvelle no {number}"),
                FieldChange("/adresse_postale/ville", f"VALMONT {number}", f"VALBOURG {number}"),
                FieldChange("/parametres/code_service_obligatoire", None, number % 2 == 0),
            ),
            "low",
            (replace(error, path=f"structures/{number}.yaml"),) if number < blocked else (),
            SourceLine(f"structures/{number}.yaml", 3, 1),
            blocked=number < blocked,
        )
        for number in range(count)
    )
    reasons = (f"{blocked} changements sont bloqués par des erreurs",) if blocked else ()
    return replace(whole, changes=changes, findings=(), reasons=reasons)
