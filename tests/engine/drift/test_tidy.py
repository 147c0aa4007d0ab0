"""What a source says, as a sheet can hold it."""

from __future__ import annotations

from typing import Any

import pytest

from chorus_config.engine.drift.tidy import tidied
from chorus_config.model.snapshot import Record, Snapshot

SIRET = "21160999500017"


def body_of(**body: Any) -> Any:
    return tidied(Snapshot({SIRET: Record(SIRET, body)})).records[SIRET].body


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Services techniques", "Services techniques"),
        ("  Services   techniques ", "Services techniques"),
        ("Mairie\u200b de\tX\x00", "Mairie de X"),
        ("e\u0301cole", "école"),
        ("a\r\nb", "a b"),
        ("l\u00a0eau", "l eau"),
        ("H¿res", "H¿res"),
        ("", ""),
    ],
)
def test_a_text(said: str, meant: str) -> None:
    assert body_of(informations_generales={"libelle": said})["informations_generales"]["libelle"] == meant


def test_a_description_keeps_its_lines() -> None:
    body = body_of(services=[{"code": " A ", "description": "un  \r\n deux\n"}])
    assert body["services"] == [{"code": "A", "description": "un\ndeux"}]


def test_what_is_no_text_stays_and_a_tidy_record_is_the_same() -> None:
    record = Record(SIRET, {"parametres": {"moa_uniquement": False}, "services": [{"code": "A", "actif": True}]})
    assert tidied(Snapshot({SIRET: record})).records[SIRET] is record
