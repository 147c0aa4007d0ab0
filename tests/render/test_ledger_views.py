"""The history, the state, the locks and what `confirm` did, in every format."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator

from chorus_config.diff.sensitive import masked_body
from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.operation import Confirmation, SettledOperation
from chorus_config.model.store_state import Lock
from chorus_config.render.findings.json import as_json
from chorus_config.render.history.json import history_document
from chorus_config.render.history.text import history_text
from chorus_config.render.history.view import History, entries, entries_of
from chorus_config.render.shared.paint import coloured, plain
from chorus_config.render.state.json import forget_document, list_document, locks_document, migrate_document, show_document
from chorus_config.render.state.text import list_text, locks_text, show_text
from chorus_config.render.worksheet.json import confirm_document, worksheet_document
from chorus_config.render.worksheet.text import confirm_text
from chorus_config.schema.packaged import schema
from tests.engine.making import IBAN, sheet
from tests.render.golden import agree
from tests.render.model import FIRST, HOSTILE, OTHER_IBAN
from tests.render.reading import acting, unpainted
from tests.render.sheets import SOURCE, history_entries, names, opened, standings, worksheet

EN = translator_for("en")
NAMES = names("en")
LANGUAGES: tuple[Language, ...] = ("en", "fr")
LOCKS = (Lock("0a1b", HOSTILE, "poste", "2026-11-23T08:00:00Z"), Lock("2c3d", "Bob", HOSTILE, "hier", alive=False))


def walk(language: Language) -> Confirmation:
    """Return a walk of which everything happened."""
    one, two, three, *_rest = opened(language)
    return Confirmation(
        (SettledOperation(one, "entered"), SettledOperation(two, "dropped", HOSTILE)), (three,), 4, 9, (FIRST, HOSTILE)
    )


def shown(language: Language) -> dict[str, str]:
    """Return every text by the name of its golden file."""
    say, told = translator_for(language), standings(language)
    return {
        "history": history_text(History(SOURCE, entries(history_entries(language)), names=NAMES), say, plain),
        "history.one": history_text(History(SOURCE, entries_of(history_entries(language), FIRST), FIRST, NAMES), say, plain),
        "state.list": list_text(SOURCE, told, say, plain),
        "state.show": "\n".join(show_text(one, say, plain) for one in told),
        "confirm": confirm_text(walk(language), say, plain),
        "locks": locks_text(LOCKS, say),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_are_as_approved(language: Language) -> None:
    for name, text in shown(language).items():
        agree(f"{name}.{language}.txt", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_them_can_act_and_nothing_is_sensitive(language: Language) -> None:
    for text in shown(language).values():
        assert acting(text) == set()
        assert IBAN not in text
        assert OTHER_IBAN not in text


def test_colour_adds_escapes_and_nothing_else() -> None:
    told = standings("en")
    assert (
        unpainted(history_text(History(SOURCE, entries(history_entries("en")), names=NAMES), EN, coloured))
        == shown("en")["history"]
    )
    assert unpainted(list_text(SOURCE, told, EN, coloured)) == shown("en")["state.list"]
    assert unpainted(confirm_text(walk("en"), EN, coloured)) == shown("en")["confirm"]


DOCUMENTS = {
    "history": ("history", history_document(History(SOURCE, entries(history_entries("en")), names=NAMES))),
    "history.one": ("history", history_document(History(SOURCE, entries_of(history_entries("en"), FIRST), FIRST, NAMES))),
    "state.list": ("state", list_document(SOURCE, standings("en"))),
    "state.show": ("state", show_document(SOURCE, standings("en")[0])),
    "state.none": ("state", show_document(SOURCE, standings("en")[2])),
    "state.forget": ("state", forget_document(SOURCE, FIRST, 2)),
    "state.migrate": ("state", migrate_document("a", "b", {"meta": 1}, "ab")),
    "confirm": ("confirm", confirm_document(walk("en"))),
    "confirm.error": ("confirm", confirm_document(walk("en"), {"exit_code": 130, "message": "x"})),
    "locks": ("locks", locks_document(LOCKS, "0a1b")),
    "worksheet": ("worksheet", worksheet_document(worksheet("en"))),
    "worksheet.plan": ("worksheet", worksheet_document(worksheet("en", planned=True))),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_is_as_its_schema_says_and_has_no_key_that_it_does_not_name(name: str) -> None:
    kind, document = DOCUMENTS[name]
    whole = schema(kind)
    Draft202012Validator(whole).validate(document)
    assert {*document} <= {*whole["properties"]}
    told = as_json(document)
    assert IBAN not in told
    assert OTHER_IBAN not in told
    if name not in {"state.forget", "state.migrate", "confirm.error", "worksheet", "worksheet.plan", "state.none"}:
        agree(f"{name}.json", told)


def test_an_address_narrows_changes_acceptances_and_operations() -> None:
    address = f"{FIRST}/services/ST-TECH"
    one, two = entries_of(history_entries("en"), address)
    assert [row["address"] for row in one.changes] == [address]
    assert (one.accepted, one.operations) == ((), ())
    assert [row["id"] for row in two.operations] == [2]
    assert [entry.entry.serial for entry in entries_of(history_entries("en"), "comptes/dgs")] == [1, 3]


def test_a_document_of_another_time_is_shown_as_far_as_it_is_known() -> None:
    first = history_entries("en")[0]
    for document in ({}, {"changes": None}, {"changes": [1]}, {"operations": {"a": 1}}):
        told = entries([type(first)(1, "seed", "t", None, "ab" * 32, None, document)])
        assert "seed" in history_text(History("s", told), EN, plain)


def test_a_mask_hides_every_sensitive_value_and_nothing_else() -> None:
    body = sheet(coordonnees_bancaires=[{"libelle": "R", "iban": IBAN, "bic": "AGRIFRPPXXX"}])
    made = masked_body(body)
    assert made["coordonnees_bancaires"] == [{"libelle": "R", "iban": "FR76 **** 0189", "bic": "AG ****"}]
    assert {**made, "coordonnees_bancaires": body["coordonnees_bancaires"]} == body
    assert [*made][:3] == ["type", "version", "informations_generales"]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (Confirmation((), (), 0, 0), "Nothing to confirm: no operation is open.\n0 operations remain"),
        (Confirmation((), (), 0, 3, ("x",)), "Nothing to confirm for x: no operation is open.\n3 operations remain"),
        (Confirmation((), (), 1, 1), "1 operation remains"),
        (Confirmation((), (), None, None), ""),
    ],
)
def test_the_end_of_a_walk(made: Confirmation, told: str) -> None:
    assert confirm_text(made, EN, plain).startswith(told)


def test_nobody_and_nothing() -> None:
    assert locks_text((), EN) == "Nobody holds the store.\n"
    assert "Nothing is approved" in list_text("s\x1b", (), EN, plain)
    assert "Nothing was ever written" in history_text(History("s\x1b", ()), EN, plain)
