"""The budgets of a portfolio, from DGFiP's list of budgets: « l'ensemble des budgets » of some SIRENs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from chorus_config.model.directory import Budget


def budget_rows(budgets: Iterable[Budget], sirens: Collection[str] = ()) -> tuple[dict[str, str], ...]:
    """Return the rows of `portefeuille.budgets` of some SIRENs, all without: identifiant, and libelle where there is a name.

    Of each SIREN the newest year counts: a budget that it lacks is gone. Each SIRET once, the main budget of a SIREN first.
    """
    asked = [one for one in budgets if not sirens or one.siren in sirens]
    newest: dict[str, int] = {}
    for one in asked:
        newest[one.siren] = max(one.year, newest.get(one.siren, 0))
    # A budget that changed its nomenclature within a year is listed twice: the last row speaks.
    kept = {one.identifiant: one for one in asked if one.year == newest[one.siren]}
    ordered = sorted(kept.values(), key=lambda one: (one.siren, one.kind != "principal", one.identifiant))
    return tuple(_row(one) for one in ordered)


def _row(one: Budget) -> dict[str, str]:
    label = " ".join(one.name.split())
    return {"identifiant": one.identifiant, **({"libelle": label} if label else {})}
