"""The vector store: its index, its key, and what the application may do.

Not proven: that S3 Vectors builds the index with the key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.data.vectors import Vectors, key_users
from components.foundation.store import StoreArgs
from settings.sections.observability import AlarmSettings
from settings.sections.stores.vectors import VectorsSettings
from tests.components.surroundings import CONTEXT, KEY, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

BUCKET, INDEX = "shop-vectors-bucket", "shop-vectors-index"


def vectors(*, key: str | None = KEY, protect: bool = True, **settings: Any) -> Vectors:  # noqa: ANN401
    args = StoreArgs(context=CONTEXT, settings=VectorsSettings(**settings), logs=LOGS, key_arn=key, protect=protect)
    return Vectors("shop-vectors", args)


def test_a_bucket_and_its_index(build: Build) -> None:
    made = build(lambda: vectors(dimension=512, distance="euclidean", unfiltered=["text", "title"]))
    assert made.children == {
        BUCKET: "aws:s3/vectorsVectorBucket:VectorsVectorBucket",
        INDEX: "aws:s3/vectorsIndex:VectorsIndex",
    }
    inputs = made.inputs(INDEX)
    assert (inputs["dimension"], inputs["distanceMetric"], inputs["dataType"]) == (512, "euclidean", "float32")
    assert inputs["metadataConfiguration"] == {"nonFilterableMetadataKeys": ["text", "title"]}


def test_encryption_and_protection(build: Build) -> None:
    kept = build(vectors)
    assert kept.inputs(BUCKET)["encryptionConfigurations"] == [{"sseType": "aws:kms", "kmsKeyArn": KEY}]
    assert (kept.inputs(BUCKET)["forceDestroy"], kept[BUCKET].options.protect) == (False, True)
    assert kept[INDEX].options.protect is True
    loose = build(lambda: vectors(key=None, protect=False, unfiltered=[]))
    assert "encryptionConfigurations" not in loose.inputs(BUCKET)
    assert loose.inputs(BUCKET)["forceDestroy"] is True
    assert "metadataConfiguration" not in loose.inputs(INDEX)


def test_what_the_application_may_do(build: Build) -> None:
    made = build(vectors, lambda one: [one.variables, [(s.sid, s.resources) for s in one.statements()]])
    assert made.answer[0] == {"VECTORS_BUCKET": "shop-dev-vectors", "VECTORS_INDEX": "items"}
    assert made.answer[1] == [["UseVectors", [made[INDEX].outputs["indexArn"]]], ["UseVectorKey", [KEY]]]
    plain = build(lambda: vectors(key=None), lambda one: [s.sid for s in one.statements()]).answer
    assert plain == ["UseVectors"]


def test_indexing_may_use_the_key(build: Build) -> None:
    del build
    (statement,) = key_users(CONTEXT)
    assert statement.principals == {"Service": ["indexing.s3vectors.amazonaws.com"]}
    assert statement.actions == ["kms:Decrypt"]


def test_what_aws_does_not_have(build: Build) -> None:
    """No metrics, no events, no backups: the layer note says so."""
    found = build(
        vectors, lambda one: [one.alarms(AlarmSettings()), one.events(), one.graphs(), one.backed_up, one.restored]
    )
    assert found.answer == [[], [], [], None, None]
