"""Work, capacity and releases: what is refused, each with the line that says so, and what a release takes."""

from __future__ import annotations

from typing import Any

import pytest

from settings.clock import is_past, wrong
from settings.errors import SettingsError
from settings.load import resolve
from settings.sections.running.release import ReleaseSettings
from tests.settings.test_settings_load import lines
from tests.stacks.planning import config_of, smallest

IMAGE: dict[str, Any] = {"image": "registry.example.com/app:1"}


def scaled(**scaling: Any) -> dict[str, Any]:  # noqa: ANN401 - any setting
    return {"compute": {"scaling": scaling}}


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    # tier, settings, path, what is said
    ("startup", {"compute": {"port": 80}}, "ascent:compute.port", "from 1024 to 65535: below, only root may listen"),
    ("startup", {"services": {"web": {"port": 443}}}, "ascent:services.web.port", "only root may listen"),
    ("startup", {"compute": {"healthCheckPath": "up"}}, "ascent:compute.healthCheckPath", "an absolute path"),
    ("production", {"compute": {"spotPercent": 50}}, "ascent:compute.spotPercent", "takes Spot away"),
    (
        "production",
        {"compute": {"spotPercent": 50, "minCount": 1}},
        "ascent:compute.spotPercent",
        "with the single task of app nothing answers",
    ),
    (
        "startup",
        {"compute": {"release": {"strategy": "canary"}}, "observability": {"alarms": {"leastSeverity": "critical"}}},
        "ascent:compute.release.strategy",
        "nothing would end a release",
    ),
    ("startup", {"compute": {"release": {"testHeader": "a"}}}, "ascent:compute.release.testHeader", "rolling"),
    ("startup", {"compute": {"release": {"testHeader": "a b"}}}, "ascent:compute.release.testHeader", "letters"),
    ("startup", {"compute": {"release": {"canaryPercent": 100}}}, "ascent:compute.release.canaryPercent", "100"),
    ("startup", {"compute": {"release": {"stepPercent": 2}}}, "ascent:compute.release.stepPercent", "3"),
    ("startup", {"compute": {"release": {"strategy": "green"}}}, "ascent:compute.release.strategy", "blue_green"),
    (
        "startup",
        {"compute": {"release": {"strategy": "canary"}}, "services": {"web": {"paths": ["/a", "/b"]}}},
        "ascent:services.web.paths",
        "moves one rule of the load balancer",
    ),
    (
        "startup",
        {
            "compute": {"release": {"strategy": "canary", "testHeader": "next"}},
            "services": {"web": {"paths": ["/a"], "priority": 5}},
        },
        "ascent:services.web.priority",
        "never be asked",
    ),
    (
        "mvp",
        {"compute": {"release": {"strategy": "canary"}}},
        "ascent:compute.release.strategy",
        "compute.kind fargate",
    ),
    ("mvp", {"compute": {"shell": True}}, "ascent:compute.shell", "compute.kind fargate"),
    ("mvp", {"compute": {"spotPercent": 10}}, "ascent:compute.spotPercent", "compute.kind fargate"),
    ("mvp", {"configuration": {"enabled": True}}, "ascent:configuration.enabled", "compute.kind fargate"),
    ("startup", scaled(cpuInPercent=70), "ascent:compute.scaling.cpuInPercent", "must be below"),
    ("production", scaled(sleep={"enabled": True}), "ascent:compute.scaling.sleep.enabled", "at night as well"),
    (
        "startup",
        scaled(sleep={"enabled": True, "fromHour": 7, "toHour": 7}),
        "ascent:compute.scaling.sleep.fromHour",
        "must differ",
    ),
    ("startup", scaled(sleep={"timezone": "CEST+1"}), "ascent:compute.scaling.sleep.timezone", "Europe/Berlin"),
    (
        "startup",
        scaled(schedules={"sale": {"when": "cron(0 8 * * *)", "minCount": 1, "maxCount": 2}}),
        "ascent:compute.scaling.schedules.sale.when",
        "six fields",
    ),
    (
        "startup",
        scaled(schedules={"sale": {"when": "rate(1 day)", "minCount": 3, "maxCount": 2}}),
        "ascent:compute.scaling.schedules.sale.minCount",
        "must not exceed maxCount",
    ),
    (
        "startup",
        {"services": {"web": {"queue": {"enabled": True}}}},
        "ascent:services.web.queue.enabled",
        "a queue is a worker's",
    ),
    (
        "startup",
        {"services": {"web": {}, "w": {"kind": "worker", "schedule": {"expression": "rate(1 hour)"}}}},
        "ascent:services.w.schedule.expression",
        "only a task starts and ends",
    ),
    (
        "startup",
        {"services": {"web": {"beforeRelease": True}}},
        "ascent:services.web.beforeRelease",
        "only a task starts and ends",
    ),
    (
        "startup",
        {"services": {"web": {}, "t": {"kind": "task", "schedule": {"silentHours": 3}}}},
        "ascent:services.t.schedule.silentHours",
        "silent for ever",
    ),
    (
        "startup",
        {
            "compute": {"environment": {"MAILER_QUEUE_URL": "x"}},
            "services": {"web": {}, "mailer": {"kind": "worker", "queue": {"enabled": True}}},
        },
        "ascent:compute.environment.MAILER_QUEUE_URL",
        "the queue of mailer",
    ),
    ("startup", {"configuration": {"flags": {"New Flag": True}}}, "ascent:configuration.flags.New Flag", "letters"),
]


