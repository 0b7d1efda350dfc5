"""ECS: what task definitions say of their containers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import lacking, one_of
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.documents import containers, open_text
from policies.pack.facts.images import image_names
from policies.pack.facts.secret.names import holds_secret, looks_secret
from policies.pack.layers import COMPUTE, SECURITY
from policies.pack.levels import ALWAYS, mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_bool, at, is_secret_at, is_set, items, known_items, show, text
from policies.pack.verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from policies.pack.facts import ResourceFacts, Source, StackFacts, Value

DATABASE_IMAGES: Final = (
    "postgres",
    "postgresql",
    "postgis",
    "pgvector",
    "timescaledb",
    "mysql",
    "mysql-server",
    "mariadb",
    "percona",
    "mongo",
    "mongodb",
    "cockroach",
    "cassandra",
    "neo4j",
    "influxdb",
    "clickhouse",
    "clickhouse-server",
    "couchdb",
    "couchbase",
    "scylla",
    "mssql",
)
"""Names of images that keep data of their own, without registry and tag."""

_CLIENTS: Final = re.compile(
    r"(^|[\s/;&|])(psql|pg_dump|pg_dumpall|pg_restore|mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|mongosh|mongodump"
    r"|mongorestore|cqlsh|cypher-shell|influx|clickhouse-client|sqlcmd)([\s;&|]|$)"
)
"""Programs of such an image that only speak to a database elsewhere."""


def _each_container(task: ResourceFacts, wanted: str, check: Callable[[Mapping[str, Value]], str]) -> Outcome:
    """Judge a task's containers; `check` says what is wrong with one, or nothing."""
    found = containers(task)
    if isinstance(found, Unknown):
        return unverified(open_text(task, "containerDefinitions"), wanted)
    bad = [f"container {_name(task, c, n)}: {why}" for n, c in enumerate(found, 1) if (why := check(c))]
    return failed("; ".join(bad), wanted) if bad else passed(f"{len(found)} container(s) comply")


def _name(task: ResourceFacts, entry: Source, number: int) -> str:
    """What messages call a container or a variable: one out of a secret document is called by its number."""
    name = "" if is_secret_at(task, "containerDefinitions") else text(entry, "name")
    return name or f"number {number}"


def _is_windows(task: ResourceFacts) -> bool:
    return text(task, "runtimePlatform.operatingSystemFamily").upper().startswith("WINDOWS")


@COMPUTE.resource(
    "ecs-nonroot",
    "Containers do not run as root",
    on=types.ECS_TASK_DEFINITION,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Root inside is one kernel flaw away from root outside, and may rewrite everything in the container.",
    fix='Set "user" of each container, e.g. to "1000:1000".',
    anchors=("FSBP ECS.20",),
)
def ecs_nonroot(task: ResourceFacts) -> Outcome | None:
    """`user` of each container, which must be set: most images run as root by themselves. Windows has no root."""
    if _is_windows(task):
        return None

    def check(container: Mapping[str, Value]) -> str:
        user = at(container, "user")
        if user is UNSET or user == "":
            return "user is not set"
        name = str(user).partition(":")[0].strip()
        return "user is root" if name == "root" or (name.isdecimal() and not int(name)) else ""

    return _each_container(task, "a user that is not root", check)


@COMPUTE.resource(
    "ecs-readonly-rootfs",
    "Containers cannot write to their root file system",
    on=types.ECS_TASK_DEFINITION,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="An intruder who cannot write cannot leave tools behind or change the program.",
    fix='Set "readonlyRootFilesystem" to true and mount a volume where the program must write.',
    anchors=("FSBP ECS.5", "checkov CKV_AWS_336"),
)
def ecs_readonly_rootfs(task: ResourceFacts) -> Outcome | None:
    """`readonlyRootFilesystem` of each container, which ECS refuses on Windows."""
    if _is_windows(task):
        return None

    def check(container: Mapping[str, Value]) -> str:
        writable = as_bool(at(container, "readonlyRootFilesystem")) is not True
        return show(container, "readonlyRootFilesystem") if writable else ""

    return _each_container(task, "readonlyRootFilesystem true", check)


@COMPUTE.resource(
    "ecs-no-privileged-host-ns",
    "Containers are kept apart from their host",
    on=types.ECS_TASK_DEFINITION,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A privileged container, or one in the host's process or network namespace, owns the host.",
    fix='Remove "privileged", the capabilities ALL and SYS_ADMIN, and "host" as pidMode, ipcMode and networkMode.',
    anchors=("FSBP ECS.3", "FSBP ECS.4", "FSBP ECS.17", "checkov CKV_AWS_334", "checkov CKV_AWS_335"),
)
def ecs_no_privileged_host_ns(task: ResourceFacts) -> Outcome:
    """`privileged` and capabilities of each container; `pidMode`, `ipcMode` and `networkMode` of the task."""
    wanted = "no privileged container and no host namespace"
    shared = [
        lacking(task, key, wanted)
        for key in ("pidMode", "ipcMode", "networkMode")
        if at(task, key) == "host" or at(task, key) is UNKNOWN
    ]
    return worst([*shared, _each_container(task, wanted, _privileged)])


def _privileged(container: Mapping[str, Value]) -> str:
    if at(container, "privileged") not in (UNSET, False, "false"):
        return "privileged"
    added = {str(capability).upper() for capability in known_items(container, "linuxParameters.capabilities.add")}
    owning = sorted(added & {"ALL", "SYS_ADMIN"})
    return f"capability {owning[0]}, which is all but privileged" if owning else ""


