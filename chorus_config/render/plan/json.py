"""A plan as JSON, format 1.0 (schemas/plan.schema.json), and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final, TypeGuard

from msgspec.structs import asdict

from chorus_config.i18n.translator import Translator
from chorus_config.model.address import parse_address
from chorus_config.model.finding import Finding, Related, Span
from chorus_config.model.iban import hold_no_iban
from chorus_config.model.plan import Acceptance, Before, Change, Decision, Desired, FieldChange, Move, Options, Plan, SourceLine
from chorus_config.model.secrets import masked_data
from chorus_config.model.streamed.rows import Rows
from chorus_config.render.findings.json import finding_document, indented, indented_rows
from chorus_config.render.notice.json import structure_document, structure_from
from chorus_config.render.plan.suppliers import day_of
from chorus_config.render.shared.paint import Paint

# Values in which nothing but a text can be hidden.
_PLAIN: Final = frozenset({str, bool, int, type(None)})


def render(plan: Plan, _say: Translator, _paint: Paint) -> str:
    """Return the plan in this format."""
    return "".join(json_pieces(plan))


def json_pieces(plan: Plan) -> Iterator[str]:
    """Yield the text of `as_json(plan_document(plan))` in pieces: of a great plan, a few changes are held at a time.

    No piece begins or ends inside a value, and no IBAN can be read in any.
    """
    for number, (key, value) in enumerate(streamed_document(plan).items()):
        before = f"{',' if number else '{'}\n  {indented(key)}: "
        if isinstance(value, Rows):
            # Changes come masked as often as it takes.
            rows = value if key == "changes" else map(masked_data, value)
            pieces = indented_rows(rows, "\n  ")
            yield before + next(pieces)
            yield from pieces
        else:
            yield before + indented(masked_data(value), "\n  ")
    yield "\n}\n"


def plan_document(plan: Plan) -> dict[str, Any]:
    """Return the document of a plan or diff."""
    return {key: [*value] if isinstance(value, Rows) else value for key, value in streamed_document(plan).items()}


def streamed_document(plan: Plan) -> dict[str, Any]:
    """Return the same with its changes and findings as `Rows`: there may be more of them than anybody holds at once."""
    operations = Counter(change.op for change in plan.changes)
    document = {
        "format_version": "1.0",
        "type": plan.kind,
        "tool": dict(plan.tool),
        "desired": asdict(plan.desired),
        "before": asdict(plan.before),
        "as_of": plan.as_of,
        **_optional("made_on", plan.made_on),
        "options": {
            "paths": [*plan.options.paths],
            "targets": [*plan.options.targets],
            "language": plan.options.language,
            "accept": [asdict(one) for one in plan.options.accept],
            "expect_structures": plan.options.expect_structures,
            "expect_removals": plan.options.expect_removals,
            **_optional("to", plan.options.to),
        },
        "changes": Rows(lambda: map(_masked_change, plan.changes)),
        "findings": Rows(lambda: map(masked_data, map(finding_document, plan.findings))),
        "accepted": [asdict(one) for one in plan.accepted],
        "names": dict(plan.names),
        "moves": [asdict(one) for one in plan.moves],
        "decisions": [asdict(one) for one in plan.decisions],
        **_optional("suppliers", [structure_document(one, day_of(plan)) for one in plan.suppliers]),
        "managed": plan.managed,
        "summary": {
            **{op: operations[op] for op in ("create", "update", "delete")},
            "blocked": plan.blocked,
        },
        "applyable": plan.applyable,
        "reasons": [*plan.reasons],
        "digest": plan.digest,
    }
    # What is saved is compared with what is planned again: both are masked alike, names and places too.
    return {key: value if isinstance(value, Rows) else masked_data(value) for key, value in document.items()}


def _optional(key: str, value: object) -> dict[str, object]:
    """Return a key that is absent where there is nothing to say."""
    return {key: value} if value else {}


def plan_from(document: Mapping[str, Any]) -> Plan:
    """Return the plan of a document that satisfies plan.schema.json. Raises KeyError, TypeError on one that does not."""
    return Plan(
        desired=Desired(**{key: document["desired"][key] for key in ("digest", "commit", "dirty")}),
        before=Before(**{key: document["before"][key] for key in ("source", "taken_at", "lineage", "serial", "digest")}),
        as_of=document["as_of"],
        changes=tuple(_change(row) for row in document["changes"]),
        findings=tuple(_finding(row) for row in document["findings"]),
        accepted=tuple(Acceptance(**_known(row, Acceptance)) for row in document["accepted"]),
        managed=document["managed"],
        reasons=tuple(document["reasons"]),
        options=_options(document.get("options", {})),
        tool=document.get("tool", {}),
        digest=document["digest"],
        kind=document["type"],
        names=document.get("names", {}),
        moves=tuple(Move(**_known(row, Move)) for row in document.get("moves", ())),
        decisions=tuple(Decision(**_known(row, Decision)) for row in document.get("decisions", ())),
        made_on=document.get("made_on", ""),
        suppliers=tuple(structure_from(row) for row in document.get("suppliers", ())),
    )


def _options(row: Mapping[str, Any]) -> Options:
    return Options(
        tuple(row.get("paths", ())),
        tuple(row.get("targets", ())),
        row.get("language", "fr"),
        tuple(Acceptance(**_known(one, Acceptance)) for one in row.get("accept", ())),
        row.get("expect_structures"),
        row.get("expect_removals"),
        row.get("to"),
    )


def _known(row: Mapping[str, Any], made: type[Acceptance | Move | Decision]) -> dict[str, Any]:
    """Leave out the keys that a later minor version may add."""
    return {name: row[name] for name in made.__struct_fields__ if name in row}


def _change_document(change: Change) -> dict[str, Any]:
    line = change.source
    return {
        "address": str(change.address),
        "op": change.op,
        "fields": [{"path": field.path, "before": field.before, "after": field.after} for field in change.fields],
        "risk": change.risk,
        "blocked": change.blocked,
        **({"gesture": change.gesture} if change.gesture else {}),
        "findings": [finding_document(finding) for finding in change.findings],
        "source": {"path": line.path, "line": line.line, "column": line.column} if line is not None else None,
    }


def _masked_change(change: Change) -> dict[str, Any]:
    row: dict[str, Any] = _change_document(change)
    # Twice, since the end of a masked number may begin another one.
    return row if _is_plain(change) else masked_data(masked_data(row))


def _is_plain(change: Change) -> bool:
    """Tell whether nothing in a change is to be hidden, from one look at all its texts; False when that cannot tell."""
    values: list[object] = [side for field in change.fields for side in (field.path, field.before, field.after)]
    if list in map(type, values):
        values = [*chain.from_iterable(value if isinstance(value, list) else (value,) for value in values)]
    if change.findings or not _PLAIN.issuperset(map(type, values)):
        return False
    source = change.source.path if change.source is not None else ""
    return hold_no_iban((str(change.address), source, *filter(_is_text, values)))


def _is_text(value: object) -> TypeGuard[str]:
    return isinstance(value, str)


def _change(row: Mapping[str, Any]) -> Change:
    return Change(
        address=parse_address(row["address"]),
        op=row["op"],
        fields=tuple(FieldChange(field["path"], field["before"], field["after"]) for field in row["fields"]),
        risk=row["risk"],
        findings=tuple(_finding(finding) for finding in row["findings"]),
        source=SourceLine(*(row["source"][key] for key in ("path", "line", "column"))) if row["source"] is not None else None,
        blocked=row.get("blocked", False),
        gesture=row.get("gesture"),
    )


def _finding(row: Mapping[str, Any]) -> Finding:
    return Finding(
        rule=row["rule"],
        level=row["level"],
        message=row["message"],
        path=row["path"],
        span=Span(row["line"], row["column"], row["end_line"], row["end_column"]),
        pointer=row["pointer"],
        help=row["help"],
        related=tuple(Related(*(other[key] for key in ("path", "line", "column", "message"))) for other in row["related"]),
    )
