"""jsonschema is the oracle: both engines give one verdict on whatever becomes of a good file, and what is refused is told."""

from __future__ import annotations

import copy
from datetime import date
from functools import cache
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry

from chorus_config.model.finding import Fault, Path
from chorus_config.rules.catalogue import RULES, texts
from chorus_config.schema import explain
from chorus_config.schema.accept import accepts
from chorus_config.schema.explain import faults
from chorus_config.schema.key_slips import one_per_slip
from chorus_config.schema.packaged import schema_on
from chorus_config.schema.refusals import refusals
from tests.samples import ACCOUNT, PROJECT, SHEET, body, change_example, composed

DAYS: Final = (date(2016, 10, 1), date(2017, 6, 1), date(2026, 11, 23))
FULL_SHEET: Final = composed(
    SHEET,
    """\
comptabilite: helios
depot_factures_hors_helios: true
emission: CHORUS_PRO
raccordement: {mode: EDI, operateur: "AGEDI", compte_technique_expire_le: "2027-09-01"}
informations_generales:
  raison_sociale: "COMMUNE DE VALMONT"
  type_identifiant: SIRET
  identifiant: "21169999600016"
  date_creation: "2016-07-13"
  statut: ACTIF
  libelle: "Commune de Valmont"
  adresse_electronique: "factures@valmont.example"
  recevoir_cycles_de_vie_edi: true
  centre_gestion_agricole: false
  structure_privee: false
coordonnees_bancaires:
  - {libelle: "Régie", iban: "", bic: "ABCDFRPP"}
services:
  - {code: "FACTURES_PUBLIQUES", libelle: "Service des factures publiques", actif: true}
  - code: "ST-TECH"
    libelle: "Services techniques"
    actif: true
    date_debut: "2016-09-01"
    date_fin: "2050-12-31"
    engagement_obligatoire: false
    adresse_postale: {adresse: "2 rue Haute", code_postal: "16000", ville: "VALMONT", pays: "FR"}
espaces: ["Factures de travaux"]
utilisateurs:
  - ref: "dgs"
    role: GESTIONNAIRE_PRINCIPAL
    services: ["ST-TECH"]
    espaces: [{nom: "Factures de travaux", mode: MODIFICATION}]
  - {ref: "compta", role: UTILISATEUR_SIMPLE, habilitations: ["Organisation modification"]}
parametres:
  reception_donnees_edi: false
  engagement_juridique_obligatoire: false
  structure_avec_moa: true
  moa_uniquement: true
  code_service_obligatoire: true
  mise_en_paiement_non_remontee: false
  engagement_ou_code_service_obligatoire: false
remplace: {identifiant: "21169999600008", le: "2016-01-01", motif: "transfert du siège"}
""",
)
FULL_PROJECT: Final = f"""\
{PROJECT}langue: fr
date_de_reference: "2016-10-01"
structures: ["structures/**/*.yaml"]
registre: "sqlite:///r.sqlite3"
annuaire: "annuaire/structures.csv"
environnement: qualification
plateformes: {{pa: {{api: "https://api.example/v1", oauth: "https://auth.example/token"}}}}
membres: [{{nom: "Valmont", siren: "211699996", echeance: "2026-12-31", agent_referent: "A. Martin"}}]
portefeuille: {{nom: "V", echeance: "2016-10-31", budgets: [{{identifiant: "21169999600016", libelle: "B"}}]}}
regles: {{CP701: info, CP702: "off"}}
derogations: [{{regle: CP102, fiche: "x", motif: "m", jusqu_au: "2027-12-31"}}]
acceptations: [{{regle: CP910, adresse: "x", motif: "m", jusqu_au: "2027-12-31"}}]
seuils: {{structures: 50, suppressions: 5}}
"""
BASES: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "fiche-structure": (body(FULL_SHEET), body(SHEET)),
    "fiche-structure.conseils": (body(FULL_SHEET), body(SHEET)),
    "compte-utilisateur": (body(ACCOUNT, "compte-utilisateur"),),
    "compte-utilisateur.conseils": (body(ACCOUNT, "compte-utilisateur"),),
    "projet": (body(FULL_PROJECT, "projet"), body(PROJECT, "projet")),
    "changement": tuple(
        change_example(rule, "passes") for rule, row in RULES.items() if row.where == "change" and rule != "CP903"
    ),
}
# Values at which engines, types and patterns part ways.
WORDS: Final = (
    "SIRET", "RIDET", "AUTRE", "siret", "ACTIF", "INACTIF", "helios", "autre", "PORTAIL", "EDI", "FACTURES_PUBLIQUES",
    "Service des factures publiques", "GESTIONNAIRE_PRINCIPAL", "GESTIONNAIRE_SECONDAIRE", "UTILISATEUR_SIMPLE", "France",
    "FR", "16000", "1600", "21169999600016", "2016-10-31", "2016-02-30", "Engagements", "FACTURES ÉMISES",
    "Organisation modification", "CP701", "off", "fr", "a/*.yaml", "../a", "C:\\a", "x", "é", "delete", "update", "create",
    "service", "structure",
)  # fmt: skip
TEXTS: Final = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS).map(lambda word: word + "\n"),
    st.sampled_from(
        ("", " ", "\n", "\t", "\r", "\u00a0", "\u202f", "\u2003", "\u3000", "\u2028", "\u0085", "\u200b", "\ufeff", "\x1f")
    ),
    st.sampled_from((99, 100, 101, 255, 256, 4096, 4097)).flatmap(
        lambda n: st.sampled_from(("x", "é", "😀")).map(lambda c: c * n)
    ),
    st.sampled_from(("１６０００", "٢١١٦٩٩٩٩٦٠٠٠١٦", "２１１６９９９９６０００１６", "²", "FRANCİ", "ſIRET", "K")),
    st.text(max_size=8),
)
VALUES: Final = st.one_of(
    TEXTS,
    st.sampled_from((None, True, False, 0, 1, -1, 5, 10**9, 21169999600016)),
    st.sampled_from(([], {}, [""], [{}], ["x"], [None], {"x": 1}, [[]], [{"code": "FACTURES_PUBLIQUES"}], {"libelle": "x"})),
)
KEYS: Final = st.one_of(
    st.sampled_from((
        "libelle", "code", "actif", "date_fin", "services", "utilisateurs", "parametres", "structure_privee", "type",
        "coordonnees_bancaires", "rattachements", "etat", "zzz", "Libellé", "CP701", "CP701\n", "CP1", "", "/libelle", "/x",
    )),
    st.text(max_size=4),
)  # fmt: skip


