"""What happened since an earlier snapshot, as Markdown."""

from __future__ import annotations

import pytest

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.address import Address
from chorus_config.model.observed.watch import EntrySince, FieldSince, ForSuppliers, Reading, StructureSince, Watch
from chorus_config.render.watch.markdown import watch_markdown
from tests.engine.making import IBAN, OTHER, SIRET
from tests.render.breakouts import BREAKOUTS
from tests.render.golden import agree
from tests.render.markdown_reading import read
from tests.render.model import FOLDED, OTHER_IBAN
from tests.render.reading import acting
from tests.render.watched import many, sample_watch


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_verdict_comes_first_then_what_suppliers_notice(language: Language) -> None:
    made = watch_markdown(sample_watch(), translator_for(language))
    agree(f"watch.{language}.md", made)
    assert IBAN not in made
    assert OTHER_IBAN not in made
    lines = made.splitlines()
    assert lines[0] == "<!-- chorus-config:watch -->"
    assert lines[1].startswith("**")


def test_the_same_on_many_is_told_once_and_each_is_named() -> None:
    made = watch_markdown(sample_watch(), translator_for("en"))
    assert made.count("structure_avec_moa") == 1
    assert all(f"`{root}` Syndicat {root[-3:]}" in made for root in FOLDED)
    assert "and 3 others" in made


def test_what_somebody_wrote_leaves_no_cell_and_calls_nobody() -> None:
    seen = read(watch_markdown(sample_watch(), translator_for("en")))
    assert seen.headings == ["What suppliers will notice", "By structure"]
    assert seen.opened == [True, False, True, False]
    assert acting(" ".join((*seen.words, *seen.codes))) == set()


@pytest.mark.parametrize("text", BREAKOUTS)
def test_no_name_breaks_out(text: str) -> None:
    sides = (Reading(text, "2026-11-16T08:00:00Z"), Reading(text, "2026-11-23T08:00:00Z"))
    field = FieldSince("/libelle", text, f"{text}!")
    entries = (
        EntrySince(Address(SIRET), "renamed", (field,)),
        EntrySince(Address(SIRET, "services", text or "-"), "removed", (field,), text),
    )
    met = (ForSuppliers(Address(SIRET, "services", text or "-"), "service_removed", text),)
    structures = (StructureSince(SIRET, text, ("renamed", "changed"), entries, met), StructureSince(OTHER, text, ("new",)))
    for limit in (60_000, 3_000):
        seen = read(watch_markdown(Watch(*sides, structures, {SIRET: text}), translator_for("en"), limit=limit))
        assert seen.headings[0] == "What suppliers will notice"
        assert len(seen.tables) in {0, 2}


@pytest.mark.parametrize("count", [30, 300, 3000])
@pytest.mark.parametrize("limit", [3_000, 60_000])
def test_it_fits_and_says_what_it_left_out(count: int, limit: int) -> None:
    watch = many(count)
    made = watch_markdown(watch, translator_for("fr"), limit=limit)
    assert len(made) <= limit
    assert f"Du nouveau sur {count} structures" in made.splitlines()[1]
    assert ("Abrégé" in made) is (count > 150 or limit < 10_000)


def test_nothing_new_is_one_sentence() -> None:
    made = watch_markdown(Watch(compared=2), translator_for("en"))
    assert made.splitlines()[1] == "**Nothing has changed since ?: the 2 fields compared are the same.**"
    assert "###" not in made
