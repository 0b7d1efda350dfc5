"""The settings that end a rule's findings, for stacks of Ascent's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.verdicts.findings import Meaning, meaning_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from policies.pack.evaluate import Result

MENDING: Final[Mapping[str, Mapping[str, Any]]] = {
    "alarm-topic-subscribed": {"observability.alarmEmails": ["<your-address>"]},
    "alb-deletion-protection": {"resilience.protect": True},
    "backup-covers-data": {"resilience.backup": True},
    "backup-cross-region-copy": {"resilience.copies": True},
    "cloudfront-min-tls12": {"edge.domain": "<your-domain>"},
    "cost-anomaly": {"cost.anomalies.mode": "create"},
    "dashboard-present": {"observability.dashboards": ["service"]},
    "dynamodb-deletion-protection": {"resilience.protect": True},
    "ecs-container-insights": {"observability.containerInsights": "enabled"},
    "nat-per-az": {"network.nat": "per_az"},
    "rds-deletion-protection": {"resilience.protect": True},
    "rds-final-snapshot": {"data.postgres.finalSnapshot": True},
    "rds-multi-az": {"data.postgres.multiAz": True},
    "restore-tested": {"resilience.restoreTests": True},
    "secret-rotation": {"security.secretRotationDays": 90},
    "stateful-protected": {"resilience.protect": True},
    "waf-associated": {"edge.waf": True},
}
"""Rule → settings with values; held to plans by a test. What only the owner knows stands in angle brackets."""

_BROKEN = (Meaning.FAIL, Meaning.ADVISE)


def mending(results: Iterable[Result]) -> dict[str, Mapping[str, Any]]:
    """Broken rules with the settings that end their findings; rules are left out that no setting is known to keep.

    Args:
        results: what the rules say of a stack.
    """
    broken = dict.fromkeys(r.verdict.rule for r in results if meaning_of(r) in _BROKEN)
    return {rule: MENDING[rule] for rule in broken if rule in MENDING}
