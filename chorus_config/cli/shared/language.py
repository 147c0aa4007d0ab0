"""Which language to use_language (design/product.md): what was asked, else the project's, else the locale's."""

from __future__ import annotations

import gettext
import os
from collections.abc import Sequence

from chorus_config.i18n.translator import CATALOGUES, DOMAIN, Language


def asked_in(words: Sequence[str]) -> str | None:
    """Return the `--lang` of a command line that has not been parsed yet: help and usage errors need it."""
    asked = None
    for index, word in enumerate(words):
        if word == "--lang" and index + 1 < len(words):
            asked = words[index + 1]
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked


def use_language(chosen: Language) -> None:
    """Have click's own words (Usage, Options, errors) come from our catalogue too."""
    os.environ["LANGUAGE"] = chosen
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)
