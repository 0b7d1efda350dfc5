"""What holds data, and whether it can be lost by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.catalog.lookup import known_of
from ascent.compare.care import is_protected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Plan, Resource

ELSEWHERE: Final = {
    "aws:accessanalyzer/analyzer:Analyzer": "findings come again",
    "aws:amp/workspace:Workspace": "metrics for looking back",
    "aws:cfg/conformancePack:ConformancePack": "what it has found is in AWS Config",
    "aws:cfg/recorder:Recorder": "what it recorded is in its bucket",
    "aws:cloudwatch/logGroup:LogGroup": "logs; those of an audit are in a bucket too",
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor": "it learns again",
    "aws:costexplorer/costAllocationTag:CostAllocationTag": "sums by tag",
    "aws:grafana/workspace:Workspace": "dashboards that people made",
    "aws:guardduty/detector:Detector": "findings are passed on",
    "aws:inspector2/enabler:Enabler": "findings come again",
    "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": "minutes of what it passes on",
    "aws:macie2/account:Account": "findings come again",
    "aws:s3control/storageLensConfiguration:StorageLensConfiguration": "figures for looking back",
    "aws:securityhub/account:Account": "findings come again",
}
"""Types that hold something which nobody mourns, and why."""

_RECORDINGS: Final = "-canary-visits-bucket"
"""End of the name of a bucket with what a canary saw, for looking back."""

_FINAL: Final = {"aws:rds/instance:Instance", "aws:rds/cluster:Cluster"}
"""Types that leave a snapshot when they go."""

_FORCED: Final = {"aws:backup/vault:Vault", "aws:s3/bucket:Bucket", "aws:s3/vectorsVectorBucket:VectorsVectorBucket"}
"""Types that AWS deletes only while they are empty, unless they are forced to go."""


def holding(plan: Plan) -> list[Resource]:
    """What holds data in a plan."""
    found = [one for one in plan.resources if known_of(one.type).loses and one.type not in ELSEWHERE]
    return [one for one in found if not one.name.endswith(_RECORDINGS)]


def unsafe(plan: Plan) -> list[str]:
    """What holds data and could go without anybody's decision; production allows none."""
    return [f"{one.name}: {why}" for one in holding(plan) for why in _ways(one)]


def _ways(resource: Resource) -> Iterator[str]:
    inputs = resource.inputs
    if not is_protected(resource) and resource.type != "aws:kms/key:Key":
        yield "Pulumi would delete it when it leaves the program"
    if resource.type == "aws:kms/key:Key" and not (resource.options.protect or inputs["deletionWindowInDays"] >= 7):
        yield "it is gone at once"
    if resource.type in _FINAL and inputs.get("skipFinalSnapshot") and "replicateSourceDb" not in inputs:
        yield "it leaves no snapshot"
    if resource.type in _FORCED and inputs.get("forceDestroy"):
        yield "it goes with all that is in it"
