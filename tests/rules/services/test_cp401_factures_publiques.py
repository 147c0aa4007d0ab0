"""CP401: FACTURES_PUBLIQUES stays in every public sheet that writes its services, as the portal made it."""

from __future__ import annotations

from datetime import date

import pytest

from chorus_config.model.project import ProjectConfig
from chorus_config.model.project_entries import Waiver
from tests.samples import SHEET, SIRET, Told, changed, told, verdict

FP = '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Service des factures publiques"\n'
TECH = '  - code: "ST-TECH"\n    libelle: "Services techniques"\n'
MISSING = ("CP401", "/services", 14, 1)
PRIVATE = changed(SHEET, "adresse_postale:\n", "  structure_privee: true\ncomptabilite: autre\nadresse_postale:\n")


def sheet(entries: str) -> str:
    return f"{SHEET}services:\n{entries}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(SHEET, id="services not written"),
        pytest.param(sheet(FP), id="alone"),
        pytest.param(sheet(FP + "    actif: true\n"), id="active"),
        pytest.param(sheet(FP + "    engagement_obligatoire: false\n"), id="no commitment"),
        pytest.param(sheet(FP + '    date_debut: "2016-01-01"\n'), id="start"),
        pytest.param(sheet(FP + '    description: "Entre entités publiques"\n'), id="description"),
        pytest.param(sheet(TECH + FP), id="not the first"),
    ],
)
def test_untouched_it_is_accepted(text: str) -> None:
    assert verdict(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(sheet(TECH), id="another service"),
        pytest.param(sheet(TECH + TECH.replace("ST-TECH", "FACTURES")), id="not near enough"),
    ],
)
def test_missing_it_is_told_at_the_list(text: str) -> None:
    found = verdict(text)
    assert told(found) == [MISSING]
    said = (
        "FACTURES_PUBLIQUES is not in the list of services: it is expected there; left out, it would be removed from the portal"
    )
    assert found[0].message == (
        f"{said}, and the invoices of public bodies would come back to them as « 213 Rejetée » (REJ_ADR)"
    )
    # Before that day, nobody saw that.
    assert verdict(text, day=date(2026, 8, 31))[0].message == said


def test_an_empty_list_is_told_for_what_it_asks() -> None:
    found = verdict(f"{SHEET}services: []\n")
    assert told(found) == [MISSING]
    assert found[0].message == (
        "The list of services is empty: it would ask for every service to be removed, FACTURES_PUBLIQUES included, "
        "which no sheet may do, and invoices to each of them would come back to their suppliers as « 213 Rejetée » (REJ_ADR)"
    )
    assert found[0].help.startswith("Delete the line if the portal's services are to be left as they are; else write the list")


@pytest.mark.parametrize(
    "code",
    ["factures_publiques", "FACTURES-PUBLIQUES", "FACTURES_PUBLIQUE", "Factures Publiques", "FACTURE_PUBLIQUES", "SCOLAIRE"],
)
def test_a_code_meant_for_it_is_told_at_its_line(code: str) -> None:
    """By its code, or by the label that belongs to it alone."""
    found = verdict(sheet(TECH + FP.replace("FACTURES_PUBLIQUES", code)))
    assert told(f for f in found if f.rule == "CP401") == [("CP401", "/services/1/code", 17, 11)]
    assert found[0].message == (
        f'The code of this service is "{code}": FACTURES_PUBLIQUES is expected, to the letter; otherwise the invoices of '
        "public bodies would come back to them as « 213 Rejetée » (REJ_ADR)"
    )
    assert found[0].help == 'Write: `code: "FACTURES_PUBLIQUES"`.'


@pytest.mark.parametrize("code", ["FACTURES PUBLIQUES", "FACTURES_PUBLIQUES ", " FACTURES_PUBLIQUES", "FACTURES_PUBLIQUES\\n"])
def test_with_blanks_it_is_another_code(code: str) -> None:
    assert told(f for f in verdict(sheet(FP.replace("FACTURES_PUBLIQUES", code))) if f.rule != "CP406") == [
        ("CP401", "/services/0/code", 15, 11)
    ]


