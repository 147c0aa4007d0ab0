"""What ends a command, with the exit codes of the contract."""

from __future__ import annotations

import pytest

from chorus_config.model import errors
from chorus_config.model.errors import ChorusConfigError, Exit


def test_the_exit_codes_are_those_of_the_contract() -> None:
    assert {code.name: code.value for code in Exit} == {
        "OK": 0, "FINDINGS": 1, "CHANGES": 2, "OPEN": 3, "REFUSED": 4, "USAGE": 64, "NO_INPUT": 66, "UNAVAILABLE": 69,
        "INTERNAL": 70, "LOCKED": 75, "PROJECT": 78, "INTERRUPTED": 130,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UsageFault", 64), ("NoInput", 66), ("Refused", 4), ("Unavailable", 69), ("Locked", 75), ("ProjectFault", 78),
        ("ChorusConfigError", 70),
    ],
)  # fmt: skip
def test_each_error_has_its_exit_code(name: str, code: int) -> None:
    error = getattr(errors, name)
    assert issubclass(error, ChorusConfigError)
    assert error.code == code
    assert str(error("message")) == "message"


def test_an_invalid_project_brings_its_findings() -> None:
    assert errors.ProjectFault("message").findings == ()
