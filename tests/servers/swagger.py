"""AIFE's own description of the API "Structures", by which requests and answers of the tests are checked.

It is not part of this repository: it lies beside it, in `shared/data`, or where CHORUS_CONFIG_SWAGGER says. Without it the
simulator runs unchecked, and `swagger_missing` skips loudly.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft4Validator

_NAME: Final = "chorus-pro-structures-api.swagger.json"
_BESIDE: Final = Path(__file__).resolve().parents[2].parent / "shared" / "data" / _NAME


@cache
def swagger() -> Mapping[str, Any] | None:
    """Return the description, None where it is not there."""
    path = Path(os.environ.get("CHORUS_CONFIG_SWAGGER") or _BESIDE)
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def swagger_missing() -> None:
    """Skip loudly when the description is not there."""
    if swagger() is None:
        pytest.skip(f"{_NAME} IS MISSING: the simulator was not checked against it; CHORUS_CONFIG_SWAGGER says where it is")


def check_request(operation: str, body: object) -> None:
    """Raise AssertionError for a request that the description does not know, or that has a field which it does not know."""
    _check(operation, body, closed=True)


def check_answer(operation: str, data: object) -> None:
    """Raise AssertionError for an answer that the description does not allow; more fields are seen in real ones."""
    _check(operation, data, closed=False)


def _check(operation: str, data: object, *, closed: bool) -> None:
    if swagger() is None:
        return
    faults = [error.message for error in _validator(operation, closed).iter_errors(data)]
    assert faults == [], f"{operation}: {faults[:3]}"


@cache
def _validator(operation: str, closed: bool) -> Draft4Validator:
    description = swagger() or {}
    method = description["paths"][f"/v1/{operation}"]["post"]
    schema = method["parameters"][0]["schema"] if closed else method["responses"]["200"]["schema"]
    definitions = description["definitions"]
    if closed:
        definitions = {name: {**node, "additionalProperties": False} for name, node in definitions.items()}
    return Draft4Validator({"definitions": definitions, "$ref": schema["$ref"]})
