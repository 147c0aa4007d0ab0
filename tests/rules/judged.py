"""What the tests of the rules written in Python share: bodies, what a check tells of them, shapes that are not due."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from types import ModuleType
from typing import Any, Final

import yaml
from hypothesis import strategies as st

from chorus_config.model.finding import Fault, Path, RuleContext, TrackedDay
from chorus_config.rules.catalogue import module_of
from tests.samples import ACCOUNT, SHEET, TODAY, example_text

Check = Callable[[dict[str, Any], RuleContext], Iterable[Fault]]

_SMALLEST_SHEET: Final[dict[str, Any]] = yaml.safe_load(SHEET)
_SMALLEST_ACCOUNT: Final[dict[str, Any]] = yaml.safe_load(ACCOUNT)

# A sheet in which every block is written.
WHOLE: Final[dict[str, Any]] = {
    **_SMALLEST_SHEET,
    "raccordement": {"mode": "EDI", "operateur": "Éditeur"},
    "adresse_postale": {**_SMALLEST_SHEET["adresse_postale"], "telephone": "+33 545222040", "fax": ""},
    "coordonnees_bancaires": [{"libelle": "Régie", "iban": "FR76 3000 6000 0112 3456 7890 189", "bic": "BDFEFRPPCCT"}],
    "services": [
        {"code": "FACTURES_PUBLIQUES", "libelle": "Service des factures publiques", "actif": True},
        {
            "code": "ST-TECH",
            "libelle": "Services techniques",
            "date_debut": "2016-09-01",
            "date_fin": "2050-12-31",
            "adresse_postale": {"code_postal": "16000", "pays": "France", "telephone": "+33 545234963"},
        },
    ],
    "espaces": ["Factures de travaux"],
    "utilisateurs": [
        {"ref": "dgs", "role": "GESTIONNAIRE_PRINCIPAL", "espaces": [{"nom": "Mon Compte", "mode": "CONSULTATION"}]},
        {
            "ref": "compta",
            "role": "UTILISATEUR_SIMPLE",
            "habilitations": ["Organisation modification"],
            "services": ["ST-TECH"],
            "espaces": [{"nom": "Factures de travaux", "mode": "MODIFICATION"}],
        },
    ],
    "parametres": {"structure_avec_moa": True, "reception_donnees_edi": True},
    "remplace": {"identifiant": "25160278500015", "motif": "fusion"},
}


def sheet(**blocks: Any) -> dict[str, Any]:
    """Return the smallest sheet with these blocks; `general` and `address` change single keys of its own."""
    general, address = blocks.pop("general", {}), blocks.pop("address", {})
    small = copy.deepcopy(_SMALLEST_SHEET)
    small["informations_generales"] |= general
    small["adresse_postale"] |= address
    return small | blocks


def account(**keys: Any) -> dict[str, Any]:
    """Return the smallest account with these keys in its personal block; `address` changes keys of its address."""
    small = copy.deepcopy(_SMALLEST_ACCOUNT)
    small["adresse_postale"] |= keys.pop("address", {})
    small["informations_personnelles"] |= keys
    return small


def told(rule: str, body: dict[str, Any], day: date = TODAY) -> list[tuple[str, str]]:
    """Return pointer and case of each fault, in order; each has words, and all the places in them are filled."""
    module = module_of(rule)
    return [_told(rule, module, fault) for fault in module.check(body, RuleContext(TrackedDay(day)))]


def _told(rule: str, module: ModuleType, fault: Fault) -> tuple[str, str]:
    assert fault.rule == rule
    named = {"label": "l", "key": "k", "parent": "p", "quoted": "q", **fault.args}
    for text in (module.TEXTS.messages[fault.case], module.TEXTS.remedies.get(fault.case, module.TEXTS.remedy)):
        assert text.format_map(named)
    assert all(case in module.TEXTS.messages for _path, case in fault.related)
    return "/".join(map(str, fault.path)), fault.case


def examples(rule: str, day: date = TODAY) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what a rule tells of its failing and of its passing example."""
    return told(rule, yaml.safe_load(example_text(rule, "fails")), day), told(
        rule, yaml.safe_load(example_text(rule, "passes")), day
    )


_TEXTS: Final = ("", " ", "\u00a0", "XXX", "\ud800", "+33 0", "a@b", "2016-02-30", "2016-W01-1", "00000000000000", "FR76", "ß")
_SCRAPS: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(_TEXTS) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)


def _paths(node: Any, path: Path = ()) -> Iterator[Path]:
    yield path
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, inner in steps:
        yield from _paths(inner, (*path, step))


_PLACES: Final = [path for path in (*_paths(WHOLE), *_paths(_SMALLEST_ACCOUNT)) if path]


@st.composite
def misshapen(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a sheet or an account in which one to three places hold what is not due there."""
    body: dict[str, Any] = copy.deepcopy(draw(st.sampled_from([WHOLE, _SMALLEST_ACCOUNT])))
    for *way, last in draw(st.lists(st.sampled_from(_PLACES), min_size=1, max_size=3)):
        inner: Any = body
        try:
            for step in way:
                inner = inner[step]
            inner[last] = draw(_SCRAPS)
        except (KeyError, IndexError, TypeError):
            continue
    return body
