"""From the text of one file to its findings: loader, schemas, rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.diff.expand import root_of
from chorus_config.engine.checking.causes import one_per_cause
from chorus_config.engine.checking.findings import CheckSettings, is_waived, level_of, to_findings
from chorus_config.engine.checking.names_at_fault import document_name_errors, without_consequences
from chorus_config.engine.checking.tabs import with_tabs_by_field
from chorus_config.model.finding import ALWAYS, Fault, Finding, Level, Period, RuleContext
from chorus_config.model.project import FileKind, TextFile
from chorus_config.rules.catalogue import checks_of
from chorus_config.rules.judges.body import joined_texts
from chorus_config.schema.accept import accepts_all
from chorus_config.schema.lookup import node_at
from chorus_config.schema.packaged import ADVICE, STRICT, first_day_alike, schema
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.parse import parse
from chorus_config.yamltext.parsed_text import AlteredScalar, ParsedText
from chorus_config.yamltext.values import integer


class CheckedFile(Struct, frozen=True):
    """One file after its check: the document when it could be read as one, and its findings in the order of its lines.

    `ready` says that no go-live check of the file fails; `used_waivers` are the rules that a waiver silenced in it. On all days
    of `period` the same is found.
    """

    path: str
    kind: FileKind
    document: Document | None
    findings: tuple[Finding, ...]
    ready: bool = True
    used_waivers: frozenset[str] = frozenset()
    period: Period = ALWAYS

    @property
    def name_errors(self) -> tuple[Finding, ...]:
        """The errors under which nobody knows which structure or account the file describes."""
        return document_name_errors(self.findings, self.kind, self.document.body if self.document is not None else {})


def check_file(text: TextFile, settings: CheckSettings) -> CheckedFile:
    """Check one file by itself. What stops the loader hides the rest; nothing else hides anything."""
    settings = CheckSettings(settings.asked.anew(), settings.say, settings.project, settings.ready)
    if text.read_error:
        return _stopped(text, (Fault("CP014", case=text.read_error),), settings)
    parsed = parse(text.raw)
    if parsed.stopped:
        return _stopped(text, parsed.faults, settings)
    kind = kind_of(parsed.data, text.kind)
    body = parsed.data if isinstance(parsed.data, dict) else {}
    document = Document(text.path, kind, body, text.raw, parsed.plain) if body else None
    found = _found(parsed, body, kind, text, settings)
    if not found:
        return CheckedFile(text.path, kind, document, (), period=settings.asked.period)
    return _checked(found, text, document, kind, settings)


def faults_told(text: TextFile, settings: CheckSettings) -> tuple[Document, tuple[Fault, ...]]:
    """Return the document of a file, and the faults that its findings tell: for whoever can mend them.

    Of what stops the loader, the document has neither a body nor a text in which anything has its place.
    """
    parsed = parse(text.raw)
    if text.read_error or parsed.stopped:
        return Document(text.path, text.kind, {}), () if text.read_error else parsed.faults
    kind = kind_of(parsed.data, text.kind)
    body = parsed.data if isinstance(parsed.data, dict) else {}
    document = Document(text.path, kind, body, text.raw, parsed.plain)
    found, owner = _found(parsed, body, kind, text, settings), owner_of(body)
    return document, one_per_cause(with_tabs_by_field(found, document), lambda fault: _level_told(fault, owner, settings))


def _found(
    parsed: ParsedText, body: dict[str, Any], kind: FileKind, text: TextFile, settings: CheckSettings
) -> tuple[Fault, ...]:
    return (*parsed.faults, *_typed(parsed, kind), *_shape(parsed.data, kind, settings), *_ruled(body, kind, text, settings))


def _ruled(body: dict[str, Any], kind: FileKind, text: TextFile, settings: CheckSettings) -> Iterator[Fault]:
    """Yield what the rules written in Python find, in the order of their ids."""
    context = RuleContext(settings.asked, text.path, joined_texts(body), settings.project.environment)
    for rule in checks_of(kind) if body else ():
        yield from rule(body, context)


def _checked(
    found: tuple[Fault, ...], text: TextFile, document: Document | None, kind: FileKind, settings: CheckSettings
) -> CheckedFile:
    name = owner_of(document.body) if document is not None else ""
    place = document or Document(text.path, kind, {}, text.raw)
    found = with_tabs_by_field(found, place)
    told = one_per_cause(found, lambda fault: _level_told(fault, name, settings))
    findings = without_consequences(to_findings(told, place, name, settings), kind, place.body)
    used = frozenset(fault.rule for fault in found if is_waived(fault.rule, name, settings, fault.case))
    live = replace(settings, ready=True)
    ready = not any(
        not is_waived(fault.rule, name, settings, fault.case) and level_of(fault.rule, live, fault.case, fault.level) == "error"
        for fault in found
    )
    return CheckedFile(text.path, kind, document, findings, ready, used, settings.asked.period)


def _level_told(fault: Fault, owner: str, settings: CheckSettings) -> Level | None:
    return (
        None if is_waived(fault.rule, owner, settings, fault.case) else level_of(fault.rule, settings, fault.case, fault.level)
    )


def kind_of(data: object, suggested: FileKind) -> FileKind:
    """Return what a document is: what its `type` says, else what its place in the project suggests."""
    named = data.get("type") if isinstance(data, dict) else None
    return named if isinstance(named, str) and named in STRICT else suggested  # type: ignore[return-value]


def owner_of(body: Any) -> str:
    """Return the identifiant or ref by which waivers name a document, "" when it has none."""
    root = (
        root_of({"type": "fiche-structure", **body}) if body.get("type") in ("fiche-structure", "compte-utilisateur") else None
    )
    return root.owner if root else ""


def _stopped(text: TextFile, found: Iterable[Fault], settings: CheckSettings) -> CheckedFile:
    document = Document(text.path, text.kind, {})
    findings = to_findings(found, document, "", settings)
    return CheckedFile(text.path, text.kind, None, findings, ready=False, period=settings.asked.period)


def _shape(data: object, kind: FileKind, settings: CheckSettings) -> tuple[Fault, ...]:
    if data is None or data == "":
        return (Fault("CP009", case="empty"),)
    names = (STRICT[kind], ADVICE[kind]) if kind in ADVICE and isinstance(data, dict) else (STRICT[kind],)
    day = first_day_alike(names, settings.asked)
    if accepts_all(names, day, data):
        return ()
    from chorus_config.schema.explain import faults as schema_faults  # noqa: PLC0415 - not when all is well

    return tuple(fault for name in names for fault in schema_faults(name, day, data))


def _typed(parsed: ParsedText, kind: FileKind) -> tuple[Fault, ...]:
    """Give integers where the schema asks for them, and name each plain scalar that other readers take for something else.

    Where a block, a list or a boolean is due the schema has its own word, and so it has for unknown keys.
    """
    found = []
    for scalar in parsed.altered:
        expected = node_at(schema(STRICT[kind]), scalar.path)
        if expected.get("type") == "integer" and (number := integer(scalar.text)) is not None:
            container: Any = scalar.container
            container[scalar.path[-1]] = number
        elif expected.get("type") == "string" and scalar.text in _its_values(expected, scalar.text):
            found.append(_altered(scalar))
    return tuple(found)


def _its_values(expected: Any, otherwise: str) -> Any:
    """Return the texts that the schema lists: a text that is none of them is CP009, quoted or not; any text without a list."""
    return expected.get("enum") or ([expected["const"]] if "const" in expected else [otherwise])


def _altered(scalar: AlteredScalar) -> Fault:
    return Fault("CP006", scalar.path, "" if scalar.text else "empty", args={"text": scalar.text}, span=scalar.span)
