"""Numbers in options: what is taken, and what is told of the rest in both languages."""

from __future__ import annotations

import click
import pytest

from chorus_config.cli.shared.numbers import Number
from chorus_config.i18n.translator import Language, translator_for
from tests.cli.desk import Desk

FROM_HERE = Number(translator_for("en"), 0)
BETWEEN = Number(translator_for("en"), 0, 10, whole=False)


@pytest.mark.parametrize(
    ("kind", "text", "number"), [(FROM_HERE, "0", 0), (BETWEEN, "2.5", 2.5), (BETWEEN, "10", 10.0), (BETWEEN, 3.0, 3.0)]
)
def test_a_number_in_the_range_is_taken(kind: Number, text: object, number: float) -> None:
    assert kind.convert(text, None, None) == number


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (FROM_HERE, "-1", '"-1" is no number from 0 upwards'), (FROM_HERE, "1.5", '"1.5" is no number from 0 upwards'),
        (BETWEEN, "nan", '"nan" is no number from 0 to 10'), (BETWEEN, "10.1", '"10.1" is no number from 0 to 10'),
        (BETWEEN, "x\x1b", '"x\\u{1b}" is no number from 0 to 10'), (FROM_HERE, "9" * 5000, "is no number from 0 upwards"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_words(kind: Number, text: str, told: str) -> None:
    with pytest.raises(click.BadParameter) as refused:
        kind.convert(text, None, None)
    assert told in refused.value.message


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("status", "--within", "x"), "Valeur refusée pour '--within'\u00a0: \"x\" n’est pas un nombre à partir de 0"),
        (("observe", "--parallelism", "99", "x"), "\"99\" n’est pas un nombre de 1 à 16"),
        (("observe", "--rate", "-1", "x"), "\"-1\" n’est pas un nombre de 0 à 1000"),
        (("plan", "--to", "0"), "\"0\" n’est pas un nombre à partir de 1"),
        (("plan", "--color", "x"), "'x' n’est pas dans la liste\u00a0: 'auto', 'always', 'never'"),
        (("explain",), "Argument manquant 'RÈGLE'"),
        (("apply", "--by"), "L’option '--by' attend une valeur"),
        (("status", "extra"), "Argument en trop\u00a0: extra"),
        (("status", "--chek"), "L’option '--chek' n’existe pas. (Vouliez-vous dire\u00a0: '--check', '--help'\u00a0?)"),
        (("status", "--check=1"), "L’option '--check' ne prend pas de valeur"),
        (("statsu",), "\"statsu\" n’est pas une commande\u00a0; la plus proche est status"),
        (("state", "bakup"), "\"bakup\" n’est pas une commande\u00a0; la plus proche est backup"),
        (("state",), "Il manque une commande"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_french(bare: Desk, words: tuple[str, ...], said: str) -> None:
    ended = bare.run("--lang", "fr", *words)
    assert (ended.code, ended.out) == (64, "")
    assert said in ended.err
    assert not any(word in ended.err for word in ("is not", "requires", "Missing", "No such", "Usage:", "Try"))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_range_is_told_in_the_language(language: Language) -> None:
    with pytest.raises(click.BadParameter):
        Number(translator_for(language), 1, 16).convert("17", None, None)
