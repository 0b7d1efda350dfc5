"""The application on EC2 instances: launch template, group, role, scaling.

Not proven: that an instance boots and serves; the scripts it runs are tested in test_container.py.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from components.compute.ec2_service import Ec2Service, Ec2ServiceArgs
from components.foundation.policy_document import Statement
from settings.enums import Architecture, ComputeKind, Placement
from settings.sections.observability import AlarmSettings
from tests.components.compute.services import SECRET, logged_container, routed
from tests.components.mocks import UNKNOWN, statements
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

TEMPLATE, GROUP, CPU = "shop-app-template", "shop-app-group", "shop-app-cpu"
USE = Statement(sid="UseTable", actions=["dynamodb:GetItem"], resources=["arn:aws:dynamodb:::table/x"])


def service(
    *,
    key: str | None = None,
    own: tuple[Statement, ...] = (),
    **compute: Any,  # noqa: ANN401
) -> Ec2Service:
    args = Ec2ServiceArgs(
        context=CONTEXT,
        service="app",
        container=logged_container(**compute),
        subnet_ids=["subnet-1", "subnet-2"],
        security_group_id="sg-app",
        route=routed(ComputeKind.EC2),
        secrets_key_arn=key,
        statements=own,
    )
    return Ec2Service("shop-app", args)


def test_children(build: Build) -> None:
    made = build(service)
    assert made.children == {
        "shop-app-instance": "ascent:foundation:ServiceRole",
        "shop-app-profile": "aws:iam/instanceProfile:InstanceProfile",
        TEMPLATE: "aws:ec2/launchTemplate:LaunchTemplate",
        GROUP: "aws:autoscaling/group:Group",
        CPU: "aws:autoscaling/policy:Policy",
    }
    assert made.outputs == {"group_name": made[GROUP].outputs["name"]}
    assert made.attributes == {"service": "app", **made.outputs}
    assert made.preview.attributes == {"service": "app", "group_name": UNKNOWN}


def test_instances_are_closed(build: Build) -> None:
    made = build(lambda: service(placement=Placement.PRIVATE))
    inputs = made.inputs(TEMPLATE)
    assert inputs["metadataOptions"] == {
        "httpEndpoint": "enabled",
        "httpTokens": "required",
        "httpPutResponseHopLimit": 1,
    }
    assert inputs["networkInterfaces"] == [
        {
            "deviceIndex": 0,
            "associatePublicIpAddress": "false",
            "securityGroups": ["sg-app"],
            "deleteOnTermination": "true",
        }
    ]
    assert "keyName" not in inputs
    assert inputs["iamInstanceProfile"] == {"arn": made["shop-app-profile"].outputs["arn"]}
    assert made.inputs("shop-app-profile")["role"] == made["shop-app-instance-role"].outputs["name"]


def test_volumes_are_encrypted_and_go_with_the_instance(build: Build) -> None:
    (device,) = build(lambda: service(volume_gb=20)).inputs(TEMPLATE)["blockDeviceMappings"]
    assert device == {
        "deviceName": "/dev/xvda",
        "ebs": {"encrypted": "true", "volumeType": "gp3", "volumeSize": 20, "deleteOnTermination": "true"},
    }


@pytest.mark.parametrize("placement", list(Placement))
def test_only_public_placement_gives_a_public_address(build: Build, placement: Placement) -> None:
    (interface,) = build(lambda: service(placement=placement)).inputs(TEMPLATE)["networkInterfaces"]
    assert interface["associatePublicIpAddress"] == ("true" if placement is Placement.PUBLIC else "false")


@pytest.mark.parametrize(
    ("architecture", "instance_type", "suffix"),
    [(Architecture.ARM64, "t4g.micro", "arm64"), (Architecture.X86_64, "t3.micro", "x86_64")],
)
def test_image_is_the_newest_of_its_processor(
    build: Build, architecture: Architecture, instance_type: str, suffix: str
) -> None:
    inputs = build(lambda: service(architecture=architecture, instance_type=instance_type)).inputs(TEMPLATE)
    assert inputs["imageId"] == f"resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-{suffix}"
    assert inputs["instanceType"] == instance_type


@pytest.mark.parametrize("detailed", [True, False])
def test_detailed_monitoring_is_a_choice(build: Build, detailed: bool) -> None:
    inputs = build(lambda: service(detailed_monitoring=detailed)).inputs(TEMPLATE)
    assert inputs["monitoring"] == {"enabled": detailed}


def test_everything_that_starts_is_tagged(build: Build) -> None:
    made = build(service)
    tags = CONTEXT.tags("shop-app")
    kinds = ("instance", "volume", "network-interface")
    assert made.inputs(TEMPLATE)["tagSpecifications"] == [{"resourceType": kind, "tags": tags} for kind in kinds]
    assert {tag["key"]: tag["value"] for tag in made.inputs(GROUP)["tags"]} == tags
    assert all(tag["propagateAtLaunch"] for tag in made.inputs(GROUP)["tags"])


def test_first_boot_script_holds_arns_never_values(build: Build) -> None:
    made = build(service)
    text = base64.b64decode(made.inputs(TEMPLATE)["userData"]).decode()
    assert text.startswith("#!/bin/bash\n")
    assert SECRET in text
    assert "/shop/dev/app" in text


def test_the_group_is_healthy_when_the_load_balancer_says_so(build: Build) -> None:
    made = build(lambda: service(min_count=2, max_count=5, health_check_grace_seconds=30))
    inputs = made.inputs(GROUP)
    assert (inputs["minSize"], inputs["maxSize"], inputs["minElbCapacity"]) == (2, 5, 2)
    assert inputs["vpcZoneIdentifiers"] == ["subnet-1", "subnet-2"]
    assert inputs["targetGroupArns"] == [made["shop-lb-app-targets"].outputs["arn"]]
    assert (inputs["healthCheckType"], inputs["healthCheckGracePeriod"]) == ("ELB", 30 + 180)
    template = made[TEMPLATE].outputs
    assert inputs["launchTemplate"] == {"id": template["id"], "version": str(template["latestVersion"])}
    assert made.preview.inputs(GROUP)["launchTemplate"] == {"id": UNKNOWN, "version": UNKNOWN}


def test_a_new_instance_serves_before_an_old_one_goes(build: Build) -> None:
    refresh = build(service).inputs(GROUP)["instanceRefresh"]
    assert refresh["strategy"] == "Rolling"
    assert refresh["preferences"]["minHealthyPercentage"] == 100
    assert refresh["preferences"]["maxHealthyPercentage"] == 200


def test_an_update_leaves_the_count_to_scaling(build: Build) -> None:
    made = build(lambda: service(target_cpu_percent=60))
    assert made[GROUP].options.ignore_changes == ("desiredCapacity",)
    assert "desiredCapacity" not in made.inputs(GROUP)
    assert made.inputs(CPU) == {
        "autoscalingGroupName": made[GROUP].outputs["name"],
        "policyType": "TargetTrackingScaling",
        "targetTrackingConfiguration": {
            "predefinedMetricSpecification": {"predefinedMetricType": "ASGAverageCPUUtilization"},
            "targetValue": 60,
        },
    }


def test_the_role_starts_the_container_and_may_do_what_the_application_may(build: Build) -> None:
    made = build(lambda: service(key=KEY, own=(USE,)))
    found = statements(made.inputs("shop-app-instance-policy")["policy"])
    assert list(found) == ["WriteLog", "ReadSecrets", "DecryptSecrets", "UseTable"]
    attached = made.one("aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs
    assert attached["policyArn"] == "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"


def test_alarms(build: Build) -> None:
    made = build(service, lambda one: one.alarms(AlarmSettings(cpu_percent=70)))
    assert [(one.name, one.namespace, one.metric, one.threshold) for one in made.answer] == [
        ("app-compute-cpu", "AWS/EC2", "CPUUtilization", 70),
        ("app-compute-credits", "AWS/EC2", "CPUSurplusCreditsCharged", 0),
    ]
    for alarm in made.answer:
        assert alarm.period_seconds == 300
        assert alarm.dimensions == {"AutoScalingGroupName": made[GROUP].outputs["name"]}


def test_only_burstable_types_have_credits(build: Build) -> None:
    made = build(lambda: service(instance_type="m7g.large"), lambda one: one.alarms(AlarmSettings()))
    assert [one.name for one in made.answer] == ["app-compute-cpu"]


def test_a_failed_release_is_heard_of(build: Build) -> None:
    made = build(service, lambda one: {spec.name: dict(spec.pattern) for spec in one.events()})
    assert made.answer == {
        "app-release": {
            "source": ["aws.autoscaling"],
            "detail-type": ["EC2 Auto Scaling Instance Refresh Failed", "EC2 Instance Launch Unsuccessful"],
            "detail": {"AutoScalingGroupName": [made[GROUP].outputs["name"]]},
        }
    }


def test_instances_are_renewed_without_a_gap(build: Build) -> None:
    inputs = build(lambda: service(max_instance_days=7)).inputs(GROUP)
    assert inputs["maxInstanceLifetime"] == 7 * 24 * 3600
    assert inputs["instanceMaintenancePolicy"] == {"minHealthyPercentage": 100, "maxHealthyPercentage": 200}
