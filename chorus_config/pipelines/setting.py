"""What a check is judged by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from chorus_config.rules.catalogue import RULES
from chorus_config.texts.translator import Texts
from chorus_config.words.document import Project
from chorus_config.words.rule import Level


@dataclass(frozen=True, slots=True)
class Setting:
    """The day whose rules apply, the language, the project's decisions, and whether sheets must be ready to go live."""

    day: date
    say: Texts
    project: Project = field(default_factory=Project)
    ready: bool = False


def level_of(rule: str, setting: Setting) -> Level | None:
    """Return the level at which a rule speaks here, None when the project switched it off. Fixed rules keep theirs."""
    row = RULES[rule]
    chosen = None if row.fixed else setting.project.levels.get(rule)
    if chosen is not None:
        return None if chosen == "off" else chosen
    own = row.later[1] if row.later is not None and setting.day.isoformat() >= row.later[0] else row.level
    return "error" if setting.ready and row.ready else own


def is_waived(rule: str, sheet: str, setting: Setting) -> bool:
    """Tell whether the project waives a rule for a sheet (identifiant) or account (ref) on this day; fixed rules never."""
    return not RULES[rule].fixed and any(
        waiver.rule == rule
        and waiver.sheet == sheet
        and bool(waiver.reason)
        and waiver.until is not None
        and waiver.until >= setting.day
        for waiver in setting.project.waivers
    )