@COMPUTE.resource(
    "ecs-logging",
    "Every container sends its logs somewhere",
    on=types.ECS_TASK_DEFINITION,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="On Fargate the output of a container without a log driver is gone, and with it the reason why it stopped.",
    fix='Set "logConfiguration" of each container, e.g. logDriver "awslogs" with a log group.',
    anchors=("FSBP ECS.9", "cdk-nag AwsSolutions-ECS7"),
)
def ecs_logging(task: ResourceFacts) -> Outcome:
    """`logConfiguration.logDriver` of each container."""

    def check(container: Mapping[str, Value]) -> str:
        driver = at(container, "logConfiguration.logDriver")
        return "" if driver is not UNSET and driver not in ("", "none") else "no logConfiguration"

    return _each_container(task, "a logConfiguration", check)


@COMPUTE.joined(
    "ecs-separate-roles",
    "A task's own role is not the one that starts it",
    on=types.ECS_TASK_DEFINITION,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="With one role for both, the program may read every secret and image that only starting it needs.",
    fix="Make two aws.iam.Role resources: one for executionRoleArn, one for taskRoleArn.",
    anchors=("checkov CKV_AWS_249",),
)
def ecs_separate_roles(task: ResourceFacts, stack: StackFacts) -> Outcome:
    """`executionRoleArn` and `taskRoleArn` differ: as texts, or by the roles that they were made from."""
    wanted = "two roles"
    execution, own = at(task, "executionRoleArn"), at(task, "taskRoleArn")
    if not is_set(own) or not is_set(execution):
        return passed("at most one role is set")
    if UNKNOWN not in (execution, own):
        return failed("both roles are the same", wanted) if execution == own else passed("the roles differ")
    made = [{r.urn for r in stack.referred(task, key, types.IAM_ROLE)} for key in ("executionRoleArn", "taskRoleArn")]
    if made[0] != made[1]:
        return passed("the roles differ")
    if len(made[0]) == 1:
        return failed("both roles are the same", wanted)
    return unverified("the roles are known only after deployment", wanted)


@COMPUTE.resource(
    "ecs-efs-transit",
    "Tasks mount EFS over TLS",
    on=types.ECS_TASK_DEFINITION,
    severity=Severity.HIGH,
    levels=mandatory_from("startup"),
    why="NFS without TLS shows every file that is read or written to whoever can listen in the VPC.",
    fix='Set efsVolumeConfiguration.transitEncryption of each volume to "ENABLED".',
    anchors=("FSBP ECS.18", "checkov CKV_AWS_97", "trivy AWS-0035"),
)
def ecs_efs_transit(task: ResourceFacts) -> Outcome | None:
    """`transitEncryption` of each EFS volume; AWS's default is off."""
    volumes = items(task, "volumes")
    if isinstance(volumes, Unknown):
        return unverified("volumes are known only after deployment", "transitEncryption ENABLED")
    path = "efsVolumeConfiguration"
    mounted = [v for v in volumes if is_set(at(v, path))]
    return worst(one_of(v, f"{path}.transitEncryption", ("ENABLED",)) for v in mounted) if mounted else None


@COMPUTE.resource(
    "ecs-no-database-containers",
    "Databases are managed services, not containers",
    on=(types.ECS_TASK_DEFINITION, types.ECS_EXPRESS_GATEWAY_SERVICE),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A task's disk goes with the task; backups, standby and upgrades of a database in one are nobody's work.",
    fix="Use aws.rds.Instance or aws.rds.Cluster and give the task its address.",
)
def ecs_no_database_containers(task: ResourceFacts) -> Outcome:
    """No image of `DATABASE_IMAGES` among the containers, but to run one of its clients."""
    wanted = "no database image"
    found = (
        known_items(task, "primaryContainer") if task.type == types.ECS_EXPRESS_GATEWAY_SERVICE else containers(task)
    )
    if isinstance(found, Unknown):
        return unverified(open_text(task, "containerDefinitions"), wanted)
    names = sorted({n for c in found if not _is_client(c) for n in image_names(text(c, "image"))} & {*DATABASE_IMAGES})
    return failed(f"containers run {', '.join(names)}", wanted) if names else passed("no container is a database")


def _is_client(container: Source) -> bool:
    """Whether a container's command is a client's, as in a task that dumps a database or changes its tables."""
    words = [word for key in ("entryPoint", "command") for word in known_items(container, key)]
    return _CLIENTS.search(" ".join(word for word in words if isinstance(word, str))) is not None


@SECURITY.resource(
    "ecs-no-env-secrets",
    "No secret stands in a container's environment",
    on=types.ECS_TASK_DEFINITION,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="Environment variables are shown in the console, in every DescribeTaskDefinition and in crash reports.",
    fix='Move the variable to "secrets" with valueFrom the ARN of a secret or parameter.',
    anchors=("FSBP ECS.8", "cdk-nag AwsSolutions-ECS2", "trivy AWS-0036"),
)
def ecs_no_env_secrets(task: ResourceFacts) -> Outcome:
    """No variable whose name, or whose value, is a secret's."""
    wanted = "secrets by reference"
    found = containers(task)
    if isinstance(found, Unknown):
        return unverified(open_text(task, "containerDefinitions"), wanted)
    suspicious = [
        f"{_name(task, variable, number)} of container {_name(task, container, n)}"
        for n, container in enumerate(found, 1)
        for number, variable in enumerate(known_items(container, "environment"), 1)
        if looks_secret(text(variable, "name"), at(variable, "value"))
    ]
    for n, container in enumerate(found, 1):
        for key in ("command", "entryPoint"):
            if any(holds_secret(word) for word in known_items(container, key)):
                return failed(f"{key} of container {_name(task, container, n)} holds a secret", wanted)
    if suspicious:
        return failed(f"environment holds {', '.join(suspicious)}", wanted)
    return passed("no variable looks like a secret")
