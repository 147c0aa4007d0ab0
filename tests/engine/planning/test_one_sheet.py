"""One sheet of a plan: what is kept of it, and what comes back when another file claims its name; what may cross processes."""

from __future__ import annotations

import pickle

import pytest
from msgspec.structs import replace

from chorus_config.diff.sensitive import keyed_tokens, salted_tokens
from chorus_config.engine.checking.one_file import CheckedFile
from chorus_config.engine.planning.desired_sheet import DesiredSheet
from chorus_config.engine.planning.draft import draft_plan, first_judge
from chorus_config.engine.planning.inputs import PlanningInputs
from chorus_config.engine.planning.one_sheet import PlannedFile, SheetInputs, judged_at_once, named_document
from chorus_config.model.plan import Options
from chorus_config.model.snapshot import Snapshot
from tests.engine.making import FRAME, IBAN, OTHER, PUBLIC, SETTING, SIRET, TECH, account, general, judged, sheet

_FULL = sheet(services=[PUBLIC, TECH], coordonnees_bancaires=[{"libelle": "Régie", "iban": IBAN, "bic": "AGRIFRPPXXX"}])


def _sent(one: CheckedFile, inputs: PlanningInputs) -> PlannedFile:
    """Judge a file as another process would: all that it needs, and all that it gives, crosses as bytes."""
    there = pickle.loads(pickle.dumps(inputs))  # noqa: S301 - our own
    given = SheetInputs(Snapshot(), there, SETTING)
    made: PlannedFile = pickle.loads(pickle.dumps(judged_at_once(one, given, first_judge(there, SETTING))))  # noqa: S301
    return made


@pytest.mark.parametrize("secret", [None, b"x" * 32])
@pytest.mark.parametrize("targets", [(), (OTHER,)])
def test_a_plan_of_sheets_that_other_processes_judged_is_the_same(secret: bytes | None, targets: tuple[str, ...]) -> None:
    token_of = salted_tokens() if secret is None else keyed_tokens(secret)
    inputs = replace(FRAME, token_of=token_of, options=Options(targets=targets))
    files = [
        judged("b.yaml", _FULL),
        judged("a.yaml", sheet(services=[TECH])),
        judged(f"{OTHER}.yaml", sheet(informations_generales=general(identifiant=OTHER))),
        judged("comptes/dgs.yaml", account()),
        judged("nameless.yaml", sheet(informations_generales=general(identifiant=""))),
    ]
    for chosen in (files, files[:1], files[2:]):
        here = draft_plan(chosen, Snapshot(), inputs, SETTING)
        there = draft_plan([_sent(one, inputs) for one in chosen], Snapshot(), inputs, SETTING)
        assert (there.plan, [*there.records], there.unmatched) == (here.plan, [*here.records], here.unmatched)


def test_a_sheet_that_was_judged_keeps_its_bytes_alone() -> None:
    one = judged("a.yaml", _FULL)
    made = judged_at_once(one, SheetInputs(Snapshot(), FRAME, SETTING), first_judge(FRAME, SETTING))
    assert isinstance(made, DesiredSheet)
    assert (str(made.root), made.document.body, made.after.resources) == (SIRET, {}, {})
    assert made.document.raw == (one.document.raw if one.document else b"")
    assert made.judged is not None


def test_a_project_file_is_about_nobody() -> None:
    assert named_document(judged("chorus-config.yaml", {"type": "projet", "version": 1})) is None
