"""What no rule looks at: said, so that silence is not taken for approval."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from policies.pack import types
from policies.pack.facts import canonical_type
from policies.pack.facts.tags import TAGGABLE
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.model import Plan


def not_judged(plan: Plan) -> Mapping[str, int]:
    """Types of AWS resources that no rule looks at beyond their tags → how many a plan has, the most first."""
    taggable = set(map(canonical_type, TAGGABLE))
    known = {value for value in vars(types).values() if isinstance(value, str)}
    known.update(token for rule in RULES.values() if not taggable <= set(rule.on) for token in rule.on)
    found = Counter(
        r.type for r in plan.resources if r.custom and _is_aws(r.type) and canonical_type(r.type) not in known
    )
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def not_judged_text(found: Mapping[str, int]) -> str:
    """One line for people; empty where rules look at everything."""
    count = sum(found.values())
    if not count:
        return ""
    each = ", ".join(f"{token} {number}" for token, number in list(found.items())[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    resources, kinds = "resource" if count == 1 else "resources", "type" if len(found) == 1 else "types"
    return f"not judged: {count} {resources} of {len(found)} {kinds} ({each}{more})"


_SHOWN = 4


def _is_aws(token: str) -> bool:
    return token.startswith(("aws:", "aws-native:"))
