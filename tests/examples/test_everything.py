"""The example that turns every optional part on: it plans without conflict, leaves nothing out, and goes again.

Not proven: that an account's quotas hold all of it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

import pytest

from ascent.compare.differences import differences
from ascent.plan.check import problems
from ascent.plan.config import read_stack
from ascent.plan.record import record
from settings.base import Section
from settings.load import resolve
from tests.stacks.invariants.structure import TELLING
from tests.stacks.planning import ROOT, Settings, planned, smallest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ascent.plan.config import StackConfig
    from ascent.plan.model import Plan

EXAMPLE: Final = ROOT / "examples" / "stacks" / "everything.yaml"

LEFT_OUT: Final = {
    "network.availability_zones": "the zones by name, in place of their number",
    "edge.certificate_arn": "a certificate that exists, in place of one of the stack's own",
    "edge.maintenance": "for the hour in which it is needed",
    "edge.assets.certificate_arn": "a certificate that exists, in place of one of the stack's own",
    "edge.firewall.allowed_countries": "in place of those that are blocked",
    "edge.dns.failover_zone_id": "the second place has a name in the same zone",
    "compute.command": "the image's own",
    "compute.detailed_monitoring": "for instances; this stack has tasks",
    "observability.alarms.database_free_storage_gb": "follows from the database's storage",
    "observability.alarms.database_connections": "follows from the database's class",
    "resilience.copy_region": "the neighbour",
    "data.buckets.copy_region": "the neighbour",
    "resilience.second_region.region": "the neighbour",
    "cost.anomalies.monitor_arn": "for a monitor that exists; this stack makes one",
    "account.guard_duty.detector_id": "for a detector that exists; this stack makes one",
    "account.security_hub.hub_arn": "for a hub that exists; this stack makes one",
    "account.security_hub.disabled_controls": "whose controls no part contradicts",
    "account.access_analyzer.analyzer_arn": "for an analyzer that exists; this stack makes one",
    "account.trail.trail_arn": "for a trail that exists; this stack makes one",
    "account.trail.log_group": "for a trail that exists; this stack makes one",
    "account.config.recorder_name": "for a recorder that exists; this stack makes one",
    "account.config.conformance_pack": "in place of the rules",
    "account.findings.siem_url": "in place of the bucket",
    "account.findings.siem_secret_arn": "in place of the bucket",
    "account.organization.exempt_roles": "nobody is exempt",
    "account.organization.regions": "all of them",
    "observability.logs.stream_arn": "in place of the vendor",
    "observability.logs.forwarding.domain_arn": "in place of the vendor",
    "observability.logs.forwarding.europe": "the vendor's other site",
    "observability.logs.forwarding.secret_key_arn": "AWS's own key",
    "observability.notices.pager.url": "a secret, which only the stack's own passphrase can encrypt",
    "observability.notices.teams.channel_id": "in place of Slack",
    "observability.notices.teams.team_id": "in place of Slack",
    "observability.notices.teams.tenant_id": "in place of Slack",
}
"""Settings that are off in the example, and why."""

OFF: Final[Settings] = {
    "edge": {
        "waf": False,
        "corsOrigins": [],
        "assets": {"mode": "off", "singlePage": False, "domain": None},
        "firewall": {"botControl": "off", "blockedCountries": [], "allowedRanges": []},
        "dns": {"healthCheck": False, "failover": None},
    },
    "account": {
        **{part: {"mode": "off"} for part in ("guardDuty", "securityHub", "inspector", "accessAnalyzer", "macie")},
        **{part: {"mode": "off"} for part in ("trail", "config")},
        "organization": {"policies": "off"},
    },
    "observability": {
        "containerInsights": "disabled",
        "dashboards": [],
        **{part: {"enabled": False} for part in ("tracing", "serviceLevel", "canary", "prometheus", "grafana")},
    },
    "resilience": {
        "backup": False,
        "weekly": False,
        "vaultLock": False,
        "copies": False,
        "copyVaultArn": None,
        "airGappedDays": None,
        "restoreTests": False,
        "rpoMinutes": None,
        "rtoMinutes": None,
        "regionRpoMinutes": None,
        "regionRtoMinutes": None,
        "secondRegion": {"mode": "off"},
        "experiments": {"enabled": False, "inProduction": False},
    },
    "cost": {
        "anomalies": {"mode": "off"},
        "allocationTags": "off",
        "computeOptimizer": "off",
        "optimizationHub": "off",
        "storageLens": "off",
        "idleReport": {"enabled": False},
        "monthlyReport": False,
    },
}
"""Optional parts, said to be off."""


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> StackConfig:
    """The example as a stack of a project beside the repository's program."""
    place: Path = tmp_path_factory.mktemp("project")
    (place / "Pulumi.yaml").write_text(f"name: ascent\nruntime: python\nmain: {ROOT}\n")
    (place / "Pulumi.everything.yaml").write_text(EXAMPLE.read_text(encoding="utf-8"))
    return read_stack(place, "everything")


@pytest.fixture(scope="module")
def plan(stack: StackConfig) -> Plan:
    recording = record(stack.directory, stack.project, stack.stack, stack.values, keep_modules=True)
    assert problems(recording.plan, recording.reads) == []
    return recording.plan


def said(stack: StackConfig) -> Settings:
    """What the example says, section by section."""
    sections = {key.partition(":")[2]: text for key, text in stack.values.items() if key.startswith("ascent:")}
    return {key: json.loads(text) for key, text in sections.items() if text.startswith("{")}


def off(model: Section, path: str = "") -> Iterator[str]:
    """Paths of settings that are off or empty."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Section):
            yield from off(value, f"{path}{name}.")
        elif value is None or value is False or value in ((), {}, "off", "none", "disabled"):
            yield f"{path}{name}"


def test_nothing_optional_is_off_without_a_reason(stack: StackConfig) -> None:
    settings = resolve(stack.values, stack=stack.stack, project=stack.project).settings
    assert set(off(settings)) == set(LEFT_OUT), "turn it on in examples/stacks/everything.yaml, or say why not"


def test_no_two_resources_share_a_name(plan: Plan) -> None:
    assert len({resource.urn for resource in plan.resources}) == len(plan.resources)
    assert len(plan.resources) > 250
    assert all(type_ in plan.by_type for type_ in TELLING)


def test_off_again_leaves_no_trace(stack: StackConfig) -> None:
    """A stack that had it all, and then says that it wants none of it, is the stack that never said anything."""
    base = smallest("mvp")
    having = planned({**base, **said(stack)})
    without = planned(smallest("mvp", **OFF))
    assert without == planned(base)
    gone = differences(having, without).removed
    assert len(gone) > 100
    assert [one.resource.urn for one in gone if one.resource.options.retain_on_delete] == []
