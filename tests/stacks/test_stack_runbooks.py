"""Every alarm has a runbook, and what a runbook's commands look for is there.

This holds names to the plan. It does not run the commands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.stacks.invariants.structure import runbook_of, telling
from tests.stacks.planning import (
    EVERY_STORE,
    OPTIONAL,
    OTHER_STORES,
    ROOT,
    TIERS,
    WATCHED,
    WATCHED_SERVICES,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

RUNBOOKS = sorted((ROOT / "docs" / "runbooks").glob("*.md"))
VARIABLES = {"$APP": "ascent", "$ENV": "test", "$SVC": "app", "$FN": "idle-report"}
NAME = re.compile(r"/?\$APP[/$A-Z-]*[$A-Za-z0-9/_-]*")


def plans(plan_with: Callable[..., Plan]) -> list[Plan]:
    """Every tier, and everything that may be watched at once, on Fargate and on instances."""
    table = {"dynamodb": {"enabled": True}, "postgres": {"enabled": True}}
    image = {"image": "registry.example.com/app:1", "shell": True}
    full = plan_with(
        "production", observability=WATCHED, services=WATCHED_SERVICES, compute=image, data=table, edge={"waf": True}
    )
    behind = plan_with("enterprise", edge={"ingress": "cloudfront"})
    instances = plan_with("mvp", observability={"alarms": {"leastSeverity": "low"}})
    stores = [plan_with("production", data=data) for data in (EVERY_STORE, OTHER_STORES)]
    tiers = [plan_with(tier) for tier in TIERS]
    return [*tiers, *stores, plan_with("enterprise", **OPTIONAL), full, behind, instances]


def test_every_alarm_of_every_tier_has_its_runbook(plan_with: Callable[..., Plan]) -> None:
    runbooks = {runbook_of(one) for plan in plans(plan_with) for one in telling(plan)}
    assert len(runbooks) >= 35
    missing = [path for path in sorted(runbooks) if not (ROOT / path).is_file()]
    assert missing == [], "write them, like those in docs/runbooks, and name them in docs/runbooks/README.md"


def test_every_runbook_has_its_alarm_and_stands_in_the_overview(plan_with: Callable[..., Plan]) -> None:
    alarms = {runbook_of(one) for plan in plans(plan_with) for one in telling(plan)}
    files = {path.relative_to(ROOT).as_posix() for path in RUNBOOKS if path.name != "README.md"}
    assert files == alarms
    overview = (ROOT / "docs" / "runbooks" / "README.md").read_text(encoding="utf-8")
    assert [path for path in sorted(files) if f"({path.rpartition('/')[2]})" not in overview] == []


def named(plan: Plan) -> set[str]:
    """Logical names, which physical ones begin with, and the fixed physical names and the ends of their paths."""
    fixed = ("name", "identifier", "family", "dashboardName", "configurationName", "groupName", "alias")
    found: set[Any] = {resource.inputs.get(key) for resource in plan.resources for key in fixed}
    texts = {text for text in found if isinstance(text, str)}
    ends = {text.rpartition("/")[2] for text in texts}
    return {resource.name for resource in plan.resources} | texts | ends


def test_commands_look_for_names_that_exist(plan_with: Callable[..., Plan]) -> None:
    names = set().union(*(named(plan) for plan in plans(plan_with)))
    found = 0
    for path in RUNBOOKS:
        for match in NAME.findall(path.read_text(encoding="utf-8")):
            wanted = match
            for variable, value in VARIABLES.items():
                wanted = wanted.replace(variable, value)
            wanted = wanted.removeprefix("/") if "/ascent-" in wanted else wanted
            found += 1
            assert any(name.startswith(wanted) for name in names), f"{path.name}: nothing is called {match}"
    assert found >= 15
