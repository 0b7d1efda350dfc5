"""What a type token says by itself, whether or not its type is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack.types import CLOUDCONTROL_RESOURCE, SECRETSMANAGER_SECRET

if TYPE_CHECKING:
    from ascent.plan.model import Resource

REMOTE: Final = "awsx:"
"""Prefix of remote components, whose children a plan can only predict."""

GENERATED_SECRET: Final = "AWS::SecretsManager::Secret"
"""CloudFormation's name of a secret; Cloud Control makes one whose value AWS generates."""

_MERGED: Final = {"vpc": "ec2", "alb": "lb"}
"""Modules of the provider that are part of another one's service."""


def is_built(resource: Resource) -> bool:
    """Whether a resource is one of AWS or another cloud, not a component or a record of Pulumi's own."""
    return resource.custom and not resource.type.startswith("pulumi:")


def type_of(resource: Resource) -> str:
    """A resource's type, whichever API makes it: a secret made through Cloud Control is a secret."""
    if resource.type == CLOUDCONTROL_RESOURCE and resource.inputs.get("typeName") == GENERATED_SECRET:
        return SECRETSMANAGER_SECRET
    return resource.type


def module_of(type_: str) -> str:
    """Which service's API a type comes from, such as `ec2`; another provider's types share its package."""
    package, _, rest = type_.partition(":")
    if package not in ("aws", "aws-native"):
        return package
    module = rest.partition(":")[0].partition("/")[0]
    return _MERGED.get(module, module)


def short(type_: str) -> str:
    """A type without what repeats itself: `aws:s3/bucket:Bucket` is `s3 Bucket`."""
    package, _, rest = type_.partition(":")
    module, _, name = rest.rpartition(":")
    return f"{module.partition('/')[0] or package} {name}".strip()
