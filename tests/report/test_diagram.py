"""A diagram is well-formed, tidy (nothing overlaps, arrows end at boxes) and shows what the plan says and no more."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ascent.plan.model import Plan, Resource
from ascent.report.diagram.draw import diagram
from ascent.report.diagram.layout import Box, arrange
from ascent.report.diagram.route import crosses, route
from ascent.report.diagram.scene import Scene, scene
from tests.commands.small_plan import resource, small_plan
from tests.stacks.planning import SHIPPED, shipped

SVG = "{http://www.w3.org/2000/svg}"


def linked(made: Resource, **references: Resource) -> Resource:
    """The resource, referring to another one in each of these inputs."""
    return replace(made, property_dependencies={key: (to.urn,) for key, to in references.items()})


def wide_plan(zones: int = 5, instances: int = 2, queues: int = 3) -> Plan:
    """Another program's stack: two networks, instances with inline rules, services that the catalogue lacks."""
    made: list[Resource] = [resource("aws:sqs/queue:Queue", f"queue-{n}") for n in range(queues)]
    made += [resource("aws:neptune/cluster:Cluster", 'graph <&> "x"'), resource("gcp:storage/bucket:Bucket", "far")]
    for net in ("one", "two"):
        vpc = resource("aws:ec2/vpc:Vpc", net, cidrBlock="10.0.0.0/8")
        open_to_all = {"cidrBlocks": ["0.0.0.0/0"], "fromPort": 22, "toPort": 22}
        group = resource("aws:ec2/securityGroup:SecurityGroup", f"{net}-sg", ingress=[open_to_all])
        made += [vpc, linked(group, vpcId=vpc)]
        for zone in range(zones):
            name = f"{net}-{('public', 'private', 'db')[zone % 3]}-{zone}"
            subnet = resource("aws:ec2/subnet:Subnet", name, availabilityZone=f"z{zone}", cidrBlock="10.1.0.0/16")
            subnet = linked(subnet, vpcId=vpc)
            made.append(subnet)
            for number in range(instances):
                instance = resource("aws:ec2/instance:Instance", f"{name}-{number}", subnetId="?")
                made.append(linked(instance, subnetId=subnet, vpcSecurityGroupIds=group))
    return small_plan(*made)


PLANS = {**{stack: lambda stack=stack: shipped(stack) for stack in SHIPPED}, "foreign": small_plan, "wide": wide_plan}


@pytest.fixture(params=sorted(PLANS))
def plan(request: pytest.FixtureRequest) -> Plan:
    return PLANS[request.param]()


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


def at_border(box: Box, x: float, y: float) -> bool:
    inside = box.x <= x <= box.right and box.y <= y <= box.bottom
    return inside and (x in (box.x, box.right) or y in (box.y, box.bottom))


def assert_tidy(shown: Scene) -> None:
    layout = arrange(shown)
    boxes = {b.id: b for b in layout.boxes}
    assert len(boxes) == len(layout.boxes)
    assert {n.id for n in shown.nodes} <= set(boxes)
    for box in layout.boxes:
        assert 0 <= box.x < box.right <= layout.width
        assert 0 <= box.y < box.bottom <= layout.height
        if box.parent:
            around = boxes[box.parent]
            assert around.x <= box.x and box.right <= around.right, (box, around)  # noqa: PT018 - one fact
            assert around.y <= box.y and box.bottom <= around.bottom, (box, around)  # noqa: PT018 - one fact
    for a, b in combinations(layout.boxes, 2):
        assert a.parent != b.parent or not overlap(a, b), (a, b)
    lines = route(shown, layout)
    assert len(lines) == len(shown.arrows)
    for line in lines:
        assert at_border(boxes[line.arrow.source], *line.points[0]), line
        assert at_border(boxes[line.arrow.target], *line.points[-1]), line
        for box in layout.boxes:
            if not box.is_container:
                assert not crosses(line.points, box), (line, box)


def test_boxes_and_arrows_are_tidy(plan: Plan) -> None:
    assert_tidy(scene(plan))


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 7), st.integers(0, 3), st.integers(0, 9))
def test_networks_of_any_size_are_tidy(zones: int, instances: int, queues: int) -> None:
    assert_tidy(scene(wide_plan(zones, instances, queues)))


