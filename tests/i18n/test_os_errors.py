"""What the operating system says, in the user's language: no English stands inside French."""

from __future__ import annotations

import errno
import os

import pytest

from chorus_config.i18n.os_errors import os_reason
from chorus_config.i18n.translator import translator_for

FRENCH, ENGLISH = translator_for("fr"), translator_for("en")


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.EISDIR, errno.EROFS, errno.ENAMETOOLONG])
def test_french_is_french_and_english_as_the_system_says_it(number: int) -> None:
    assert os_reason(OSError(number, os.strerror(number)), ENGLISH) == os.strerror(number)
    assert os_reason(OSError(number, os.strerror(number)), FRENCH) not in {os.strerror(number), ""}


def test_what_nobody_has_words_for() -> None:
    assert os_reason(OSError(99_999, "Strange"), FRENCH) == "erreur 99999 du système"
    assert os_reason(ValueError("embedded null byte"), FRENCH) == "le système n’en dit pas la raison"
    assert os_reason(OSError(), ENGLISH) == "the operating system does not say why"


def test_a_workbook_that_a_spreadsheet_has_open_on_windows() -> None:
    error = OSError(errno.EACCES, "The process cannot access the file")
    error.winerror = 32  # type: ignore[attr-defined,unused-ignore]
    assert "tableur" in os_reason(error, FRENCH)
