"""Faults to findings: a level, a place in the file, and a message in one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from chorus_config.diff.fields import pointer
from chorus_config.diff.sensitive import masked
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import LEVELS, Fault, Finding, Level, Path, Related, RuleTexts, Span, TrackedDay
from chorus_config.model.project import FileKind, ProjectConfig
from chorus_config.model.secrets import HIDDEN, names_secret
from chorus_config.render.shared.dates import day_text
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.schema.lookup import example_of, is_sensitive, node_at
from chorus_config.schema.packaged import STRICT, schema
from chorus_config.yamltext.characters import MAX_FAULTS, printable, shown, shown_with_blanks
from chorus_config.yamltext.document import Document
from chorus_config.yamltext.values import flow

# More findings of one rule in one file are one fault, told often enough.
MOST: Final = 20


class CheckSettings(Struct, frozen=True):
    """The day whose rules apply, the language, the project's decisions, and whether sheets must be ready to go live.

    Checks of one file ask `asked` rather than `day`: who takes the day itself finds what holds on this day alone.
    """

    asked: TrackedDay
    say: Translator
    project: ProjectConfig = field(default_factory=ProjectConfig)
    ready: bool = False

    @property
    def day(self) -> date:
        """The day itself."""
        return self.asked.exact


def level_of(rule: str, settings: CheckSettings, case: str = "", level: Level | None = None) -> Level | None:
    """Return the level at which a rule speaks here, None when the project switched it off. What is fixed keeps its own.

    `level` is that of the fault itself, where it has one (`Fault.level`).
    """
    row = RULES[rule]
    chosen = None if row.is_fixed(case) else settings.project.levels.get(rule)
    if chosen is not None:
        return None if chosen == "off" else _as_grave(chosen, level, row.level)
    own = level or (row.later[1] if row.later is not None and settings.asked >= date.fromisoformat(row.later[0]) else row.level)
    return "error" if settings.ready and row.ready else own


def _as_grave(chosen: Level, level: Level | None, usual: Level) -> Level:
    """Return the level that a project chose for a rule, for a fault with a level of its own.

    Who takes a rule more seriously does not mean its lesser cases: what was only relaxed blocks nothing.
    """
    lesser = level is not None and LEVELS.index(level) > LEVELS.index(usual)
    return max(chosen, level or usual, key=LEVELS.index) if lesser else chosen


def is_waived(rule: str, sheet: str, settings: CheckSettings, case: str = "") -> bool:
    """Tell whether the project waives a rule for a sheet (identifiant) or account (ref) on this day; never what is fixed."""
    return not RULES[rule].is_fixed(case) and any(
        waiver.rule == rule
        and waiver.sheet == sheet
        and bool(waiver.reason)
        and waiver.until is not None
        and settings.asked <= waiver.until
        for waiver in settings.project.waivers
    )


_EXPECTED: Final = {
    "string": _("a text between double quotes"),
    "boolean": _("true or false"),
    "integer": _("a whole number"),
    "array": _("a list"),
    "object": _("a block of keys"),
}
_CONTAINERS: Final[Mapping[type, str]] = {list: "array", dict: "object"}
# The places of a message that repeat what a file says.
_VALUES: Final = frozenset({"value", "text"})
_THE_FILE: Final = _("the file")


def to_findings(faults: Iterable[Fault], document: Document, owner: str, settings: CheckSettings) -> tuple[Finding, ...]:
    """Return the findings of one file in the order of its lines; what is waived or switched off is left out.

    `owner` is the identifiant or ref that waivers name, "" for a file that has none.
    """
    findings = []
    for fault in faults:
        level = level_of(fault.rule, settings, fault.case, fault.level)
        if level is None or is_waived(fault.rule, owner, settings, fault.case):
            continue
        rule_texts = texts(fault.rule)
        named = _named(fault, document.kind, settings)
        span = fault.span or document.place(fault.path, fault.at)
        findings.append(
            Finding(
                rule=fault.rule,
                level=level,
                message=settings.say(rule_texts.message(fault.case, settings.asked), **named),
                path=document.path,
                span=span,
                pointer=pointer(fault.path or (document.path_at(span) if fault.span is not None else ())),
                help=" ".join(settings.say(asked, **named) for asked in _remedies(fault, rule_texts, settings.asked)),
                related=tuple(
                    _related(where, settings.say(rule_texts.messages[case]), document) for where, case in fault.related
                ),
            )
        )
    return tuple(sorted(findings, key=lambda finding: (finding.span, finding.rule, finding.message)))


def _remedies(fault: Fault, said: RuleTexts, day: TrackedDay) -> Iterator[str]:
    """Yield the remedy of a fault, then the note of its rule where that applies."""
    yield said.remedy_of(fault.case, day)
    if fault.noted:
        yield said.note


def limited(findings: Iterable[Finding], say: Translator) -> tuple[Finding, ...]:
    """Return findings in their order, of each rule and level no more than MOST in a file: the last one told counts the rest.

    Only for what is shown: what is decided, is decided by all of them.
    """
    listed = tuple(findings)
    totals = Counter(map(_kind, listed)) if len(listed) > MOST else {}
    if not any(total > MOST for total in totals.values()):
        return listed
    told: Counter[tuple[str, str, Level]] = Counter()
    kept = []
    for finding in listed:
        kind = _kind(finding)
        told[kind] += 1
        if told[kind] == MOST < totals[kind]:
            kept.append(replace(finding, message=_with_the_rest(finding, totals[kind], say)))
        elif told[kind] <= MOST:
            kept.append(finding)
    return tuple(kept)


def _kind(finding: Finding) -> tuple[str, str, Level]:
    return finding.path, finding.rule, finding.level


def _with_the_rest(finding: Finding, total: int, say: Translator) -> str:
    message = _("{message} (and {n} more of {rule} in this file)")
    # What the loader finds, it counts no further than this.
    if total >= MAX_FAULTS and RULES[finding.rule].where == "loader":
        message = _("{message} (and at least {n} more of {rule} in this file)")
    return say(message, message=finding.message, n=total - MOST, rule=finding.rule)


def _related(where: Path | Span, message: str, document: Document) -> Related:
    span = where if isinstance(where, Span) else document.place(where)
    return Related(document.path, span.line, span.column, message)


def _named(fault: Fault, kind: FileKind, settings: CheckSettings) -> Mapping[str, object]:
    """Return every place that a message may name, as text that is safe to show."""
    path = _path_meant(fault)
    args, whole = _without_secrets(fault.args, path), schema(STRICT[kind])
    node, hidden = node_at(whole, path), is_sensitive(whole, path)
    # An entry of a list has no key of its own: `utilisateurs[1]`.
    key = _dotted(path[-2:] if path and isinstance(path[-1], int) else path[-1:])
    surroundings = {
        "key": key,
        "label": node.get("title", key),
        "parent": _dotted(path[:-1]) or settings.say(_THE_FILE),
        "example": _line(path, example_of(whole, node), bare="enum" in node or "const" in node),
        "whole": _line(fault.path, example_of(whole, node_at(whole, fault.path)), bare=False),
        "quoted": _line(path, str(masked("")) if hidden else args.get("text", ""), bare=False),
        "pasted": _line(path, args.get("suggestion", ""), bare=True),
    }
    told = {name: _worded(name, value, settings.say, hidden=hidden) for name, value in args.items()}
    # A line that a fault names is its number; else the one that could be written.
    return {**told, **surroundings, **{name: told[name] for name in ("line",) if name in told}}


def _path_meant(fault: Fault) -> Path:
    """Return the path that a fault speaks of: where it was found, or the key below that is missing or one too many."""
    args: Mapping[str, Any] = fault.args
    lacking = "key" in args and args["key"] not in fault.path[-1:]
    return (*fault.path, args["key"]) if lacking else fault.path


def _without_secrets(args: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    """Return what a fault was told with, without what its file says where a key on the way names a secret."""
    if not any(names_secret(str(step)) for step in path):
        return args
    return {name: HIDDEN if name in _VALUES else value for name, value in args.items()}


def _line(path: Path, value: Any, *, bare: bool) -> str:
    """Return a value with its key, as it can be pasted: `version: 1`, `- "ST-TECH"`; a `bare` word needs no quotes."""
    text = str(value) if bare else flow(value)
    return printable(f"{path[-1]}: {text}" if path and isinstance(path[-1], str) else f"- {text}")


def _worded(name: str, value: Any, say: Translator, *, hidden: bool) -> str:
    """Return what a fault was told with as words: quoted, translated or spelt out, never what is sensitive."""
    if hidden and name in _VALUES:
        return str(masked(value))
    if name == "value":
        return say(_EXPECTED[_CONTAINERS[type(value)]]) if type(value) in _CONTAINERS else shown_with_blanks(value)
    if name in {"expected", "problem"}:
        return say(_EXPECTED.get(value, str(value)))
    if name == "allowed":
        return ", ".join(shown(word).strip('"') for word in value)
    return day_text(value.isoformat(), say) if isinstance(value, date) else printable(str(value))


def _dotted(path: Path) -> str:
    return printable("".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)[1:])
