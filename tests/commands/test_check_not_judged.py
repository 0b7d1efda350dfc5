"""What no rule looks at is counted and named."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def exported(path: Path, *kinds: str) -> Path:
    """A state with a resource of each of some types."""
    resources = [
        {"urn": f"urn:pulumi:live::shop::{kind}::r{number}", "type": kind, "custom": True, "id": str(number)}
        for number, kind in enumerate(kinds)
    ]
    path.write_text(json.dumps({"version": 3, "deployment": {"resources": resources}}))
    return path


CLUSTER, NATIVE = "aws:memorydb/cluster:Cluster", "aws-native:s3:Bucket"


@pytest.mark.parametrize(
    ("kinds", "said", "counted"),
    [
        ([], "", {}),
        ([CLUSTER], f"not judged: 1 resource of 1 type ({CLUSTER} 1)", {CLUSTER: 1}),
        (
            [NATIVE, CLUSTER, NATIVE, "kubernetes:core/v1:Pod"],
            f"not judged: 3 resources of 2 types ({NATIVE} 2, {CLUSTER} 1)",
            {NATIVE: 2, CLUSTER: 1},
        ),
    ],
)
def test_types_without_rules_are_named(
    kinds: list[str], said: str, counted: dict[str, int], tmp_path: Path, ascent: Callable[..., Any]
) -> None:
    path = exported(tmp_path / "state.json", "aws:s3/bucket:Bucket", *kinds)
    lines = [x.strip() for x in ascent("check", "--state", path).out.splitlines() if "not judged" in x]
    assert lines == ([said] if said else [])
    told = json.loads(ascent("check", "--state", path, "--format", "json").out)
    assert told["stacks"][0]["notJudged"] == counted


def test_a_type_that_only_stands_in_the_list_of_types_is_not_judged(tmp_path: Path, ascent: Callable[..., Any]) -> None:
    """A workspace of Grafana has a name among the types, and no rule; a bucket's policy is read by other rules."""
    path = exported(tmp_path / "state.json", "aws:s3/bucketPolicy:BucketPolicy", "aws:grafana/workspace:Workspace")
    said = ascent("check", "--state", path, "-v").out
    assert "not judged: 1 resource of 1 type (aws:grafana/workspace:Workspace 1)" in said
    assert "    aws:grafana/workspace:Workspace r1\n" in said
    assert "aws:grafana/workspace:Workspace r1" not in ascent("check", "--state", path).out


@pytest.mark.parametrize("kinds", [[], ["gcp:storage/bucket:Bucket"], [NATIVE]])
def test_a_state_with_nothing_to_judge_may_be_allowed(
    kinds: list[str], tmp_path: Path, ascent: Callable[..., Any]
) -> None:
    path = exported(tmp_path / "state.json", *kinds)
    refused = ascent("check", "--state", path)
    assert (refused.status, refused.out, refused.err.count("\n")) == (2, "", 1)
    assert "nothing to judge" in refused.err
    assert "--allow-empty" in refused.err
    allowed = ascent("check", "--state", path, "--allow-empty")
    assert (allowed.status, allowed.out) == (0, "")
    assert "nothing to judge" in allowed.err


def test_a_file_that_is_wrong_is_not_allowed_as_empty(tmp_path: Path, ascent: Callable[..., Any]) -> None:
    (path := tmp_path / "state.json").write_text("{")
    assert ascent("check", "--state", path, "--allow-empty").status == 2
