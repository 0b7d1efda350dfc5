"""The application on EC2: an Auto Scaling group whose instances run the container."""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.compute.container import Container
from components.compute.user_data import user_data
from components.edge.route import Route
from components.foundation.alarm import AlarmSpec
from components.foundation.context import Context
from components.foundation.event import EventSpec
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from components.foundation.telemetry.graph import Graph
from components.foundation.telemetry.metric import Metric
from settings.enums import Architecture, Placement
from settings.offers.instances import is_burstable
from settings.sections.compute import ComputeSettings
from settings.sections.observability import AlarmSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_IMAGE: Final = {
    Architecture.ARM64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    Architecture.X86_64: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
}
"""Public parameters that name the newest Amazon Linux 2023 image; EC2 resolves them when an instance starts."""


@dataclass(frozen=True, kw_only=True)
class Ec2ServiceArgs:
    """What the group runs and where.

    Args:
        context: names and tags.
        service: name of the service.
        container: what runs on each instance.
        subnet_ids: one subnet per zone.
        security_group_id: group of the instances.
        route: how requests reach the instances.
        secrets_key_arn: KMS key of the secrets; None for AWS's own.
        statements: what the application itself may do.
    """

    context: Context
    service: str
    container: Container
    subnet_ids: Sequence[pulumi.Input[str]]
    security_group_id: pulumi.Input[str]
    route: Route
    secrets_key_arn: pulumi.Input[str] | None = None
    statements: Sequence[Statement] = ()


