"""Totals worked out by hand, three resources of each layer, on the plan of prod with usage that is easy to count with.

Prices are those of us-east-1 in the price book; a month has 730 hours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from ascent.cost.amounts import Range
from ascent.cost.charges import Status
from ascent.cost.estimate import Estimate, estimate
from ascent.cost.usage.profiles import profile_of
from tests.cost.cost_things import BOOK, bill_of, cents, expected, find, made, plan_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.model import Plan

PER_MONTH: Final = {
    "requests": 9_000_000,
    "egress_gb": 200,
    "load_percent": 50,
    "nat_gb": 30,
    "endpoint_gb": 50,
    "cross_zone_gb": 10,
    "flow_log_gb": 10,
    "application_log_gb": 20,
    "database_log_gb": 4,
    "database_gb": 60,
    "daily_change_percent": 1,
    "table_gb": 10,
    "table_reads": 8_000_000,
    "table_writes": 2_000_000,
    "secret_reads": 100_000,
    "key_requests": 300_000,
    "key_rotations": 1,
    "log_objects": 10_000,
}
USAGE: Final = profile_of("production")[1].model_copy(
    update={key: Range.exactly(value) for key, value in PER_MONTH.items()}
)


@pytest.fixture(scope="module")
def prod(stack: Callable[[str], Plan]) -> Estimate:
    return estimate(stack("prod"), BOOK, USAGE)


@pytest.fixture(scope="module")
def dev(stack: Callable[[str], Plan]) -> Estimate:
    return estimate(stack("dev"), BOOK, USAGE)


def test_network(prod: Estimate) -> None:
    # 730 h x 0.045 = 32.85; a third of 30 GB x 0.045 = 0.45
    assert expected(find(prod, "net-1", "natGateway")) == "33.30"
    # 730 h x 0.005
    assert expected(find(prod, "net-1", "eip")) == "3.65"
    # 3 subnets x 730 h x 0.01 = 21.90; a fifth of 50 GB x 0.01 = 0.10
    assert expected(find(prod, "endpoints-logs")) == "22.00"
    # 10 GB x 0.25 to S3 = 2.50, x 0.035 to Parquet = 0.35
    assert expected(find(prod, "flow-logs-log")) == "2.85"
    # kept 365 of 30.4167 days = 12 months: 120 GB x 0.023 = 2.76; 10 thousand objects x 0.005 = 0.05
    assert expected(find(prod, "flow-logs-store-bucket")) == "2.81"


def test_edge(prod: Estimate, dev: Estimate) -> None:
    # 730 x 0.0225 = 16.425; 200 GB are more LCUs than 9,000,000 / 90,000 = 100: 200 x 0.008 = 1.60;
    # 3 addresses x 730 x 0.005 = 10.95; 200 GB x 0.09 = 18.00
    assert expected(find(prod, "lb-alb")) == "46.98"
    # 5.00 + 6 rules x 1.00 + 9 million x 0.60 = 5.40
    assert expected(find(prod, "waf-acl")) == "16.40"
    # 200 GB x 0.085 = 17.00; 900 ten thousands x 0.01 = 9.00
    assert expected(find(dev, "cdn-cdn")) == "26.00"
    # behind CloudFront no addresses and no traffic to the internet: 16.425 + 1.60
    assert expected(find(dev, "lb-alb")) == "18.03"


def test_compute(prod: Estimate, dev: Estimate) -> None:
    # 3 tasks, and half of the 9 more: 7.5 tasks x 730 h = 5,475 h.
    # 0.5 vCPU x 5,475 x 0.03238 = 88.64; 1 GB x 5,475 x 0.00356 = 19.49; 10 GB x 2 x 0.01 = 0.20
    assert expected(find(prod, "app-service")) == "108.33"
    # 25 x 0.07 = 1.75; 30 x 7.5 tasks x 0.07 = 15.75
    assert expected(find(prod, "cluster-ecs")) == "17.50"
    # 1 instance, and half of the 1 more: 1.5 x (730 x 0.0084 = 6.132; 730 x 0.005 = 3.65; 8 GB x 0.08 = 0.64)
    assert expected(find(dev, "app-group")) == "15.63"
    # 2 alarms x 0.10
    assert expected(find(prod, "app-cpu")) == "0.20"


def test_data(prod: Estimate) -> None:
    # with the standby: 2 x 730 x 0.065 = 94.90; 50 GB x 0.23 = 11.50, grown by 10 GB x 0.23 = 2.30;
    # backups of 60 GB + 30 days x 1 % = 78 GB, 50 of them free: 28 x 0.095 = 2.66; secret 0.40;
    # monitoring 2 x 43,800 messages of 10 KB = 0.876 GB x 0.50 = 0.438
    assert expected(find(prod, "postgres-instance")) == "112.20"
    # 2 million x 0.625 = 1.25; 8 million x 0.125 = 1.00; 10 GB x 0.25 = 2.50; 10 GB x 0.20 = 2.00
    assert expected(find(prod, "dynamodb-table")) == "6.75"
    # half of 4 GB x 0.50 = 1.00; kept 12 months at 15 %: 3.6 GB x 0.03 = 0.108
    assert expected(find(prod, "postgresql-log")) == "1.11"


def test_security(prod: Estimate) -> None:
    # 1.00; 1 rotation x 1.00; a quarter of 30 ten thousands x 0.03 = 0.225
    assert expected(find(prod, "keys-data-key")) == "2.23"
    assert expected(find(prod, "keys-logs-key")) == "2.23"
    # 0.40; 10 ten thousands x 0.05 = 0.50
    assert expected(find(prod, "jwt-secret")) == "0.90"


def test_observability(prod: Estimate) -> None:
    # 20 GB x 0.50 = 10.00; kept 12 months at 15 %: 36 GB x 0.03 = 1.08
    assert expected(find(prod, "app-log-group")) == "11.08"
    assert expected(find(prod, "edge-alarms-app-latency")) == "0.10"
    assert expected(find(prod, "edge-dashboard-board")) == "3.00"
    # two metrics; three metrics
    assert expected(find(prod, "app-server-errors")) == "0.20"
    assert expected(find(prod, "fast-long-error-budget")) == "0.30"
    assert expected(find(prod, "app-degraded")) == "0.50"
    # 730 h x 12 visits x 0.0012
    assert expected(find(prod, "canary-canary")) == "10.51"
    # three files of each visit: 26,280 x 0.005 per thousand
    assert expected(find(prod, "canary-visits-bucket")) == "0.13"
    # 20 GB x 0.12
    assert expected(find(prod, "app-log-mask")) == "2.40"
    # two signals a minute: 87,600 x 1.50 per million
    assert expected(find(prod, "objective-slo")) == "0.13"
    assert expected(find(prod, "app-errorcount")) == "0.30"


FILTER: Final = "aws:cloudwatch/logMetricFilter:LogMetricFilter"


def test_a_metric_of_several_filters_is_charged_once() -> None:
    steady = {"metricTransformation": {"namespace": "a", "name": "b", "value": "1", "defaultValue": "0"}}
    first, second = (made(FILTER, name, None, **steady) for name in ("first", "second"))
    assert [bill.why for bill in estimate(plan_of(first, second), BOOK).bills] == [
        "",
        "its metric is charged at the first filter that makes it",
    ]
    # Without a default the metric is there only in hours in which a line matches.
    rare = made(FILTER, metricTransformation={"namespace": "a", "name": "c", "value": "1"})
    assert bill_of(rare).status is Status.FREE


def test_what_other_targets_of_telemetry_cost() -> None:
    usage = USAGE.model_copy(
        update={
            "samples": Range.exactly(100_000_000),
            "dashboard_editors": Range.exactly(2),
            "notifications": Range.exactly(1_000_000),
        }
    )
    # 100 million x 0.09 and 2 bytes each x 0.03 per GB
    assert expected(bill_of(made("aws:amp/workspace:Workspace"), usage=usage)) == "9.01"
    assert expected(bill_of(made("aws:grafana/workspace:Workspace"), usage=usage)) == "18.00"
    # 20 GB x 0.029
    stream = made("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream")
    assert expected(bill_of(stream, usage=usage)) == "0.58"
    assert (
        expected(bill_of(made("aws:sns/topicSubscription:TopicSubscription", protocol="https"), usage=usage)) == "0.60"
    )
    # 9 million requests with two signals each x 1.50, beside the traces
    groups = [
        made("aws:xray/group:Group", tags={"Collects": collects}) for collects in ("traces", "traces and signals")
    ]
    plain, full = (bill_of(group, usage=usage).total.expected for group in groups)
    assert full - plain == 27


def test_resilience(prod: Estimate) -> None:
    # RDS: 60 GB + 90 days x 0.6 GB = 114 GB x 0.095 = 10.83.
    # DynamoDB: 30 daily and 90 / 7 weekly copies of 10 GB = 428.57 GB x 0.10 = 42.86
    # Copied elsewhere and kept 7 days: RDS 60 + 7 x 0.6 = 64.2 GB x 0.095 = 6.10, and 30.4 days x 0.6 GB on the way
    # x 0.02 = 0.37; DynamoDB 7 x 10 GB x 0.10 = 7.00, and 30.4 x 10 GB x 0.02 = 6.08
    assert expected(find(prod, "backup-selection")) == "73.23"
    table = made("aws:dynamodb/table:Table", "table")
    plan = made(
        "aws:backup/plan:Plan",
        "plan",
        rules=[{"schedule": "cron(0 2 * * ? *)", "lifecycle": {"deleteAfter": 14}}],
    )
    refers = {"planId": plan, "resources": table}
    # 14 copies of 10 GB x 0.10
    selection = made("aws:backup/selection:Selection", "selection", refers)
    assert expected(bill_of(selection, plan, table, usage=USAGE)) == "14.00"
    # 1 database: 60 GB + 14 days x 0.6 GB = 68.4 GB x 0.095
    database = made("aws:rds/instance:Instance", "database")
    selection = made("aws:backup/selection:Selection", "selection", {"planId": plan, "resources": database})
    assert expected(bill_of(selection, plan, database, usage=USAGE)) == "6.50"


def test_functions() -> None:
    """A function whose memory and processor are the default ones costs more: 128 MB on x86."""
    usage = USAGE.model_copy(
        update={"function_runs": Range.exactly(3_000_000), "function_seconds": Range.exactly(10)},
    )
    arm = made("aws:lambda/function:Function", memorySize=256, architectures=["arm64"])
    # 3 million x 0.20 = 0.60; 30,000,000 s x 0.25 GB x 0.0000133334 = 100.00
    assert expected(bill_of(arm, usage=usage)) == "100.60"
    # 0.60; 30,000,000 s x 0.125 GB x 0.0000166667 = 62.50
    assert expected(bill_of(made("aws:lambda/function:Function"), usage=usage)) == "63.10"


def test_the_fixed_part_of_dev(dev: Estimate) -> None:
    # instance 6.132 + address 3.65 + volume 0.64 + balancer 16.425 + key 1.00 + secret 0.40
    # + 9 alarms, three of which watch two metrics, and 2 of the scaling policy x 0.10 = 1.40
    assert cents(dev.fixed) == "29.65"
