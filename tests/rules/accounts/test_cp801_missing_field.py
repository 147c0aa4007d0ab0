"""CP801: the starred fields of « Mon Compte » are there and not blank."""

from __future__ import annotations

from typing import Final

import pytest

from tests.samples import ACCOUNT, changed, told, verdict

# field: its block, the line of the block, its own line, its value, its label
STARRED: Final = {
    "nom": ("informations_personnelles", 4, 6, "MARTIN", "Nom"),
    "prenom": ("informations_personnelles", 4, 7, "Alix", "Prénom"),
    "adresse": ("adresse_postale", 8, 9, "1 place de la Mairie", "Adresse"),
    "code_postal": ("adresse_postale", 8, 10, "16000", "Code postal"),
    "ville": ("adresse_postale", 8, 11, "VALMONT", "Ville"),
    "pays": ("adresse_postale", 8, 12, "France", "Pays"),
    "langue": ("parametres", 13, 14, "Français", "Langue"),
}


@pytest.mark.parametrize("field", STARRED)
def test_a_missing_field_is_told_at_its_block(field: str) -> None:
    block, line, _own, value, label = STARRED[field]
    found = verdict(changed(ACCOUNT, f'  {field}: "{value}"\n', ""), "compte-utilisateur")
    assert told(found) == [("CP801", f"/{block}", line, 1)]
    assert found[0].message == f"`{field}` (« {label} ») is missing: « Mon Compte » requires it"


@pytest.mark.parametrize("field", STARRED)
@pytest.mark.parametrize("blank", ["", "  ", "\\n", "\\u00A0", "\\u2003\\u202F"])
def test_a_blank_field_is_told_at_its_value(field: str, blank: str) -> None:
    block, _line, own, value, label = STARRED[field]
    found = verdict(changed(ACCOUNT, f'  {field}: "{value}"\n', f'  {field}: "{blank}"\n'), "compte-utilisateur")
    assert told(found) == [("CP801", f"/{block}/{field}", own, len(field) + 5)]
    assert found[0].message == f"« {label} » is blank: « Mon Compte » requires it"


@pytest.mark.parametrize("field", STARRED)
def test_a_field_of_another_type_is_cp009_only(field: str) -> None:
    block, _line, own, value, _label = STARRED[field]
    found = verdict(changed(ACCOUNT, f'  {field}: "{value}"\n', f"  {field}: true\n"), "compte-utilisateur")
    assert told(found) == [("CP009", f"/{block}/{field}", own, len(field) + 5)]


@pytest.mark.parametrize("block", ["informations_personnelles", "adresse_postale", "parametres"])
def test_a_missing_block_is_cp008_only(block: str) -> None:
    rest = [part for part in ACCOUNT.replace("\n  ", "\0  ").splitlines() if not part.startswith(block)]
    found = verdict("\n".join(rest).replace("\0", "\n") + "\n", "compte-utilisateur")
    assert told(found) == [("CP008", "", 1, 1)]
    assert found[0].message == f"`{block}` is missing in the file: it is required"


def test_every_missing_field_is_told() -> None:
    text = ACCOUNT
    for field, (_block, _line, _own, value, _label) in STARRED.items():
        text = changed(text, f'  {field}: "{value}"\n', "")
    found = verdict(changed(text, "adresse_postale:\n", "adresse_postale: {}\n"), "compte-utilisateur")
    assert [(finding.rule, finding.message) for finding in found] == [
        ("CP801", "`nom` (« Nom ») is missing: « Mon Compte » requires it"),
        ("CP801", "`prenom` (« Prénom ») is missing: « Mon Compte » requires it"),
        ("CP801", "adresse_postale is empty: « Mon Compte » requires adresse, code_postal, ville, pays"),
        ("CP801", "`langue` (« Langue ») is missing: « Mon Compte » requires it"),
    ]
