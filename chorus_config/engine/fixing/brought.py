"""What a change of a sheet brings: the findings that it has afterwards and did not have before."""

from __future__ import annotations

from collections.abc import Iterable

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import check_file
from chorus_config.model.finding import Finding
from chorus_config.model.project import TextFile


def brought(before: TextFile, after: Iterable[Finding], settings: CheckSettings) -> list[Finding]:
    """Return those findings of a changed sheet that it did not have before, known by rule and field."""
    known = {(one.rule, one.pointer) for one in check_file(before, settings).findings}
    return [one for one in after if (one.rule, one.pointer) not in known]
