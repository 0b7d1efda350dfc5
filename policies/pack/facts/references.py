"""Which resource a text means: an id, an ARN or a name that a resource of the stack is known by.

A program that was imported, or a state that records no dependencies, refers to its resources in so many words. A text
means a resource only as a whole: one that merely contains an id means nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from policies.pack import types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from policies.pack.facts import ResourceFacts

_OWN: Final = ("arn", "arnSuffix", "name", "qualifiedArn", "repositoryUrl", "url")
"""Properties in which every resource says what it is called itself."""

_NAMES: Final = {
    types.S3_BUCKET: ("bucket", "bucketDomainName", "bucketRegionalDomainName"),
    types.RDS_CLUSTER: ("clusterIdentifier",),
    types.RDS_INSTANCE: ("identifier",),
    types.LB_LOAD_BALANCER: ("dnsName",),
}
"""The same for some types: elsewhere these properties name another resource."""

_ELSEWHERE: Final = ("aws:s3/", "aws:iam/", "aws:route53/", "aws:cloudfront/")
"""Services whose names are the same in every region."""

_UNIQUE: Final = re.compile(r"[a-z]+-[0-9a-f]{8,17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|https?://.+")
"""Identifiers that AWS gives out once."""

_DEEPEST: Final = 60


class References:
    """The texts by which resources are known, indexed once.

    Args:
        resources: all resources of a stack.
    """

    def __init__(self, resources: Iterable[ResourceFacts]) -> None:
        self._owners: dict[str, list[ResourceFacts]] = {}
        for resource in resources:
            if resource.type.startswith("aws:"):
                for text in set(_identities(resource)):
                    self._owners.setdefault(text, []).append(resource)

    def meant(self, source: ResourceFacts, value: Any) -> Iterator[ResourceFacts]:  # noqa: ANN401 - any JSON value
        """The resources that the texts in a value of `source` mean; one may come more than once.

        A name that resources of several types have means each: who asks knows which type can stand there.
        """
        for written in _texts(value, 0):
            for text in _forms(written):
                for owner in self._owners.get(text, ()):
                    if owner is not source and (_is_exact(text) or _reachable(source, owner)):
                        yield owner


def _identities(resource: ResourceFacts) -> Iterator[str]:
    yield from filter(None, (resource.id,))
    for key in (*_OWN, *_NAMES.get(resource.type, ())):
        for properties in (resource.props, resource.outputs):
            value = properties.get(key)
            if isinstance(value, str) and value:
                yield value
    name = _text(resource, "name")
    if not name:
        return
    if resource.type == types.DYNAMODB_TABLE:
        yield f"table/{name}"
    elif resource.type == types.ECS_SERVICE:
        # The cluster's ARN ends in its name; an unset one is AWS's cluster "default".
        cluster = _text(resource, "cluster") if "cluster" in resource.props else "default"
        yield f"service/{cluster.rpartition('/')[2]}/{name}"


def _text(resource: ResourceFacts, key: str) -> str:
    """A text among the inputs, or else among the outputs; the empty one for neither."""
    found = (properties.get(key) for properties in (resource.props, resource.outputs))
    return next((value for value in found if isinstance(value, str)), "")


def _texts(value: Any, depth: int) -> Iterator[str]:  # noqa: ANN401 - any JSON value
    from policies.pack.facts import Secret

    if depth > _DEEPEST:
        return
    if isinstance(value, Secret):
        yield from _texts(value.value, depth + 1)
    elif isinstance(value, str):
        if value.lstrip().startswith(("{", "[")):
            try:
                yield from _texts(json.loads(value), depth + 1)
            except (ValueError, RecursionError):
                return
        elif value:
            yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner, depth + 1)
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner, depth + 1)


def _forms(text: str) -> Iterator[str]:
    """A text, and what it means without the part that says what of the resource is meant."""
    yield text
    if text.startswith("arn:"):
        for end in (":*", "/*"):
            if text.endswith(end):
                yield text.removesuffix(end)
        service, _, bucket = text.partition(":s3:::")
        if bucket and service.startswith("arn:aws"):
            yield bucket.partition("/")[0]


def _is_exact(text: str) -> bool:
    return text.startswith("arn:") or _UNIQUE.fullmatch(text) is not None


def _reachable(source: ResourceFacts, owner: ResourceFacts) -> bool:
    """Whether a name that `source` writes can be the owner's: regions have names of their own."""
    here, there = source.region, owner.region
    return here == there or not here or not there or owner.type.startswith(_ELSEWHERE)
