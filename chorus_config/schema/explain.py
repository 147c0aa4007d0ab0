"""The slow and careful voice: jsonschema says what is wrong in a document that the fast engine refused.

One finding per cause: a rule of its own beats the generic ids (CP007, CP008, CP009), a rule speaks once about a place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Final

from chorus_config.model.finding import Fault, Path
from chorus_config.schema.accept import accepts
from chorus_config.schema.key_slips import blocks_of, one_per_slip
from chorus_config.schema.lookup import annotated, node_at
from chorus_config.schema.packaged import Schema, is_date, schema_on
from chorus_config.schema.refusals import Refusal, refusals
from chorus_config.schema.suggestions import is_word_for, meant_key
from chorus_config.schema.value_slips import fault_of_value, key_or_value, misnamed_entry

_DEFAULTS: Final = {"required": "CP008", "additionalProperties": "CP007"}
_GENERIC: Final = frozenset({"CP007", "CP008", "CP009"})


def faults(name: str, day: date, data: object) -> tuple[Fault, ...]:
    """Return what a packaged schema, as in force on `day`, finds wrong in a document; () when it is accepted."""
    if accepts(name, day, data):
        return ()
    refused = refusals(name, day, data)
    schema = schema_on(name, day)
    if len(refused) == 1 and _is_plain_no(schema, refused[0]):
        # Of thousands of new structures each is told so: jsonschema would only take its time to say the same.
        (only,) = refused
        note = annotated(schema, only.keyword)
        return (_noted_value(note["x-rule"], only.path, note, only.value, {}),)
    found = [
        fault
        for error in _explainer(name, day, _branches(refused)).iter_errors(data)
        for fault in _faults_of_error(schema, error, day)
    ]
    told = _one_per_cause(found or [fault for one in refused for fault in _faults_of_refusal(schema, one)])
    return tuple(one_per_slip(schema, data, told))


def _is_plain_no(schema: Schema, refusal: Refusal) -> bool:
    """Tell whether a document as a whole is refused by a bare `not: {}` with a rule of its own: there is no place to find."""
    note = annotated(schema, refusal.keyword)
    return not refusal.path and refusal.keyword[-1:] == ("not",) and note.get("not") == {} and "x-rule" in note


def _branches(refused: tuple[Refusal, ...]) -> tuple[int, ...] | None:
    """Return which members of the top-level `allOf` refused, or None when something else did too.

    jsonschema is asked about these only: a sheet with one piece of advice need not be judged whole again.
    """
    found = set()
    for where in (one.keyword for one in refused):
        if len(where) < 2 or where[0] != "allOf" or not isinstance(where[1], int):
            return None
        found.add(where[1])
    return tuple(sorted(found))


@cache
def _explainer(name: str, day: date, branches: tuple[int, ...] | None) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415 - not when all is well
    from referencing import Registry  # noqa: PLC0415

    schema = schema_on(name, day)
    if branches is not None:
        # The members keep their place in the list, so that the path of an error still leads to its rule.
        kept = [member if index in branches else {} for index, member in enumerate(schema["allOf"])]
        schema = {"$defs": schema.get("$defs", {}), "allOf": kept}
    checker = FormatChecker(formats=())
    checker.checkers["date"] = (is_date, ())
    return Draft202012Validator(schema, registry=Registry(), format_checker=checker)


def _faults_of_error(schema: Schema, error: Any, day: date) -> Iterable[Fault]:
    """Turn one error of jsonschema into faults; of alternatives of which one alone is in force, that one says what is due."""
    if error.validator == "anyOf" and len(error.validator_value) == 1 and "x-rule" not in error.schema:
        for inner in error.context:
            yield from _faults_of_error(schema, inner, day)
    else:
        yield from _faults_of_keyword(schema, error, day)


def _faults_of_keyword(schema: Schema, error: Any, day: date) -> Iterable[Fault]:
    """Turn the breach of one keyword into faults: several when keys are missing or unknown."""
    note = annotated(schema, tuple(error.absolute_schema_path))
    rule = note.get("x-rule") or _DEFAULTS.get(error.validator, "CP009")
    path = tuple(error.absolute_path)
    if error.validator == "required":
        missing = (key for key in error.validator_value if key not in error.instance)
        yield from (_missing_key(schema, rule, (*path, key), note) for key in missing)
    elif error.validator == "additionalProperties":
        yield from (_unknown_key(schema, rule, (*path, key), error) for key in _extras(error))
    elif note and error.validator not in {"enum", "type"}:
        usual = _noted_value(rule, path, note, error.instance, error.validator_value)
        yield misnamed_entry(usual, note.get("x-near"), error.instance)
    else:
        yield fault_of_value(rule, path, error, day)


def _missing_key(schema: Schema, rule: str, path: Path, note: Schema) -> Fault:
    """Return the fault of a required key that is not there; one that can have but one value is said with it."""
    constant = rule == "CP008" and "const" in node_at(schema, path)
    case = "constant" if constant else note.get("x-case", "")
    return Fault(rule, path[:-1], case, "key", {"key": path[-1]})


def _noted_value(rule: str, path: Path, note: Schema, value: object, limit: object) -> Fault:
    """Return the fault of a value as the note of the schema (`x-case`, `x-at`, `x-level`) words and places it."""
    args = {"value": value, "limit": limit, "length": len(value) if isinstance(value, (str, list, dict)) else 0}
    at = note.get("x-at") or key_or_value(value)
    return Fault(rule, path, note.get("x-case", ""), at, args, level=note.get("x-level"))


def _unknown_key(schema: Schema, rule: str, path: Path, error: Any) -> Fault:
    key = str(path[-1])
    near = meant_key(key, error.schema, error.instance) or meant_key(key, error.schema)
    if near and not is_word_for(key, near, error.schema) and blocks_of(schema, key):
        near = ""  # `ville` is not nearly `libelle`: it is a key of another block
    case = "" if not near else "twice" if near in error.instance else "suggest"
    return Fault(rule, path, case, "key", {"key": key, "suggestion": near})


def _extras(error: Any) -> list[str]:
    from re import search  # noqa: PLC0415

    patterns = error.schema.get("patternProperties", {})
    known = error.schema.get("properties", {})
    return [key for key in error.instance if key not in known and not any(search(p, key) for p in patterns)]


def _faults_of_refusal(schema: Schema, refusal: Refusal) -> Iterable[Fault]:
    """Turn a refusal that jsonschema does not share into faults: the stricter verdict stands."""
    note = annotated(schema, refusal.keyword)
    keyword = next((step for step in reversed(refusal.keyword) if isinstance(step, str)), "")
    rule, case = note.get("x-rule") or _DEFAULTS.get(keyword, "CP009"), note.get("x-case", "")
    if keyword == "additionalProperties":
        yield from (Fault(rule, (*refusal.path, key), case, "key", {"key": key}) for key in refusal.keys)
    elif keyword == "required":
        yield from (Fault(rule, refusal.path, case, "key", {"key": key}) for key in refusal.keys)
    else:
        yield _noted_value(rule, refusal.path, note, refusal.value, "?")


def _one_per_cause(found: Iterable[Fault]) -> tuple[Fault, ...]:
    by_cause: dict[Path, dict[str, Fault]] = {}
    for fault in found:
        cause = (*fault.path, fault.args["key"]) if fault.args.get("key") not in {None, *fault.path[-1:]} else fault.path
        by_cause.setdefault(cause, {}).setdefault(fault.rule, fault)  # type: ignore[arg-type]
    kept: list[Fault] = []
    for rules in by_cause.values():
        specific = [fault for rule, fault in rules.items() if rule not in _GENERIC]
        kept += specific or rules.values()
    return tuple(kept)
