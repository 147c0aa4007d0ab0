"""What every format of findings is made from: each format is one file with a function `render` of this and the paint."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chorus_config.i18n.translator import Translator
from chorus_config.model.finding import Finding
from chorus_config.model.text_file import FileKind
from chorus_config.render.rules.page import RuleEntry


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """What a check found: findings as seen from where it started, and as seen from the top of the repository.

    `files` counts what was checked; `sheets` are (identifiant, libellé, ready to go live), under `--ready` only. `fixed` are
    the rules that nothing silences, `rules` gives the catalogue to whoever shows it; `version` is that of the program.
    """

    findings: tuple[Finding, ...]
    from_top: tuple[Finding, ...]
    files: Mapping[FileKind, int]
    sheets: tuple[tuple[str, str, bool], ...]
    say: Translator
    fixed: frozenset[str]
    rules: Callable[[], tuple[RuleEntry, ...]]
    version: str
