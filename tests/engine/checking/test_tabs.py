"""A tab in a one-line field is told by CP016, elsewhere by the loader."""

from __future__ import annotations

from typing import Final

from chorus_config.engine.checking.tabs import with_tabs_by_field
from chorus_config.model.finding import Fault, Path, Span
from chorus_config.yamltext.document import Document

AT: Final[Path] = ("informations_generales", "libelle")
TEXT: Final = 'informations_generales:\n  libelle: "a\\tb"\nservices: [{description: "a\\tb"}]\n'
DOCUMENT: Final = Document(
    "f.yaml",
    "fiche-structure",
    {"informations_generales": {"libelle": "ab"}, "services": [{"description": "ab"}]},
    TEXT.encode(),
)


def test_a_tab_is_told_by_the_rule_of_the_field() -> None:
    tab = {"codepoint": "U+0009"}
    label = Fault("CP002", case="escaped", args=tab, span=Span(2, 12, 2, 18))
    description = Fault("CP002", case="escaped", args=tab, span=Span(3, 26, 3, 32))
    assert with_tabs_by_field((label, description), DOCUMENT) == (Fault("CP016", AT, args={"value": "a\\tb"}), description)
    other = Fault("CP002", case="escaped", args={"codepoint": "U+0000"}, span=Span(2, 12, 2, 18))
    assert with_tabs_by_field((other,), DOCUMENT) == (other,)
