"""What every source is handed: which structures are asked for, and who hears of the work."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct, field

from chorus_config.i18n.translator import Translator
from chorus_config.model.observed.source import Asked
from chorus_config.model.progress import Follow, unfollowed
from chorus_config.model.project import ProjectConfig


class SourceRequest(Struct, frozen=True):
    """What is asked of a source.

    `directory` is where relative paths begin; `note` takes a sentence in the user's language, never a personal datum;
    `environ` has the addresses and credentials; `at` is the instant of the reading, RFC 3339 in UTC, `day` that of the user.
    `most_parallel` calls run at once, `per_second` calls are begun in a second, None without limit.
    """

    directory: Path
    say: Translator
    asked: Asked = field(default_factory=Asked)
    note: Callable[[str], None] = lambda _message: None
    follow: Follow = unfollowed
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    project: ProjectConfig = field(default_factory=ProjectConfig)
    at: str = ""
    day: date | None = None
    most_parallel: int = 2
    per_second: float | None = 2.0
