"""What a check is judged by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from chorus_config.i18n.translator import Translator
from chorus_config.model.project import ProjectConfig
from chorus_config.model.rule import Level
from chorus_config.rules.catalogue import RULES


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """The day whose rules apply, the language, the project's decisions, and whether sheets must be ready to go live."""

    day: date
    say: Translator
    project: ProjectConfig = field(default_factory=ProjectConfig)
    ready: bool = False


def level_of(rule: str, settings: CheckSettings) -> Level | None:
    """Return the level at which a rule speaks here, None when the project switched it off. Fixed rules keep theirs."""
    row = RULES[rule]
    chosen = None if row.fixed else settings.project.levels.get(rule)
    if chosen is not None:
        return None if chosen == "off" else chosen
    own = row.later[1] if row.later is not None and settings.day.isoformat() >= row.later[0] else row.level
    return "error" if settings.ready and row.ready else own


def is_waived(rule: str, sheet: str, settings: CheckSettings) -> bool:
    """Tell whether the project waives a rule for a sheet (identifiant) or account (ref) on this day; fixed rules never."""
    return not RULES[rule].fixed and any(
        waiver.rule == rule
        and waiver.sheet == sheet
        and bool(waiver.reason)
        and waiver.until is not None
        and waiver.until >= settings.day
        for waiver in settings.project.waivers
    )