def test_svg_is_well_formed_and_needs_nothing_else(plan: Plan) -> None:
    text = diagram(plan)
    assert text == diagram(plan)
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    assert set(str(root.get("aria-labelledby")).split()) <= set(ids)
    assert not [e for e in root.iter() if e.tag in (f"{SVG}script", f"{SVG}image", f"{SVG}use", f"{SVG}foreignObject")]
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)|url\((?!#)|@import|href=", text)


def test_ids_differ_between_stacks() -> None:
    found = [set(re.findall(r'id="([^"]+)"', diagram(shipped(stack)))) for stack in SHIPPED]
    assert all(found)
    assert not any(a & b for a, b in combinations(found, 2))


def arrows(plan: Plan) -> set[tuple[str, str, str]]:
    shown = scene(plan)
    labels = {n.id: n.label for n in shown.nodes}
    return {(labels[a.source], labels[a.target], a.label) for a in shown.arrows}


def rows(plan: Plan) -> dict[str, tuple[str, int]]:
    return {n.label: (n.subnets[0].row.value, len(n.subnets)) for n in scene(plan).nodes if n.subnets}


def test_production_is_drawn_as_planned() -> None:
    plan = shipped("prod")
    assert {
        ("Users", "Load balancer", "80, 443"),
        ("Load balancer", "ECS service", "8000"),
        ("ECS service", "PostgreSQL primary", "5432"),
        ("ECS service", "DynamoDB table", ""),
        ("ECS service", "Secrets Manager", ""),
        ("AWS WAF", "Load balancer", ""),
        ("CloudWatch alarm", "SNS topic", ""),
        ("PostgreSQL primary", "Standby", "copies"),
    } <= arrows(plan)
    found = rows(plan)
    assert found["Load balancer"] == ("public", 3)
    assert found["ECS service"] == ("private", 3)
    assert found["PostgreSQL primary"] == found["Standby"] == ("data", 3)
    assert sum(n.label == "NAT gateway" for n in scene(plan).nodes) == 3


def test_first_tier_has_a_private_load_balancer_behind_the_cdn() -> None:
    plan = shipped("dev")
    found = arrows(plan)
    assert ("Users", "CloudFront", "") in found
    assert ("CloudFront", "Load balancer", "") in found
    assert not any(source == "Users" and target == "Load balancer" for source, target, _ in found)
    assert rows(plan)["Load balancer"] == ("private", 2)
    assert rows(plan)["Auto Scaling group"] == ("public", 2)
    text = diagram(plan)
    assert "NAT gateway" not in text
    assert "PostgreSQL" not in text


def test_what_is_taken_out_of_the_plan_disappears() -> None:
    plan = shipped("prod")
    rest = tuple(r for r in plan.resources if "securityGroup" not in r.type and "backup" not in r.type)
    assert len(rest) < len(plan.resources)
    smaller = replace(plan, resources=rest)
    assert ("Load balancer", "ECS service", "8000") not in arrows(smaller)
    assert "AWS Backup" in diagram(plan)
    assert "AWS Backup" not in diagram(smaller)


def test_without_a_network_services_are_grouped() -> None:
    plan = small_plan(resource("aws:neptune/cluster:Cluster", "a"), resource("aws:neptune/cluster:Cluster", "b"))
    text = diagram(plan)
    assert "VPC" not in text
    assert ">neptune \N{MULTIPLICATION SIGN}2<" in text
    assert ">S3 bucket \N{MULTIPLICATION SIGN}2<" in text
    assert ">SQS queue<" in text
    assert "hunter2" not in text


def test_an_empty_plan_is_drawn() -> None:
    empty = Plan(project="p", stack="s", tier="mvp", region="", resources=())
    assert ElementTree.fromstring(diagram(empty)).tag == f"{SVG}svg"


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1))
def test_names_are_escaped(name: str) -> None:
    plan = small_plan(resource("aws:neptune/cluster:Cluster", name, cidrBlock=name))
    drawn = diagram(replace(plan, project=name, stack=name, region=name))
    assert ElementTree.fromstring(drawn.encode("utf-8")).tag == f"{SVG}svg"
