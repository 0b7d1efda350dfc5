"""Compute: EC2 and ECS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import at_least, is_false, is_true, one_of
from ..documents import containers
from ..facts import UNKNOWN, Unknown
from ..levels import ALWAYS, Level, mandatory_from
from ..parameters import whole
from ..rule import Layer, Severity, sets
from ..values import UNSET, as_bool, at, is_set, items, show
from ..verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ..facts import ResourceFacts, StackFacts, Value
    from ..parameters import Values
    from ..rule import Changes

layer = Layer("compute")

LAUNCH_TEMPLATE: Final = "aws:ec2/launchTemplate:LaunchTemplate"
LAUNCH_CONFIGURATION: Final = "aws:ec2/launchConfiguration:LaunchConfiguration"
INSTANCE: Final = "aws:ec2/instance:Instance"
TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
SERVICE: Final = "aws:ecs/service:Service"
CLUSTER: Final = "aws:ecs/cluster:Cluster"
ROLE: Final = "aws:iam/role:Role"
SCALING_TARGET: Final = "aws:appautoscaling/target:Target"
SCALING_POLICY: Final = "aws:appautoscaling/policy:Policy"


MIN_TASKS: Final = whole("tasks", "Fewest tasks that a service runs", 2, minimum=1, maximum=5000)


def _require_tokens(resource: ResourceFacts, _: Values) -> Changes:
    """Tokens, except on a launch configuration, which AWS would replace."""
    return {} if resource.type == LAUNCH_CONFIGURATION else {("metadataOptions", "httpTokens"): "required"}


@layer.resource(
    "imdsv2-required",
    "EC2 instances answer metadata requests only with a session token",
    on=(LAUNCH_TEMPLATE, LAUNCH_CONFIGURATION, INSTANCE),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Without it one forged request through the application reads the instance's credentials.",
    fix='Set metadataOptions with httpTokens "required".',
    anchors=("FSBP EC2.8", "checkov CKV_AWS_79"),
    items=(32,),
    remedy=_require_tokens,
)
def imdsv2_required(resource: ResourceFacts) -> Outcome:
    """`metadataOptions.httpTokens`, or no metadata at all."""
    if at(resource, "metadataOptions.httpEndpoint") == "disabled":
        return passed("instance metadata is switched off")
    return one_of(resource, "metadataOptions.httpTokens", ("required",))


def _each_container(task: ResourceFacts, wanted: str, check: Callable[[Mapping[str, Value]], str]) -> Outcome:
    """Judge a task's containers; `check` says what is wrong with one, or nothing."""
    found = containers(task)
    if isinstance(found, Unknown):
        return unverified("containerDefinitions are known only after deployment", wanted)
    bad = [f"container {at(c, 'name')!s}: {complaint}" for c in found if (complaint := check(c))]
    return failed("; ".join(bad), wanted) if bad else passed(f"{len(found)} container(s) comply")


@layer.resource(
    "ecs-nonroot",
    "Containers do not run as root",
    on=TASK,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Root inside is one kernel flaw away from root outside, and may rewrite everything in the container.",
    fix='Set "user" of each container, e.g. to "1000:1000".',
    anchors=("FSBP ECS.20",),
    items=(189,),
)
def ecs_nonroot(task: ResourceFacts) -> Outcome:
    """`user` of each container, which must be set: most images run as root by themselves."""

    def check(container: Mapping[str, Value]) -> str:
        user = at(container, "user")
        if user is UNSET or user == "":
            return "user is not set"
        return "user is root" if str(user).split(":")[0] in ("root", "0") else ""

    return _each_container(task, "a user that is not root", check)


@layer.resource(
    "ecs-readonly-rootfs",
    "Containers cannot write to their root file system",
    on=TASK,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="An intruder who cannot write cannot leave tools behind or change the program.",
    fix='Set "readonlyRootFilesystem" to true and mount a volume where the program must write.',
    anchors=("FSBP ECS.5", "checkov CKV_AWS_336"),
    items=(190,),
)
def ecs_readonly_rootfs(task: ResourceFacts) -> Outcome:
    """`readonlyRootFilesystem` of each container."""

    def check(container: Mapping[str, Value]) -> str:
        writable = as_bool(at(container, "readonlyRootFilesystem")) is not True
        return show(container, "readonlyRootFilesystem") if writable else ""

    return _each_container(task, "readonlyRootFilesystem true", check)


