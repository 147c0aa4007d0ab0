"""CP011: two files of one name."""

from __future__ import annotations

from chorus_config.engine.planning.duplicates import duplicate_findings
from chorus_config.model.address import Address
from chorus_config.model.text_file import FileKind
from chorus_config.yamltext.document import Document
from tests.engine.making import SETTING, SIRET, account, sheet, with_project, written


def document(path: str, body: dict[str, object]) -> Document:
    """Return a document as if read."""
    kind: FileKind = "compte-utilisateur" if body["type"] == "compte-utilisateur" else "fiche-structure"
    return Document(path, kind, body, written(body))


def test_both_places_are_told() -> None:
    first, second = document("a.yaml", sheet(comptabilite="autre")), document("b.yaml", sheet())
    (finding,) = duplicate_findings(second, first, Address(SIRET), SETTING)
    assert (finding.rule, finding.level, finding.path) == ("CP011", "error", "b.yaml")
    assert finding.pointer == "/informations_generales/identifiant"
    assert written(sheet()).decode().splitlines()[finding.span.line - 1].strip() == f'"identifiant": "{SIRET}",'
    (other,) = finding.related
    assert (other.path, other.line, other.column) == ("a.yaml", finding.span.line, finding.span.column)
    assert "a.yaml" in finding.message
    assert other.message


def test_two_accounts_of_one_ref_clash_at_their_ref() -> None:
    first, second = document("comptes/a.yaml", account()), document("comptes/b.yaml", account())
    (finding,) = duplicate_findings(second, first, Address("dgs", "comptes"), SETTING)
    assert (finding.rule, finding.pointer) == ("CP011", "/ref")


def test_a_hostile_name_of_a_file_cannot_act() -> None:
    first, second = document("a\x1b[31m\n.yaml", sheet()), document("b.yaml", sheet())
    (finding,) = duplicate_findings(second, first, Address(SIRET), SETTING)
    assert finding.message.isprintable()


def test_the_project_may_decide_its_level() -> None:
    first, second = document("a.yaml", sheet()), document("b.yaml", sheet())
    assert duplicate_findings(second, first, Address(SIRET), with_project(levels={"CP011": "off"})) == ()
