"""What happened to a text, and silence on what French texts legitimately hold."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

import pytest

from chorus_config.rules.judges.damage import damage
from chorus_config.rules.judges.traces import may_hold_damage

# Real names, with every letter and sign that French ones have.
NAMES: Final = (
    """
Trébourg|L'Haÿ-les-Roses|L’Haÿ-les-Roses|Île-d'Yeu|L’Île-d’Yeu|Aÿ-Champagne|Moÿ-de-l'Aisne|Faÿ-lès-Nemours|Le Bois-d'Oingt
Œuilly|Œting|Plœuc-L'Hermitage|Plobannalec-Lesconil|Mœurs-Verdey|Nœux-les-Mines|Sacré-Cœur|Vœuil-et-Giget|Bœrsch|Lœuilley
Saint-Étienne|Évian-les-Bains|Épinal|Étampes|Échirolles|Éguzon-Chantôme|Évry-Courcouronnes|Épernay|Étaples|Élancourt
Bâgé-le-Châtel|Château-Thierry|Châtellerault|La Châtre|Mâcon|Pâlis|Bâle|Âges|Neufchâtel-en-Bray|Château-d'Olonne|Gâtinais
Besançon|Alençon|Briançon|Françon|Ça-et-Là|Fécamp|Béziers|Nîmes|Angoulême|Orléans|Sète|Forêt-la-Folie|Le Mêle|Crépy-en-Valois
Côte-d'Or|Côtes-d'Armor|Saint-Jean-de-Côle|Le Pré-Saint-Gervais|Hôpital-Camfrout|Rhône|Vendôme|Saint-Côme-d'Olt|Côte Ôtée
Mûr-de-Bretagne|Aÿ|Noyers-sur-Jabron|Dieue-sur-Meuse|Août|Brûlon|Brûlés|Goût-Rossignol|Loué|Jouy-en-Josas|Où
Saint-Maïme|Maîche|Nohèdes|Mailhoc|Noël-Cerneux|Izaourt|Ennezat|Faïence|Caïx|Haïti|Loïsey|Saint-Éloi|Lanmeur|Göttingen|Zürich
Saint-Barthélemy|Pointe-à-Pitre|Sainte-Rose|Les Trois-Îlets|L'Étang-Salé|Cilaos|Tsingoni|Mamoudzou|Nouméa|Faa’a|Fa’a’ā|Pirae
Communauté d’agglomération de l’Étang|Syndicat d'eau « La Source »|Régie : eau|CCAS|EHPAD « Les Lilas »|Service de l’eau
École n° 5|École n° 5 – cantine|5 000 habitants|Bât. A – 2e étage|Mairie (annexe)|Foyer l’“Arc-en-ciel”|Salle "Jean Jaurès"
Café de la Gare ; annexe|Crèche « Pom’ d’Api »|Eau & assainissement|R&D|S.I.V.O.M. – Haute-Saône|Lycée É. Zola|Hôtel-Dieu…
24 bis, rue de l'Église|ZA « Les Prés »|Tuyau 5"|Écran 27" et 24"|12°30'15"|Lieu-dit ‘Le Clos’ nord|Pavillon O'Brien|50 €
50 € TTC|SÃO PAULO|São Tomé|Åland|Ångström|ÂGE|Âtre|LYCÉE|Label « QUALITÉ »|La « LIBERTÉ ! »|Œuvres « Clé »|ABONNÉ…|CITÉ’S
Été – hiver|Aumônerie
""".strip()
    .replace("\n", "|")
    .split("|")
)


@pytest.mark.parametrize("name", NAMES)
def test_what_french_names_hold_is_silent(name: str) -> None:
    for written in (name, name.upper(), name.lower(), f"Commune de {name}", name.replace("'", "’")):
        assert damage(written, form=False, prose=False) is None, written
        assert damage(written, form=False, prose=True) is None, written


def test_there_are_enough_of_them() -> None:
    assert len(NAMES) > 130


@pytest.mark.parametrize("page", ["cp1252", "cp850", "cp437", "mac_roman"])
@pytest.mark.parametrize(
    "name", ["Trébourg", "L’Haÿ-les-Roses", "Nœux", "Besançon", "Hôtel « Les Prés »", "Forêt – été", "Mâcon"]
)
def test_utf_8_read_in_another_encoding_is_read_back(name: str, page: str) -> None:
    try:
        written = name.encode().decode(page)
    except UnicodeDecodeError:
        pytest.skip("a control character, CP002's")
    found = damage(written, form=False, prose=False)
    assert found is not None
    assert (found.case, found.meant) == ("encoding", name)


@pytest.mark.parametrize(
    ("written", "case", "found", "meant"),
    [
        ("“Commune de Trébourg”", "around", "“ ”", "Commune de Trébourg"),
        ("«Commune de Trébourg»", "around", "« »", "Commune de Trébourg"),
        ("«\u00a0Commune de Trébourg\u00a0»", "around", "« »", "Commune de Trébourg"),
        ("„Commune“", "around", "„ “", "Commune"),
        ('“Commune"', "around", '“ "', "Commune"),
        ('"Commune de Trébourg"', "around", '" "', "Commune de Trébourg"),
        ("‘Commune’", "around", "‘ ’", "Commune"),
        ("'Commune'", "around", "' '", "Commune"),
        ('Commune de Trébourg"', "stray", '"', "Commune de Trébourg"),
        ('"Commune de Trébourg', "stray", '"', "Commune de Trébourg"),
        ("Commune de Trébourg”", "stray", "”", "Commune de Trébourg"),
        ("« Commune de Trébourg", "stray", "«", "Commune de Trébourg"),
        ("Commune de “Trébourg", "stray", "“", "Commune de Trébourg"),
        ("TrÃ©bourg", "encoding", "Ã©", "Trébourg"),
        ("TRÃ‰BOURG", "encoding", "Ã‰", "TRÉBOURG"),
        ("TrÃƒÂ©bourg", "encoding", "Ãƒ", "Trébourg"),
        ("ï»¿Commune", "encoding", "ï»¿", "Commune"),
        ("Tr├®bourg", "encoding", "├®", "Trébourg"),
        ("TR╔BOURG", "encoding", "╔", "TRÉBOURG"),
        ("Tr&eacute;bourg", "entity", "&eacute;", "Trébourg"),
        ("Eau &amp; assainissement", "entity", "&amp;", "Eau & assainissement"),
        ("Tr\ufffdbourg", "lost", "\ufffd", ""),
        ("Commune\u00a0de Trébourg", "blank", "\u00a0", "Commune de Trébourg"),
        ("Commune de Trébourg\u00a0", "blank", "\u00a0", "Commune de Trébourg"),
        ("â€œCommuneâ€¦ Ã©tÃ©", "encoding", "â€œ", "Commune… été"),
    ],
)
def test_what_happened_to_a_name(written: str, case: str, found: str, meant: str) -> None:
    seen = damage(written, form=False, prose=False)
    assert seen is not None
    assert (seen.case, seen.found, seen.meant) == (case, found, meant)
    assert may_hold_damage(f"a\n{written}")


def test_whatever_a_closer_look_could_find_calls_for_one() -> None:
    pages = ("cp1252", "cp850", "cp437", "mac_roman")
    signs = "".join(map(chr, range(0xA0, 0x100))) + "œŒŸŠšŽž’‘“”„‚«»–—…€™•†ˆ\ufeff"
    for sign in signs:
        for page in pages:
            with suppress(UnicodeDecodeError):
                assert may_hold_damage(f"é{sign.encode().decode(page)}é"), (sign, page)
    for sign in '\u00a0\u1680\u2000\u200a\u202f\u205f\u3000\ufffd\u2500\u259f«»“”„‟＂〝〞‘‚‹›´`"&':
        assert may_hold_damage(f"a{sign}b")
        assert may_hold_damage(f"œ{sign}b")
    assert not may_hold_damage("École n° 5\n§ 3 ²\nŒuvre")


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("« Guichet unique »", True),
        ("Guichet « unique » : ouvert", True),
        ("Guichet\u00a0: ouvert\u00a0le lundi", True),
        ("Régie\u00a0: eau", False),
        ("5\u00a0000\u202f€", False),
        ("N°\u00a05", False),
    ],
)
def test_french_typography_is_at_home(text: str, prose: bool) -> None:
    assert damage(text, form=False, prose=prose) is None
