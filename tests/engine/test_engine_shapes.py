"""Stacks of many shapes: in each fact the offline plan is the engine's preview, but for what only AWS can tell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.engine.cases import CLOUDFRONTS_LIST
from tests.engine.fidelity.compare import differences
from tests.engine.fidelity.engine_view import engine_plan
from tests.engine.live import LONG
from tests.stacks.planning import planned, smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.engine.live import LiveStack

CERTIFICATE = "arn:aws:acm:eu-west-1:111111111111:certificate/12345678-1234-1234-1234-123456789012"
IMAGE = "111111111111.dkr.ecr.us-east-1.amazonaws.com/app@sha256:" + "a" * 64
SERVICES = {
    "web": {"port": 3000},
    "api": {"paths": ["/api/*"], "hosts": ["api.example.com"], "cpu": 512, "memory": 1024},
    "mail": {"kind": "worker", "command": ["python", "-m", "mail"]},
    "clean": {"kind": "task"},
}
KEY_POLICY = "aws:kms/key:Key.policy"
SHAPES: list[Any] = [
    pytest.param({"tier": "mvp"}, {KEY_POLICY}, id="smallest of all"),
    pytest.param(smallest("mvp"), (), id="mvp with a domain", marks=LONG),
    pytest.param(smallest("startup", services=SERVICES), (), id="several services", marks=LONG),
    pytest.param(
        smallest("startup", compute={"kind": "ec2", "image": "app:1", "maxInstanceDays": 7, "placement": "public"}),
        (),
        id="instances",
        marks=LONG,
    ),
    pytest.param(smallest("startup", edge={"ingress": "alb", "waf": True}), (), id="public load balancer", marks=LONG),
    pytest.param(
        smallest("startup", region="eu-west-1", edge={"waf": True}), (), id="CloudFront from another region", marks=LONG
    ),
    pytest.param(smallest("production"), (), id="production", marks=LONG),
    pytest.param(smallest("enterprise"), (), id="enterprise", marks=LONG),
    pytest.param(
        {
            **smallest("production", region="eu-west-1", compute={"architecture": "x86_64", "user": "1000:1000"}),
            "edge": {"domain": "app.example.com", "certificateArn": CERTIFICATE},
        },
        (),
        id="certificate of one's own",
        marks=LONG,
    ),
    pytest.param(
        smallest(
            "production",
            network={
                "cidr": "10.8.0.0/18",
                "nat": "single",
                "availabilityZones": ["us-east-1b", "us-east-1c"],
                "interfaceEndpoints": ["logs", "ssm"],
            },
            compute={"image": IMAGE, "environment": {"MODE": "fast"}},
        ),
        (),
        id="network of another cut",
        marks=LONG,
    ),
    pytest.param(
        smallest(
            "startup",
            data={"dynamodb": {"enabled": False}, "postgres": {"enabled": False}},
            resilience={"backup": False, "protect": False},
            observability={"dashboard": False, "containerInsights": "disabled"},
            security={"customerManagedKeys": []},
        ),
        (),
        id="nothing to keep",
        marks=LONG,
    ),
    pytest.param(
        {key: value for key, value in smallest("production").items() if key != "accountId"},
        {KEY_POLICY},
        id="no account",
        marks=LONG,
    ),
]


@pytest.mark.parametrize(("settings", "asked"), SHAPES)
def test_offline_plan_is_the_engines(
    live_stack: Callable[..., LiveStack], settings: Mapping[str, Any], asked: set[str]
) -> None:
    live = live_stack(settings)
    file = live.sandbox.root / "plan.json"
    preview = live.operate("preview", "--json", "--show-secrets", "--save-plan", str(file)).must_pass()
    engine = engine_plan(json.loads(file.read_text()), json.loads(preview.stdout))
    offline = planned(settings, live.stack)
    assert differences(offline, engine, {CLOUDFRONTS_LIST, *asked}) == []
    # What is excused is needed: without it the plans differ.
    assert all(
        any(f"inputs.{name.rpartition('.')[2]}" in line for line in differences(offline, engine)) for name in asked
    )
