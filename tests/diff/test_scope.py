"""How much of a structure a sheet speaks of."""

from __future__ import annotations

from chorus_config.diff.expand import expand
from chorus_config.diff.scope import scope_of
from chorus_config.model.address import Address
from tests.engine.making import SIRET, TECH, sheet


def test_what_is_written_is_managed_and_a_list_is_complete() -> None:
    scope = scope_of(expand(sheet(services=[TECH], espaces=[])))
    root, known, other = Address(SIRET), Address(SIRET, "services", "ST-TECH"), Address(SIRET, "services", "FACTURES_PUBLIQUES")
    assert scope.holds(root)
    assert scope.holds(root, "/libelle")
    assert not scope.holds(root, "/adresse_postale/fax")
    assert scope.holds(known, "/libelle")
    assert not scope.holds(known, "/description")
    # What a managed list lacks is to be removed, with all that it has.
    assert scope.holds(other, "/description")
    assert scope.holds(Address(SIRET, "espaces", "Travaux"))
    assert not scope.holds(Address(SIRET, "utilisateurs", "dgs"))
