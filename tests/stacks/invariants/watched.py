"""Whatever serves or keeps data has an alarm on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.plan.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.plan.model import Plan, Resource

ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm"

NAMED_BY = {
    "aws:autoscaling/group:Group": "name",
    "aws:cloudfront/distribution:Distribution": "id",
    "aws:dynamodb/table:Table": "name",
    "aws:ecs/service:Service": "name",
    "aws:lb/loadBalancer:LoadBalancer": "arnSuffix",
    "aws:lb/targetGroup:TargetGroup": "arnSuffix",
    "aws:efs/fileSystem:FileSystem": "id",
    "aws:elasticache/replicationGroup:ReplicationGroup": "replicationGroupId",
    "aws:elasticache/serverlessCache:ServerlessCache": "name",
    "aws:opensearch/domain:Domain": "domainName",
    "aws:rds/cluster:Cluster": "clusterIdentifier",
    "aws:rds/instance:Instance": "identifier",
    "aws:synthetics/canary:Canary": "name",
}
"""What serves or keeps data → the input or output that metrics call it by."""


def everything_watched(plan: Plan) -> list[str]:
    """Each of these is what some alarm's dimensions are about."""
    urns, texts = set[str](), set[str]()
    for alarm in plan.by_type.get(ALARM, ()):
        for key in ("dimensions", "metricQueries"):
            urns |= set(alarm.property_dependencies.get(key, ()))
            texts |= set(_texts(alarm.inputs.get(key)))
    return [
        f"{resource.type} {resource.name} has no alarm"
        for type_, key in NAMED_BY.items()
        for resource in plan.by_type.get(type_, ())
        if resource.urn not in urns and not _called(resource, key, texts)
    ]


def _called(resource: Resource, key: str, texts: set[str]) -> bool:
    name = resource.inputs.get(key)
    # A cache's metrics are of its nodes, which are numbered after it.
    return isinstance(name, str) and name != UNKNOWN and not {name, f"{name}-001"}.isdisjoint(texts)


def _texts(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
