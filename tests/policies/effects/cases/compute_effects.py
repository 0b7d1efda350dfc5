"""Compute: services, tasks, groups of instances, repositories and Kubernetes."""

from __future__ import annotations

import json

from policies.pack import types
from tests.policies.building import Made, of, ref
from tests.policies.effects.effect import idle, works

ROLLING = {"strategy": "Rolling"}
TASK = types.ECS_TASK_DEFINITION
SERVICE = of(types.ECS_SERVICE, "web", desiredCount=2)
TRACKING = {
    "targetValue": 60,
    "predefinedMetricSpecification": {"predefinedMetricType": "ECSServiceAverageCPUUtilization"},
}


def running(*containers: dict[str, object], **more: object) -> Made:
    written = json.dumps([{"name": "app", **c} for c in containers])
    return Made(TASK, "it", {"containerDefinitions": written, **more})


def target(**more: object) -> Made:
    given = {"resourceId": ref("web"), "minCapacity": 2, "maxCapacity": 8, **more}
    return Made(types.APPAUTOSCALING_TARGET, "target", given)


def policy(**more: object) -> Made:
    return Made(types.APPAUTOSCALING_POLICY, "policy", {"resourceId": ref("target"), **more})


REPOSITORY = of(types.ECR_REPOSITORY, "images", name="shop/web", imageTagMutability="IMMUTABLE")


def scanning(pattern: str) -> Made:
    rule = {"scanFrequency": "SCAN_ON_PUSH", "repositoryFilters": [{"filter": pattern, "filterType": "WILDCARD"}]}
    return of(types.ECR_REGISTRY_SCANNING_CONFIGURATION, "registry", scanType="BASIC", rules=[rule])


