"""Wrong input below `ascent:observability`: one clear line each, and nothing secret in it."""

from __future__ import annotations

from typing import Any

import pytest

from common.tiers import Tier
from policies.pack.levels import PerTier
from policies.pack.rules.cloudwatch import LOG_DAYS
from settings.consistency.observability import LEAST_RETENTION
from settings.errors import SettingsError
from settings.load import resolve
from settings.sealed import seal
from tests.stacks.planning import WATCHED, WATCHED_SERVICES, config_of, smallest
from tests.stacks.test_stack_refusals import refusal

PAGER = "https://events.pagerduty.com/integration/0123456789abcdef/enqueue"
SECRET = "arn:aws:secretsmanager:us-east-1:111111111111:secret:key-AbCdEf"
STREAM = "arn:aws:kinesis:eu-west-1:111111111111:stream/logs"
DOMAIN = "arn:aws:es:us-east-1:111111111111:domain/logs"


def lines(tier: str, encrypted: tuple[str, ...] = (), **overrides: Any) -> list[str]:  # noqa: ANN401 - any setting
    """All lines with which settings are refused; none where they are taken."""
    try:
        resolve(config_of(smallest(tier, **overrides)), stack="test", project="ascent", encrypted=encrypted)
    except SettingsError as error:
        return str(error).splitlines()
    return []


@pytest.mark.parametrize(
    ("place", "given", "said"),
    [
        ("notices.slack.channelId", {"notices": {"slack": {"channelId": "https://hooks.slack.com/x"}}}, "webhook"),
        ("notices.slack.workspaceId", {"notices": {"slack": {"channelId": "C07EZ1ABC23"}}}, "add workspaceId"),
        ("notices.teams.tenantId", {"notices": {"teams": {"tenantId": "contoso"}}}, "an id such as 1234"),
        ("serviceLevel.percent", {"serviceLevel": {"enabled": True, "percent": 100}}, "99.999"),
        ("serviceLevel.days", {"serviceLevel": {"days": 0}}, "1"),
        ("canary.paths[0]", {"canary": {"paths": ["basket"]}}, "an absolute path such as /health"),
        ("canary.runtime", {"canary": {"runtime": "syn-nodejs-puppeteer-6.0"}}, "syn-python-selenium-10.0 or newer"),
        ("canary.minutes", {"canary": {"minutes": 0}}, "1"),
        ("logs.masked[0]", {"logs": {"masked": ["EmailAdress"]}}, "write EmailAddress"),
        ("logs.masked[0]", {"logs": {"masked": ["Ssn"]}}, "Ssn-US"),
        ("logs.metrics.latencyField", {"logs": {"metrics": {"latencyField": "$.took"}}}, "a field of a JSON object"),
        ("logs.streamArn", {"logs": {"streamArn": "https://logs.example.com"}}, "the ARN of a Kinesis stream"),
        ("logs.streamArn", {"logs": {"streamArn": STREAM}}, "name a stream in us-east-1"),
        ("logs.forwarding.secretArn", {"logs": {"forwarding": {"to": "datadog"}}}, "name a secret that holds"),
        (
            "logs.forwarding.secretArn",
            {"logs": {"forwarding": {"to": "datadog", "secretArn": SECRET.replace("secretsmanager", "ssm")}}},
            "the ARN of a Secrets Manager secret",
        ),
        (
            "logs.forwarding.secretArn",
            {"logs": {"forwarding": {"secretArn": SECRET}}},
            "nobody reads it while to is none",
        ),
        ("logs.forwarding.domainArn", {"logs": {"forwarding": {"to": "opensearch"}}}, "name the domain by its ARN"),
        ("logs.forwarding.to", {"logs": {"forwarding": {"to": "splunk"}}}, "datadog"),
        ("dashboards", {"dashboards": ["service", "service"]}, "only once"),
        ("dashboards[0]", {"dashboards": ["everybody"]}, "service"),
        ("alarms.leastSeverity", {"alarms": {"leastSeverity": "urgent"}}, "critical"),
        ("alarms.certificateDays", {"alarms": {"certificateDays": 60}}, "59"),
        ("prometheus.enabled", {"prometheus": {"enabled": True}}, "turn tracing on as well"),
    ],
)
def test_one_line_that_names_place_value_and_way_out(place: str, given: dict[str, Any], said: str) -> None:
    found = lines("startup", observability=given)
    assert len(found) == 1, found
    assert found[0].startswith(f"Pulumi.test.yaml: ascent:observability.{place} is ")
    assert said in found[0]


