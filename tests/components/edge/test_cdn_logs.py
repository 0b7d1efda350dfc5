"""CloudFront's access logs.

Not proven: that AWS accepts the delivery, and what the objects are called.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.edge.cdn_logs import CdnLogs, CdnLogsArgs, log_delivery
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

BUCKET = "arn:aws:s3:::logs"
DISTRIBUTION = "arn:aws:cloudfront::111111111111:distribution/E1"


def logs() -> CdnLogs:
    args = CdnLogsArgs(
        context=replace(CONTEXT, region="eu-west-1"), key="files", distribution_arn=DISTRIBUTION, bucket_arn=BUCKET
    )
    return CdnLogs("shop-logs", args)


def test_from_the_distribution_into_the_bucket(build: Build) -> None:
    made = build(logs)
    assert made.children == {
        "shop-logs-source": "aws:cloudwatch/logDeliverySource:LogDeliverySource",
        "shop-logs-destination": "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
        "shop-logs-delivery": "aws:cloudwatch/logDelivery:LogDelivery",
    }
    assert {made.inputs(name)["region"] for name in made.children} == {"us-east-1"}, "wherever the stack is"
    source, destination = made.inputs("shop-logs-source"), made.inputs("shop-logs-destination")
    assert (source["logType"], source["resourceArn"]) == ("ACCESS_LOGS", DISTRIBUTION)
    assert destination["deliveryDestinationConfiguration"] == {"destinationResourceArn": f"{BUCKET}/cdn"}
    delivery = made.inputs("shop-logs-delivery")
    assert delivery["deliverySourceName"] == source["name"]


def test_the_viewers_address_is_logged_and_no_secret(build: Build) -> None:
    fields = build(logs).inputs("shop-logs-delivery")["recordFields"]
    assert {"c-ip", "x-forwarded-for", "c-country"} <= set(fields)
    assert not {"cs-uri-query", "cs(Cookie)"} & set(fields)


def test_the_bucket_takes_deliveries_of_this_account_alone() -> None:
    statement = log_delivery(CONTEXT, BUCKET)
    assert statement.principals == {"Service": ["delivery.logs.amazonaws.com"]}
    assert statement.conditions["StringEquals"]["aws:SourceAccount"] == CONTEXT.account_id
