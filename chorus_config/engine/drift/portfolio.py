"""The budgets of a portfolio, from DGFiP's list of budgets: « l'ensemble des budgets » of some SIRENs."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from chorus_config.model.observed.directory import Budget, newest_budgets


def budget_rows(budgets: Iterable[Budget], sirens: Collection[str] = ()) -> tuple[dict[str, str], ...]:
    """Return the rows of `portefeuille.budgets` of some SIRENs, all without: identifiant, and libelle where there is a name.

    Of each SIREN the newest year counts, and each SIRET is there once, the main budget of a SIREN first.
    """
    budgets, _has_older = newest_budgets(one for one in budgets if not sirens or one.siren in sirens)
    return tuple(_row(one) for one in budgets)


def _row(one: Budget) -> dict[str, str]:
    label = " ".join(one.name.split())
    return {"identifiant": one.identifiant, **({"libelle": label} if label else {})}
