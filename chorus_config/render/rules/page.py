"""One rule's page, before any format: what it is, why, what it says, what to do, who can help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from chorus_config.i18n.translator import Translator, _
from chorus_config.model.change_example import ChangeExample
from chorus_config.model.finding import Rule, RuleTexts, Where
from chorus_config.render.rules.said import later_reasons, message_lines, usual_remedies
from chorus_config.render.shared.dates import day_text
from chorus_config.render.shared.screens import screens
from chorus_config.render.shared.values import LEVEL_LABELS


class RuleEntry(Struct, frozen=True):
    """A rule with its words, and the first and last day (YYYY-MM-DD) on which it is in force, None where nothing limits it.

    `fix` is what a program does about a fault of it, and `fix_risk` when the meaning may change then; "" for nothing and never.
    """

    rule: Rule
    texts: RuleTexts
    since: str | None = None
    until: str | None = None
    fix: str = ""
    fix_risk: str = ""


class Excerpt(Struct, frozen=True):
    """Some YAML, under what says of it what it is; either may be "", never both."""

    caption: str
    yaml: str


class Section(Struct, frozen=True):
    """A part of a page: a heading, then words, a list, and YAML, each where there is any."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    code: tuple[Excerpt, ...] = ()


# By the beginning of the id; the longest one decides.
BLOCKS: Final = {
    "CP0": _("Files and their format"),
    "CP05": _("Portfolio"),
    "CP1": _("Identity"),
    "CP2": _("Address"),
    "CP3": _("Bank details"),
    "CP4": _("Services"),
    "CP5": _("Espaces"),
    "CP6": _("Users"),
    "CP7": _("Parameters"),
    "CP8": _("Accounts"),
    "CP9": _("Changes"),
}
WHERE_WORDS: Final[Mapping[Where, str]] = {
    "loader": _("reading of the file"),
    "strict": _("schema"),
    "advice": _("advice schema"),
    "python": _("program"),
    "change": _("schema of changes"),
    "guard": _("whole plan"),
}
_KEEPER: Final = _("Whoever keeps these files; for what stands on the portal, the principal manager (gestionnaire principal).")
_MANAGER: Final = _("The principal manager (gestionnaire principal) of the structure.")
# What the principal manager cannot do is done by somebody else, according to the kind of body.
_REGISTER: Final = (
    _("The principal manager (gestionnaire principal), for all that the portal lets them change."),
    _("At Hélios: the public accountant (comptable public), since the DGFiP's register feeds the sheet."),
    _("Outside Hélios, the State included: INSEE for the SIRET and the raison sociale, Chorus Pro support for the rest."),
)
_ACCOUNTANT: Final = (
    _(
        "The principal manager (gestionnaire principal), who attaches and detaches users and gives roles (since "
        "21 February 2023 also habilitations)."
    ),
    _("Users themselves: a simple user creates their own account on Chorus Pro (in 2016, Hélios supplied the accounts)."),
    _(
        "At Hélios: a manager comes in through the portal of the DGFiP (today the PIGP), whose access the public accountant "
        "(comptable public) asks of the « correspondant dématérialisation »."
    ),
    _("Outside Hélios, the State included: Chorus Pro support."),
)
_HELPERS: Final[Mapping[str, tuple[str, ...]]] = {
    "CP0": (_KEEPER,),
    "CP1": _REGISTER,
    "CP6": _ACCOUNTANT,
    "CP8": _ACCOUNTANT,
    "CP9": _REGISTER,
}
_EXCERPTS: Final = {
    "fiche-structure": _("Excerpt of a sheet:"),
    "compte-utilisateur": _("Excerpt of an account:"),
    "projet": _("Excerpt of chorus-config.yaml:"),
    "changement": _("Excerpts of a sheet, as it was known and as the change leaves it:"),
}
_OWNERS: Final = {"fiche-structure": "21169999600016", "compte-utilisateur": "dgs"}


def by_block(entries: Iterable[RuleEntry]) -> dict[str, list[RuleEntry]]:
    """Return the entries by the beginning of their ids that names their block, in their order."""
    found: dict[str, list[RuleEntry]] = {}
    for entry in entries:
        found.setdefault(block_of(entry.rule.id), []).append(entry)
    return found


def block_of(rule: str) -> str:
    """Return the key in `BLOCKS` of a rule's block."""
    return rule[:4] if rule[:4] in BLOCKS else rule[:3]


def block_title(block: str, say: Translator) -> str:
    """Return how a block is called: « CP4xx  Services »."""
    return f"{block:x<5}  {say(BLOCKS[block])}"


def level_word(entry: RuleEntry, say: Translator) -> str:
    """Return the level as a word."""
    return say(LEVEL_LABELS[entry.rule.level])


def facts(entry: RuleEntry, say: Translator) -> tuple[str, ...]:
    """Return the level, what checks the rule, and its conditions."""
    check = say(_("check: {where}"), where=say(WHERE_WORDS[entry.rule.where]))
    return level_word(entry, say), check, *conditions(entry, say)


def conditions(entry: RuleEntry, say: Translator) -> tuple[str, ...]:
    """Return what limits a rule or changes its level: its days, that it is fixed, that going live makes it an error."""
    found = []
    if entry.since and entry.until:
        found.append(say(_("from {first} to {last}"), first=day_text(entry.since, say), last=day_text(entry.until, say)))
    elif entry.since:
        found.append(say(_("from {first}"), first=day_text(entry.since, say)))
    elif entry.until:
        found.append(say(_("until {last}"), last=day_text(entry.until, say)))
    if entry.rule.later is not None:
        first, level = entry.rule.later
        found.append(say(_("{level} from {first}"), level=say(LEVEL_LABELS[level]), first=day_text(first, say)))
    if entry.rule.also is not None:
        found.append(say(_("{level} in some cases"), level=say(LEVEL_LABELS[entry.rule.also])))
    if entry.rule.fixed:
        found.append(say(_("never silenced")))
    if entry.rule.ready:
        found.append(say(_("error under --ready")))
    return tuple(found)


