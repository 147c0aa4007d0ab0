"""From what is asked for to letters: one for all structures of a body that ask the same of the same addressee."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from chorus_config.engine.letters import account, budget, identity, principal, public_invoices, status, structure
from chorus_config.engine.letters.sender import sender_of
from chorus_config.engine.letters.situation import Situation, has_siret, text
from chorus_config.i18n.translator import _
from chorus_config.model.letter import (
    Letter,
    LetterCase,
    LetterKind,
    LetterTexts,
    Recipient,
    Reference,
    Row,
    Said,
)

# What finds the structures that a kind of letter is about. In the order in which letters are sent: what is not there, then who
# works with it, then what is wrong with it.
KINDS: Final[Mapping[LetterKind, Callable[[Situation], Iterator[LetterCase]]]] = {
    "structure": structure.cases,
    "budget": budget.cases,
    "account": account.cases,
    "principal": principal.cases,
    "public-invoices": public_invoices.cases,
    "status": status.cases,
    "identity": identity.cases,
}
# What makes one letter of several cases.
_Key = tuple[Recipient, LetterTexts, bool, str, str]


def compose_letters(situation: Situation, kind: LetterKind | None = None) -> tuple[Letter, ...]:
    """Return the letters that a situation calls for; of one kind, where it is named."""
    kinds = tuple(KINDS) if kind is None else (kind,)
    return tuple(letter for one in kinds for letter in _letters(situation, one))


def private_left_out(situation: Situation, kind: LetterKind | None) -> tuple[str, ...]:
    """Return the private structures that were named for a letter that asks for a public one."""
    asked = situation.forced and kind == "structure"
    return tuple(filter(situation.is_private, situation.structures())) if asked else ()


def _letters(situation: Situation, kind: LetterKind) -> Iterator[Letter]:
    groups: dict[_Key, list[LetterCase]] = {}
    for case in KINDS[kind](situation):
        root = situation.sender_root(case.root)
        signs = situation.principal(case.root) or situation.principal(root)
        groups.setdefault((case.recipient, case.texts, case.to_check, root[:9], signs), []).append(case)
    yield from (_letter(situation, kind, cases, signs) for (*_rest, signs), cases in groups.items())


def _letter(situation: Situation, kind: LetterKind, cases: list[LetterCase], signs: str) -> Letter:
    first, number = cases[0], sum(one.number for one in cases)
    texts = first.texts
    days = (situation.last_day(one.root) for one in cases if texts.set_up)
    numbers = {waiting for one in cases for waiting in one.operations}
    return Letter(
        kind,
        first.recipient,
        sender_of(situation, situation.sender_root(first.root), signs, holds=_holds(situation, cases, signs)),
        situation.day,
        min(filter(None, days), default=None),
        _said(texts.subject, number),
        tuple(_reference(situation, one) for one in cases),
        tuple(_said(one, number) for one in texts.paragraphs),
        tuple(_said(one, number) for one in texts.enclosures),
        tuple(map(Said, texts.before)),
        tuple(map(Said, texts.after)),
        tuple(sorted(numbers - {0})),
        first.to_check,
    )


def _holds(situation: Situation, cases: list[LetterCase], signs: str) -> bool:
    """Tell whether whoever signs is known to be principal manager, and is not who a letter asks for."""
    first, *rest = cases
    roots = (situation.sender_root(first.root), first.root, *(one.root for one in rest))
    is_subject = any(signs in one.persons for one in cases)
    return not is_subject and any(situation.known_principal(one) == signs for one in roots)


def _said(message: str | tuple[str, str], number: int) -> Said:
    return Said(message) if isinstance(message, str) else Said(message[0], many=message[1], number=number)


def _reference(situation: Situation, case: LetterCase) -> Reference:
    """Return the reference data of a structure: what names it, who keeps its accounts, then what is its own."""
    own, body = situation.own(case.root), situation.sheets.get(case.root, {})
    label = Said(_("SIRET")) if has_siret(own) else Said(_("Identifiant"))
    rows = [Row(label, (case.root,))]
    named = ((_("Libellé"), text(own, "libelle")), (_("Raison sociale"), text(own, "raison_sociale")))
    rows += [Row(Said(title), (value,)) for title, value in named if value]
    if body:
        accounting = _("kept in Hélios") if body.get("comptabilite", "helios") == "helios" else _("outside Hélios")
        rows.append(Row(Said(_("Comptabilité")), (Said(accounting),)))
    return Reference(case.root, situation.name(case.root), (*rows, *case.rows))