EFFECTS = [
    idle(
        "asg-instance-refresh",
        "a version that is always called the same starts no refresh",
        of(types.AUTOSCALING_GROUP, instanceRefresh=ROLLING, launchTemplate={"id": "lt-1", "version": "$Latest"}),
    ),
    idle(
        "asg-instance-refresh",
        "without a version it is the default one, whatever that is",
        of(types.AUTOSCALING_GROUP, instanceRefresh=ROLLING, launchTemplate={"id": "lt-1"}),
    ),
    works(
        "asg-instance-refresh",
        "a number changes with the template",
        of(types.AUTOSCALING_GROUP, instanceRefresh=ROLLING, launchTemplate={"id": "lt-1", "version": "7"}),
    ),
    works(
        "asg-elb-health-check",
        "the balancer's check beside that of the disks",
        of(types.AUTOSCALING_GROUP, targetGroupArns=["tg"], healthCheckType="ELB,EBS"),
    ),
    idle(
        "asg-elb-health-check",
        "disks and hosts do not see a hanging program",
        of(types.AUTOSCALING_GROUP, targetGroupArns=["tg"], healthCheckType="EC2,EBS"),
    ),
    works(
        "ecs-autoscaling",
        "a metric is followed",
        SERVICE,
        target(),
        policy(targetTrackingScalingPolicyConfiguration=TRACKING),
    ),
    idle(
        "ecs-autoscaling",
        "steps that no alarm takes",
        SERVICE,
        target(),
        policy(stepScalingPolicyConfiguration={"adjustmentType": "ChangeInCapacity"}),
    ),
    works(
        "ecs-autoscaling",
        "steps that an alarm takes",
        SERVICE,
        target(),
        policy(stepScalingPolicyConfiguration={"adjustmentType": "ChangeInCapacity"}),
        of(types.CLOUDWATCH_METRIC_ALARM, "busy", alarmActions=ref("policy")),
    ),
    idle(
        "ecs-autoscaling",
        "a target that may not scale out",
        SERVICE,
        target(suspendedState={"dynamicScalingOutSuspended": True}),
        policy(targetTrackingScalingPolicyConfiguration=TRACKING),
    ),
    idle("ecs-autoscaling", "no room between least and most", SERVICE, target(minCapacity=4, maxCapacity=4), policy()),
    idle("ecs-min-tasks", "two wanted, but scaled down to one", SERVICE, target(minCapacity=1)),
    works(
        "ecs-min-tasks",
        "one at first, but scaled to three",
        of(types.ECS_SERVICE, "web", desiredCount=1),
        target(minCapacity=3),
    ),
    idle(
        "ecs-no-privileged-host-ns",
        "a capability that is all but privileged",
        running({"linuxParameters": {"capabilities": {"add": ["SYS_ADMIN"]}}}),
    ),
    works(
        "ecs-no-privileged-host-ns",
        "one that lets a tracer work",
        running({"linuxParameters": {"capabilities": {"add": ["SYS_PTRACE"]}}}),
    ),
    idle("ecs-no-privileged-host-ns", "the host's memory is shared", running({}, ipcMode="host")),
    idle("ecs-nonroot", "a number that is nought is root", running({"user": "0000"})),
    idle("ecs-nonroot", "the group does not change who the user is", running({"user": "root:1000"})),
    works(
        "ecs-no-database-containers",
        "a client of a database elsewhere",
        running({"image": "postgres:17", "command": ["psql", "-f", "up.sql"]}),
    ),
    works(
        "ecs-no-database-containers",
        "a shell that dumps a database",
        running({"image": "mysql:8", "command": ["sh", "-c", "mysqldump shop > /out"]}),
    ),
    idle(
        "ecs-no-database-containers",
        "SQL Server under another word",
        running({"image": "mcr.microsoft.com/mssql/server:2022-latest"}),
    ),
    works(
        "ecs-no-database-containers",
        "an exporter keeps no data",
        running({"image": "prometheuscommunity/postgres-exporter"}),
    ),
    idle("ecs-logging", "a driver called none", running({"logConfiguration": {"logDriver": "none"}})),
    idle(
        "ecs-separate-roles",
        "one role under two names of properties",
        of(TASK, "task", executionRoleArn=ref("role"), taskRoleArn=ref("role")),
        of(types.IAM_ROLE, "role"),
    ),
    idle("ecr-scan-immutable", "the registry scans other repositories", REPOSITORY, scanning("base/*")),
    works("ecr-scan-immutable", "the registry scans this one", REPOSITORY, scanning("shop/*")),
    idle(
        "ecr-scan-immutable",
        "every tag is excepted from staying",
        of(
            types.ECR_REPOSITORY,
            imageScanningConfiguration={"scanOnPush": True},
            imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
            imageTagMutabilityExclusionFilters=[{"filter": "*", "filterType": "WILDCARD"}],
        ),
    ),
    idle(
        "ecr-lifecycle",
        "a policy without rules deletes nothing",
        REPOSITORY,
        of(types.ECR_LIFECYCLE_POLICY, "old", repository=ref("images"), policy=json.dumps({"rules": []})),
    ),
    idle(
        "ebs-encrypted",
        "the account encrypts in another region",
        of(types.EBS_VOLUME, "disk", provider="here", availabilityZone="eu-west-1a"),
        of("pulumi:providers:aws", "here", region="eu-west-1"),
        of("pulumi:providers:aws", "there", region="us-east-1"),
        of(types.EBS_ENCRYPTION_BY_DEFAULT, "default", provider="there"),
    ),
    works(
        "ebs-encrypted",
        "the account encrypts here",
        of(types.EBS_VOLUME, "disk", provider="here", availabilityZone="eu-west-1a"),
        of("pulumi:providers:aws", "here", region="eu-west-1"),
        of(types.EBS_ENCRYPTION_BY_DEFAULT, "default", provider="here"),
    ),
    idle(
        "ebs-encrypted",
        "the data disk is, the root disk is not",
        of(types.EC2_LAUNCH_TEMPLATE, blockDeviceMappings=[{"deviceName": "/dev/sdf", "ebs": {"encrypted": "true"}}]),
    ),
    idle(
        "ec2-no-public-ip",
        "an elastic address of its own",
        of(types.EC2_INSTANCE, "bastion", associatePublicIpAddress=False),
        of(types.EC2_EIP, "address", instance=ref("bastion")),
    ),
    idle(
        "ec2-no-public-ip",
        "its subnet hands out addresses",
        of(types.EC2_INSTANCE, "bastion", subnetId=ref("web")),
        of(types.EC2_SUBNET, "web", mapPublicIpOnLaunch=True),
    ),
    works(
        "ec2-no-public-ip",
        "it refuses the address that its subnet hands out",
        of(types.EC2_INSTANCE, "quiet", subnetId=ref("web"), associatePublicIpAddress=False),
        of(types.EC2_SUBNET, "web", mapPublicIpOnLaunch=True),
    ),
    works(
        "imdsv2-required", "no metadata at all", of(types.EC2_INSTANCE, metadataOptions={"httpEndpoint": "disabled"})
    ),
    idle(
        "imdsv2-required",
        "a hop limit requires no token",
        of(types.EC2_INSTANCE, metadataOptions={"httpPutResponseHopLimit": 1}),
    ),
    idle(
        "eks-private-endpoint",
        "one wide range beside narrow ones",
        of(types.EKS_CLUSTER, vpcConfig={"publicAccessCidrs": ["203.0.113.0/24", "0.0.0.0/0"]}),
    ),
    idle(
        "eks-secrets-kms",
        "AWS's own key by its alias",
        of(
            types.EKS_CLUSTER,
            encryptionConfig={
                "provider": {"keyArn": "arn:aws:kms:eu-west-1:1:alias/aws/eks"},
                "resources": ["secrets"],
            },
        ),
    ),
    works("eks-no-open-ssh", "without a key nobody logs in", of(types.EKS_NODE_GROUP, remoteAccess={})),
]