@pytest.mark.parametrize(
    ("entry", "place", "message"),
    [
        pytest.param(
            f"{FP}    actif: false\n",
            ("/services/0/actif", 17, 12),
            "FACTURES_PUBLIQUES is inactive: `actif: true` is expected; otherwise the invoices of public bodies come back to "
            "them as « 213 Rejetée » (REJ_ADR)",
            id="inactive",
        ),
        pytest.param(
            changed(FP, "Service des factures publiques", "Mairie"),
            ("/services/0/libelle", 16, 14),
            'The label of FACTURES_PUBLIQUES is "Mairie": « Service des factures publiques » is expected',
            id="label",
        ),
        pytest.param(
            changed(FP, "Service des factures", "SERVICE DES FACTURES"),
            ("/services/0/libelle", 16, 14),
            'The label of FACTURES_PUBLIQUES is "SERVICE DES FACTURES publiques": '
            "« Service des factures publiques » is expected",
            id="label in upper case",
        ),
        pytest.param(
            changed(FP, "publiques", "publiques\\n"),
            ("/services/0/libelle", 16, 14),
            'The label of FACTURES_PUBLIQUES is "Service des factures publiques\\n": '
            "« Service des factures publiques » is expected",
            id="label with a line feed",
        ),
        pytest.param(
            f'{FP}    date_fin: "2050-12-31"\n',
            ("/services/0/date_fin", 17, 15),
            "FACTURES_PUBLIQUES has an end date: none is expected",
            id="end",
        ),
        pytest.param(
            f'{FP}    date_fin: "bientôt"\n',
            ("/services/0/date_fin", 17, 15),
            "FACTURES_PUBLIQUES has an end date: none is expected",
            id="end that is no date",
        ),
        pytest.param(
            f"{FP}    engagement_obligatoire: true\n",
            ("/services/0/engagement_obligatoire", 17, 29),
            "FACTURES_PUBLIQUES requires a commitment number: `engagement_obligatoire: false` is expected",
            id="commitment",
        ),
    ],
)
def test_changed_it_is_told_at_the_value(entry: str, place: tuple[str, int, int], message: str) -> None:
    found = verdict(sheet(entry))
    assert told(found) == [("CP401", *place)]
    assert (found[0].level, found[0].message) == ("error", message)


def test_every_change_is_told() -> None:
    entry = (
        '  - code: "FACTURES_PUBLIQUES"\n    libelle: "Mairie"\n    actif: false\n    date_fin: "2050-12-31"\n'
        "    engagement_obligatoire: true\n"
    )
    assert told(verdict(sheet(TECH + entry))) == [
        ("CP401", "/services/1/libelle", 18, 14),
        ("CP401", "/services/1/actif", 19, 12),
        ("CP401", "/services/1/date_fin", 20, 15),
        ("CP401", "/services/1/engagement_obligatoire", 21, 29),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("    actif: non\n", ("CP009", "/services/0/actif", 17, 12), id="activity as a text"),
        pytest.param(
            "    engagement_obligatoire: oui\n",
            ("CP009", "/services/0/engagement_obligatoire", 17, 29),
            id="commitment as a text",
        ),
    ],
)
def test_a_wrong_type_is_no_way_round(line: str, expected: Told) -> None:
    """It is told as what it is, by a rule that nobody can silence either."""
    assert told(verdict(sheet(FP + line))) == [expected]


