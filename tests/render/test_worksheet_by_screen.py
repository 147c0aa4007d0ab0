"""The worksheet as gestures: which screen, in which order, what is said of it, on both portals."""

from __future__ import annotations

from datetime import date

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.model.operation import Operation
from chorus_config.render.shared.paint import plain
from chorus_config.render.worksheet.by_screen import ShownScreen
from chorus_config.render.worksheet.html import worksheet_html
from chorus_config.render.worksheet.json import worksheet_document
from chorus_config.render.worksheet.markdown import worksheet_markdown
from chorus_config.render.worksheet.sentences import advice, confirm_line
from chorus_config.render.worksheet.text import worksheet_text
from chorus_config.render.worksheet.view import Worksheet, first_access, worksheet_structures

EN, FR = translator_for("en"), translator_for("fr")
SIRET, OTHER = "21169999600016", "21169999600024"
THEN, NOW = date(2016, 10, 1), date(2026, 11, 27)


def operation(address: str, *rows: tuple[str, object, object], op: str = "update", number: int = 1) -> Operation:
    """Return an open operation of some fields."""
    fields = tuple({"path": path, "before": before, "after": after} for path, before, after in rows)
    return Operation(address, op, fields, id=number, opened_at="2026-11-23T08:00:00Z")


def sheet_of(*operations: Operation, day: date = NOW) -> Worksheet:
    """Return the worksheet of operations on the portal of a day."""
    return Worksheet("s", worksheet_structures(operations, {}, {}, day, EN), access=first_access(day, EN))


def screens_of(*operations: Operation, day: date = NOW) -> tuple[ShownScreen, ...]:
    """Return the screens of one structure."""
    (structure,) = sheet_of(*operations, day=day).structures
    return structure.screens


MIXED = (
    operation(f"{SIRET}/utilisateurs/dgs", ("/role", "UTILISATEUR", "UTILISATEUR_X"), number=1),
    operation(
        SIRET,
        ("/parametres/code_service_obligatoire", False, True),
        ("/libelle", "a", "b"),
        ("/adresse_postale/ville", "c", "d"),
        ("/adresse_postale/adresse", "e", "f"),
        number=2,
    ),
    operation(f"{SIRET}/services/ST", ("/libelle", "g", "h"), number=3),
    operation(f"{SIRET}/services/RH", ("/actif", True, False), number=4),
)


@pytest.mark.parametrize("day", [THEN, NOW])
def test_screens_stand_in_the_order_of_the_portal_whatever_the_order_of_the_operations(day: date) -> None:
    found = screens_of(*MIXED, day=day)
    assert [one.block for one in found] == [
        "Informations générales", "Adresse postale du siège", "Services", "Utilisateurs rattachés à la structure", "Paramètres",
    ]  # fmt: skip
    assert found == screens_of(*reversed(MIXED), day=day) or [one.block for one in screens_of(*reversed(MIXED), day=day)]
    told = [[(one.task.operation.id, one.part, one.parts) for one in screen.gestures] for screen in found]
    assert told == [[(2, 1, 3)], [(2, 2, 3)], [(3, 1, 1), (4, 1, 1)], [(1, 1, 1)], [(2, 3, 3)]]


def test_fields_stand_in_the_order_of_the_screen() -> None:
    (_identity, address, *_rest) = screens_of(*MIXED)
    assert [row.label for row in address.gestures[0].rows] == ["Adresse", "Ville"]


def test_the_way_follows_the_day() -> None:
    then, now = (screens_of(MIXED[1], day=day)[0] for day in (THEN, NOW))
    assert then.way == ("« Activités du Gestionnaire »", "« Mes structures »", f"the pencil on the line {SIRET}")
    assert now.way == ("« Organisation »", "« Structures »", "« Gérer une structure »", "« Modifier »", SIRET)
    assert (then.doubt, bool(now.doubt)) == ("", True)
    assert then.screen is not None
    assert then.screen.certainty == "documented"


