"""In what a stack differs from another one beyond its size."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from policies.pack import types
from policies.pack.facts import UNKNOWN
from policies.pack.values import UNSET, at

if TYPE_CHECKING:
    from policies.pack.facts import StackFacts

_SERVING: Final = re.compile(
    "aws:(?:alb|apigateway|apigatewayv2|autoscaling|cloudfront|dynamodb|ec2|ecs|efs|eks|elasticache|globalaccelerator|"
    "kinesis|lambda|lb|mq|msk|opensearch|rds|redshift|route53|s3|servicediscovery|sfn|sqs|vpc|wafv2)/"
)
"""Services that take part in an answer. Alarms, backups, keys and roles follow from these, or from the size."""

_SIZE: Final = frozenset({types.EC2_NAT_GATEWAY, types.EC2_EIP})
"""Types of which a small stack may have none where a large one has many, apart from those below."""

_SAME: Final[dict[str, tuple[str, ...]]] = {
    types.RDS_INSTANCE: ("engine", "engineVersion", "storageEncrypted", "iamDatabaseAuthenticationEnabled"),
    types.RDS_CLUSTER: ("engine", "engineVersion", "engineMode", "storageEncrypted"),
    types.RDS_PARAMETER_GROUP: ("family",),
    types.RDS_CLUSTER_PARAMETER_GROUP: ("family",),
    types.ELASTICACHE_REPLICATION_GROUP: ("engine", "engineVersion", "transitEncryptionEnabled"),
    types.DYNAMODB_TABLE: ("billingMode",),
    types.ECS_TASK_DEFINITION: ("requiresCompatibilities", "networkMode", "runtimePlatform"),
    types.ECS_SERVICE: (
        "launchType",
        "deploymentConfiguration.strategy",
        "networkConfiguration.assignPublicIp",
        "loadBalancers.containerPort",
    ),
    types.EKS_CLUSTER: ("version",),
    types.LB_LOAD_BALANCER: ("internal", "loadBalancerType"),
    types.LB_LISTENER: ("protocol", "port", "sslPolicy"),
    types.LB_TARGET_GROUP: ("protocol", "targetType", "healthCheck.path"),
    types.EC2_SUBNET: ("mapPublicIpOnLaunch",),
    types.LAMBDA_FUNCTION: ("runtime", "architectures"),
}
"""What resources of a type must have in common, whatever their number and size."""


def differences(large: StackFacts, small: StackFacts) -> list[str]:
    """In what a stack differs from a larger one in kind; sizes and numbers may differ.

    Args:
        large: the one that the other is to be like.
        small: the other.
    """
    ours, theirs = _kinds(large), _kinds(small)
    found = [f"only {large.stack} has {_short(token)}" for token in sorted(ours - theirs)]
    found += [f"only {small.stack} has {_short(token)}" for token in sorted(theirs - ours)]
    for token in sorted(ours & theirs):
        for path in _SAME.get(token, ()):
            one, other = _values(large, token, path), _values(small, token, path)
            if one != other:
                said = f"{_shown(one)} in {large.stack} and {_shown(other)} in {small.stack}"
                found.append(f"{path} of {_short(token)} is {said}")
    return found


def _kinds(stack: StackFacts) -> set[str]:
    nat = {types.EC2_NAT_GATEWAY} if any(stack.of_type(types.EC2_NAT_GATEWAY)) else set()
    return {t for t in stack.by_type if _SERVING.match(t) and t not in _SIZE} | nat


def _values(stack: StackFacts, token: str, path: str) -> set[str]:
    """The known values of a property among the resources of a type."""
    found: set[str] = set()
    for resource in stack.of_type(token):
        value: Any = at(resource, path)
        if value is not UNKNOWN:
            found.add("unset" if value is UNSET else str(value).lower())
    return found


def _short(token: str) -> str:
    return token.rpartition(":")[2]


def _shown(values: set[str]) -> str:
    return ", ".join(sorted(values)) or "unknown"
