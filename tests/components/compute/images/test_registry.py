"""The repository of a stack's images, and the cache of public ones.

Not proven: that ECR signs, copies and expires as it is told.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from components.compute.images.cache import PublicCache
from components.compute.images.registry import Registry, RegistryArgs
from settings.sections.running.registry import RegistrySettings
from tests.components.mocks import UNKNOWN
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

IMAGES = "shop-registry-images"
REPOSITORY = {
    IMAGES: "aws:ecr/repository:Repository",
    "shop-registry-lifecycle": "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    "shop-registry-access": "aws:ecr/repositoryPolicy:RepositoryPolicy",
}


def registry(*, key: str | None = None, protect: bool = False, **settings: Any) -> Registry:  # noqa: ANN401
    given = RegistrySettings.model_validate({"enabled": True, **settings})
    cache = PublicCache(context=CONTEXT) if given.cache_public else None
    args = RegistryArgs(context=CONTEXT, settings=given, key_arn=key, cache=cache, protect=protect)
    return Registry("shop-registry", args)


def test_children(build: Build) -> None:
    made = build(registry)
    assert made.children == REPOSITORY
    assert made.attributes == made.outputs == {"url": made[IMAGES].outputs["repositoryUrl"]}
    assert made.preview.attributes == {"url": UNKNOWN}


@pytest.mark.parametrize("protect", [False, True])
def test_tags_stay_and_images_are_scanned(build: Build, protect: bool) -> None:
    made = build(lambda: registry(key=KEY, protect=protect))
    assert made.inputs(IMAGES) == {
        "name": "shop/dev",
        "imageTagMutability": "IMMUTABLE",
        "imageScanningConfiguration": {"scanOnPush": True},
        "encryptionConfigurations": [{"encryptionType": "KMS", "kmsKey": KEY}],
        "forceDelete": not protect,
        "tags": CONTEXT.tags(IMAGES),
    }
    assert made[IMAGES].options.protect is protect


def test_old_images_go_in_the_order_that_aws_answers_in(build: Build) -> None:
    made = build(lambda: registry(keep_images=50, untagged_days=3))
    rules = json.loads(made.inputs("shop-registry-lifecycle")["policy"])["rules"]
    assert [(r["rulePriority"], r["selection"]["countNumber"]) for r in rules] == [(1, 3), (2, 50)]


def test_another_account_gets_nothing(build: Build) -> None:
    (deny,) = json.loads(build(registry).inputs("shop-registry-access")["policy"])["Statement"]
    assert (deny["Effect"], deny["Condition"]) == (
        "Deny",
        {"StringNotEquals": {"aws:PrincipalAccount": "111111111111"}},
    )


def test_copies_and_signatures(build: Build) -> None:
    made = build(lambda: registry(replica_regions=("us-west-2",), signing=True))
    assert made.children == {
        **REPOSITORY,
        "shop-registry-copies": "aws:ecr/replicationConfiguration:ReplicationConfiguration",
        "shop-registry-signer": "aws:signer/signingProfile:SigningProfile",
        "shop-registry-signing": "aws:cloudcontrol/resource:Resource",
    }
    assert made.inputs("shop-registry-copies")["replicationConfiguration"]["rules"] == [
        {
            "destinations": [{"region": "us-west-2", "registryId": "111111111111"}],
            "repositoryFilters": [{"filter": "shop/dev", "filterType": "PREFIX_MATCH"}],
        }
    ]
    assert made.inputs("shop-registry-signer")["platformId"] == "Notation-OCI-SHA384-ECDSA"
    wanted = json.loads(made.inputs("shop-registry-signing")["desiredState"])
    assert wanted["Rules"][0]["SigningProfileArn"] == made["shop-registry-signer"].outputs["arn"]


def test_a_cache_alone(build: Build) -> None:
    made = build(lambda: registry(enabled=False, cache_public=True))
    assert made.children == {"shop-registry-public": "aws:ecr/pullThroughCacheRule:PullThroughCacheRule"}
    assert made.inputs("shop-registry-public") == {
        "ecrRepositoryPrefix": "shop-dev-pub",
        "upstreamRegistryUrl": "public.ecr.aws",
    }


def test_an_image_of_another_registry_stays_where_it_is() -> None:
    assert PublicCache(context=CONTEXT).named("registry.example.com/app:1") == "registry.example.com/app:1"
