"""A plan or comparison for a comment of a pull request."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.plan import Acceptance, Decision, Move, Plan
from chorus_config.render.plan.markdown import NOTICE, plan_markdown
from chorus_config.render.plan.text import plan_text
from chorus_config.render.plan.verdict import headline
from chorus_config.render.shared.markdown import code, fits, named, prose, quoted, table, tagged
from chorus_config.render.shared.values import location
from tests.diff.strategies import Pair, pairs
from tests.engine.making import IBAN, approved, known, plan_of, sheet
from tests.render.breakouts import BREAKOUTS, breakouts
from tests.render.golden import agree
from tests.render.markdown_reading import Read, read
from tests.render.model import FIRST, FOLDED, OTHER_IBAN
from tests.render.plan.test_text import hostile_plan
from tests.render.reading import acting, all_of
from tests.render.review import BASE, comparison, hostile, large, model

SAY = translator_for("en")
LANGUAGES: tuple[Language, ...] = ("en", "fr")


def shown(made: Plan, limit: int = 60_000, language: Language = "en") -> str:
    """Return a plan as Markdown."""
    return plan_markdown(made, translator_for(language), limit=limit)


def seen(text: str) -> str:
    """Return Markdown as it is read, without the marks of code."""
    found = read(text)
    return "\n".join([*found.words, *found.codes, *found.html])


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_as_approved(language: Language) -> None:
    agree(f"plan.{language}.md", shown(model(language), language=language))
    agree(f"diff.{language}.md", shown(comparison(language), language=language))


@pytest.mark.parametrize("limit", [8_000, 4_000, 1_200])
def test_it_is_as_approved_where_there_is_little_room(limit: int) -> None:
    agree(f"diff.{limit}.md", shown(comparison("en"), limit))


@pytest.mark.parametrize("kind", ["plan", "diff"])
def test_it_begins_with_its_marker_and_the_verdict(kind: str) -> None:
    made = model("en") if kind == "plan" else comparison("en")
    first, second, *_rest = shown(made).splitlines()
    assert first == f"<!-- chorus-config:{kind} -->"
    assert second.startswith("**6 structures changed, 1 account changed, 9 changes blocked, 4 high-risk changes")
    assert second.endswith(": this plan cannot be applied.**" if kind == "plan" else ": these changes are blocked.**")


def test_what_is_blocked_or_dangerous_comes_before_all_changes() -> None:
    assert read(shown(comparison("en"))).headings == [
        "Decisions of the project that change", "Acceptances", "Moved files", "Blocked", "High risk", "By structure",
        "What suppliers will see",
    ]  # fmt: skip


def test_it_ends_with_what_suppliers_will_see_and_says_nothing_where_nothing_changes_for_them() -> None:
    text = shown(comparison("en"))
    last = text.partition("### What suppliers will see")[2]
    assert "`211609995_21160999500017_CULT` → `211609995_21160999500017_CULTURE`" in last
    assert "213 Rejected, reason REJ_ADR" in last
    assert "2 addresses. The sheet is new" in last
    assert last.endswith("`chorus-config notice --changes 5d41402abc4b`.\n")
    assert "What suppliers will see" not in shown(replace(comparison("en"), suppliers=()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_text_says(language: Language) -> None:
    made = comparison(language)
    told = shown(made, language=language)
    markdown = seen(told)
    for change in made.changes:
        assert change.address.root in markdown
        for field in change.fields:
            key = field.path.rpartition("/")[2]
            assert key in markdown or not key.isprintable() or change.address.group == "espaces"
            sides = [side for side in (field.before, field.after) if isinstance(side, str) and side.isprintable()]
            assert all(side in markdown for side in sides)
    for finding in all_of(made):
        assert finding.rule in markdown
        for text in (code(location(finding)), prose(finding.message), prose(finding.help)):
            assert text in told
        assert all(prose(other.message) in told for other in finding.related)
    for why in made.reasons:
        assert why[1:] in markdown
    assert all(one.rule in markdown and quoted(one.address) in markdown for one in made.accepted)
    assert all(quoted(text) in markdown for one in made.moves for text in (one.address, one.before, one.after))
    assert all(quoted(one.what) in markdown for one in made.decisions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_it_can_act(language: Language) -> None:
    for made in (model(language), comparison(language), hostile_plan()):
        for limit in (60_000, 12_000, 6_000, 3_000):
            text = shown(made, limit, language)
            assert acting(text) == set()
            assert not any(row.startswith("::") for row in text.splitlines())
            read(text)


@given(pairs())
@settings(max_examples=60, deadline=None, database=None)
def test_any_plan_reads_as_markdown(pair: Pair) -> None:
    made = plan_of({"a.yaml": pair.after}, approved(plan_of({"a.yaml": pair.before}))).plan
    assert {len(row) for table_ in read(shown(made)).tables for row in table_[:1]} <= {2, 3, 4}
    assert acting(shown(made)) == set()


def shape_of(text: str, limit: int) -> Read:
    """Return how a comparison reads that has `text` everywhere."""
    return read(shown(hostile(text), limit))


@pytest.mark.parametrize("limit", [10**9, 6_000, 3_500])
def test_no_value_leaves_its_cell_tag_or_fence(limit: int) -> None:
    usual = shape_of("x", limit) if limit == 10**9 else None
    for text in breakouts() if usual is not None else BREAKOUTS:
        found = shape_of(text, limit)
        if usual is not None and "" not in {text, text.replace("/", ""), text.strip()}:
            assert found.shape == usual.shape, text
            assert [[len(row) for row in one] for one in found.tables] == [[len(row) for row in one] for one in usual.tables]
            assert quoted(text) in found.codes
            assert len(found.html) == len(usual.html)


def test_a_value_is_shown_as_it_is() -> None:
    for text in breakouts():
        assert read(f"x {code(text)} y").codes == [quoted(text)]
        ((_head, cells),) = read(table(["a", "b"], [[code(text), prose(text)]])).tables
        assert cells[0] == quoted(text)
        assert len(cells) == 2
        read(f"- {prose(text)}")
        read(prose(text))
        read(f"<details>\n<summary>{tagged(text)} {named(text)}</summary>\n\nx\n\n</details>")


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("a", "`a`"), ("a`b", "``a`b``"), ("`a", "`` `a ``"), ("a``b`c", "```a``b`c```"), ("", '`""`'), (" a", '`" a"`'),
        ('"a"', '`""a""`'), ("a\nb", "`a\\nb`"), ("\u202e", "`\\u{202e}`"),
    ],
)  # fmt: skip
def test_a_value_is_code(text: str, shown_as: str) -> None:
    assert code(text) == shown_as


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("Écrivez `actif: true`.", "Écrivez `actif: true`."),
        ("GESTIONNAIRE_SECONDAIRE (jusqu’au 3)", "GESTIONNAIRE_SECONDAIRE (jusqu’au 3)"),
        ("voir @all, #12 et www.x.fr.", "voir `@all`, `#12` et `www.x.fr`."),
        ("a <b> & c | d", "a &lt;b&gt; &amp; c &#124; d"),
        ("*a* _b_ [c] ~d~", "\\*a\\* \\_b\\_ \\[c\\] `~d~`"),
        ("1. a", "&#49;. a"), ("- a", "&#45; a"), ("2026-11-22T08:00:00Z", "2026-11-22T08:00:00Z"),
    ],
)  # fmt: skip
def test_a_sentence_stays_readable(text: str, shown_as: str) -> None:
    assert prose(text) == shown_as


def test_no_sensitive_value_is_shown_and_a_change_behind_its_mask_is_told() -> None:
    text = shown(model("en"))
    assert IBAN not in text
    assert OTHER_IBAN not in text
    assert "| IBAN `iban` | `FR76 **** 0189` | `FR76 **** 0189` (the hidden part differs) |" in text


def test_blocked_structures_are_open_and_the_others_closed() -> None:
    text = shown(model("en"))
    parts = re.findall(r"<details( open)?>\n<summary><code>([^<]+)</code>", text)
    assert [(bool(opened), root) for opened, root in parts] == [
        (True, FIRST), (False, FOLDED[0]), (True, "21169999600099"), (False, "comptes/dgs"),
    ]  # fmt: skip


def test_the_same_change_of_four_structures_is_told_once() -> None:
    text = shown(model("en"))
    assert text.count("same change on 4 structures") == 1
    assert f"<summary><code>{FOLDED[0]}</code> Commune de Valmont and 3 others – 2 with nothing to enter</summary>" in text


def test_acceptances_stand_beside_what_they_accept_and_do_not_block() -> None:
    text = shown(comparison("en"))
    accepted = "accepted: Accord de la trésorerie du 3 octobre, voir `#12` et `@tresorerie` &#124; `oui` (until 30 June 2027"
    assert f"  - {accepted}, chorus-config.yaml)" in text
    blocked = text.partition("### Blocked")[2].partition("### High risk")[0]
    assert "CP901" not in blocked
    assert "CP401" in blocked
    assert "(without a last day, --accept)" in text
    assert "CP901" in shown(model("en")).partition("### Blocked")[2].partition("### High risk")[0]


def test_decisions_of_the_branch_are_part_of_the_verdict() -> None:
    text = shown(comparison("en"))
    assert "- `regles/CP701`: not written → `off`" in text
    assert "- `seuils/structures`: 50 → 500" in text
    assert f"- `derogations/CP102/{FIRST}`: `motif: Repris de l’ancien portail`, `jusqu_au: 2027-01-31` → not written" in text
    assert text.index("regles/CP701") < text.index("### Blocked")


def test_a_comparison_names_its_two_sides() -> None:
    assert f"- From {BASE[:12]} to the working tree, rules of 23 November 2026." in shown(comparison("en"))
    made = comparison("en")
    staged = replace(made, before=replace(made.before, source="git:index"), desired=replace(made.desired, commit="b" * 40))
    assert f"From the git index to {'b' * 12}," in shown(staged)
    assert "Sheets of commit" not in shown(staged)


@pytest.mark.parametrize(("dirty", "told"), [(True, "c0ffee, with changes that are not in it."), (False, "c0ffee.")])
def test_a_plan_names_its_commit(*, dirty: bool, told: str) -> None:
    made = model("en")
    assert f"- Sheets of commit {told}\n" in shown(replace(made, desired=replace(made.desired, dirty=dirty)))
    assert "of commit" not in shown(replace(made, desired=replace(made.desired, commit=None)))


def test_nothing_to_change_is_one_sentence() -> None:
    made = plan_of({"a.yaml": sheet()}, known({"a.yaml": sheet()})).plan
    lines = shown(made).splitlines()
    assert lines[1] == "**No change: what is approved is what the sheets want; 8 fields are managed.**"
    assert not read(shown(made)).tables
    same = shown(replace(made, kind="diff")).splitlines()[1]
    assert same == "**No change: the sheets want the same on both sides; 8 fields are managed.**"
    seen = shown(replace(made, before=replace(made.before, lineage=None))).splitlines()[1]
    assert seen == "**No change: all that the source reports is what the sheets want; 8 fields are managed.**"


def test_what_nothing_blocks_says_so() -> None:
    made = plan_of({"a.yaml": sheet()}).plan
    assert shown(made).splitlines()[1] == "**1 structure changed: this plan can be applied.**"
    assert shown(replace(made, kind="diff")).splitlines()[1] == "**1 structure changed: nothing blocks these changes.**"
    decided = replace(made, kind="diff", changes=(), decisions=(Decision("regles/CP701", None, "off"),))
    assert shown(decided).splitlines()[1] == "**No structure changed, 1 decision changed: nothing blocks these changes.**"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("count", "blocked"), [(500, 0), (500, 500), (2_000, 40), (3_000, 3)])
def test_large_plans_fit_with_their_verdict_whole(count: int, blocked: int, language: Language) -> None:
    made = large(count, blocked)
    text = shown(made, language=language)
    assert len(text) < 60_000
    assert len(text.encode()) < 120_000
    assert f"\n**{prose(headline(made, translator_for(language)))}**\n" in text
    assert prose(translator_for(language)(NOTICE)) in text
    read(text)


def test_what_there_is_room_for_is_shown() -> None:
    assert NOTICE not in shown(large(60))
    assert len(read(shown(large(60))).html) == 1 + 2 * 60
    names, rows = shown(large(250)), shown(large(500))
    assert len(read(names).html) == 1 + 2 * 250
    assert not read(names).tables
    assert [len(one) for one in read(rows).tables] == [501]
    assert not read(shown(large(3_000))).tables


@pytest.mark.parametrize("limit", [1_000, 2_000, 3_000, 5_000, 8_000, 12_000, 20_000, 30_000])
def test_no_text_is_longer_than_asked(limit: int) -> None:
    for made in (model("en"), comparison("en"), large(90, 20)):
        text = shown(made, limit)
        assert fits(text, limit)
        assert headline(made, SAY) in text
        read(text)


@pytest.mark.parametrize("text", ["é" * 9_000, "\U0001f600" * 9_000, "`" * 9_000, "|" * 9_000, "@a " * 800, "\x1b" * 3_000])
def test_no_single_text_is_too_long(text: str) -> None:
    made = hostile(text)
    many = replace(
        made,
        accepted=(Acceptance("CP901", text, text, text),) * 40,
        moves=(Move(text, text, text),) * 40,
        decisions=(Decision(text, text, [text] * 3),) * 40,
        reasons=(text,) * 40,
    )
    for limit in (60_000, 4_000):
        told = shown(many, limit)
        assert fits(told, limit)
        assert headline(many, SAY) in told
        read(told)


def test_characters_count_as_hosts_count_them() -> None:
    assert fits("a" * 10, 10)
    assert not fits("a" * 11, 10)
    assert not fits("\U0001f600" * 6, 10)
    assert not fits("a" * 8 + "\U0001f600" * 2, 10)
    assert not fits("€" * 10, 10)
    assert fits("é" * 10, 10)


def test_a_text_that_changes_after_a_long_beginning_shows_where() -> None:
    made = large(1)
    start = "mot " * 400
    fields = (replace(made.changes[0].fields[0], before=f"{start}ancien", after=f"{start}nouveau"),)
    long = replace(made, changes=(replace(made.changes[0], fields=fields),) * 1)
    assert f"`{start}ancien`" in shown(long)
    text = plan_text(long, SAY, lambda words, _meaning: words)
    assert "ancien" in text
    assert "nouveau" in text
    assert start not in text


def test_what_breaks_careless_views_is_tried() -> None:
    assert {"a|b", "`", "<b>x</b>", "&amp;", "@all", "#123", "a\nb"} <= {*BREAKOUTS}
