"""Plans of the shipped stack files and of arbitrary settings, in process and each once."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ascent.plan.config import read_stack
from ascent.plan.record import record
from settings.sealed import seal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ascent.plan.model import Plan, Resource

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ("dev", "staging", "prod", "enterprise")
TIERS = ("mvp", "startup", "production", "enterprise")

DOMAIN = {"domain": "app.example.com", "hostedZoneId": "Z0123456789ABCDEF"}
EMAILS = {"alarmEmails": ["oncall@example.com"]}

OPTIONAL: dict[str, Any] = {
    "delivery": {
        "github": {"repository": "acme/shop", "ownerId": 1, "repositoryId": 2, "branches": ["main"], "tags": ["v*"]},
        "gitlab": {"project": "acme/shop", "branches": ["main"], "provider": "existing"},
        "stateBucket": "acme-state",
        "stateKeyArn": "arn:aws:kms:us-east-1:111111111111:key/0a1b2c3d",
    },
    "security": {
        "apiKeys": ["PARTNER_KEY"],
        "secretRotationDays": 30,
        "secretReplicaRegions": ["us-west-2"],
        "watchSecretReads": True,
        "breakGlass": {"principals": ["arn:aws:iam::111111111111:user/emergency"]},
    },
    "network": {"endpointAccess": "account"},
}
"""Parts that no tier has by itself, or not every one, all turned on."""
EVERY_STORE: dict[str, Any] = {
    "dynamodb": {
        "enabled": True,
        "indexes": {"by-day": {"partitionKey": "day", "sortKey": "sk"}},
        "expiryAttribute": "ends",
        "stream": "new_and_old_images",
        "globalRegions": ["us-west-2"],
    },
    "postgres": {"enabled": True, "readers": 2, "password": "rotated", "proxy": "secret", "vacuumPercent": 5},
    "cache": {"enabled": True, "replicas": 1, "snapshotDays": 1},
    "buckets": {"purposes": ["assets", "uploads", "backups", "logs"], "copies": True, "lockDays": 30},
    "files": {"enabled": True},
    "vectors": {"enabled": True},
    "models": {
        "ids": ["amazon.titan-embed-text-v2:0", "us.anthropic.claude-sonnet-4-5-20250929-v1:0"],
        "guardrail": True,
        "logDays": 30,
    },
    "search": {"enabled": True, "nodes": 3, "managers": True, "serviceRole": "create"},
}
"""Every store, with all that it can have."""

OTHER_STORES: dict[str, Any] = {
    "dynamodb": {
        "enabled": True,
        "billing": "autoscaled",
        "indexes": {"by-day": {"partitionKey": "day", "projection": "keys_only"}},
    },
    "postgres": {"enabled": True, "kind": "aurora", "readers": 1, "password": "managed", "proxy": "iam"},
    "cache": {"enabled": True, "kind": "serverless", "replicas": 0, "maxGb": 2},
    "files": {"enabled": True, "throughput": "bursting", "archiveDays": None},
}
"""The same stores of another kind, where there is one."""

WITHOUT_ECS: dict[str, Any] = {
    "compute": {
        "scaling": {"method": "target", "requestsPerTarget": None, "predictive": False},
        "release": {"strategy": "rolling"},
    },
    "registry": {"cachePublic": False},
    "configuration": {"enabled": False},
    "observability": {"tracing": {"enabled": False}},
}
"""Turns off what ECS alone does, so that instances may run the application."""

_SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:key-AbCdEf"
_ID = "12345678-1234-1234-1234-123456789012"
WATCHED: dict[str, Any] = {
    "alarms": {"leastSeverity": "low", "composite": True, "anomalyDeviations": 3},
    "notices": {
        "slack": {"workspaceId": "T07EA123LEP", "channelId": "C07EZ1ABC23"},
        "teams": {"tenantId": _ID, "teamId": _ID, "channelId": "19:ab12@thread.tacv2"},
        "pager": {"url": seal("ascent:observability.notices.pager.url")},
    },
    "dashboards": ["service", "data", "edge", "security", "business", "cost"],
    "containerInsights": "enhanced",
    "logs": {
        "masked": ["EmailAddress", "Ssn-US"],
        "queries": True,
        "metrics": {"errors": True, "latency": True, "transactions": True},
        "streamArn": "arn:aws:kinesis:us-east-1:111111111111:stream/logs",
        "forwarding": {"to": "datadog", "secretArn": _SECRET},
        "errorTracking": {"secretArn": _SECRET},
    },
    "tracing": {"enabled": True, "signals": True},
    "serviceLevel": {"enabled": True},
    "canary": {"enabled": True, "paths": ["/", "/basket"]},
    "prometheus": {"enabled": True},
    "grafana": {"enabled": True},
}
"""Everything that `ascent:observability` offers, at once."""

WATCHED_SERVICES: dict[str, Any] = {
    "web": {},
    "mail": {"kind": "worker", "queue": {"enabled": True}},
    "report": {"kind": "task", "schedule": {"expression": "rate(1 hour)", "silentHours": 2}},
}
"""Services of each kind that has alarms of its own."""

Settings = dict[str, Any]
"""Settings as a stack file holds them under `ascent:`, without that namespace; `region` stands for aws:region."""


@cache
def shipped(stack: str) -> Plan:
    """The plan of one of the stack files in the repository."""
    found = read_stack(ROOT, stack)
    return record(found.directory, found.project, stack, found.values, found.secret_keys, keep_modules=True).plan


def config_of(settings: Mapping[str, Any]) -> dict[str, str]:
    """Settings as Pulumi hands them to a program: full keys, objects as JSON text."""
    given = {"aws:region": "us-east-1"}
    for key, value in settings.items():
        full = "aws:region" if key == "region" else f"ascent:{key}"
        given[full] = value if isinstance(value, str) else json.dumps(value)
    return given


def planned(settings: Mapping[str, Any], stack: str = "test") -> Plan:
    """The plan of a stack with these settings."""
    return _planned(json.dumps(settings, sort_keys=True), stack)


@cache
def _planned(settings: str, stack: str) -> Plan:
    return record(ROOT, "ascent", stack, config_of(json.loads(settings)), keep_modules=True).plan


def smallest(tier: str, **overrides: Any) -> Settings:  # noqa: ANN401 - any setting
    """The fewest settings that a tier accepts, with `overrides` merged in, section by section.

    A domain and an address are given to every tier, so that two tiers differ in nothing but the tier.
    """
    base: Settings = {"tier": tier, "accountId": "111111111111", "edge": DOMAIN, "observability": EMAILS}
    return {**base, **{key: merged(base.get(key), value) for key, value in overrides.items()}}


def merged(base: Any, over: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Settings with others on top, object by object."""
    if isinstance(base, dict) and isinstance(over, dict):
        return {**base, **{key: merged(base.get(key), value) for key, value in over.items()}}
    return over


def one(plan: Plan, type_: str, suffix: str = "") -> Resource:
    """The one resource of a type, or the one of them whose name ends with `suffix`."""
    found = [r for r in plan.by_type.get(type_, ()) if r.name.endswith(suffix)]
    assert len(found) == 1, f"{len(found)} resources of {type_} end with {suffix!r}"
    return found[0]