@pytest.mark.parametrize(
    ("tier", "settings", "path", "said"), REFUSED, ids=[f"{r[2]}-{i}" for i, r in enumerate(REFUSED)]
)
def test_a_contradiction_is_one_clear_line(tier: str, settings: dict[str, Any], path: str, said: str) -> None:
    given = smallest(tier, **settings)
    found = [line for line in lines(**given) if path in line]
    assert found, f"nothing is said of {path}"
    assert any(said in line for line in found), found
    assert all(";" in line for line in found), "each says the way out"


@pytest.mark.parametrize(
    "expression",
    [
        "rate(1 minute)",
        "rate(6 hours)",
        "cron(30 2 * * ? *)",
        "cron(0/15 8-18 ? * MON-FRI *)",
        "cron(0 6 L * ? *)",
        "cron(0 6 ? * 6#3 *)",
        "cron(0 6 1,15 JAN-MAR ? 2030)",
        "at(2030-01-31T02:30:00)",
    ],
)
def test_schedules_that_aws_takes(expression: str) -> None:
    assert wrong(expression) == ""


@pytest.mark.parametrize(
    "expression",
    [
        "rate(1 hours)",
        "rate(0 minutes)",
        "rate(2 minute)",
        "cron(0 8 * * * *)",
        "cron(0 8 ? * ? *)",
        "cron(60 8 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 8 32 * ? *)",
        "cron(0 8 ? * 8 *)",
        "cron(0 8 * 13 ? *)",
        "cron(0/ 8 * * ? *)",
        "cron(0 8 * * ? 1969)",
        "at(2030-02-30T02:30:00)",
        "at(2030-01-31)",
        "0 8 * * *",
        "",
    ],
)
def test_schedules_that_aws_refuses(expression: str) -> None:
    assert wrong(expression)


PAST: list[tuple[str, bool]] = [
    ("at(2026-11-24T23:59:00)", True),
    ("at(2026-11-25T00:00:00)", False),
    ("cron(0 8 1 1 ? 2025)", True),
    ("cron(0 8 1 1 ? 2024,2026)", False),
    ("cron(0 8 1 1 ? 2020-2030)", False),
    ("cron(0 8 * * ? *)", False),
    ("rate(1 day)", False),
]


@pytest.mark.parametrize(("expression", "past"), PAST)
def test_what_is_over(expression: str, past: bool) -> None:
    assert is_past(expression, "2026-11-25") is past


def test_a_schedule_in_the_past_is_refused_on_that_day_and_not_before() -> None:
    moment = {"when": "at(2026-11-20T08:00:00)", "minCount": 2, "maxCount": 9}
    config = config_of(smallest("startup", **scaled(schedules={"sale": moment})))
    assert resolve(config, stack="test", project="ascent", today="2026-11-19").settings
    with pytest.raises(SettingsError, match="is in the past: today is 2026-11-25") as error:
        resolve(config, stack="test", project="ascent", today="2026-11-25")
    assert "ascent:compute.scaling.schedules.sale.when" in str(error.value)


def test_tenths_pass_a_tenth_and_half() -> None:
    """The checklist's 10, 50 and 100: by tenths, a minute each, exactly; a canary knows 10 and 100."""
    linear = ReleaseSettings.model_validate({"strategy": "linear", "step_percent": 10, "step_bake_minutes": 1})
    assert linear.minutes == 9 + linear.bake_minutes
    assert ReleaseSettings().minutes == 0