def test_a_status_is_asked_for_on_a_screen_of_its_own() -> None:
    status = operation(SIRET, ("/statut", "INACTIF", "ACTIF"))
    (then,), (now,) = (screens_of(status, day=day) for day in (THEN, NOW))
    assert now.way[-2:] == ("« Activer » or « Désactiver »", SIRET)
    assert then.way == ("no screen: it is asked of the comptable public (Hélios) or of the support",)
    # What is only checked is read where it stands.
    (read,) = screens_of(operation(SIRET, ("/statut", None, "ACTIF"), ("/structure_privee", None, False), op="create"))
    assert read.block == "Informations générales"


def test_the_directory_is_named_once_there_is_one() -> None:
    service = operation(f"{SIRET}/services/ST", ("/libelle", "g", "h"))
    told = {day: screens_of(service, day=day)[0].answer for day in (date(2025, 9, 17), date(2025, 9, 18))}
    assert ["national directory" in answer for answer in told.values()] == [False, True]
    (person,) = screens_of(operation("comptes/dgs", ("/nom", "a", "b")))
    assert "directory" not in person.answer


def test_a_block_that_the_guide_only_names_is_said_to_be_so() -> None:
    then, now = (screens_of(MIXED[2], day=day)[0].doubt for day in (THEN, NOW))
    assert then == "the guide names this block without showing its fields"
    assert "as they were called in 2016" in now


def test_a_box_that_the_guide_does_not_show_is_said_to_be_unverified() -> None:
    ticked = ("/parametres/moa_uniquement", False, True)
    (screen,) = screens_of(operation(SIRET, ticked), day=THEN)
    assert screen.doubt == "whether this screen has « MOA uniquement » is not verified"
    (other,) = screens_of(MIXED[1], day=THEN)[-1:]
    assert other.doubt == ""


@pytest.mark.parametrize(
    ("address", "op", "day", "told"),
    [
        (f"{SIRET}/services/ST-TECH", "create", NOW, f"211699996_{SIRET}_ST-TECH, once"),
        (f"{SIRET}/services/ST_A", "delete", NOW, f"write to 211699996_{SIRET}_ST_A will be rejected"),
        (f"{SIRET}/services/ST-TECH", "create", date(2025, 9, 17), ""),
        (f"{SIRET}/services/ST TECH", "create", NOW, ""),
        (f"{SIRET}/services/ST-TECH", "update", NOW, ""),
        ("UE123/services/ST-TECH", "create", NOW, ""),
        (f"{SIRET}/utilisateurs/dgs", "delete", NOW, ""),
    ],
)
def test_a_service_that_comes_or_goes_names_the_address_of_its_suppliers(address: str, op: str, day: date, told: str) -> None:
    (screen,) = screens_of(operation(address, ("/libelle", "a", "b"), op=op), day=day)
    hints = " ".join(screen.gestures[0].task.hints)
    assert told in hints
    assert ("211699996_" in hints) is bool(told)


@pytest.mark.parametrize(("path", "value"), [("/actif", False), ("/date_fin", "2025-12-31")])
def test_a_service_that_comes_closed_promises_no_address(path: str, value: object) -> None:
    (screen,) = screens_of(operation(f"{SIRET}/services/ST", ("/libelle", None, "b"), (path, None, value), op="create"))
    assert screen.gestures[0].task.hints == ()


def test_what_the_portal_does_not_have_comes_last_and_without_a_way() -> None:
    space = operation(f"{SIRET}/espaces/E", ("/nom", None, "E"), op="create", number=9)
    *_others, last = screens_of(space, *MIXED)
    assert (last.screen, last.way, last.gestures[0].task.operation.id) == (None, (), 9)
    assert "rule CP506" in last.block
    assert advice(last, EN) == ()
    document = worksheet_document(sheet_of(space))
    assert document["structures"][0]["screens"][0]["name"] is None


def test_an_operation_without_fields_stands_on_the_screen_of_its_kind() -> None:
    (gone,) = screens_of(operation(f"{SIRET}/services/ST", op="delete"))
    assert (gone.block, gone.gestures[0].rows) == ("Services", ())


