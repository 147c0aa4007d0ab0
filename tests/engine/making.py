"""How these tests make plans: from bodies or texts, against what was approved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from msgspec.structs import replace

from chorus_config.diff.sensitive import keyed_tokens
from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.planning.draft import Draft, draft_plan
from chorus_config.engine.planning.inputs import PlanningInputs
from chorus_config.i18n.translator import translator_for
from chorus_config.model.finding import Finding, TrackedDay
from chorus_config.model.plan import Change, Options
from chorus_config.model.project import FileKind, ProjectConfig, TextFile
from chorus_config.model.snapshot import Snapshot
from chorus_config.yamltext.document import Document

Body = dict[str, Any]

DAY: Final = date(2026, 11, 23)
# The files of these tests bear short names: CP012 would tell each of them.
SETTING: Final = CheckSettings(TrackedDay(DAY), translator_for("en"), ProjectConfig(levels={"CP012": "off"}))
FRAME: Final = PlanningInputs(keyed_tokens(b"secret of a store"), Options(), {"version": "0", "rules": "0"})
SIRET: Final = "21169999600016"
OTHER: Final = "21169999600024"
PUBLIC: Final = {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques", "actif": True}
TECH: Final = {"code": "ST-TECH", "libelle": "Services techniques"}
IBAN: Final = "FR7630006000011234567890189"


def sheet(siret: str = SIRET, **blocks: Any) -> Body:
    """Return a small valid sheet with more blocks, or blocks replaced; None takes one out."""
    body: Body = {
        "type": "fiche-structure",
        "version": 1,
        "informations_generales": {
            "raison_sociale": "COMMUNE DE VALMONT",
            "type_identifiant": "SIRET",
            "identifiant": siret,
            "libelle": "Commune de Valmont",
            "adresse_electronique": "factures@valmont.example",
        },
        "adresse_postale": {"adresse": "1 place", "code_postal": "16000", "ville": "VALMONT", "pays": "France"},
    }
    return {key: value for key, value in {**body, **blocks}.items() if value is not None}


def general(**fields: Any) -> Body:
    """Return the general block of the small sheet with fields set; None takes one out."""
    held: Body = sheet()["informations_generales"]
    return {key: value for key, value in {**held, **fields}.items() if value is not None}


def account(ref: str = "dgs", **blocks: Any) -> Body:
    """Return a small valid account with blocks replaced."""
    return {
        "type": "compte-utilisateur",
        "version": 1,
        "ref": ref,
        "informations_personnelles": {"adresse_electronique_contact": "a@b.example", "nom": "MARTIN", "prenom": "Alix"},
        "adresse_postale": {"adresse": "1 place", "code_postal": "16000", "ville": "VALMONT", "pays": "France"},
        "parametres": {"langue": "Français", "recevoir_notifications": True},
        **blocks,
    }


def written(body: Mapping[str, Any]) -> bytes:
    """Return a body as a file, each key on a line of its own: JSON is YAML."""
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def checked(path: str, body: Mapping[str, Any], findings: Iterable[Finding] = ()) -> CheckedFile:
    """Return a file as if checked, with the findings given."""
    kind: FileKind = body["type"]
    return CheckedFile(path, kind, Document(path, kind, body, written(body)), tuple(findings))


def judged(path: str, raw: bytes | str | Mapping[str, Any], settings: CheckSettings = SETTING) -> CheckedFile:
    """Return a file as really checked; a text in comptes/ is an account."""
    if isinstance(raw, Mapping):
        raw = written(raw)
    kind: FileKind = "compte-utilisateur" if path.startswith("comptes/") else "fiche-structure"
    return check_file(TextFile(path, raw.encode() if isinstance(raw, str) else raw, kind), settings)


def plan_of(
    files: Mapping[str, Body] | Iterable[CheckedFile],
    known: Snapshot | None = None,
    settings: CheckSettings = SETTING,
    **options: Any,
) -> Draft:
    """Return the draft of files (bodies by path, taken as faultless) against a state."""
    sheets = [checked(path, body) for path, body in files.items()] if isinstance(files, Mapping) else [*files]
    return draft_plan(sheets, known or Snapshot(), replace(FRAME, options=Options(**options)), settings)


def approved(made: Draft, before: Snapshot | None = None) -> Snapshot:
    """Return the state after the approval of a draft."""
    state = before or Snapshot(source="sqlite:///r", lineage="l")
    records = {root: record for root, record in state.records.items() if root not in made.forgotten}
    records |= {record.root: record for record in made.records}
    return replace(state, records=records, serial=state.serial + 1, taken_at="2026-11-23T08:00:00Z")


def known(files: Mapping[str, Body]) -> Snapshot:
    """Return the state after the approval of files."""
    return approved(plan_of(files))


def with_project(**decisions: Any) -> CheckSettings:
    """Return the usual settings with decisions of a project."""
    return replace(SETTING, project=ProjectConfig(**{**decisions, "levels": {"CP012": "off", **decisions.get("levels", {})}}))


def rules_of(change: Change) -> list[str]:
    """Return the rules that speak of a change, in order."""
    return [finding.rule for finding in change.findings]


def by_address(made: Draft) -> dict[str, Change]:
    """Return the changes of a plan by address."""
    return {str(change.address): change for change in made.plan.changes}


def told(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return rule and pointer of findings, in order."""
    return [(finding.rule, finding.pointer) for finding in findings]
