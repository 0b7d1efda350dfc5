"""Every policy document of a stack, with all its ARNs, and what a linter says of it.

A plan does not know documents that hold the ARN of something not yet made. Pulumi's mocks answer with ARNs, so the
platform is built on them from the same settings.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from cfnlint.api import lint
from cfnlint.config import ManualArgs

from ascent.plan.config import read_stack
from components.platform import Platform, PlatformArgs
from settings.load import resolve
from tests.components.mocks import build
from tests.components.surroundings import CONTEXT
from tests.stacks.planning import ROOT, config_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from settings.schema import Settings

IDENTITY: Final = ("aws:iam/rolePolicy:RolePolicy", "aws:iam/policy:Policy")
"""Types whose documents say what an identity may do; others say who may come to a resource."""

_KINDS: Final = {
    **dict.fromkeys(IDENTITY, ("AWS::IAM::ManagedPolicy", "PolicyDocument", {})),
    "aws:iam/role:Role": ("AWS::IAM::Role", "AssumeRolePolicyDocument", {}),
    "aws:kms/key:Key": ("AWS::KMS::Key", "KeyPolicy", {}),
    "aws:sns/topicPolicy:TopicPolicy": ("AWS::SNS::TopicPolicy", "PolicyDocument", {"Topics": ["{key}"]}),
    "aws:s3/bucketPolicy:BucketPolicy": ("AWS::S3::BucketPolicy", "PolicyDocument", {"Bucket": "{key}"}),
}
"""Type → what CloudFormation calls it, where its document stands there, and what else it must have."""

_OTHER: Final = ("AWS::IAM::ManagedPolicy", "PolicyDocument", {})
"""The linter does not look into an endpoint's policy; without its principals it is like an identity's."""

_MADE_UP: Final = re.compile(r"^[a-z0-9-]+-(secret-id|password-arn)$")
"""What the mocks answer for ARNs of secrets, of which the SDK asks other outputs than `arn`."""


@dataclass(frozen=True, slots=True)
class Document:
    """A policy as AWS gets it."""

    type: str
    name: str
    body: Mapping[str, Any]

    @property
    def statements(self) -> list[dict[str, Any]]:
        found = self.body["Statement"]
        return found if isinstance(found, list) else [found]

    @property
    def is_identity(self) -> bool:
        return self.type in IDENTITY


def documents_of(settings: Mapping[str, Any]) -> list[Document]:
    """The documents of a stack with these settings, which stand as in a stack file."""
    return list(_documents(json.dumps(config_of(settings), sort_keys=True), "test"))


def shipped_documents(stack: str) -> list[Document]:
    """The documents of a stack file in the repository."""
    return list(_documents(json.dumps(read_stack(ROOT, stack).values, sort_keys=True), stack))


_NO_PERMISSIONS = ("aws:cloudwatch/logDataProtectionPolicy:LogDataProtectionPolicy",)
"""Types whose documents have statements that permit nobody anything."""


@cache
def _documents(config: str, stack: str) -> tuple[Document, ...]:
    settings = resolve(json.loads(config), stack=stack, project="ascent").settings
    made = build(lambda: _platform(settings))
    return tuple(
        Document(one.type, one.name, _spelled(json.loads(value)))
        for one in made.registered.values()
        if one.type not in _NO_PERMISSIONS
        for value in one.inputs.values()
        if isinstance(value, str) and value.startswith("{") and '"Statement"' in value
    )


def _platform(settings: Settings) -> Platform:
    # The stand-in of awsx has two zones; no document depends on how many there are.
    network = settings.network.model_copy(update={"az_count": 2, "availability_zones": None})
    settings = settings.model_copy(update={"network": network})
    context = replace(
        CONTEXT, application=settings.application, environment=settings.environment, region=settings.region
    )
    return Platform(context.prefix, PlatformArgs(context=context, settings=settings))


def linted(documents: Iterable[Document]) -> list[str]:
    """What the linter finds: unknown actions, malformed conditions and resources, a line each."""
    named = {f"R{position}": document for position, document in enumerate(documents)}
    template = {"Resources": {key: _resource(key, document) for key, document in named.items()}}
    found = lint(json.dumps(template), config=ManualArgs(regions=["us-east-1"]))
    # Where a finding is stands in its subclass for templates alone.
    paths = [getattr(match, "path") for match in found]  # noqa: B009
    return [
        f"{named[str(path[1])].name}: {match.rule.id} {match.message[:200]}"
        for path, match in zip(paths, found, strict=True)
    ]


def _resource(key: str, document: Document) -> dict[str, Any]:
    kind, place, rest = _KINDS.get(document.type, _OTHER)
    # No two policies are of one bucket or topic.
    owner = json.loads(json.dumps(rest).replace("{key}", key.lower()))
    body = document.body
    if kind == _OTHER[0]:
        kept = [{key: item for key, item in each.items() if key != "Principal"} for each in document.statements]
        body = {**body, "Statement": kept}
    return {"Type": kind, "Properties": {**owner, place: body}}


def _spelled(value: Any) -> Any:  # noqa: ANN401 - any tree
    """A document with ARNs in place of what the mocks made up."""
    if isinstance(value, dict):
        return {key: _spelled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_spelled(item) for item in value]
    made_up = isinstance(value, str) and _MADE_UP.match(value)
    return f"arn:aws:secretsmanager:us-east-1:111111111111:secret:{value}" if made_up else value
