"""Where on the portal the subject of a rule stands."""

from __future__ import annotations

import pytest

from chorus_config.i18n.translator import translator_for
from chorus_config.render.shared.screens import screens
from chorus_config.rules.catalogue import RULES

FRENCH = translator_for("fr")


@pytest.mark.parametrize("rule", RULES)
def test_rules_of_sheets_and_accounts_have_a_screen(rule: str) -> None:
    ways = screens(RULES[rule].file, FRENCH)
    assert bool(ways) is (rule[:3] not in {"CP0", "CP9"})
    assert all(way.endswith(".") for way in ways)
    assert len({way.partition(":")[0] for way in ways}) == len(ways)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("CP101", ("« Activités du Gestionnaire »", "crayon", "« Informations générales »", "« Gérer une structure »")),
        ("CP401", ("« Services »", "« Services Utilisateur »")),
        ("CP502", ("« Espaces »", "habilitations")),
        ("CP801", ("Portail de la DGFiP", "« Mon Compte »", "PIGP")),
    ],
)
def test_the_way_is_in_the_words_of_the_portal(rule: str, words: tuple[str, ...]) -> None:
    told = " ".join(screens(RULES[rule].file, FRENCH)).replace("\u00a0", " ")
    assert [word for word in words if word not in told] == []
    assert told.index("2016") < told.index("2023")


def test_a_rule_on_users_leads_to_users_whatever_its_number() -> None:
    rule = next(row for row in RULES.values() if row.file.startswith("users/") and row.id.startswith("CP5"))
    told = " ".join(screens(rule.file, FRENCH)).replace("\u00a0", " ")
    assert "« Utilisateurs rattachés à la structure »" in told
    assert "« Espaces »" not in told