@layer.resource(
    "ecs-no-privileged-host-ns",
    "Containers are kept apart from their host",
    on=TASK,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A privileged container, or one in the host's process or network namespace, owns the host.",
    fix='Remove "privileged", pidMode "host" and networkMode "host".',
    anchors=("FSBP ECS.3", "FSBP ECS.4", "FSBP ECS.17", "checkov CKV_AWS_334", "checkov CKV_AWS_335"),
    items=(103, 189),
)
def ecs_no_privileged_host_ns(task: ResourceFacts) -> Outcome:
    """`privileged` of each container; `pidMode` and `networkMode` of the task."""
    wanted = "no privileged container and no host namespace"
    shared = [
        failed(show(task, key), wanted)
        for key in ("pidMode", "networkMode")
        if at(task, key) == "host" or at(task, key) is UNKNOWN
    ]
    return worst([*shared, _each_container(task, wanted, _privileged)])


def _privileged(container: Mapping[str, Value]) -> str:
    return "privileged" if at(container, "privileged") not in (UNSET, False, "false") else ""


@layer.resource(
    "ecs-logging",
    "Every container sends its logs somewhere",
    on=TASK,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="On Fargate the output of a container without a log driver is gone, and with it the reason why it stopped.",
    fix='Set "logConfiguration" of each container, e.g. logDriver "awslogs" with a log group.',
    anchors=("FSBP ECS.9", "cdk-nag AwsSolutions-ECS7"),
    items=(35, 129),
)
def ecs_logging(task: ResourceFacts) -> Outcome:
    """`logConfiguration.logDriver` of each container."""

    def check(container: Mapping[str, Value]) -> str:
        driver = at(container, "logConfiguration.logDriver")
        return "" if driver is not UNSET and driver not in ("", "none") else "no logConfiguration"

    return _each_container(task, "a logConfiguration", check)


@layer.joined(
    "ecs-separate-roles",
    "A task's own role is not the one that starts it",
    on=TASK,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="With one role for both, the program may read every secret and image that only starting it needs.",
    fix="Make two aws.iam.Role resources: one for executionRoleArn, one for taskRoleArn.",
    anchors=("checkov CKV_AWS_249",),
    items=(35, 103),
)
def ecs_separate_roles(task: ResourceFacts, stack: StackFacts) -> Outcome:
    """`executionRoleArn` and `taskRoleArn` differ: as texts, or by the roles that they were made from."""
    wanted = "two roles"
    execution, own = at(task, "executionRoleArn"), at(task, "taskRoleArn")
    if not is_set(own) or not is_set(execution):
        return passed("at most one role is set")
    if UNKNOWN not in (execution, own):
        return failed("both roles are the same", wanted) if execution == own else passed("the roles differ")
    made = [{r.urn for r in stack.referred(task, key, ROLE)} for key in ("executionRoleArn", "taskRoleArn")]
    if made[0] != made[1]:
        return passed("the roles differ")
    if len(made[0]) == 1:
        return failed("both roles are the same", wanted)
    return unverified("the roles are known only after deployment", wanted)


@layer.resource(
    "ecs-efs-transit",
    "Tasks mount EFS over TLS",
    on=TASK,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="NFS without TLS shows every file that is read or written to whoever can listen in the VPC.",
    fix='Set efsVolumeConfiguration.transitEncryption of each volume to "ENABLED".',
    anchors=("checkov CKV_AWS_97", "trivy AWS-0035"),
    items=(18, 85),
)
def ecs_efs_transit(task: ResourceFacts) -> Outcome | None:
    """`transitEncryption` of each EFS volume; AWS's default is off."""
    volumes = items(task, "volumes")
    if isinstance(volumes, Unknown):
        return unverified("volumes are known only after deployment", "transitEncryption ENABLED")
    path = "efsVolumeConfiguration"
    mounted = [v for v in volumes if is_set(at(v, path))]
    return worst(one_of(v, f"{path}.transitEncryption", ("ENABLED",)) for v in mounted) if mounted else None


