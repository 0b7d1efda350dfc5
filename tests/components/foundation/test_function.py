"""Functions: one file of code, a log that ends, a role, a schedule.

Not proven: that Lambda runs the code, and that the schedule means what its author thinks.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from components.foundation.function import RUNTIME, Function, FunctionArgs, may_invoke
from components.foundation.policy_document import Statement
from tests.components.mocks import ACCOUNT, UNKNOWN, statements
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

READ = Statement(sid="Read", actions=["s3:GetObject"], resources=["arn:aws:s3:::x/*"])


def function(**args: Any) -> Function:  # noqa: ANN401
    given: dict[str, Any] = {
        "purpose": "report",
        "description": "Reports",
        "module": "functions/report.py",
        "logs": replace(LOGS, key_arn=KEY),
        **args,
    }
    return Function("shop-report", FunctionArgs(context=CONTEXT, **given))


ALONE = {
    "shop-report-function": "aws:lambda/function:Function",
    "shop-report-log": "aws:cloudwatch/logGroup:LogGroup",
    "shop-report-role": "ascent:foundation:ServiceRole",
}


def test_a_function_alone(build: Build) -> None:
    made = build(function)
    assert made.children == ALONE
    inputs = made.inputs("shop-report-function")
    assert (inputs["runtime"], inputs["architectures"], inputs["handler"]) == (RUNTIME, ["arm64"], "report.handler")
    assert (inputs["timeout"], inputs["memorySize"]) == (60, 128)
    assert inputs["tracingConfig"] == {"mode": "Active"}
    assert "environment" not in inputs
    assert "vpcConfig" not in inputs
    own = made["shop-report-function"].outputs
    assert made.attributes == {"arn": own["arn"], "name": own["name"]}
    assert made.preview.attributes == {"arn": UNKNOWN, "name": UNKNOWN}


def test_its_code_is_one_file_by_a_path_inside_the_project(build: Build) -> None:
    """The same wherever the project lies, and whatever lies beside the file."""
    assert build(function).inputs("shop-report-function")["code"] == {"report.py": "functions/report.py"}


def test_its_log_ends_and_is_encrypted(build: Build) -> None:
    made = build(function)
    log = made.inputs("shop-report-log")
    assert (log["name"], log["retentionInDays"], log["kmsKeyId"]) == ("/aws/lambda/shop-dev-report", 30, KEY)
    assert made.inputs("shop-report-function")["loggingConfig"]["logGroup"] == log["name"]
    # The group is there first: Lambda would make one of its own.
    assert "shop-report-log" in made["shop-report-function"].options.depends_on


def test_its_role_may_write_its_log_and_what_is_asked(build: Build) -> None:
    made = build(lambda: function(statements=[READ]))
    given = statements(made.inputs("shop-report-role-policy")["policy"])
    assert list(given) == ["WriteLog", "Trace", "Read"]
    assert given["WriteLog"]["Resource"] == [made["shop-report-log"].outputs["arn"] + ":*"]
    (trust,) = json.loads(made.inputs("shop-report-role-role")["assumeRolePolicy"])["Statement"]
    assert trust["Principal"] == {"Service": ["lambda.amazonaws.com"]}
    assert "shop-report-role-policy" in made["shop-report-function"].options.depends_on


def test_variables(build: Build) -> None:
    made = build(lambda: function(variables={"TOPIC": "arn:topic"}))
    assert made.inputs("shop-report-function")["environment"] == {"variables": {"TOPIC": "arn:topic"}}


def test_a_schedule_may_call_it(build: Build) -> None:
    made = build(lambda: function(schedule="cron(0 8 1 * ? *)"))
    assert made.children == {
        **ALONE,
        "shop-report-schedule": "aws:cloudwatch/eventRule:EventRule",
        "shop-report-target": "aws:cloudwatch/eventTarget:EventTarget",
        "shop-report-call": "aws:lambda/permission:Permission",
    }
    assert made.inputs("shop-report-schedule")["scheduleExpression"] == "cron(0 8 1 * ? *)"
    permission = made.inputs("shop-report-call")
    assert permission["principal"] == "events.amazonaws.com"
    assert permission["sourceArn"] == made["shop-report-schedule"].outputs["arn"]
    assert made.inputs("shop-report-target")["arn"] == made["shop-report-function"].outputs["arn"]
    assert "shop-report-call" in made["shop-report-target"].options.depends_on


def test_a_service_that_names_no_resource_is_held_to_an_account(build: Build) -> None:
    def called() -> Function:
        one = function()
        may_invoke("shop-report-rotate", one, "secretsmanager.amazonaws.com", source_account=ACCOUNT, parent=one)
        return one

    permission = build(called).inputs("shop-report-rotate")
    assert (permission["sourceAccount"], permission.get("sourceArn")) == (ACCOUNT, None)


def test_not_everybodys_service_may_call_it(build: Build) -> None:
    def open_to_all() -> Function:
        one = function()
        may_invoke("shop-report-all", one, "events.amazonaws.com", parent=one)
        return one

    with pytest.raises(ValueError, match=r"lets every account's events\.amazonaws\.com call"):
        build(open_to_all)


def test_failed_runs_alarm(build: Build) -> None:
    made = build(function, lambda one: one.alarms())
    (alarm,) = made.answer
    assert (alarm.name, alarm.metric, alarm.missing_is_bad) == ("report-function-errors", "Errors", False)
    assert alarm.dimensions == {"FunctionName": made["shop-report-function"].outputs["name"]}
