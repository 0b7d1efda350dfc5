"""A stack of another project: a bucket with its access block, an open bucket, a queue, under one component."""

from __future__ import annotations

from typing import Any

from ascent.plan.model import UNKNOWN, Plan, Resource, secret
from ascent.plan.urn import make_urn
from policies.pack.types import PULUMI_PULUMI_STACK

PROJECT, STACK = "shop", "live"
BUCKET = "aws:s3/bucket:Bucket"
BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"
FLAGS = {"blockPublicAcls": True, "blockPublicPolicy": True, "ignorePublicAcls": True, "restrictPublicBuckets": True}


def urn_of(type_: str, name: str, parent: str = "") -> str:
    """URN of a resource of the stack."""
    return make_urn(STACK, PROJECT, parent, type_, name)


ROOT = urn_of(PULUMI_PULUMI_STACK, f"{PROJECT}-{STACK}")
PROVIDER = urn_of("pulumi:providers:aws", "default_7_51_1")
STORE = urn_of("acme:store:Store", "store")
CLOSED = urn_of(BUCKET, "closed", STORE)
OPEN = urn_of(BUCKET, "open", STORE)


def resource(type_: str, name: str, parent: str = STORE, **inputs: Any) -> Resource:  # noqa: ANN401 - wire values
    """A resource of the stack."""
    return Resource(
        urn=urn_of(type_, name, parent),
        type=type_,
        name=name,
        parent=parent,
        custom=True,
        provider=PROVIDER,
        inputs=inputs,
    )


def small_plan(*more: Resource) -> Plan:
    """The stack, with more resources if any are given."""
    block = Resource(
        urn=urn_of(BLOCK, "closed-block", STORE),
        type=BLOCK,
        name="closed-block",
        parent=STORE,
        custom=True,
        provider=PROVIDER,
        inputs={"bucket": UNKNOWN, **FLAGS},
        dependencies=(CLOSED,),
        property_dependencies={"bucket": (CLOSED,)},
    )
    component = Resource(urn=STORE, type="acme:store:Store", name="store", parent=ROOT, custom=False, inputs={})
    root = Resource(urn=ROOT, type=PULUMI_PULUMI_STACK, name=f"{PROJECT}-{STACK}", parent=None, custom=False, inputs={})
    queue = resource("aws:sqs/queue:Queue", "jobs", kmsMasterKeyId=secret("alias/hunter2"))
    every = (root, component, resource(BUCKET, "closed"), block, resource(BUCKET, "open"), queue, *more)
    return Plan(project=PROJECT, stack=STACK, tier="production", region="eu-west-1", resources=every)
