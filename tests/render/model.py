"""The one model that every format is shown with: findings and a plan, with what is hostile and what is folded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from chorus_config.diff.sensitive import keyed_tokens
from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import CheckedFile, check_file
from chorus_config.engine.planning.draft import Draft, draft_plan
from chorus_config.engine.planning.inputs import PlanningInputs
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.finding import Finding, Level, TrackedDay
from chorus_config.model.plan import Options, Plan
from chorus_config.model.project import FileKind, ProjectConfig, TextFile
from chorus_config.model.snapshot import Record, Snapshot
from tests.engine.making import DAY, IBAN, PUBLIC, TECH, account, general, sheet, written

Body = dict[str, Any]

FIRST: Final = "21169999600016"
FOLDED: Final = ("21169999600057", "21169999600065", "21169999600073", "21169999600081")
# What a terminal, a log of GitHub or a Markdown table would act on.
HOSTILE: Final = "\x1b[31m\u202e|`::error::\u200b\n::error file=x::\x07<b>@all"
HOSTILE_FILE: Final = "structures/a\x1b[2J\u202e\n::error::|`.yaml"
OTHER_IBAN: Final = "FR7630006000019999999990189"

_FULL: Final = sheet(
    FIRST,
    comptabilite="autre",
    services=[PUBLIC, {**TECH, "adresse_postale": {"ville": "VALMONT"}}, {"code": "A/B|`C`", "libelle": "Ancien"}],
    espaces=["Factures de travaux", "Engagements"],
    utilisateurs=[{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL", "services": ["ST-TECH"], "habilitations": []}],
    coordonnees_bancaires=[{"libelle": "Régie", "iban": IBAN, "bic": "AGRIFRPPXXX"}],
    parametres={"code_service_obligatoire": False},
)


def _wish() -> Body:
    """Return what the first sheet wants: a change of every kind, one of them refused, one with an error."""
    espace = [{"nom": "Factures de travaux", "mode": "MODIFICATION"}, {"nom": HOSTILE, "mode": "CONSULTATION"}]
    return {
        **_FULL,
        "informations_generales": general(identifiant=FIRST, libelle="Commune | `Valmont` ::error::", statut="INACTIF"),
        "comptabilite": "helios",
        "raccordement": {"mode": "API", "operateur": "Éditeur <b>"},
        "services": [
            {**PUBLIC, "actif": False},
            {**TECH, "adresse_postale": {"ville": "ANGOULÊME", "code_postal": "16000"}, "engagement_obligatoire": True},
            {"code": HOSTILE, "libelle": "Neuf", "description": HOSTILE},
        ],
        "espaces": ["Factures de travaux"],
        "utilisateurs": [
            {
                "ref": "dgs",
                "role": "GESTIONNAIRE_PRINCIPAL",
                "services": ["ST-TECH", "é"],
                "espaces": espace,
                "habilitations": ["Ô"],
            }
        ],
        "coordonnees_bancaires": [{"libelle": "Régie", "iban": OTHER_IBAN, "bic": "AGRIFRPPXXX"}],
        "parametres": {"code_service_obligatoire": True},
        HOSTILE: "clé inconnue",
    }


def _settings(language: Language) -> CheckSettings:
    # Spaces and a right make lists with entries of all kinds; that they are out of date is not the subject.
    levels: dict[str, Level | Literal["off"]] = dict.fromkeys(("CP012", "CP506", "CP507"), "off")
    return CheckSettings(TrackedDay(DAY), translator_for(language), ProjectConfig(levels=levels, most_removals=4))


def _files(settings: CheckSettings) -> list[CheckedFile]:
    def one(path: str, body: Body | bytes, kind: FileKind = "fiche-structure") -> CheckedFile:
        return check_file(TextFile(path, body if isinstance(body, bytes) else written(body), kind), settings)

    changed = [one(f"structures/{siret}.yaml", sheet(siret, comptabilite="autre", espaces=[])) for siret in FOLDED]
    twice = [{"code": "A", "libelle": "a"}, {"code": "A", "libelle": "b"}]
    return [
        one(HOSTILE_FILE, _wish()),
        *changed,
        one("structures/neuf.yaml", sheet("21169999600099", services=[PUBLIC, *twice])),
        one("structures/double.yaml", sheet("21169999600099")),
        one("structures/illisible.yaml", b"a: [1,\n"),
        one("comptes/dgs.yaml", account(adresse_postale={**account()["adresse_postale"], "ville": "Ô"}), "compte-utilisateur"),
    ]


def state() -> Snapshot:
    """Return what was approved before."""
    bodies = [(FIRST, _FULL, HOSTILE_FILE)]
    bodies += [
        (siret, sheet(siret, comptabilite="helios", espaces=["Engagements"]), f"structures/{siret}.yaml") for siret in FOLDED
    ]
    bodies += [("comptes/dgs", account(), "comptes/dgs.yaml")]
    records = {root: Record(root, body, path) for root, body, path in bodies}
    return Snapshot(records, "sqlite:///r\x1b[31m\u202e", "2026-11-22T08:00:00Z", "0a1b", 7)


def findings(language: Language) -> tuple[Finding, ...]:
    """Return the findings of every file of the model."""
    return tuple(finding for one in _files(_settings(language)) for finding in one.findings)


def drafted(language: Language) -> Draft:
    """Return the draft of the model."""
    settings = _settings(language)
    options = Options(("structures/", "comptes/dgs\x1b.yaml"), (), language)
    frame = PlanningInputs(
        keyed_tokens(b"secret of a store"), options, {"version": "1.0.0", "rules": "0123456789abcdef"}, ("c0ffee", True)
    )
    return draft_plan(_files(settings), state(), frame, settings)


def plan(language: Language) -> Plan:
    """Return the plan of the model."""
    return drafted(language).plan


FILES: Final[dict[FileKind, int]] = {"fiche-structure": 8, "compte-utilisateur": 1, "projet": 1}
Painter = Callable[[str, str], str]
