"""The questions of `init`: which field of the sheet each is about, and what the rules say of an answer."""

from __future__ import annotations

import re
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from chorus_config.engine.checking.findings import CheckSettings
from chorus_config.engine.checking.one_file import check_file
from chorus_config.engine.scaffold.sheet import sheet_path, sheet_text
from chorus_config.i18n.translator import Translator, _
from chorus_config.model.finding import Finding
from chorus_config.model.project import TextFile
from chorus_config.model.scaffold import Answers

Asked = Literal["siret", "name", "label", "email", "address", "postal_code", "town"]
_BLANKS: Final = re.compile(r"[\s.\u00a0\u202f]+")


class Question(Struct, frozen=True):
    """One question: what it asks, the option that answers it, the place in the sheet. A `needed` one has no default.

    `remedy` is what to do about an answer that cannot be, where the rules speak of how a file writes it.
    """

    asks: Asked
    option: str
    pointer: str
    text: str
    needed: bool = False
    remedy: str = ""


QUESTIONS: Final = (
    Question(
        "siret", "--siret", "/informations_generales/identifiant", _("SIRET of the budget (14 digits)"), needed=True,
        remedy=_("Copy the 14 digits from the INSEE notice (avis de situation); blanks between them do not matter."),
    ),
    Question("name", "--raison-sociale", "/informations_generales/raison_sociale", _("Raison sociale"), needed=True),
    Question("label", "--libelle", "/informations_generales/libelle", _("Libellé, by which suppliers search for it")),
    Question(
        "email", "--email", "/informations_generales/adresse_electronique",
        _("E-mail of the service that follows the invoices"), needed=True,
    ),
    Question("address", "--adresse", "/adresse_postale/adresse", _("Street and number of the seat (empty: later)")),
    Question(
        "postal_code", "--code-postal", "/adresse_postale/code_postal", _("Postal code (empty: later)"),
        remedy=_("Write all five digits, a zero at the beginning too."),
    ),
    Question("town", "--ville", "/adresse_postale/ville", _("Town (empty: later)")),
)  # fmt: skip


def tidy_answer(asked: Asked, text: str) -> str:
    """Return an answer as the sheet writes it: a SIRET without the blanks and dots that people copy with it.

    Of anything else, blanks around it and double blanks inside are nothing that anybody meant.
    """
    return _BLANKS.sub("", text) if asked == "siret" else " ".join(text.split())


def remedy_of_answer(finding: Finding, say: Translator) -> str:
    """Return what somebody who answers may do: a remedy that speaks of the file would have them type its signs."""
    own = next((one.remedy for one in QUESTIONS if one.pointer == finding.pointer), "")
    return say(own) if own and finding.level == "error" else finding.help


def default_answer(asked: Asked, answers: Answers) -> str:
    """Return what stands in the place of an answer that nobody gave, "" for nothing."""
    return answers.name if asked == "label" else ""


def missing_answers(answers: Answers) -> tuple[Question, ...]:
    """Return the questions whose answer is needed and not there."""
    return tuple(one for one in QUESTIONS if one.needed and not getattr(answers, one.asks))


def faults_of_answer(question: Question, answers: Answers, settings: CheckSettings) -> tuple[Finding, ...]:
    """Return what the rules say of one answer, in their own words."""
    return tuple(one for one in findings_of_answers(answers, settings) if one.pointer == question.pointer)


def findings_of_answers(answers: Answers, settings: CheckSettings) -> tuple[Finding, ...]:
    """Return what stands against the sheet that is made of these answers."""
    # Where nobody knows the SIRET yet, the others are judged all the same.
    whole = answers if answers.label else replace(answers, label=answers.name)
    text = TextFile(sheet_path(whole), sheet_text(whole, settings.say).encode())
    return check_file(text, settings).findings