def helpers(entry: RuleEntry, say: Translator) -> tuple[str, ...]:
    """Return who can help, a sentence each: first whoever comes first, then by kind of body."""
    return tuple(map(say, _HELPERS.get(entry.rule.helped_as or block_of(entry.rule.id), (_MANAGER,))))


def exception(entry: RuleEntry, say: Translator) -> tuple[str, str]:
    """Return whether and how the rule can be waived, and what is then to be written in the project file, "" for nothing."""
    rule, about = entry.rule, entry.texts.about
    if rule.fixed:
        return say(_("No: this rule is never silenced. No level change, waiver or acceptance reaches it.")), ""
    if rule.where == "guard":
        told = _("No: name the number that you expect when you plan, or raise the threshold in chorus-config.yaml:")
        return say(told), "seuils:\n  structures: 50\n  suppressions: 5\n"
    if rule.where == "change" and rule.level == "error":
        told = _("Yes: accept the change, at its address, with a reason and a last day, in chorus-config.yaml:")
        return say(told), _row("acceptations", rule.id, "adresse", _address(entry.texts.fails), say)
    if rule.where == "change" or about not in _OWNERS:
        told = _("Not case by case, but the project can change its level in chorus-config.yaml:")
        lower = '"off"' if rule.level == "info" else "info"
        return say(told), f"regles:\n  {rule.id}: {lower}\n"
    told = _("Yes: for one sheet, with a reason and a last day, in chorus-config.yaml (`regles` changes its level everywhere):")
    if about == "compte-utilisateur":
        told = _(
            "Yes: for one account, with a reason and a last day, in chorus-config.yaml (`regles` changes its level everywhere):"
        )
    return say(told), _row("derogations", rule.id, "fiche", _OWNERS[about], say)


def sections(entry: RuleEntry, say: Translator) -> Iterator[Section]:
    """Yield the parts of a page, in the order of reading."""
    said = entry.texts
    yield Section(say(_("Why it matters")), say(said.why), _since(said, later_reasons(said, say), say))
    yield Section(say(_("What it says")), items=tuple(message_lines(said, say)))
    asked, later = usual_remedies(said, say)
    yield Section(say(_("What to do")), asked, _since(said, (later,) if later else (), say))
    if entry.fix:
        yield Section(say(_("Mended by `chorus-config fix`")), " ".join(_fix(entry, say)))
    yield Section(say(_("Failing example")), _taken_from(said, say), code=_excerpts(said.fails, say))
    yield Section(say(_("Passing example")), code=_excerpts(said.passes, say))
    how, written = exception(entry, say)
    yield Section(say(_("Can it be waived?")), how, code=(Excerpt("", written),) if written else ())
    ways = screens(entry.rule.file, say)
    if ways:
        yield Section(say(_("Where on the portal")), items=ways)
    first, *others = helpers(entry, say)
    yield Section(say(_("Who can help")), "" if others else first, (first, *others) if others else ())
    yield Section(say(_("Source")), say(said.source))


def _fix(entry: RuleEntry, say: Translator) -> Iterator[str]:
    yield say(_("{what}."), what=say(entry.fix))
    if entry.fix_risk:
        yield say(_("Only with --unsafe, since the meaning may change: {when}."), when=say(entry.fix_risk))


def _since(said: RuleTexts, sentences: Iterable[str], say: Translator) -> tuple[str, ...]:
    """Return what is said from the later day of a rule on, each time with that day."""
    first = day_text(said.later.day, say) if said.later is not None else ""
    return tuple(say(_("from {first}: {message}"), first=first, message=each) for each in sentences)


def _excerpts(example: str | ChangeExample, say: Translator) -> tuple[Excerpt, ...]:
    """Return the YAML of an example; of a change, both states of the sheet, each under its caption."""
    if isinstance(example, str):
        return (Excerpt("", example),)
    after = _("After, in a new file:") if example.new_file else _("After:")
    if not example.after:
        after = _("After: the file is deleted.")
    before = _("Before:") if example.before else _("Before: nothing is known of the structure.")
    return Excerpt(say(before), example.before), Excerpt(say(after), example.after)


def _taken_from(said: RuleTexts, say: Translator) -> str:
    """Return what a failing example is taken from; a comment alone speaks for itself."""
    example = said.fails
    if isinstance(example, str):
        if all(line.startswith("#") for line in example.splitlines()):
            return ""
        if example.startswith("type:"):
            return say(_("A whole file:"))
    return say(_EXCERPTS[said.about])


def _address(example: str | ChangeExample) -> str:
    """Return the address of what a change is blamed for, as an acceptance names it."""
    entry = example.entry if isinstance(example, ChangeExample) else ""
    return "/".join(filter(None, (_OWNERS["fiche-structure"], entry)))


def _row(group: str, rule: str, key: str, value: str, say: Translator) -> str:
    reason, day = say(_("why, in one sentence")), say(_("YYYY-MM-DD"))
    return f'{group}:\n  - regle: {rule}\n    {key}: "{value}"\n    motif: "{reason}"\n    jusqu_au: "{day}"\n'
