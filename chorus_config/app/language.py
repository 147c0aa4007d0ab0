"""Which language to speak (design/product.md): what was asked, else the project's, else the locale's."""

from __future__ import annotations

import os

from chorus_config.i18n.translator import LANGUAGES, Language


def language(asked: str | None, project: str = "") -> Language:
    """Return the language: option or environment, project, English for an English locale, else French."""
    for wish in (asked, os.environ.get("CHORUS_CONFIG_LANG"), project):
        for known in LANGUAGES:
            if wish == known:
                return known
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if locale.lower().startswith("en") else "fr"
