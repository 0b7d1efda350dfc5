"""Single settings changed on a live stack: deployed, deployed again, and AWS and the state compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from settings.consistency.memory import zone_steps
from tests.engine.live import LONG, LiveStack, foretold, gone, lost_data
from tests.stacks.planning import DOMAIN, EMAILS, smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

ACCOUNT = {"accountId": "123456789012"}
IMAGE = "public.ecr.aws/acme/app:1.2.3"
SECOND = "public.ecr.aws/acme/app:1.2.4"

BASES: Mapping[str, Mapping[str, Any]] = {
    "startup": smallest("startup", **ACCOUNT),
    "mvp without domain": {"tier": "mvp", **ACCOUNT, "observability": EMAILS},
    "production": smallest("production", **ACCOUNT),
}
CHANGES: list[Any] = [
    # What a stack may be asked to do on any day.
    pytest.param(
        "startup",
        {"network": {"availabilityZones": ["us-east-1a", "us-east-1c"]}},
        id="another last zone",
    ),
    pytest.param("startup", {"data": {"postgres": {"engineVersion": "18"}}}, id="next major version"),
    pytest.param("mvp without domain", {"edge": DOMAIN}, id="domain added"),
    pytest.param("startup", {"compute": {"image": IMAGE, "port": 9000}}, id="port and image"),
    pytest.param("startup", {"network": {"azCount": 3}}, id="third zone", marks=LONG),
    pytest.param("startup", {"network": {"nat": "per_az"}}, id="NAT per zone", marks=LONG),
    pytest.param("startup", {"network": {"interfaceEndpoints": ["logs", "ssm"]}}, id="endpoints", marks=LONG),
    pytest.param("startup", {"network": {"flowLogRetentionDays": 30}}, id="flow log retention", marks=LONG),
    pytest.param("startup", {"edge": {"waf": True}}, id="firewall on", marks=LONG),
    pytest.param("startup", {"edge": {"idleTimeoutSeconds": 120}}, id="idle timeout", marks=LONG),
    pytest.param("startup", {"edge": {"domain": "other.example.com"}}, id="other domain", marks=LONG),
    pytest.param("startup", {"compute": {"image": SECOND}}, id="other image", marks=LONG),
    pytest.param("startup", {"compute": {"cpu": 512, "memory": 1024}}, id="larger tasks", marks=LONG),
    pytest.param("startup", {"compute": {"minCount": 3}}, id="more tasks", marks=LONG),
    pytest.param("startup", {"compute": {"architecture": "x86_64"}}, id="other processor", marks=LONG),
    pytest.param("startup", {"compute": {"healthCheckPath": "/ready"}}, id="health check", marks=LONG),
    pytest.param("startup", {"compute": {"environment": {"MODE": "fast"}}}, id="variable", marks=LONG),
    pytest.param("startup", {"compute": {"kind": "ec2"}}, id="instances instead of tasks", marks=LONG),
    pytest.param(
        "startup",
        {"data": {"postgres": {"instanceClass": "db.t4g.medium"}}},
        id="larger class",
        marks=LONG,
    ),
    pytest.param("startup", {"data": {"postgres": {"storageGb": 40}}}, id="more storage", marks=LONG),
    pytest.param("startup", {"data": {"postgres": {"multiAz": True}}}, id="standby", marks=LONG),
    pytest.param("startup", {"observability": {"logRetentionDays": 30}}, id="log retention", marks=LONG),
    pytest.param("startup", {"costCenter": "growth"}, id="every tag", marks=LONG),
    pytest.param("startup", {"services": {"app": {}, "api": {"paths": ["/api/*"]}}}, id="second service", marks=LONG),
]
REFUSED: list[Any] = [
    # Another load balancer or VPC, while `resilience.protect` holds; `compare` tells before.
    pytest.param("startup", {"network": {"cidr": "10.1.0.0/16"}}, id="network moved"),
    pytest.param("startup", {"edge": {"ingress": "alb"}}, id="public load balancer", marks=LONG),
    pytest.param("production", {"edge": {"ingress": "cloudfront"}}, id="load balancer becomes internal", marks=LONG),
]


@pytest.fixture(scope="module")
def base(live_stack: Callable[..., LiveStack]) -> Callable[[str], LiveStack]:
    """A deployed stack to fork, each deployed at most once."""
    deployed: dict[str, LiveStack] = {}

    def get(name: str) -> LiveStack:
        if name not in deployed:
            deployed[name] = live_stack(BASES[name])
            deployed[name].up().must_pass()
        return deployed[name]

    return get


def merged(base: Any, over: Any) -> Any:  # noqa: ANN401 - any JSON value
    """`over` laid on `base`, key by key."""
    if isinstance(base, dict) and isinstance(over, dict):
        return {**base, **{key: merged(base.get(key), value) for key, value in over.items()}}
    return over


@pytest.mark.parametrize(("start", "change"), CHANGES)
def test_change_settles_and_loses_nothing(
    base: Callable[[str], LiveStack], start: str, change: Mapping[str, Any], tmp_path: Path
) -> None:
    live = LiveStack(tmp_path, merged(BASES[start], change), origin=base(start))
    live.up().must_pass()
    done = live.calls()
    assert lost_data(done) == []
    assert gone(done) == foretold(BASES[start], live.settings)
    live.settle()
    assert live.memory.taken() == []
    assert [thing.pending for thing in live.memory.all() if thing.pending] == []


def test_requests_are_led_to_another_port_once_tasks_listen_there(
    base: Callable[[str], LiveStack], tmp_path: Path
) -> None:
    """As `compare` has it: tied to the load balancer, filled, visited; the old target group goes last."""
    start = BASES["startup"]
    live = LiveStack(tmp_path, merged(start, {"compute": {"image": IMAGE, "port": 9000}}), origin=base("startup"))
    live.up().must_pass()
    done = [(what, urn.rpartition("::")[2].removeprefix("ascent-test-")) for what, urn in live.calls()]
    rules = [place for place, call in enumerate(done) if call[1].startswith("routing-app-")]
    assert rules
    assert {done[place][0] for place in rules} == {"update"}
    assert done.index(("update", "ingress-lb-app-tie")) < done.index(("update", "app-service")) < min(rules)
    assert max(rules) < done.index(("delete", "ingress-lb-app-targets"))


@pytest.mark.parametrize(("start", "change"), REFUSED)
def test_change_is_refused_before_anything_is_touched(
    base: Callable[[str], LiveStack], start: str, change: Mapping[str, Any], tmp_path: Path
) -> None:
    live = LiveStack(tmp_path, merged(BASES[start], change), origin=base(start))
    preview = live.operate("preview")
    assert preview.status != 0
    assert "protect" in preview.said
    assert live.calls() == []
    live.settings = BASES[start]
    live.settle()


def refused_by_memory(live: LiveStack, *words: str) -> None:
    """Neither a preview nor a deployment without one does anything; both say why."""
    preview = live.operate("preview")
    deployment = live.up()
    for stage in (preview, deployment):
        assert stage.status != 0
        for word in words:
            assert word in stage.said
    # A preview says it in one line.
    assert "Traceback" not in preview.said
    assert live.calls() == []


def test_zones_that_would_move_others_are_refused_and_come_in_steps(
    base: Callable[[str], LiveStack], tmp_path: Path
) -> None:
    start, before, after = "mvp without domain", ["us-east-1a", "us-east-1b"], ["us-east-1b", "us-east-1c"]
    live = LiveStack(tmp_path, merged(BASES[start], {"network": {"availabilityZones": after}}), origin=base(start))
    steps = zone_steps(before, after)
    words = " and then ".join(f"[{', '.join(step)}]" for step in steps)
    refused_by_memory(live, f"Pulumi.test.yaml: ascent:network.availabilityZones is {', '.join(after)}: ", words)
    for step in steps:
        live.settings = merged(BASES[start], {"network": {"availabilityZones": list(step)}})
        live.up().must_pass()
        assert lost_data(live.calls()) == []
        live.settle()


def test_renaming_a_stack_whose_file_does_not_name_its_environment_is_refused(
    base: Callable[[str], LiveStack], tmp_path: Path
) -> None:
    start = "mvp without domain"
    live = LiveStack(tmp_path, BASES[start], origin=base(start))
    live.run("stack", "rename", "renamed", "--stack", live.stack).must_pass()
    live.stack = "renamed"
    refused_by_memory(live, "Pulumi.renamed.yaml: ascent:environment is renamed: ", "write ascent:environment: test")
    live.settings = merged(BASES[start], {"environment": "test"})
    live.up("--expect-no-changes").must_pass()
    assert live.calls() == []


def test_renaming_a_stack_that_names_its_environment_renames_nothing(
    base: Callable[[str], LiveStack], tmp_path: Path
) -> None:
    start = "mvp without domain"
    live = LiveStack(tmp_path, merged(BASES[start], {"environment": "test"}), origin=base(start))
    live.run("stack", "rename", "renamed", "--stack", live.stack).must_pass()
    live.stack = "renamed"
    live.up("--expect-no-changes").must_pass()
    assert live.calls() == []


@pytest.mark.parametrize(
    ("start", "what"),
    [("mvp without domain", "EC2 type t4g.micro"), ("startup", "RDS class db.t4g.micro")],
)
def test_zones_without_what_the_stack_needs_are_refused_before_anything_is_made(
    live_stack: Callable[..., LiveStack], start: str, what: str
) -> None:
    live = live_stack(BASES[start], STANDIN_AWS_LACKS="use1-az2")
    preview = live.operate("preview")
    assert preview.status != 0
    assert f"us-east-1b is use1-az2 in this account, which has no {what}; write" in preview.said
    assert "ascent:network.availabilityZones: [us-east-1a, us-east-1c]" in preview.said
    assert live.calls() == []
    live.settings = merged(BASES[start], {"network": {"availabilityZones": ["us-east-1a", "us-east-1c"]}})
    live.operate("preview").must_pass()