def test_a_label_of_another_type_is_no_way_round() -> None:
    assert told(verdict(sheet('  - code: "FACTURES_PUBLIQUES"\n    libelle: true\n'))) == [
        ("CP401", "/services/0/libelle", 16, 14)
    ]


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        pytest.param('  - code: "FACTURES_PUBLIQUES"\n', ("/services/0", 15, 5), id="no label"),
        pytest.param('  - code: "FACTURES_PUBLIQUES"\n    libelle: " "\n', ("/services/0/libelle", 16, 14), id="blank label"),
    ],
)
def test_without_its_label_it_is_told_once(entry: str, place: tuple[str, int, int]) -> None:
    (finding,) = verdict(sheet(entry))
    assert told([finding])[0][1:] == place
    assert finding.rule in {"CP401", "CP404"}


def test_written_twice_each_entry_is_judged() -> None:
    found = verdict(sheet(f"{FP}{TECH}{FP}    actif: false\n"))
    assert told(found) == [("CP403", "/services/2/code", 19, 11), ("CP401", "/services/2/actif", 21, 12)]


def test_a_rule_for_one_code_leaves_the_others_alone() -> None:
    other = f'{TECH}    actif: false\n    date_fin: "2050-12-31"\n    engagement_obligatoire: true\n'
    assert verdict(sheet(FP + other)) == ()


@pytest.mark.parametrize(
    "services",
    [
        "services: []\n",
        f"services:\n{TECH}",
        f"services:\n{FP}    actif: false\n",
        f'services:\n{FP}    date_fin: "2050-12-31"\n    engagement_obligatoire: true\n',
        f"services:\n{FP.replace('Service des', 'Les')}",
    ],
)
def test_a_private_structure_is_free(services: str) -> None:
    assert verdict(PRIVATE + services) == ()
    assert {finding.rule for finding in verdict(changed(PRIVATE, "privee: true", "privee: false") + services)} == {"CP401"}


def test_a_structure_that_is_private_by_a_text_only_counts_as_public() -> None:
    found = verdict(changed(PRIVATE, "privee: true", "privee: oui") + "services: []\n")
    assert [finding.rule for finding in found] == ["CP009", "CP401"]


SILENCERS = [
    pytest.param(ProjectConfig(levels={"CP401": "off"}), id="off"),
    pytest.param(ProjectConfig(levels={"CP401": "info"}), id="info"),
    pytest.param(ProjectConfig(waivers=(Waiver("CP401", SIRET, "because", date(2099, 1, 1)),)), id="waived"),
]


@pytest.mark.parametrize("project", SILENCERS)
def test_it_is_never_silenced(project: ProjectConfig) -> None:
    found = verdict(sheet(TECH), project=project)
    assert told(found) == [MISSING]
    assert found[0].level == "error"


@pytest.mark.parametrize(
    "entry",
    [
        pytest.param('  - code: "FACTURES_PUBLIQUES"\n', id="no label"),
        pytest.param('  - code: "FACTURES_PUBLIQUES"\n    libelle: ""\n', id="blank label"),
    ],
)
@pytest.mark.parametrize(
    "project",
    [
        pytest.param(ProjectConfig(levels={"CP404": "off"}), id="off"),
        pytest.param(ProjectConfig(waivers=(Waiver("CP404", SIRET, "because", date(2099, 1, 1)),)), id="waived"),
    ],
)
def test_silencing_cp404_does_not_let_its_label_go(entry: str, project: ProjectConfig) -> None:
    """The label is part of what CP401 asks, and CP401 is never silenced: another rule must not take it over."""
    assert [(finding.rule, finding.level) for finding in verdict(sheet(entry), project=project)] == [("CP401", "error")]


@pytest.mark.parametrize("key", ["actif", "engagement_obligatoire"])
@pytest.mark.parametrize("word", ["oui", "OUI", "vrai", "True", "yes", '"true"', "1", "peut-être"])
def test_a_box_is_wrong_only_by_what_it_plainly_says(key: str, word: str) -> None:
    """A word that is no box is told as such (CP009), as of any other service."""
    assert [one.rule for one in verdict(sheet(FP + f"    {key}: {word}\n"))] == ["CP009"]