class Ec2Service(pulumi.ComponentResource):
    """Instances that run the container, replaced one by one when anything about them changes.

    A t4g.micro is $6.13 a month, plus $3.65 where it has a public address and $0.64 for its volume.

    Attributes:
        service: the service's name in the stack.
        group_name: name of the Auto Scaling group.
        runs: the group, which is there once the load balancer finds its instances healthy.
    """

    service: str
    group_name: pulumi.Output[str]
    runs: pulumi.Resource

    def __init__(self, name: str, args: Ec2ServiceArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:Ec2Service", name, None, opts)
        context, compute = args.context, args.container.compute
        child = pulumi.ResourceOptions(parent=self)
        role = ServiceRole(
            f"{name}-instance",
            ServiceRoleArgs(
                context=context,
                description="Instances that run the application",
                services=["ec2.amazonaws.com"],
                statements=[*args.container.start_statements(context, args.secrets_key_arn), *args.statements],
                # A shell through Session Manager instead of SSH: no key, no open port, every session recorded.
                managed_policies=["AmazonSSMManagedInstanceCore"],
            ),
            opts=child,
        )
        profile = aws.iam.InstanceProfile(f"{name}-profile", role=role.name, tags=context.tags(name), opts=child)
        template = _launch_template(name, args, profile.arn, child)
        group = _group(name, args, template, self)
        _scaling(name, group, compute.target_cpu_percent, child)
        _sleeping(name, group, compute, child)
        self.service, self.group_name, self.runs, self._compute = args.service, group.name, group, compute
        self.register_outputs({"group_name": self.group_name})

    def alarms(self, thresholds: AlarmSettings) -> list[AlarmSpec]:
        """Alarms on the instances."""
        cpu = AlarmSpec(
            key="compute-cpu",
            subject=self.service,
            title=f"CPU use of the instances of {self.service}",
            namespace="AWS/EC2",
            metric="CPUUtilization",
            dimensions={"AutoScalingGroupName": self.group_name},
            statistic="Average",
            threshold=thresholds.cpu_percent,
            periods=2,
            # Without detailed monitoring EC2 reports every five minutes.
            period_seconds=300,
        )
        if not is_burstable(self._compute.instance_type):
            return [cpu]
        credits_charged = replace(
            cpu,
            key="compute-credits",
            title=f"the instances of {self.service} need more CPU than their type has, and each hour of it is charged",
            metric="CPUSurplusCreditsCharged",
            threshold=0,
            periods=12,
        )
        return [cpu, credits_charged]

    def graphs(self) -> list[Graph]:
        """CPU of the instances, and how many there are."""
        here = {"AutoScalingGroupName": self.group_name}
        cpu = Metric(namespace="AWS/EC2", metric="CPUUtilization", dimensions=here, statistic="Average")
        counts = [
            Metric(namespace="AWS/AutoScaling", metric=one, dimensions=here, statistic="Average")
            for one in ("GroupInServiceInstances", "GroupDesiredCapacity")
        ]
        return [
            Graph(title=f"CPU of {self.service}, %", lines=[cpu], period_seconds=300),
            Graph(title=f"Instances of {self.service}", lines=counts),
        ]

    def events(self) -> list[EventSpec]:
        """A release that did not get through, and an instance that could not start."""
        return [
            EventSpec(
                key="release",
                subject=self.service,
                title=f"a release of {self.service} failed, or an instance could not start",
                pattern={
                    "source": ["aws.autoscaling"],
                    "detail-type": ["EC2 Auto Scaling Instance Refresh Failed", "EC2 Instance Launch Unsuccessful"],
                    "detail": {"AutoScalingGroupName": [self.group_name]},
                },
            )
        ]


_BOOT_SECONDS: Final = 180
"""Time from launch to a running container: boot, Docker's installation, the image's download."""


def _group(
    name: str, args: Ec2ServiceArgs, template: aws.ec2.LaunchTemplate, parent: pulumi.Resource
) -> aws.autoscaling.Group:
    """Instances in every zone, renewed for their age and their health, each new one healthy before an old one goes."""
    context, compute = args.context, args.container.compute
    return aws.autoscaling.Group(
        f"{name}-group",
        min_size=compute.min_count,
        max_size=compute.max_count,
        vpc_zone_identifiers=list(args.subnet_ids),
        target_group_arns=[args.route.target_group_arn],
        health_check_type="ELB",
        health_check_grace_period=compute.health_check_grace_seconds + _BOOT_SECONDS,
        default_instance_warmup=_BOOT_SECONDS,
        launch_template=aws.autoscaling.GroupLaunchTemplateArgs(
            id=template.id, version=template.latest_version.apply(str)
        ),
        instance_refresh=aws.autoscaling.GroupInstanceRefreshArgs(
            strategy="Rolling",
            preferences=aws.autoscaling.GroupInstanceRefreshPreferencesArgs(
                # A new instance serves before an old one goes. Rolling back by itself is not open to templates
                # whose image is resolved from a parameter.
                min_healthy_percentage=100,
                max_healthy_percentage=200,
                skip_matching=False,
            ),
        ),
        # Also where an instance is replaced for its age or its health.
        instance_maintenance_policy=aws.autoscaling.GroupInstanceMaintenancePolicyArgs(
            min_healthy_percentage=100, max_healthy_percentage=200
        ),
        # A new instance starts from the newest image, and with it every patch.
        max_instance_lifetime=compute.max_instance_days * 86_400,
        # The first deployment ends when the load balancer finds the instances healthy. Later ones only start an
        # instance refresh, which the provider does not follow: see `events`.
        min_elb_capacity=compute.min_count,
        wait_for_capacity_timeout="15m",
        enabled_metrics=[
            aws.autoscaling.Metric.GROUP_DESIRED_CAPACITY,
            aws.autoscaling.Metric.GROUP_IN_SERVICE_INSTANCES,
        ],
        tags=[
            aws.autoscaling.GroupTagArgs(key=key, value=value, propagate_at_launch=True)
            for key, value in context.tags(name).items()
        ],
        opts=pulumi.ResourceOptions(
            parent=parent, depends_on=[args.route.tie], ignore_changes=_owned_elsewhere(compute)
        ),
    )


def _owned_elsewhere(compute: ComputeSettings) -> list[str]:
    """Scaling owns the desired capacity, and schedules the bounds: an update at night must not wake what sleeps."""
    return ["desiredCapacity", *(["minSize", "maxSize"] if compute.scaling.sleep.enabled else [])]


def _sleeping(name: str, group: aws.autoscaling.Group, compute: ComputeSettings, child: pulumi.ResourceOptions) -> None:
    """Nights and weekends without instances."""
    sleep, least, most = compute.scaling.sleep, compute.min_count, compute.max_count
    if not sleep.enabled:
        return
    for key, hour, (low, high) in (("sleep", sleep.from_hour, (0, 0)), ("wake", sleep.to_hour, (least, most))):
        aws.autoscaling.Schedule(
            f"{name}-at-{key}",
            # Unique in its group alone.
            scheduled_action_name=key,
            autoscaling_group_name=group.name,
            recurrence=f"0 {hour} * * MON-FRI",
            time_zone=sleep.timezone,
            # What is left out would be 0.
            min_size=low,
            max_size=high,
            desired_capacity=low,
            opts=child,
        )


def _scaling(name: str, group: aws.autoscaling.Group, target_percent: int, child: pulumi.ResourceOptions) -> None:
    aws.autoscaling.Policy(
        f"{name}-cpu",
        autoscaling_group_name=group.name,
        policy_type="TargetTrackingScaling",
        target_tracking_configuration=aws.autoscaling.PolicyTargetTrackingConfigurationArgs(
            predefined_metric_specification=(
                aws.autoscaling.PolicyTargetTrackingConfigurationPredefinedMetricSpecificationArgs(
                    predefined_metric_type="ASGAverageCPUUtilization"
                )
            ),
            target_value=target_percent,
        ),
        opts=child,
    )


def _launch_template(
    name: str,
    args: Ec2ServiceArgs,
    profile_arn: pulumi.Output[str],
    child: pulumi.ResourceOptions,
) -> aws.ec2.LaunchTemplate:
    context, compute = args.context, args.container.compute
    script = user_data(args.container, context.region)
    return aws.ec2.LaunchTemplate(
        f"{name}-template",
        image_id=f"resolve:ssm:{_IMAGE[compute.architecture]}",
        instance_type=compute.instance_type,
        update_default_version=True,
        ebs_optimized="true",
        iam_instance_profile=aws.ec2.LaunchTemplateIamInstanceProfileArgs(arn=profile_arn),
        metadata_options=aws.ec2.LaunchTemplateMetadataOptionsArgs(
            http_endpoint="enabled", http_tokens="required", http_put_response_hop_limit=1
        ),
        network_interfaces=[
            aws.ec2.LaunchTemplateNetworkInterfaceArgs(
                device_index=0,
                associate_public_ip_address="true" if compute.placement is Placement.PUBLIC else "false",
                security_groups=[args.security_group_id],
                delete_on_termination="true",
            )
        ],
        block_device_mappings=[
            aws.ec2.LaunchTemplateBlockDeviceMappingArgs(
                device_name="/dev/xvda",
                ebs=aws.ec2.LaunchTemplateBlockDeviceMappingEbsArgs(
                    encrypted="true",
                    volume_type="gp3",
                    volume_size=compute.volume_gb,
                    delete_on_termination="true",
                ),
            )
        ],
        monitoring=aws.ec2.LaunchTemplateMonitoringArgs(enabled=compute.detailed_monitoring),
        user_data=script.apply(lambda text: base64.b64encode(text.encode()).decode()),
        tag_specifications=[
            aws.ec2.LaunchTemplateTagSpecificationArgs(resource_type=kind, tags=context.tags(name))
            for kind in ("instance", "volume", "network-interface")
        ],
        tags=context.tags(f"{name}-template"),
        opts=child,
    )
