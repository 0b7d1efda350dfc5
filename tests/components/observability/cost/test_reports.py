"""Reports about money: a function each, what it may read, whom it tells.

Not proven: that the actions are all that the functions call; tests/functions runs them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from components.observability.cost.reports import CostReports, CostReportsArgs
from settings.sections.cost import CostSettings, IdleReportSettings
from tests.components.mocks import statements
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

TOPIC = "arn:aws:sns:us-east-1:111111111111:alarms"
IDLE = IdleReportSettings(enabled=True, idle_days=7, snapshot_days=90)


def reports(key: str | None = None, **settings: Any) -> CostReports:  # noqa: ANN401
    args = CostReportsArgs(
        context=CONTEXT,
        settings=CostSettings(**settings),
        logs=replace(LOGS, key_arn=key),
        topic_arn=TOPIC,
        topic_key_arn=key,
    )
    return CostReports("shop-reports", args)


def test_what_is_idle_is_reported_every_monday(build: Build) -> None:
    made = build(lambda: reports(idle_report=IDLE))
    assert made.children == {"shop-reports-idle-report": "ascent:foundation:Function"}
    assert made.inputs("shop-reports-idle-report-schedule")["scheduleExpression"] == "cron(0 7 ? * MON *)"
    assert made.inputs("shop-reports-idle-report-function")["environment"] == {
        "variables": {
            "TOPIC_ARN": TOPIC,
            "STACK": f"{CONTEXT.application} {CONTEXT.environment}",
            "IDLE_DAYS": "7",
            "SNAPSHOT_DAYS": "90",
        }
    }


def test_the_bill_is_reported_every_month(build: Build) -> None:
    made = build(lambda: reports(monthly_report=True))
    assert made.children == {"shop-reports-cost-report": "ascent:foundation:Function"}
    assert made.inputs("shop-reports-cost-report-schedule")["scheduleExpression"] == "cron(0 7 2 * ? *)"
    said = statements(made.inputs("shop-reports-cost-report-role-policy")["policy"])
    assert said["Read"]["Action"] == ["ce:GetCostAndUsage", "ce:GetCostForecast"]


def test_a_report_reads_and_tells_and_changes_nothing(build: Build) -> None:
    made = build(lambda: reports(idle_report=IDLE, monthly_report=True))
    for purpose in ("idle-report", "cost-report"):
        said = statements(made.inputs(f"shop-reports-{purpose}-role-policy")["policy"])
        verbs = {action.partition(":")[2] for action in said["Read"]["Action"]}
        assert all(verb.startswith(("Describe", "Get")) for verb in verbs)
        assert said["Publish"]["Resource"] == [TOPIC]
        assert "EncryptMessage" not in said


def test_an_encrypted_topic_wants_its_key(build: Build) -> None:
    made = build(lambda: reports(KEY, monthly_report=True))
    said = statements(made.inputs("shop-reports-cost-report-role-policy")["policy"])
    assert (said["EncryptMessage"]["Action"], said["EncryptMessage"]["Resource"]) == (
        ["kms:Decrypt", "kms:GenerateDataKey"],
        [KEY],
    )


def test_each_has_an_alarm(build: Build) -> None:
    found: list[CostReports] = []

    def make() -> CostReports:
        found.append(reports(idle_report=IDLE, monthly_report=True))
        return found[-1]

    build(make)
    assert [spec.name for spec in found[0].alarms()] == ["idle-report-function-errors", "cost-report-function-errors"]
