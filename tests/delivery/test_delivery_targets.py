"""What each target really does, with stand-ins for what would talk to AWS, a registry or a code host."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.delivery.pipelines import Bench

if TYPE_CHECKING:
    from pathlib import Path

DIGEST = f"sha256:{'a' * 64}"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """Where targets run."""
    return Bench(tmp_path)


def test_stages_before_an_image(bench: Bench) -> None:
    for target in ("unit", "integration", "security"):
        assert bench.make(target).returncode == 0
    tests = [line for line in bench.called if line.startswith("python -m pytest")]
    assert "--ignore tests/engine" in tests[0]
    assert "tests/engine" in tests[1]
    assert any(line.startswith("zizmor --offline") for line in bench.called)
    assert "ascent plan --format sarif --output out/ascent.sarif" in bench.called


def test_an_image_is_built_scanned_pushed_and_signed(bench: Bench) -> None:
    content = json.dumps({"buildx.build.ref": "x", "containerimage.digest": DIGEST}, indent=2)
    bench.fake("docker", f"case $* in *--push*) cat > out/image.json <<'END'\n{content}\nEND\n;; esac")
    for target in ("image", "scan", "push"):
        assert bench.make(target, "REPOSITORY=r.example/shop", "TAG=abc").returncode == 0
    built, scanned, pushed, signed = bench.called
    assert built == "docker build -t r.example/shop:abc app"
    assert "--exit-code 1" in scanned
    assert {"--sbom=true", "--provenance=mode=max", "--push", "linux/arm64,linux/amd64"} <= set(pushed.split())
    assert signed == f"cosign sign --yes r.example/shop@{DIGEST}"
    assert bench.make("deploy", "STACK=staging", "STATE=s3://b", "REPOSITORY=r.example/shop").returncode == 0
    assert bench.called[4:] == [
        "pulumi login s3://b",
        f"pulumi config set --stack staging --path ascent:compute.image r.example/shop@{DIGEST}",
        "pulumi up --yes --non-interactive --stack staging --policy-pack policies",
    ]


def test_a_push_without_a_digest_fails(bench: Bench) -> None:
    bench.fake("docker", "echo '{}' > out/image.json")
    assert bench.make("push").returncode != 0
    assert not any(line.startswith("cosign") for line in bench.called)


@pytest.mark.parametrize("target", ["image", "scan", "deploy", "smoke", "e2e", "drift", "comment", "history"])
def test_what_fails_inside_fails(target: str, bench: Bench) -> None:
    for name in ("docker", "trivy", "pulumi", "ascent"):
        bench.fake(name, "exit 1")
    assert bench.make(target, "STATE=s3://b", BASE="main", HEAD="HEAD").returncode != 0


def test_after_a_deployment(bench: Bench) -> None:
    for target in ("smoke", "e2e", "drift", "history"):
        assert bench.make(target, "STACK=prod", "STATE=s3://b").returncode == 0
    called = [line for line in bench.called if "login" not in line]
    assert called[0] == "ascent verify prod --wait 20"
    assert called[1] == "ascent verify prod --wait 20 --json"
    assert "pulumi refresh --preview-only --expect-no-changes --non-interactive --stack prod" in called


@pytest.mark.parametrize(
    ("jobs", "status"),
    [("COMPLETED\tRDS\t1\n", 0), ("", 1), ("RUNNING\tRDS\t1\n", 1), ("COMPLETED\tRDS\t1\nFAILED\tEFS\t2\n", 1)],
)
def test_the_restore_test(jobs: str, status: int, bench: Bench) -> None:
    bench.fake("aws", f"printf '{jobs}'")
    assert (bench.make("restore").returncode != 0) == bool(status)
    assert "RestoreTestingPlanArn" in bench.called[0]


def test_a_notice(bench: Bench) -> None:
    assert bench.make("notice", TOPIC="").returncode == 0
    assert bench.called == []
    hostile = "$(touch owned) `touch owned` \"; touch owned; '"
    assert bench.make("notice", TOPIC="arn:t", SUBJECT=hostile, TEXT=hostile).returncode == 0
    assert not (bench.directory / "owned").exists()
    assert hostile in bench.called[0]


def test_a_comment_is_made_and_published(bench: Bench) -> None:
    hostile = "x; touch owned; $(touch owned)"
    assert bench.make("comment", BASE="main", HEAD=hostile).returncode == 0
    assert bench.called[-1] == (
        f"ascent diff main {hostile} --markdown --output out/comment.md --fail-on failures,data-loss"
    )
    bench.fake("gh", "case $* in *'pr view'*) echo 7;; esac")
    given = {"HEAD_OWNER": "ann", "HEAD_BRANCH": hostile, "HEAD_SHA": "abc", "GITHUB_REPOSITORY": "o/r"}
    assert bench.make("publish", **given).returncode == 0
    assert bench.called[-1] == "gh pr comment 7 --repo o/r --edit-last --create-if-none --body-file out/comment.md"
    bench.fake("gh")
    assert "no open pull request at abc" in bench.make("publish", **given).stderr
    assert not (bench.directory / "owned").exists()
