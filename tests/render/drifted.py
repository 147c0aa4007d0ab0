"""The one drift that every format is shown with: every situation, what is hostile, what is masked."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from chorus_config.engine.drift.compare import compare_states
from chorus_config.model.drift import AddressComparison, AddressDrift, Drift
from chorus_config.model.invoicing import address_text
from tests.engine.making import IBAN, OTHER, PUBLIC, TECH, account, general, sheet
from tests.engine.observing import Body, ledger, portal, state, waiting

from .model import FIRST, HOSTILE, OTHER_IBAN


def _sheet(label: str, iban: str, services: list[Body], **fields: object) -> Body:
    user = {"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL", "services": ["ST-TECH"], "habilitations": []}
    bank = [{"libelle": "Régie", "iban": iban, "bic": "AGRIFRPPXXX"}]
    block = general(identifiant=FIRST, libelle=label, **fields)
    return sheet(FIRST, informations_generales=block, services=services, coordonnees_bancaires=bank, utilisateurs=[user])


_NEW: Final = {"code": "NEUF", "libelle": "Neuf"}
_OLD: Final = {"code": "ANCIEN", "libelle": "Ancien"}
_LOST: Final = {"code": "PERDU", "libelle": "Perdu"}
_HAND: Final = {"code": HOSTILE, "libelle": HOSTILE}


def sample_drift() -> Drift:
    """Return the drift."""
    approved = _sheet("A", IBAN, [{**PUBLIC, "libelle": "B"}, TECH, _NEW, _LOST], statut="ACTIF", centre_gestion_agricole=True)
    confirmed = _sheet("A0", IBAN, [PUBLIC, {**TECH, "libelle": "T0"}, _OLD, _LOST], statut="INACTIF")
    observed = _sheet(HOSTILE, OTHER_IBAN, [PUBLIC, {**TECH, "libelle": "T1"}, _OLD, _HAND], statut="ACTIF")
    del observed["adresse_postale"], observed["utilisateurs"]
    still = [waiting(FIRST, "/libelle"), waiting(f"{FIRST}/services/FACTURES_PUBLIQUES", "/libelle")]
    elsewhere = sheet("21169999600032")
    made = compare_states(
        state(approved, sheet(OTHER), elsewhere, account()),
        ledger(confirmed, elsewhere, still=still),
        portal(observed, sheet("99999999900000")),
    )
    return replace(made, unapproved=("21169999600040",), addresses=_addresses())


def _addresses() -> AddressComparison:
    """Return every way in which an address can differ."""
    own = address_text(FIRST)
    works = ("/statut", "/parametres/moa_uniquement")
    rows = [
        AddressDrift(FIRST, own, "structure", "missing", True, True, "absent", unsaid=works),
        AddressDrift(FIRST, f"{own}_PERDU", "service", "missing", True, True, "not_in_force"),
        AddressDrift(FIRST, f"{own}_NEUF", "service", "to_enter", True, False, "absent"),
        AddressDrift(FIRST, f"{own}_ANCIEN", "service", "to_enter", False, True, "in_force", "chorus_pro", "inactive_service"),
        AddressDrift(FIRST, f"{own}_{HOSTILE}", "service", "unexpected", False, None, "in_force"),
        AddressDrift(FIRST, f"{own}_ST-TECH", "service", "elsewhere", True, True, "in_force", "approved"),
        AddressDrift(FIRST[:9], FIRST[:9], "siren", "unexpected", False, None, "in_force", "approved"),
        AddressDrift(FIRST[:9], f"{FIRST[:9]}_ACHATS", "suffix", "unexpected", False, None, "in_force", "approved"),
    ]
    return AddressComparison(tuple(rows), 3, 1, (OTHER,))
