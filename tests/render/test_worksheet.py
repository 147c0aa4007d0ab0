"""A worksheet in every format: all of it says the same, nothing in it can act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.operation import Operation
from chorus_config.model.plan import Op
from chorus_config.render.findings.json import as_json
from chorus_config.render.shared.paint import coloured, plain
from chorus_config.render.worksheet.html import worksheet_html
from chorus_config.render.worksheet.json import worksheet_document
from chorus_config.render.worksheet.markdown import worksheet_markdown
from chorus_config.render.worksheet.tasks import names_of, tasks, who_may
from chorus_config.render.worksheet.text import worksheet_text
from chorus_config.render.worksheet.view import Worksheet, worksheet_structures
from tests.engine.making import IBAN
from tests.render.golden import agree
from tests.render.model import FIRST, OTHER_IBAN
from tests.render.naughty import INJECTIONS, naughty, texts
from tests.render.reading import acting, unpainted
from tests.render.sheets import DAY, SOURCE, opened, worksheet

EN = translator_for("en")
LANGUAGES: tuple[Language, ...] = ("en", "fr")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_formats_are_as_approved(language: Language) -> None:
    sheet, say = worksheet(language), translator_for(language)
    agree(f"worksheet.{language}.txt", worksheet_text(sheet, say, plain))
    agree(f"worksheet.{language}.md", worksheet_markdown(sheet, say))
    agree(f"worksheet.{language}.html", worksheet_html(sheet, say))
    if language == "fr":
        agree("worksheet.json", as_json(worksheet_document(sheet)))


def test_every_operation_and_field_stands_in_each_format() -> None:
    sheet = worksheet("en")
    text, markdown = worksheet_text(sheet, EN, plain), worksheet_markdown(sheet, EN)
    document = worksheet_document(sheet)
    rows = [row for location in document["structures"] for row in location["operations"]]
    assert sorted(row["id"] for row in rows) == [one.id for one in opened("en")]
    gestures = [one for structure in document["structures"] for screen in structure["screens"] for one in screen["gestures"]]
    page = worksheet_html(sheet, EN)
    assert markdown.count("- [ ] ") == text.count("    [ ] ") == page.count('type="checkbox"') == len(gestures)
    assert len(rows) == sheet.count == len({one["address"] for one in gestures})
    for one in rows:
        parts = [part for part in gestures if part["address"] == one["address"]]
        assert [part["part"] for part in parts] == [*range(1, len(parts) + 1)]
        assert {part["parts"] for part in parts} == {len(parts)}
        assert sorted(path for part in parts for path in part["fields"]) == sorted(
            row["path"] for row in one["fields"] if row["path"] != "/ref" or len(one["fields"]) == 1
        )
    for row in rows:
        assert f"operation {row['id']}, open since 23 November 2026" in text
        assert f"operation {row['id']}, open since 23 November 2026" in markdown
        assert f"operation {row['id']}, open since 23 November 2026" in page
        for field in row["fields"]:
            words = field["label"].split("'")[-1]
            assert field["path"] == "/ref" or all(words in told for told in (text, markdown, page))


def test_fields_of_one_block_stand_together_with_their_own_values() -> None:
    fields = (
        {"path": "/libelle", "before": "a", "after": "b"},
        {"path": "/adresse_postale/ville", "before": "c", "after": "d"},
        {"path": "/statut", "before": "e", "after": "f"},
    )
    sheet = Worksheet(
        "s", worksheet_structures([Operation(FIRST, "update", fields, id=1, opened_at="2026-11-23T08:00:00Z")], {}, {}, DAY, EN)
    )
    (location,) = worksheet_document(sheet)["structures"]
    told = {row["path"]: (row["block"], row["before"], row["after"]) for row in location["operations"][0]["fields"]}
    assert told == {
        "/libelle": ("Informations générales", "a", "b"),
        "/adresse_postale/ville": ("Adresse postale du siège", "c", "d"),
        "/statut": ("Informations générales", "e", "f"),
    }
    text = worksheet_text(sheet, EN, plain)
    assert text.index("Libellé") < text.index("Adresse postale du siège")
    assert location["label"] == "b"


def test_nothing_sensitive_and_a_difference_behind_a_mask_is_told() -> None:
    sheet = worksheet("en")
    for told in (worksheet_text(sheet, EN, plain), worksheet_markdown(sheet, EN), as_json(worksheet_document(sheet))):
        assert IBAN not in told
        assert OTHER_IBAN not in told
        assert "FR76 **** 0189" in told
    assert "the hidden part differs" in worksheet_text(sheet, EN, plain)
    assert "the hidden part differs" in worksheet_markdown(sheet, EN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_can_act(language: Language) -> None:
    sheet, say = worksheet(language), translator_for(language)
    text, markdown = worksheet_text(sheet, say, plain), worksheet_markdown(sheet, say)
    assert acting(text) == acting(markdown) == set()
    assert unpainted(worksheet_text(sheet, say, coloured)) == text
    assert "<b>" not in markdown.replace("`", "\n").split("\n")
    assert not any(row.startswith("::") for row in (text + markdown).splitlines())


def hostile(text: str) -> Worksheet:
    """Return a worksheet all of whose words are `text`."""
    fields = tuple({"path": "/libelle", "before": text, "after": text + "x"} for _one in range(1))
    made = [
        Operation(f"{FIRST}/services/{text}", "update", fields, id=1, opened_at="2026-11-23T08:00:00Z"),
        Operation(
            f"{FIRST}/espaces/{text}", "create", ({"path": "/nom", "before": None, "after": text},), id=2, opened_at=text
        ),
    ]
    return Worksheet(text, worksheet_structures(made, {}, {}, DAY, EN))


@given(st.one_of(texts(), st.sampled_from(INJECTIONS)))
@settings(max_examples=300, deadline=None, database=None)
def test_whatever_is_in_it_stays_in_its_line(text: str) -> None:
    sheet = hostile(text)
    markdown = worksheet_markdown(sheet, EN)
    assert len(markdown.splitlines()) == len(worksheet_markdown(hostile("x"), EN).splitlines())
    assert markdown.count("\n- [ ] ") == 2


def test_the_big_list_stays_in_its_line() -> None:
    lines = len(worksheet_markdown(hostile("x"), EN).splitlines())
    for text in naughty():
        assert len(worksheet_markdown(hostile(text), EN).splitlines()) == lines


def test_a_plan_is_told_as_a_plan() -> None:
    text = worksheet_text(worksheet("en", planned=True), EN, plain)
    assert "would be to do" in text
    assert "open since" not in text
    assert "confirm" not in text


@pytest.mark.parametrize(("targets", "told"), [((), "Nothing to do in Chorus Pro."), (("a\x1b", "b"), "Nothing to do")])
def test_nothing_is_said_to_be_nothing(targets: tuple[str, ...], told: str) -> None:
    sheet = Worksheet("s", (), targets=targets)
    for text in (worksheet_text(sheet, EN, plain), worksheet_markdown(sheet, EN)):
        assert told in text
        assert acting(text) == set()
    assert worksheet_document(sheet)["operations"] == 0


_OLD, _NEW = date(2023, 2, 20), date(2023, 2, 21)


@pytest.mark.parametrize(
    ("address", "op", "day", "who"),
    [
        (FIRST, "create", _OLD, ["GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE"]),
        (FIRST, "create", _NEW, ["GESTIONNAIRE_PRINCIPAL", "ORGANISATION_MODIFICATION"]),
        (FIRST, "update", _OLD, ["GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE"]),
        (FIRST, "update", _NEW, ["GESTIONNAIRE_PRINCIPAL", "ORGANISATION_MODIFICATION"]),
        (f"{FIRST}/services/A", "create", _OLD, ["GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE"]),
        (f"{FIRST}/utilisateurs/dgs", "delete", _NEW, ["GESTIONNAIRE_PRINCIPAL", "ORGANISATION_MODIFICATION"]),
        (f"{FIRST}/utilisateurs/dgs", "delete", _OLD, ["COMPTABLE_PUBLIC", "SUPPORT"]),
        (f"{FIRST}/utilisateurs/dgs", "create", _OLD, ["COMPTABLE_PUBLIC", "SUPPORT"]),
        (f"{FIRST}/utilisateurs/dgs", "update", _OLD, ["GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE"]),
        ("comptes/dgs", "create", _OLD, ["TITULAIRE"]),
        ("comptes/dgs", "update", _NEW, ["TITULAIRE"]),
    ],
)
def test_who_may(address: str, op: Op, day: date, who: list[str]) -> None:
    rows = ({"path": "/x", "before": "a", "after": "b"}, {"path": "/y", "before": "c", "after": "d"})
    found = who_may(Operation(address, op, rows), day)
    assert [*found] == who
    assert names_of(found, EN).count(" or ") == len(who) - 1


@pytest.mark.parametrize("op", ["create", "update", "delete"])
def test_the_role_of_the_principal_manager_is_theirs_to_hand_on(op: str) -> None:
    sides = {"create": (None, "GESTIONNAIRE_PRINCIPAL"), "delete": ("GESTIONNAIRE_PRINCIPAL", None)}
    principal, modifies = ("GESTIONNAIRE_PRINCIPAL", "SUPPORT"), ("GESTIONNAIRE_PRINCIPAL", "ORGANISATION_MODIFICATION")
    for role, who in (("GESTIONNAIRE_PRINCIPAL", principal), ("UTILISATEUR", modifies)):
        before, after = sides.get(op, ("UTILISATEUR", "GESTIONNAIRE_PRINCIPAL"))
        before, after = (role if one == "GESTIONNAIRE_PRINCIPAL" else one for one in (before, after))
        row = {"path": "/role", "before": before, "after": after}
        (task,) = tasks((Operation(f"{FIRST}/utilisateurs/dgs", op, (row,)),), _NEW, EN)
        assert task.who == who


def test_a_status_that_is_asked_for_alone_is_asked_of_those_who_set_it_in_2016() -> None:
    row = {"path": "/statut", "before": "INACTIF", "after": "ACTIF"}
    assert who_may(Operation(FIRST, "update", (row,)), _OLD) == ("COMPTABLE_PUBLIC", "SUPPORT")
    assert who_may(Operation(FIRST, "update", (row,)), _NEW) == ("GESTIONNAIRE_PRINCIPAL", "ORGANISATION_MODIFICATION")


def test_places_are_structures_then_accounts() -> None:
    roots = [location.root for location in worksheet("en").structures]
    assert roots == sorted(roots, key=lambda root: (root.startswith("comptes/"), root))
    assert SOURCE not in worksheet_text(worksheet("en"), EN, plain)


@pytest.mark.parametrize(("day", "said"), [(date(2023, 2, 20), "Espaces"), (date(2023, 2, 21), "rule CP506")])
def test_a_space_is_never_asked_for_without_a_warning_since_the_portal_has_none(day: date, said: str) -> None:
    operation = Operation(
        f"{FIRST}/espaces/E",
        "create",
        ({"path": "/nom", "before": None, "after": "E"},),
        id=1,
        opened_at="2026-11-23T08:00:00Z",
    )
    sheet = Worksheet("s", worksheet_structures([operation], {}, {}, day, EN))
    document = worksheet_document(sheet)
    (row,) = document["structures"][0]["operations"][0]["fields"]
    assert row["block"].endswith(f"{said})" if said != "Espaces" else said)
    assert said in worksheet_text(sheet, EN, plain)
    assert said in worksheet_markdown(sheet, EN)


def test_rows_that_the_portal_of_the_day_does_not_have_are_left_out_while_others_are_left() -> None:
    box = {"path": "/parametres/recevoir_notifications", "before": None, "after": True}
    name = {"path": "/nom", "before": None, "after": "MARTIN"}

    def _labels(*rows: Mapping[str, object], day: date) -> list[tuple[str, str]]:
        opened = Operation("comptes/dgs", "update", rows, id=1, opened_at="2022-11-23T08:00:00Z")
        (structure,) = worksheet_structures([opened], {}, {}, day, EN)
        return [(block, row.key) for block, row in structure.tasks[0].rows]

    keys = [key for _block, key in _labels(name, box, day=date(2023, 2, 20))]
    assert keys == ["nom", "parametres.recevoir_notifications"]
    assert [key for _block, key in _labels(name, box, day=date(2023, 2, 21))] == keys[:1]
    told = "Not on the portal of 21 February 2023, so that nothing can be entered"
    assert _labels(box, day=date(2023, 2, 21)) == [(told, keys[1])]
