"""What happened since an earlier snapshot, as text."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from chorus_config.i18n.translator import Language, translator_for
from chorus_config.model.observed.watch import Reading, Watch
from chorus_config.render.shared.paint import coloured, plain
from chorus_config.render.watch.text import watch_text
from tests.engine.making import IBAN
from tests.render.golden import agree
from tests.render.model import FOLDED, OTHER_IBAN
from tests.render.reading import acting
from tests.render.watched import GONE, many, sample_watch


@pytest.mark.parametrize("language", ["en", "fr"])
def test_tells_each_structure_by_its_name(language: Language) -> None:
    made = watch_text(sample_watch(), translator_for(language), plain)
    agree(f"watch.{language}.txt", made)
    assert IBAN not in made
    assert OTHER_IBAN not in made
    assert acting(made) == set()


def test_the_gravest_comes_first_and_the_verdict_is_last() -> None:
    made = watch_text(sample_watch(), translator_for("en"), plain)
    places = [made.index(word) for word in (GONE, "[structure closed]", "[structure reopened]", "[new in", "News of 10")]
    assert places == sorted(places)


def test_the_same_on_many_is_told_once_and_each_is_named() -> None:
    made = watch_text(sample_watch(), translator_for("en"), plain)
    assert made.count("structure_avec_moa") == 1
    assert all(f"  {root}  Syndicat {root[-3:]}\n" in made for root in FOLDED)


def test_nothing_new_is_said_and_so_is_nothing_compared() -> None:
    say = translator_for("en")
    nothing = Watch(Reading("A", "2026-11-16T08:00:00Z"), Reading("B", "2026-11-23T08:00:00Z"), compared=3)
    assert watch_text(nothing, say, plain) == (
        "Nothing has changed since 16 November 2026, 08:00 UTC: the 3 fields compared are the same.\n"
        "Before: A (16 November 2026, 08:00 UTC). Now: B (23 November 2026, 08:00 UTC).\n"
    )
    told = watch_text(replace(nothing, compared=0, one_sided=4), say, plain)
    assert told.startswith("Nothing was compared: what is read now says nothing of what the earlier snapshot says.\n")
    assert told.endswith("therefore not compared: 4 fields or lists.\n")
    assert "only field" in watch_text(replace(nothing, compared=1), say, plain)


def test_an_older_reading_is_told() -> None:
    assert "older than the earlier snapshot" in watch_text(many(1), translator_for("en"), plain)
    assert "older than" not in watch_text(sample_watch(), translator_for("en"), plain)


def test_only_the_terminal_is_painted() -> None:
    painted = watch_text(sample_watch(), translator_for("en"), coloured)
    assert "[\x1b[31mstructure closed\x1b[0m]" in painted
