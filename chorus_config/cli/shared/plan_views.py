"""The formats of plans and comparisons. Each is imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Final

from chorus_config.cli.shared.options import Request
from chorus_config.cli.shared.output import deliver
from chorus_config.i18n.translator import Translator
from chorus_config.model.plan import Plan
from chorus_config.render.shared.paint import Paint

# Each is `render/plan/<name>.py`.
FORMATS: Final = ("text", "json", "markdown", "html")


def show_plan(request: Request, outputs: Mapping[str, str | None], plan: Plan, say: Translator) -> None:
    """Deliver a plan in the wanted formats."""
    deliver(request, outputs, {name: partial(_rendered, name, plan, say) for name in FORMATS})


def _rendered(name: str, plan: Plan, say: Translator, paint: Paint) -> str:
    render: Callable[[Plan, Translator, Paint], str] = import_module(f"chorus_config.render.plan.{name}").render
    return render(plan, say, paint)
