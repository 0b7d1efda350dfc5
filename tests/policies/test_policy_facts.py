"""Facts, wire values and the readers of values."""

from __future__ import annotations

import pytest

from policies.pack.engine.wire import unwrap
from policies.pack.facts import UNKNOWN, Secret, canonical_type
from policies.pack.values import UNSET, as_bool, as_number, at, items, known_items, show
from tests.policies.building import U, facts, of, ref, secret

SIGNATURE = "4dabf18193072939515e22adb298388d"
OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4"


@pytest.mark.parametrize(
    ("token", "canonical"),
    [
        ("aws:alb/listener:Listener", "aws:lb/listener:Listener"),
        ("aws:applicationloadbalancing/listener:Listener", "aws:lb/listener:Listener"),
        ("aws:s3/bucketV2:BucketV2", "aws:s3/bucket:Bucket"),
        ("aws:s3/bucketVersioningV2:BucketVersioningV2", "aws:s3/bucketVersioning:BucketVersioning"),
        ("aws:ec2/vpc:Vpc", "aws:ec2/vpc:Vpc"),
    ],
)
def test_types_have_one_spelling(token: str, canonical: str) -> None:
    assert canonical_type(token) == canonical


def test_wire_values_are_unwrapped() -> None:
    assert unwrap(U) is UNKNOWN
    assert unwrap([U, 1.0, 1.5, None]) == [UNKNOWN, 1, 1.5, None]
    assert unwrap({"a": None, "b": U}) == {"b": UNKNOWN}
    assert unwrap(secret({"a": U})) == Secret({"a": UNKNOWN})
    assert unwrap({SIGNATURE: OUTPUT, "dependencies": []}) is UNKNOWN
    assert unwrap({SIGNATURE: OUTPUT, "value": 7.0}) == 7
    assert unwrap({SIGNATURE: OUTPUT, "value": "x", "secret": True}) == Secret("x")
    assert unwrap({SIGNATURE: "5cf8f73096256a8f31e491e813e4eb8e", "urn": "u", "id": "i"}) == "i"
    assert unwrap({SIGNATURE: "5cf8f73096256a8f31e491e813e4eb8e", "urn": "u"}) is UNKNOWN
    assert unwrap({SIGNATURE: "c44067f5952c0a294b673a41bacd8c17", "path": "p"}) == {"path": "p"}


def test_an_unknown_has_no_truth_value_and_a_secret_no_text() -> None:
    with pytest.raises(TypeError, match="known only after deployment"):
        bool(UNKNOWN)
    assert "hunter2" not in f"{Secret('hunter2')} {Secret('hunter2')!r} {[Secret('hunter2')]}"


def test_reading_by_path() -> None:
    props = unwrap({"a": {"b": secret({"c": 1})}, "u": U, "one": [{"x": True}], "two": [{"x": 1}, {"x": 2}]})
    assert at(props, "a.b.c") == 1
    assert at(props, "a.b.d") is UNSET
    assert at(props, "a.b.c.d") is UNSET
    assert at(props, "u.v") is UNKNOWN
    assert at(props, "one.x") is True
    assert at(props, "two.x") is UNSET
    assert at(None, "a") is UNSET


def test_reading_lists() -> None:
    props = unwrap({"list": [1, U, secret(2)], "single": {"a": 1}, "u": U, "none": None})
    assert items(props, "list") == [1, UNKNOWN, 2]
    assert known_items(props, "list") == [1, 2]
    assert items(props, "single") == [{"a": 1}]
    assert items(props, "u") is UNKNOWN
    assert known_items(props, "u") == []
    assert items(props, "none") == items(props, "missing") == []


def test_reading_booleans_and_numbers() -> None:
    assert (as_bool("True"), as_bool(False), as_bool(1), as_bool("yes")) == (True, False, None, None)
    assert (as_number("7"), as_number(7), as_number(True), as_number("x"), as_number(None)) == (7, 7, None, None, None)
    assert as_number(10**400) is None
    assert as_bool(UNKNOWN) is UNKNOWN
    assert as_number(UNKNOWN) is UNKNOWN
    assert as_number("inf") == float("inf")


def test_showing_values() -> None:
    props = unwrap({"t": True, "s": secret("x"), "long": "a b\n" * 40, "list": [1], "n": 7.0, "in": {"s": secret("x")}})
    assert show(props, "t") == "t is true"
    assert show(props, "s") == "s is a secret value"
    assert show(props, "in.s") == "in.s is a secret value"
    assert show(props, "n") == "n is 7"
    assert show(props, "list") == "list is a list of 1"
    assert show(props, "gone") == "gone is not set"
    assert len(show(props, "long")) < 80
    assert "\n" not in show(props, "long")


def test_companions_are_found_by_reference_and_by_name() -> None:
    bucket = of("aws:s3/bucketV2:BucketV2", "bucket", bucket="files")
    other = of("aws:s3/bucket:Bucket", "other")
    by_reference = of("aws:s3/bucketPolicy:BucketPolicy", "p1", bucket=ref("bucket"))
    by_name = of("aws:s3/bucketPolicy:BucketPolicy", "p2", bucket="files")
    stack = facts(bucket, other, by_reference, by_name)
    target = stack.by_urn[bucket.urn]

    found = stack.referring(target, "aws:s3/bucketPolicy:BucketPolicy", "bucket", "bucket")

    assert [r.name for r in found] == ["p1", "p2"]
    assert stack.referring(stack.by_urn[other.urn], "aws:s3/bucketPolicy:BucketPolicy", "bucket", "bucket") == ()
    assert stack.referred(stack.by_urn[by_reference.urn], "bucket", "aws:s3/bucket:Bucket") == (target,)