def paths(node: Any, path: Path = ()) -> list[Path]:
    """Return the paths of a document, the root left out."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [found for key, inner in items for found in ((*path, key), *paths(inner, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn, name: str) -> Any:
    """Draw a good document in which a few things were deleted, replaced or added."""
    data = copy.deepcopy(draw(st.sampled_from(BASES[name])))
    for _ in range(draw(st.integers(1, 4))):
        known = paths(data)
        if not known:
            break
        *head, last = draw(st.sampled_from(known))
        holder = data
        for step in head:
            holder = holder[step]
        match draw(st.sampled_from(("delete", "replace", "replace", "add"))):
            case "delete":
                del holder[last]
            case "add" if isinstance(holder, dict):
                holder[draw(KEYS)] = copy.deepcopy(draw(VALUES))
            case "add":
                holder.append(copy.deepcopy(draw(st.one_of(VALUES, st.sampled_from(holder)))))
            case _:
                holder[last] = copy.deepcopy(draw(VALUES))
    return data


@cache
def oracle(name: str, day: date) -> Any:
    """Return jsonschema as nobody of ours set it up, with a date format of its own."""
    checker = FormatChecker(formats=())

    @checker.checks("date", raises=ValueError)
    def _is_date(value: object) -> bool:
        return not isinstance(value, str) or date.fromisoformat(value).strftime("%Y-%m-%d").zfill(10) == value

    return Draft202012Validator(schema_on(name, day), registry=Registry(), format_checker=checker)


def same_verdict(name: str, day: date, data: object) -> None:
    expected = oracle(name, day).is_valid(data)
    found = faults(name, day, data)
    assert accepts(name, day, data) is expected
    assert (refusals(name, day, data) == ()) is expected
    assert (found == ()) is expected
    for fault in found:
        assert fault.rule in RULES
        assert fault.case in texts(fault.rule).messages


@pytest.mark.parametrize("name", BASES)
def test_the_good_documents_are_good(name: str) -> None:
    for data in BASES[name]:
        for day in DAYS if name != "fiche-structure.conseils" else DAYS[2:]:
            # The whole sheet has the spaces of the former portal, and both MOA boxes: of these alone it is advised.
            advised = {"CP506", "CP705"} if name == "fiche-structure.conseils" and "espaces" in data else set()
            assert {fault.rule for fault in faults(name, day, data)} == advised
            assert oracle(name, day).is_valid(data) is not bool(advised)


@pytest.mark.parametrize("name", BASES)
@given(data=st.data())
@settings(max_examples=250, deadline=None, derandomize=True, database=None)
def test_both_engines_give_one_verdict(name: str, data: st.DataObject) -> None:
    same_verdict(name, data.draw(st.sampled_from(DAYS)), data.draw(mutated(name)))


def every_place(name: str) -> list[Path]:
    return paths(BASES[name][0])


TRIED: Final[tuple[Any, ...]] = (
    None, True, False, 0, 1, "", " ", "\n", "\u00a0", "x", "x\n", "x" * 101, "x" * 256, "x" * 4097, "16000\n", "2016-10-31\n",
    "21169999600016\n", "France\n", [], {}, [""], [{}], "FACTURES_PUBLIQUES", "GESTIONNAIRE_PRINCIPAL", "INACTIF",
)  # fmt: skip


@pytest.mark.parametrize("name", BASES)
def test_every_value_deleted_and_replaced(name: str) -> None:
    """Each place of a full document in turn: deleted, then given each value of a list."""
    day = DAYS[2]
    for path in every_place(name):
        data = copy.deepcopy(BASES[name][0])
        holder: Any = data
        for step in path[:-1]:
            holder = holder[step]
        for value in TRIED:
            holder[path[-1]] = value
            expected = oracle(name, day).is_valid(data)
            assert accepts(name, day, data) is expected, (path, value)
            if value in ("", "x\n", None, []):
                assert (faults(name, day, data) == ()) is expected, (path, value)
        del holder[path[-1]]
        same_verdict(name, day, data)


def key_of(fault: Fault) -> tuple[str, Path, str, str]:
    return fault.rule, fault.path, fault.case, str(fault.args.get("key"))


@pytest.mark.parametrize("name", ["fiche-structure", "fiche-structure.conseils", "compte-utilisateur"])
@given(data=st.data())
@settings(max_examples=250, deadline=None, derandomize=True, database=None)
def test_asking_only_the_rules_that_refused_loses_nothing(name: str, data: st.DataObject) -> None:
    """jsonschema is asked about some members of `allOf` alone; the whole schema would have told the same."""
    day, document = data.draw(st.sampled_from(DAYS)), data.draw(mutated(name))
    whole = explain._explainer(name, day, None).iter_errors(document)
    found = [fault for error in whole for fault in explain._faults_of_error(schema_on(name, day), error, day)]
    assert sorted(map(key_of, one_per_slip(schema_on(name, day), document, explain._one_per_cause(found))), key=repr) == sorted(
        map(key_of, faults(name, day, document)), key=repr
    )


@pytest.mark.parametrize("name", ["fiche-structure", "compte-utilisateur", "projet"])
@given(data=st.data())
@settings(max_examples=250, deadline=None, derandomize=True, database=None)
def test_the_generic_rules_speak_once_about_a_place(name: str, data: st.DataObject) -> None:
    """CP007, CP008 and CP009 never repeat themselves, nor what a rule of its own says."""
    found = faults(name, DAYS[2], data.draw(mutated(name)))
    generic = {"CP007", "CP008", "CP009"}
    place = [(f.path, f.args.get("key") if f.args.get("key") not in f.path[-1:] else None) for f in found if f.rule in generic]
    assert len(place) == len(set(place))
    assert not {path for path, key in place if key is None} & {
        f.path for f in found if f.rule not in generic and f.args.get("key") in {None, *f.path[-1:]}
    }