@layer.resource(
    "ecs-platform-latest",
    "Fargate tasks run on the newest platform",
    on=SERVICE,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="AWS mends flaws in the newest platform; a version that is written down stays as it is until somebody looks.",
    fix='Remove platformVersion, or set it to "LATEST".',
    anchors=("FSBP ECS.10", "checkov CKV_AWS_332"),
    items=(34, 193),
)
def ecs_platform_latest(service: ResourceFacts) -> Outcome | None:
    """`platformVersion` of services on Fargate."""
    if at(service, "launchType") in ("EC2", "EXTERNAL"):
        return None
    return one_of(service, "platformVersion", ("LATEST",), default="LATEST")


@layer.resource(
    "ecs-no-public-ip",
    "Tasks have no public address",
    on=SERVICE,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="A task with a public address can be reached past the load balancer and its web ACL.",
    fix="Set networkConfiguration.assignPublicIp to false and use private subnets with NAT or endpoints.",
    anchors=("FSBP ECS.2", "checkov CKV_AWS_333"),
    items=(1, 3),
)
def ecs_no_public_ip(service: ResourceFacts) -> Outcome:
    """`networkConfiguration.assignPublicIp`."""
    return is_false(service, "networkConfiguration.assignPublicIp")


@layer.resource(
    "ecs-circuit-breaker",
    "A deployment that fails is rolled back by itself",
    on=SERVICE,
    severity=Severity.MEDIUM,
    levels=ALWAYS,
    why="Without the breaker ECS starts broken tasks again and again until somebody looks.",
    fix="Set deploymentCircuitBreaker with enable and rollback true.",
    items=(47, 56),
    remedy=sets({"deploymentCircuitBreaker.enable": True, "deploymentCircuitBreaker.rollback": True}),
)
def ecs_circuit_breaker(service: ResourceFacts) -> Outcome | None:
    """`deploymentCircuitBreaker`. ECS's own controller only: CodeDeploy brings its own way."""
    if at(service, "deploymentController.type") not in (UNSET, "ECS"):
        return None
    return worst(is_true(service, f"deploymentCircuitBreaker.{key}") for key in ("enable", "rollback"))


@layer.resource(
    "ecs-min-tasks",
    "Services run more than one task",
    on=SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="With one task, its end is an outage until the next one is up.",
    fix="Set desiredCount to 2 or more.",
    items=(42,),
    parameters=(MIN_TASKS,),
)
def ecs_min_tasks(service: ResourceFacts, given: Values) -> Outcome | None:
    """`desiredCount`. A daemon service has none."""
    if at(service, "schedulingStrategy") == "DAEMON":
        return None
    return at_least(service, "desiredCount", given[MIN_TASKS], unit="tasks")


@layer.resource(
    "ecs-container-insights",
    "Container Insights is on",
    on=CLUSTER,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Without it there are no metrics per task: memory leaks and restarts stay invisible.",
    fix='Add to settings: name "containerInsights", value "enabled" or "enhanced".',
    anchors=("FSBP ECS.12", "checkov CKV_AWS_65", "cdk-nag AwsSolutions-ECS4", "trivy AWS-0034"),
    items=(138,),
)
def ecs_container_insights(cluster: ResourceFacts) -> Outcome:
    """The setting `containerInsights`."""
    wanted = "containerInsights enabled or enhanced"
    settings = items(cluster, "settings")
    if isinstance(settings, Unknown):
        return failed(show(cluster, "settings"), wanted)
    for setting in settings:
        if at(setting, "name") == "containerInsights":
            return one_of(setting, "value", ("enabled", "enhanced"))
    return failed("settings do not name containerInsights", wanted)


@layer.joined(
    "ecs-autoscaling",
    "Services scale with their load",
    on=SERVICE,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A fixed number of tasks is too few on the day that matters and too many on all the others.",
    fix="Add an aws.appautoscaling.Target whose resourceId is made from the service's name, and a Policy for it.",
    items=(43, 44, 45),
)
def ecs_autoscaling(service: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A scaling target made from the service, with a policy."""
    if at(service, "schedulingStrategy") == "DAEMON":
        return None
    targets = stack.referring(service, SCALING_TARGET, "resourceId")
    if not targets:
        return failed("the service has no scaling target", "a target and a policy")
    if any(stack.referring(t, SCALING_POLICY, "resourceId", "resourceId") for t in targets):
        return passed("a target and a policy scale the service")
    # Usually a policy repeats the target's own attribute; some programs make it from the service again.
    if stack.referring(service, SCALING_POLICY, "resourceId"):
        return passed("a target and a policy scale the service")
    return failed("the service's scaling target has no policy", "a target and a policy")
