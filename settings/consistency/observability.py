"""Who hears alarms, and parts of observability that need one another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from common.problems import Problem
from common.tiers import Tier
from settings.enums import ComputeKind, LogTarget, ServiceKind
from settings.offers.regions import partition
from settings.sealed import is_sealed
from settings.services import services_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings

_PATH: Final = "ascent:observability"

LEAST_RETENTION: Final = {Tier.MVP: 7, Tier.STARTUP: 30, Tier.PRODUCTION: 90, Tier.ENTERPRISE: 365}
"""Days that a tier's logs are kept at least: as long as it takes to trace an incident back."""

_WEBHOOKS: Final = re.compile(
    r"https://(hooks\.slack\.com/|discord(app)?\.com/api/webhooks/|[a-z0-9-]+\.webhook\.office\.com/|"
    r"events\.pagerduty\.com/integration/|outlook\.office\.com/webhook/)\S+",
    re.IGNORECASE,
)
"""Addresses whose path is the key: whoever has one can write there."""


def alarms(settings: Settings) -> Iterator[Problem]:
    """Alarms that nobody hears."""
    if settings.tier is not Tier.MVP and not settings.observability.alarm_emails:
        yield Problem(
            f"{_PATH}.alarmEmails",
            "empty",
            f"tier {settings.tier.value} needs somebody who hears its alarms",
            "add an address, such as [oncall@example.com]",
        )


def retention(settings: Settings) -> Iterator[Problem]:
    """Logs that are gone before anybody looks for them."""
    days, least = settings.observability.log_retention_days, LEAST_RETENTION[settings.tier]
    if days < least:
        wanted = f"tier {settings.tier.value} keeps logs for at least {least} days"
        yield Problem(f"{_PATH}.logRetentionDays", str(days), wanted, f"write {least}")


def notices(settings: Settings) -> Iterator[Problem]:
    """Chats that are only half named, and webhooks that everybody can read."""
    chats = settings.observability.notices
    for name, chat in (("slack", chats.slack), ("teams", chats.teams)):
        given = chat.model_dump(by_alias=True)
        missing = [key for key, value in given.items() if value is None]
        if missing and len(missing) < len(given):
            path = f"{_PATH}.notices.{name}.{missing[0]}"
            yield Problem(path, "missing", f"a channel is named by {', '.join(given)}", f"add {missing[0]}")
    url = chats.pager.url.get_secret_value() if chats.pager.url else ""
    if url and not is_sealed(url) and not re.fullmatch(r"https://[^\s/]+/\S+", url):
        wanted = "must be an https address with the pager's key in its path"
        yield Problem(f"{_PATH}.notices.pager.url", "hidden", wanted, "copy the integration's address for CloudWatch")


def webhooks(settings: Settings) -> Iterator[Problem]:
    """Webhooks among plain variables: their address is their key."""
    given = [(f"ascent:compute.environment.{key}", value) for key, value in settings.compute.environment.items()]
    for name, service in settings.services.items():
        given += [(f"ascent:services.{name}.environment.{key}", value) for key, value in service.environment.items()]
    for path, value in given:
        if _WEBHOOKS.match(value):
            wanted = "whoever reads a webhook's address can write there: it is a secret"
            fix = f"pulumi config set --secret --path 'ascent:security.secrets.{path.rpartition('.')[2]}' and remove it"
            yield Problem(path, "a webhook's address", wanted, fix)


def logs(settings: Settings) -> Iterator[Problem]:
    """Copies of logs that lead nowhere."""
    logs = settings.observability.logs
    forwarding, path = logs.forwarding, f"{_PATH}.logs.forwarding"
    vendor = forwarding.to in (LogTarget.DATADOG, LogTarget.NEW_RELIC)
    if vendor and forwarding.secret_arn is None:
        wanted = f"{forwarding.to} asks for a key"
        yield Problem(f"{path}.secretArn", "missing", wanted, 'name a secret that holds {"api_key": "…"}')
    if forwarding.secret_arn and not is_sealed(forwarding.secret_arn) and ":ssm:" in forwarding.secret_arn:
        wanted = "Firehose reads keys from Secrets Manager only"
        yield Problem(f"{path}.secretArn", "a parameter's ARN", wanted, "name a secret")
    if forwarding.to is LogTarget.OPENSEARCH and forwarding.domain_arn is None:
        yield Problem(f"{path}.domainArn", "missing", "opensearch needs a domain", "name the domain by its ARN")
    for key, given, wanted in (
        ("secretArn", forwarding.secret_arn, vendor),
        ("domainArn", forwarding.domain_arn, forwarding.to is LogTarget.OPENSEARCH),
    ):
        if given is not None and not wanted:
            yield Problem(f"{path}.{key}", "given", f"nobody reads it while to is {forwarding.to}", "remove it")
    stream = logs.stream_arn
    if stream and stream.split(":")[3] != settings.region:
        wanted = f"a log group in {settings.region} writes to streams of its own region"
        yield Problem(f"{_PATH}.logs.streamArn", stream, wanted, f"name a stream in {settings.region}")


def telemetry(settings: Settings) -> Iterator[Problem]:
    """Parts that need something which the stack does not have."""
    watch, services = settings.observability, services_of(settings)
    kind = settings.compute.kind
    if watch.tracing.enabled and kind is not ComputeKind.FARGATE:
        wanted = "the agent runs beside tasks, and instances have none"
        yield Problem(f"{_PATH}.tracing.enabled", "true", wanted, "write false, or ascent:compute.kind: fargate")
    if watch.prometheus.enabled and not watch.tracing.enabled:
        wanted = "Prometheus is filled by the agent that tracing puts beside each task"
        yield Problem(f"{_PATH}.prometheus.enabled", "true", wanted, "turn tracing on as well")
    reached = any(service.kind is ServiceKind.WEB for service in services)
    for path, on in (("canary", watch.canary.enabled), ("serviceLevel", watch.service_level.enabled)):
        if on and not reached:
            wanted = "it counts requests, and no service of the stack is web"
            yield Problem(f"{_PATH}.{path}.enabled", "true", wanted, "write false, or make a service web")
    elsewhere = partition(settings.region) != "aws"
    chats = watch.notices
    for path, on in (
        ("notices.slack.channelId", chats.slack.channel_id is not None),
        ("notices.teams.channelId", chats.teams.channel_id is not None),
    ):
        if on and elsewhere:
            wanted = f"AWS does not offer chats in {settings.region}"
            yield Problem(f"{_PATH}.{path}", "given", wanted, "remove it, and write to a pager or a mail")
    for path, on in (
        ("serviceLevel", watch.service_level.enabled),
        ("prometheus", watch.prometheus.enabled),
        ("grafana", watch.grafana.enabled),
    ):
        if on and elsewhere:
            wanted = f"AWS does not offer it in {settings.region}"
            yield Problem(f"{_PATH}.{path}.enabled", "true", wanted, "write false")


def plain_pager(settings: Settings, *, encrypted: bool) -> Iterator[Problem]:
    """A pager's address that stands readable in the stack file.

    Args:
        settings: the stack's settings.
        encrypted: whether Pulumi says that something in `ascent:observability` is encrypted.
    """
    url = settings.observability.notices.pager.url
    if url is None or encrypted or is_sealed(url.get_secret_value()):
        return
    path = f"{_PATH}.notices.pager.url"
    fix = f"pulumi config set --secret --path '{path}'"
    yield Problem(path, "in plain text", "the key in a pager's address is a secret: it must be encrypted", fix)
