"""A plan for the person who reviews it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.address import LISTS, Address
from chorus_config.model.plan import Acceptance, Before, Change, Desired, FieldChange, Options, Plan, SourceLine
from chorus_config.render.plan.text import plan_text
from chorus_config.render.shared.paint import coloured, plain
from chorus_config.render.shared.values import location
from tests.diff.strategies import Pair, pairs
from tests.engine.making import IBAN, account, approved, general, judged, known, plan_of, sheet
from tests.render.golden import agree
from tests.render.model import FIRST, FOLDED, HOSTILE, OTHER_IBAN, plan
from tests.render.reading import acting, all_of, unpainted
from tests.render.review import BASE, REASON, comparison

SAY = translator_for("en")
LABEL = "Commune | `Valmont` ::error::"
LANGUAGES: tuple[Language, ...] = ("en", "fr")


def shown(made: Plan, language: Language = "en") -> str:
    """Return a plan as text."""
    return plan_text(made, translator_for(language), plain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_is_as_approved(language: Language) -> None:
    agree(f"plan.{language}.txt", shown(plan(language), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_is_as_approved(language: Language) -> None:
    text = shown(comparison(language), language)
    agree(f"diff.{language}.txt", text)
    assert acting(text) == set()


def test_a_comparison_names_its_sides_and_what_the_branch_decides() -> None:
    text = shown(comparison("en"))
    assert text.splitlines()[0] == f"Comparison: from {BASE[:12]} to the working tree, rules of 23 November 2026"
    assert text.splitlines()[1] == ""
    for told in (
        f"Accepted: CP901 on {FIRST}/services/FACTURES_PUBLIQUES ({LABEL}): {REASON} (until 30 June 2027, chorus-config.yaml)",
        "Moved: comptes/dgs (Alix MARTIN, a@b.example): comptes/directeur.yaml → comptes/dgs.yaml",
        '  regles/CP701: not written → "off"',
        "  seuils/structures: 50 → 500",
    ):
        assert told in text.splitlines()


def test_an_accepted_finding_is_marked_beside_itself() -> None:
    lines = shown(comparison("en")).splitlines()
    (at,) = [n for n, line in enumerate(lines) if " CP901 " in line and ": error CP901" in line]
    assert lines[at + 2] == f"        accepted: {REASON} (until 30 June 2027, chorus-config.yaml)"
    assert sum(line.startswith("        accepted: ") for line in lines) == 1


def test_structures_with_unlike_acceptances_are_not_told_as_one() -> None:
    before = {f"{siret}.yaml": sheet(siret) for siret in FOLDED}
    after = {f"{siret}.yaml": sheet(siret, comptabilite="autre") for siret in FOLDED}
    made = plan_of(after, known(before)).plan
    error = replace(all_of(plan("en"))[0], level="error")
    judged_ = replace(made, changes=tuple(replace(change, findings=(error,)) for change in made.changes))
    assert "same change on 4 structures" in shown(judged_)
    alike = tuple(Acceptance(error.rule, siret, "why", "2027-01-01") for siret in FOLDED)
    assert "same change on 4 structures" in shown(replace(judged_, accepted=alike))
    assert "same change on 3 structures" in shown(replace(judged_, accepted=alike[:1]))
    assert "same change on 3 structures" in shown(replace(judged_, accepted=(*alike[:3], replace(alike[3], reason="else"))))
    risky = replace(judged_, changes=(replace(judged_.changes[0], risk="high"), *judged_.changes[1:]))
    assert "same change on 3 structures" in shown(risky)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_stands_in_it(language: Language) -> None:
    text = shown(plan(language), language)
    found = all_of(plan(language))
    assert {"CP901", "CP007", "CP011", "CP001", "CP909"} <= {finding.rule for finding in found}
    for finding in found:
        assert f"{location(finding)}: " in text
        assert finding.message in text
        assert finding.help in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_and_every_field_stands_in_it(language: Language) -> None:
    text = shown(plan(language), language)
    for change in plan(language).changes:
        assert change.address.root in text
        names = [field.path.rpartition("/")[2] for field in change.fields]
        assert all(name in text for name in names if name.isprintable())


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_can_act(language: Language) -> None:
    text = shown(plan(language), language)
    assert acting(text) == set()
    assert not any(row.startswith("::") for row in text.splitlines())


@given(pairs())
@settings(max_examples=200, deadline=None, database=None)
def test_nothing_in_any_plan_can_act_and_colour_only_adds_escapes(pair: Pair) -> None:
    made = plan_of({"a.yaml": pair.after}, approved(plan_of({"a.yaml": pair.before}))).plan
    assert acting(shown(made)) == set()
    assert unpainted(plan_text(made, SAY, coloured)) == shown(made)


def test_colour_adds_escapes_and_nothing_else() -> None:
    painted = plan_text(plan("fr"), translator_for("fr"), coloured)
    assert "\x1b[" in painted
    assert unpainted(painted) == shown(plan("fr"), "fr")


def test_no_sensitive_value_is_shown_and_a_change_behind_its_mask_is_told() -> None:
    text = shown(plan("en"))
    assert IBAN not in text
    assert OTHER_IBAN not in text
    assert "FR76 **** 0189" in text
    assert "the hidden part differs" in text


def test_the_same_change_of_four_structures_is_told_once() -> None:
    text = shown(plan("en"))
    assert "same change on 4 structures" in text
    # The first structure's own, and that of the four together.
    assert text.count("- Espace Engagements") == 2
    assert all(siret in text for siret in FOLDED)


@pytest.mark.parametrize(("count", "folded"), [(1, False), (2, False), (3, True), (4, True)])
def test_changes_are_folded_from_three_on(count: int, *, folded: bool) -> None:
    before = {f"{siret}.yaml": sheet(siret) for siret in FOLDED[:count]}
    after = {f"{siret}.yaml": sheet(siret, comptabilite="autre") for siret in FOLDED[:count]}
    text = shown(plan_of(after, known(before)).plan)
    assert ("same change" in text) is folded
    assert all(siret in text for siret in FOLDED[:count])


def test_different_changes_are_not_folded() -> None:
    before = {f"{siret}.yaml": sheet(siret) for siret in FOLDED}
    modes = ("PORTAIL", "EDI", "API", "PORTAIL")
    after = {f"{s}.yaml": sheet(s, raccordement={"mode": mode}) for s, mode in zip(FOLDED, modes, strict=True)}
    assert "same change" not in shown(plan_of(after, known(before)).plan)


def test_folded_changes_keep_the_place_of_each_finding() -> None:
    before = {f"{siret}.yaml": sheet(siret) for siret in FOLDED}
    wish = [judged(f"{s}.yaml", sheet(s, informations_generales=general(identifiant=s, statut="INACTIF"))) for s in FOLDED]
    made = plan_of(wish, known(before)).plan
    assert [finding.rule for finding in all_of(made)] == ["CP909"] * 4
    assert all(location(finding) in shown(made) for finding in all_of(made))
    # The sentence is said once for all four.
    assert all(shown(made).count(finding.message) == 1 for finding in all_of(made))


def test_different_ibans_behind_the_same_mask_are_not_the_same_change() -> None:
    banks = [[{"libelle": "R", "iban": f"FR76300060000{n}0189"}] for n in range(len(FOLDED))]
    before = {f"{siret}.yaml": sheet(siret) for siret in FOLDED}
    after = {f"{s}.yaml": sheet(s, coordonnees_bancaires=bank) for s, bank in zip(FOLDED, banks, strict=True)}
    assert "same change" not in shown(plan_of(after, known(before)).plan)


def test_accounts_that_change_alike_are_not_called_structures() -> None:
    refs = ("a", "b", "c")
    place_of = account()["adresse_postale"]
    before = {f"comptes/{ref}.yaml": account(ref) for ref in refs}
    after = {f"comptes/{ref}.yaml": account(ref, adresse_postale={**place_of, "ville": "X"}) for ref in refs}
    assert "structures" not in shown(plan_of(after, known(before)).plan)


def test_nothing_to_change_says_so_with_the_number_of_managed_fields() -> None:
    made = plan_of({"a.yaml": sheet()}, known({"a.yaml": sheet()})).plan
    assert shown(made).splitlines()[-1] == "No change: what is approved is what the sheets want; 8 fields are managed."


def test_nothing_to_change_against_a_source_speaks_of_the_source() -> None:
    made = plan_of({"a.yaml": sheet()}, known({"a.yaml": sheet()})).plan
    seen = replace(made, before=replace(made.before, lineage=None))
    assert seen.observed
    told = "No change: all that the source reports is what the sheets want; 8 fields are managed."
    assert shown(seen).splitlines()[-1] == told


def test_a_narrowed_plan_says_so() -> None:
    made = plan_of({"a.yaml": sheet()}, targets=("2116*",)).plan
    assert "2116*" in shown(made).splitlines()[-1]


def test_the_verdict_counts_and_names_what_stands_against_it() -> None:
    *_rest, last = shown(plan("en")).strip().split("\n\n")
    assert last.startswith("Plan: 3 to check, 1 to create, 5 to change, 9 with nothing to enter; ")
    assert len(plan("en").changes) == 3 + 1 + 5 + 9
    assert last.count("cannot be applied") == len(plan("en").reasons)


def hostile_plan() -> Plan:
    """Return a plan file that somebody wrote by hand, hostile in every text that the schema leaves free."""
    finding = replace(all_of(plan("en"))[0], message=HOSTILE, help=HOSTILE, path=HOSTILE, pointer=HOSTILE, related=())
    fields = (
        FieldChange("/libelle", HOSTILE, HOSTILE),
        FieldChange("/espaces", [HOSTILE, {"nom": HOSTILE, "mode": HOSTILE}], [1, []]),
    )
    owner, line = HOSTILE.replace("/", ""), SourceLine(HOSTILE, 1, 1)
    addresses = [Address(owner, kind.group, HOSTILE) for kind in LISTS] + [Address(owner), Address(owner, "comptes")]
    changes = tuple(Change(address, "update", fields, "low", (finding,), line, blocked=True) for address in addresses)
    return Plan(
        Desired(HOSTILE, HOSTILE), Before(HOSTILE, HOSTILE, HOSTILE, 1, HOSTILE), "2026-11-23", changes, (finding,),
        reasons=(HOSTILE,), options=Options((HOSTILE,), (HOSTILE,)), digest=HOSTILE,
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plan_that_somebody_else_wrote_cannot_act_either(language: Language) -> None:
    assert acting(shown(hostile_plan(), language)) == set()


def test_a_word_of_a_list_stands_beside_what_the_portal_calls_it() -> None:
    people = account(parametres={"langue": "Français", "notifications": ["FACTURATION_CPRO", "ENGAGEMENTS"]})
    users = [{"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL"}]
    text = shown(plan_of({"a.yaml": sheet(utilisateurs=users), "comptes/dgs.yaml": people}).plan)
    assert 'Rôle (role): "GESTIONNAIRE_PRINCIPAL" (« Gestionnaire principal »)' in text
    assert '"FACTURATION_CPRO" (« Facturation CPRO »), "ENGAGEMENTS" (« Engagements »)' in text
