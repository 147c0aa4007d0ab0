"""A snapshot at a glance."""

from __future__ import annotations

from chorus_config.i18n.translator import translator_for
from chorus_config.model.snapshot import Snapshot
from chorus_config.render.observe.text import snapshot_text
from chorus_config.render.shared.paint import coloured, plain
from tests.engine.making import OTHER, SIRET, account, general, sheet
from tests.engine.observing import portal
from tests.render.model import HOSTILE
from tests.render.reading import acting, unpainted


def test_one_line_a_structure() -> None:
    shown = snapshot_text(portal(sheet(services=[]), sheet(OTHER), account()), translator_for("en"), plain)
    assert shown.splitlines() == [
        "Taken 20 November 2026, 08:00 UTC: releve.json",
        f'  {SIRET}  "Commune de Valmont"  8 fields reported  0 services',
        f'  {OTHER}  "Commune de Valmont"  8 fields reported  services: not reported',
        "  comptes/dgs  10 fields reported",
        "3 structures and accounts, 26 fields reported.",
        "What is not reported is not known: it is never taken for « no » or for empty.",
    ]


def test_nothing_acts_on_a_terminal() -> None:
    made = portal(sheet(informations_generales=general(libelle=HOSTILE)))
    told = Snapshot(made.records, HOSTILE, HOSTILE.replace("\x1b", ""))
    shown = snapshot_text(made, translator_for("en"), plain)
    assert acting(shown) == set()
    assert acting(snapshot_text(Snapshot(told.records, HOSTILE, made.taken_at), translator_for("en"), plain)) == set()
    assert unpainted(snapshot_text(made, translator_for("en"), coloured)) == shown
