"""The table of screens against the schemas: no field without a gesture, no gesture without a field, on both portals."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pytest

from chorus_config.diff.fields import field_schema, is_on_portal
from chorus_config.i18n.translator import translator_for
from chorus_config.model.address import OWN_BLOCK
from chorus_config.render.shared.portal import ACCESS, RENEWED, SCREENS, Screen, access_steps, effect_of, screen_of
from chorus_config.render.shared.screens import way_to
from chorus_config.schema.lookup import resolved
from chorus_config.schema.packaged import STRICT, schema
from tests.once import ROOT

THEN, NOW = date(2016, 10, 1), date(2026, 11, 27)
GROUPS: Final = ("", "services", "espaces", "utilisateurs", "coordonnees_bancaires", "comptes")
# They say how the file is read.
FORMAT: Final = {"/type", "/version"}


def leaves_of(whole: dict[str, Any], node: dict[str, Any], at: str = "") -> Iterator[str]:
    """Yield the pointers of the leaves that a schema allows; lists are leaves."""
    node = resolved(whole, node)
    inner = node.get("properties")
    if inner:
        for key, value in inner.items():
            yield from leaves_of(whole, value, f"{at}/{key}")
    else:
        yield at


def fields_of(group: str) -> set[str]:
    """Return the fields of a group of addresses, as changes name them."""
    kind = "compte-utilisateur" if group == "comptes" else "fiche-structure"
    whole = schema(STRICT[kind])
    if group in {"", "comptes"}:
        lists = {f"/{one}" for one in GROUPS if one}
        own = f"/{OWN_BLOCK[kind]}/"
        found = {f"/{path.removeprefix(own)}" if path.startswith(own) else path for path in leaves_of(whole, whole)}
        return found - lists - FORMAT - ({"/ref"} if group else set())
    entry = resolved(whole, whole["properties"][group])["items"]
    found = set(leaves_of(whole, entry))
    return {"/nom"} if group == "espaces" else found


def on_portal(group: str, day: date) -> set[str]:
    """Return the fields that the portal of a day has."""
    return {path for path in fields_of(group) if is_on_portal(group, path, day)}


@pytest.mark.parametrize("day", [THEN, NOW])
@pytest.mark.parametrize("group", GROUPS)
def test_no_field_without_a_gesture_and_no_gesture_without_a_field(group: str, day: date) -> None:
    told = Counter(field.path for one in SCREENS if one.group == group and one.is_of(day) for field in one.fields)
    assert set(told) == on_portal(group, day)
    # The status is read on one screen, and asked for on another.
    assert {path for path, times in told.items() if times > 1} == ({"/statut"} if group == "" else set())


def test_the_fields_of_both_portals_are_so_many() -> None:
    counts = {day: sum(len(on_portal(group, day)) for group in GROUPS) for day in (THEN, NOW)}
    assert counts == {THEN: 71, NOW: 70}


def test_one_portal_ends_where_the_other_begins() -> None:
    assert {(one.since, one.until) for one in SCREENS} == {(date.min, date(2023, 2, 20)), (RENEWED, date.max)}
    assert len({one.name for one in SCREENS}) == len(SCREENS)
    for one in SCREENS:
        assert one.name.startswith("2016-") is (one.since == date.min)
        assert one.way
        assert all(said.strip() for said in (one.block, one.source, one.alone, one.answer, one.undo))


@pytest.mark.parametrize(
    ("group", "path", "day", "checked", "name"),
    [
        ("", "/libelle", THEN, False, "2016-identity"),
        ("", "/libelle", NOW, False, "identity"),
        ("", "/statut", NOW, False, "status"),
        ("", "/statut", NOW, True, "identity"),
        ("", "/type_identifiant", NOW, False, "identity"),
        ("", "/parametres/moa_uniquement", NOW, False, "settings"),
        ("services", "/adresse_postale/ville", date(2023, 2, 20), False, "2016-services"),
        ("services", "/adresse_postale/ville", RENEWED, False, "services"),
        ("utilisateurs", "/habilitations", NOW, False, "users"),
        ("utilisateurs", "/habilitations", THEN, False, None),
        ("espaces", "/nom", NOW, False, None),
        ("comptes", "/parametres/notifications", NOW, False, "account-settings"),
        ("comptes", "/parametres/notifications_", NOW, False, None),
    ],
)
def test_a_field_leads_to_its_screen(group: str, path: str, day: date, *, checked: bool, name: str | None) -> None:
    found = screen_of(group, path, day, checked=checked)
    assert (found.name if found else None) == name


def test_what_is_greyed_in_the_table_says_so_in_the_words_of_the_screen() -> None:
    for one in SCREENS:
        greyed = [field.path for field in one.fields if field.kind == "greyed"]
        for path in greyed:
            title = str(field_schema(one.group, path)["title"])
            told = title in one.alone or one.group == "comptes" or path == "/date_creation"
            assert told, (one.name, title)


@pytest.mark.parametrize(
    ("group", "path", "value", "told"),
    [
        ("", "/parametres/code_service_obligatoire", True, "told first"),
        ("", "/parametres/code_service_obligatoire", False, ""),
        ("", "/parametres/structure_avec_moa", True, ""),
        ("", "/parametres/moa_uniquement", True, "no supplier"),
        ("", "/statut", "INACTIF", "no supplier"),
        ("", "/statut", "ACTIF", ""),
        ("services", "/engagement_obligatoire", True, "told first"),
        ("utilisateurs", "/role", True, ""),
    ],
)
def test_what_suppliers_meet_stands_in_the_table(group: str, path: str, value: object, told: str) -> None:
    effect = effect_of(group, path, value)
    assert told in effect
    assert bool(effect) is bool(told)


def test_coming_in_for_the_first_time_follows_the_day() -> None:
    days = (THEN, date(2023, 2, 20), RENEWED, date(2024, 9, 17), date(2024, 9, 18))
    told = {day: access_steps(day) for day in days}
    assert [len(told[day]) for day in days] == [3, 3, 3, 3, 4]
    assert not set(told[THEN]) & set(told[RENEWED])
    assert "second factor" in " ".join(told[date(2024, 9, 18)])
    assert "second factor" not in " ".join(told[date(2024, 9, 17)])
    assert {text for steps in told.values() for text in steps} == {step.text for step in ACCESS}


# The table of docs/ecrans.md

FRENCH: Final = translator_for("fr")
PAGE: Final = ROOT / "docs" / "ecrans.md"
CERTAINTIES: Final = {"documented": "chemin et noms", "path": "chemin seul", "unverified": "non vérifié"}
KINDS: Final = {
    "entry": "",
    "unsourced": " (*non vérifié*)",
    "person": " (*la personne*)",
    "greyed": " (*grisé*)",
    "asked": " (*demandé*)",
}


def cell(one: Screen) -> str:
    """Return the fields of a screen, by their labels, those of one kind told once."""
    titles = (field_schema(one.group, field.path).get("title", "Espace") for field in one.fields)
    return ", ".join(f"{title}{KINDS[field.kind]}" for title, field in zip(titles, one.fields, strict=True))


def tables() -> Iterator[str]:
    """Yield the lines of both portals."""
    for title, day in (("Le portail du guide, jusqu’au 20 février 2023", THEN), ("Depuis le 21 février 2023", NOW)):
        there = [one for one in SCREENS if one.is_of(day)]
        fields = sum(len(one.fields) for one in there)
        yield from (f"## {title}", "", f"{len(there)} écrans, {fields} champs.", "")
        yield from ("| bloc | chemin | champs | certitude | source |", "|---|---|---|---|---|")
        for one in there:
            way = " › ".join(way_to(one, "SIRET", FRENCH))
            yield f"| {one.block} | {way} | {cell(one)} | {CERTAINTIES[one.certainty]} | {FRENCH(one.source)} |"
        yield ""
        yield "Première connexion :"
        yield ""
        yield from (f"{number}. {FRENCH(step)}" for number, step in enumerate(access_steps(day), 1))
        yield ""


def test_the_page_of_the_screens_is_current() -> None:
    """`CHORUS_CONFIG_GOLDEN=write` writes it anew."""
    before, begin, rest = PAGE.read_text(encoding="utf-8").partition("<!-- screens -->\n")
    _table, end, after = rest.partition("<!-- /screens -->")
    written = "\n".join(["", *tables()]) + "\n"
    if os.environ.get("CHORUS_CONFIG_GOLDEN") == "write":
        PAGE.write_text(before + begin + written + end + after, encoding="utf-8", newline="\n")
    assert (begin + written + end) in PAGE.read_text(encoding="utf-8")
