"""CP920: a plan updates more structures, or removes more, than the project allows, or than was expected.

First records do not count for the threshold. Whoever plans names the counts, which must be exact: `--expect-structures` that of
all structures that the plan touches, as its verdict counts them. Its words are told with `n` and
`limit` or `expected`, and with `structures` and `removals`, the two counts that the remedy names; in `diff` it only
warns.
"""

from __future__ import annotations

from chorus_config.i18n.translator import _
from chorus_config.model.finding import RuleTexts

TEXTS = RuleTexts(
    title=_("More changes than the project allows"),
    why=_(
        "A file moved or emptied by mistake can make a plan that touches every structure: the threshold stops it before "
        "anybody approves it unread."
    ),
    source=_("project advice"),
    messages={
        "structures": _("Known structures that the plan changes: {n}; at most {limit} are expected"),
        "removals": _("Removals in the plan: {n}; at most {limit} are expected"),
        "expected_structures": _("Structures that the plan changes: {n}; {expected} are expected"),
        "expected_removals": _("Removals in the plan: {n}; {expected} are expected"),
    },
    remedy=_(
        "Read the plan; if every change is meant, run `chorus-config plan --expect-structures {structures} --expect-removals "
        "{removals}`, or raise `seuils` in chorus-config.yaml."
    ),
    fails="""\
# a plan that changes 60 structures
seuils:
  structures: 50
  suppressions: 5
""",
    passes="""\
# a plan that changes 60 structures
seuils:
  structures: 60
  suppressions: 5
""",
    about="projet",
)
