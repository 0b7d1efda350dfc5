"""What no rule looks at: said, so that silence is not taken for approval."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import canonical_type
from policies.pack.facts.tags import TAGGABLE
from policies.pack.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.model import Plan, Resource


def not_judged(plan: Plan) -> Mapping[str, int]:
    """Types of AWS resources that no rule looks at beyond their tags → how many a plan has, the most first."""
    found = Counter(r.type for r in overlooked(plan))
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def overlooked(plan: Plan) -> list[Resource]:
    """The resources of AWS that no rule looks at beyond their tags, in the plan's order."""
    known = _looked_at()
    return [r for r in plan.resources if r.custom and _is_aws(r.type) and canonical_type(r.type) not in known]


@cache
def _looked_at() -> frozenset[str]:
    """Types that rules judge, or that rules or facts name: companions, such as a bucket's policy."""
    taggable = set(map(canonical_type, TAGGABLE))
    found = {token for rule in RULES.values() if not taggable <= set(rule.on) for token in rule.on}
    pack = Path(types.__file__).parent
    for path in (*pack.glob("rules/*.py"), *pack.glob("facts/**/*.py")):
        found.update(getattr(types, name) for name in _NAMED.findall(path.read_text(encoding="utf-8")))
    return frozenset(map(canonical_type, found))


def not_judged_text(found: Mapping[str, int]) -> str:
    """One line for people; empty where rules look at everything."""
    count = sum(found.values())
    if not count:
        return ""
    each = ", ".join(f"{token} {number}" for token, number in list(found.items())[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    resources, kinds = "resource" if count == 1 else "resources", "type" if len(found) == 1 else "types"
    return f"not judged: {count} {resources} of {len(found)} {kinds} ({each}{more})"


_SHOWN: Final = 4

_NAMED: Final = re.compile(r"\btypes\.([A-Z][A-Z0-9_]+)\b")


def _is_aws(token: str) -> bool:
    return token.startswith(("aws:", "aws-native:"))