def test_each_screen_is_explained_once_in_text_and_on_every_page() -> None:
    sheet = sheet_of(*(operation(root, ("/libelle", "a", "b"), number=n) for n, root in enumerate((SIRET, OTHER), 1)))
    for told, times in (
        (worksheet_text(sheet, EN, plain), 1),
        (worksheet_markdown(sheet, EN), 1),
        (worksheet_html(sheet, EN), 2),
    ):
        explained = ("After saving:", "To take it back:", "Not known:", "Source:")
        assert [told.count(words) for words in explained] == [times] * 4
        # What must be left alone is said each time, before what is to be done.
        assert told.count("Leave alone:") == 2
        assert told.index("Leave alone:") < told.index("To change:") < told.index("After saving:")


def test_what_is_new_of_a_screen_is_said_also_where_the_rest_was() -> None:
    boxes = ("/parametres/code_service_obligatoire", False, True), ("/parametres/moa_uniquement", False, True)
    sheet = sheet_of(
        *(operation(root, box, number=n) for n, (root, box) in enumerate(zip((SIRET, OTHER), boxes, strict=True), 1))
    )
    for told in (worksheet_text(sheet, EN, plain), worksheet_markdown(sheet, EN)):
        assert told.count("After saving:") == 1
        assert "whether this screen has « MOA uniquement » is not verified" in told.replace("\\", "")


def test_values_stand_as_on_the_screen() -> None:
    rows: tuple[tuple[str, object, object], ...] = (
        ("/role", None, "UTILISATEUR"),
        ("/services", None, []),
    )
    user = operation(f"{SIRET}/utilisateurs/dgs", ("/ref", None, "dgs"), *rows, op="create")
    service = operation(f"{SIRET}/services/ST", ("/date_debut", "2026-01-31", ""), number=2)
    text = worksheet_text(sheet_of(user, service), EN, plain)
    assert 'Rôle: "Utilisateur"\n' in text
    assert 'Date de début de validité: "31/01/2026" → (empty)\n' in text
    assert "Référence du compte" not in text
    (fields,) = (one["fields"] for one in worksheet_document(sheet_of(user))["structures"][0]["operations"])
    assert [(row["path"], row["after"]) for row in fields] == [("/ref", "dgs"), ("/role", "UTILISATEUR"), ("/services", [])]


@pytest.mark.parametrize(
    ("address", "row", "told"),
    [
        (SIRET, ("/parametres/engagement_juridique_obligatoire", False, True), "suppliers must be told first"),
        (SIRET, ("/parametres/engagement_juridique_obligatoire", True, False), ""),
        (SIRET, ("/statut", "ACTIF", "INACTIF"), "no supplier will reach"),
        (f"{SIRET}/services/ST", ("/actif", True, False), f"211699996_{SIRET}_ST will be rejected"),
        (f"{SIRET}/services/ST", ("/actif", False, True), ""),
    ],
)
def test_a_change_that_suppliers_notice_says_so(address: str, row: tuple[str, object, object], told: str) -> None:
    document = worksheet_document(sheet_of(operation(address, row)))
    hints = " ".join(document["structures"][0]["operations"][0]["hints"])
    assert told in hints
    assert ("supplier" in hints) is bool(told)


@pytest.mark.parametrize("day", [THEN, NOW])
def test_who_never_signed_in_is_told_how_in_every_format(day: date) -> None:
    sheet = sheet_of(*MIXED, day=day)
    steps = first_access(day, EN)
    assert worksheet_document(sheet)["access"] == [*steps]
    for told in (worksheet_text(sheet, EN, plain), worksheet_markdown(sheet, EN), worksheet_html(sheet, EN)):
        assert all(step in told for step in steps)
    nothing = Worksheet("s", (), access=steps)
    for told in (worksheet_text(nothing, EN, plain), worksheet_markdown(nothing, EN), worksheet_html(nothing, EN)):
        assert steps[0] not in told


def test_the_page_says_how_its_numbers_are_confirmed() -> None:
    sheet = sheet_of(*MIXED)
    assert "`chorus-config confirm 1 2`" in confirm_line(sheet, EN)
    assert "chorus-config confirm 1 2" in worksheet_html(sheet, FR)
    planned = Worksheet("s", sheet.structures, planned=True)
    assert confirm_line(planned, EN) == ""