@pytest.mark.parametrize(("tier", "days"), [("mvp", 5), ("startup", 14), ("production", 60), ("enterprise", 180)])
def test_logs_are_kept_as_long_as_the_tier_asks(tier: str, days: int) -> None:
    line = refusal(tier, observability={"logRetentionDays": days})
    assert line.startswith(f"ascent:observability.logRetentionDays is {days}: ")
    assert f"at least {LEAST_RETENTION[Tier(tier)]} days" in line


@pytest.mark.parametrize("tier", list(Tier))
def test_settings_and_rules_ask_for_the_same_days(tier: Tier) -> None:
    assert isinstance(LOG_DAYS.default, PerTier)
    assert LEAST_RETENTION[tier] == LOG_DAYS.default.at(tier)


def test_a_pagers_address_in_plain_text_is_refused_and_not_printed() -> None:
    (line,) = lines("startup", observability={"notices": {"pager": {"url": PAGER}}})
    assert line.startswith("Pulumi.test.yaml: ascent:observability.notices.pager.url is in plain text: ")
    assert "pulumi config set --secret --path" in line
    assert "0123456789abcdef" not in line


def test_a_pagers_address_is_taken_encrypted_and_decrypted() -> None:
    """Offline it is a placeholder; in a deployment Pulumi hands out the text, and says that the key is a secret."""
    sealed = {"notices": {"pager": {"url": seal("ascent:observability.notices.pager.url")}}}
    assert lines("startup", observability=sealed) == []
    plain = {"notices": {"pager": {"url": PAGER}}}
    assert lines("startup", ("ascent:observability",), observability=plain) == []


@pytest.mark.parametrize("url", ["http://events.pagerduty.com/x", "https://events.pagerduty.com", "pagerduty"])
def test_an_address_that_is_none(url: str) -> None:
    given = {"notices": {"pager": {"url": url}}}
    (line,) = lines("startup", ("ascent:observability",), observability=given)
    assert "must be an https address with the pager's key in its path" in line
    assert url not in line


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.slack.com/services/T000/B000/XXXX",
        "https://contoso.webhook.office.com/webhookb2/a@b/IncomingWebhook/c",
        "https://discord.com/api/webhooks/1/token",
        PAGER,
    ],
)
@pytest.mark.parametrize("place", ["compute.environment", "services.web.environment"])
def test_a_webhook_among_plain_variables(url: str, place: str) -> None:
    environment = {"environment": {"NOTIFY": url}}
    services = {"web": environment, "mail": {"kind": "worker"}}
    image = {"image": "r.example.com/a:1"}
    found = (
        lines("startup", compute={**image, **environment})
        if place.startswith("compute")
        else lines("startup", compute=image, services=services)
    )
    assert [
        line for line in found if line.startswith(f"Pulumi.test.yaml: ascent:{place}.NOTIFY is a webhook's address")
    ]
    assert not [line for line in found if url in line]


def test_an_ordinary_address_is_no_webhook() -> None:
    assert lines("startup", compute={"environment": {"UPSTREAM": "https://api.example.com/hooks"}}) == []


def test_what_needs_tasks_or_requests() -> None:
    (line,) = lines("mvp", observability={"tracing": {"enabled": True}})
    assert line.startswith("Pulumi.test.yaml: ascent:observability.tracing.enabled is true: ")
    workers = {"mail": {"kind": "worker"}}
    found = lines(
        "startup",
        compute={"image": "r.example.com/a:1"},
        services=workers,
        observability={"canary": {"enabled": True}, "serviceLevel": {"enabled": True}},
    )
    assert [line for line in found if "observability.canary.enabled" in line]
    assert [line for line in found if "observability.serviceLevel.enabled" in line]


@pytest.mark.parametrize("part", ["serviceLevel", "grafana"])
def test_what_other_partitions_lack(part: str) -> None:
    found = lines("mvp", region="cn-north-1", edge={"ingress": "alb"}, observability={part: {"enabled": True}})
    assert [line for line in found if f"observability.{part}.enabled is true: AWS does not offer it" in line]


def test_a_secret_of_another_partition() -> None:
    logs = {"logs": {"errorTracking": {"secretArn": SECRET}}}
    line = refusal("mvp", region="cn-north-1", edge={"ingress": "alb"}, observability=logs)
    assert line.startswith("ascent:observability.logs.errorTracking.secretArn is arn:aws:")


def test_everything_at_once_is_no_contradiction() -> None:
    image = {"image": "r.example.com/a:1"}
    assert lines("enterprise", observability=WATCHED, services=WATCHED_SERVICES, compute=image) == []
