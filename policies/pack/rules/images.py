"""Compute, continued: container images and where they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..checks import is_true, one_of
from ..documents import containers
from ..facts import Unknown
from ..images import image_name
from ..levels import ALWAYS, mandatory_from
from ..rule import Layer, Severity
from ..values import known_items, text
from ..verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts

layer = Layer("compute")

REPOSITORY: Final = "aws:ecr/repository:Repository"
REGISTRY_SCANNING: Final = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration"
LIFECYCLE: Final = "aws:ecr/lifecyclePolicy:LifecyclePolicy"
TASK: Final = "aws:ecs/taskDefinition:TaskDefinition"
EXPRESS: Final = "aws:ecs/expressGatewayService:ExpressGatewayService"

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
)
"""Names of images that keep data of their own, without registry and tag."""

_IMMUTABLE: Final = ("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION")
_SCANNING: Final = ("SCAN_ON_PUSH", "CONTINUOUS_SCAN")


@layer.joined(
    "ecr-scan-immutable",
    "Images are scanned when pushed, and their tags stay what they were",
    on=REPOSITORY,
    severity=Severity.MEDIUM,
    levels=mandatory_from("startup"),
    why="A tag that can move makes a rollback run something else; an image that nobody scanned brings old flaws along.",
    fix='Set imageScanningConfiguration.scanOnPush true and imageTagMutability "IMMUTABLE".',
    anchors=(
        "FSBP ECR.1",
        "FSBP ECR.2",
        "checkov CKV_AWS_163",
        "checkov CKV_AWS_51",
        "trivy AWS-0030",
        "trivy AWS-0031",
    ),
    items=(174, 191),
)
def ecr_scan_immutable(repository: ResourceFacts, stack: StackFacts) -> Outcome:
    """Scanning by the repository or by the registry as a whole, and `imageTagMutability`."""
    rules = (r for registry in stack.of_type(REGISTRY_SCANNING) for r in known_items(registry, "rules"))
    if any(text(rule, "scanFrequency") in _SCANNING for rule in rules):
        scanned = passed("the registry scans images")
    else:
        scanned = is_true(repository, "imageScanningConfiguration.scanOnPush")
    return worst((scanned, one_of(repository, "imageTagMutability", _IMMUTABLE, default="MUTABLE")))


@layer.joined(
    "ecr-lifecycle",
    "Old images are deleted by themselves",
    on=REPOSITORY,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Every build leaves an image behind at $0.10 per GB and month, and old ones hold the flaws that were mended.",
    fix="Add an aws.ecr.LifecyclePolicy for the repository that expires untagged images and keeps the last few tags.",
    anchors=("FSBP ECR.3",),
    items=(174,),
)
def ecr_lifecycle(repository: ResourceFacts, stack: StackFacts) -> Outcome:
    """A lifecycle policy of the repository."""
    if stack.referring(repository, LIFECYCLE, "repository", "name"):
        return passed("a lifecycle policy deletes old images")
    return failed("the repository has no lifecycle policy", "one")


@layer.resource(
    "ecs-no-database-containers",
    "Databases are managed services, not containers",
    on=(TASK, EXPRESS),
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="A task's disk goes with the task; backups, standby and upgrades of a database in one are nobody's work.",
    fix="Use aws.rds.Instance or aws.rds.Cluster and give the task its address.",
    items=(68,),
)
def ecs_no_database_containers(task: ResourceFacts) -> Outcome:
    """No image of `DATABASE_IMAGES` among the containers."""
    wanted = "no database image"
    found = known_items(task, "primaryContainer") if task.type == EXPRESS else containers(task)
    if isinstance(found, Unknown):
        return unverified("containerDefinitions are known only after deployment", wanted)
    names = sorted({image_name(text(c, "image")) for c in found}.intersection(DATABASE_IMAGES))
    return failed(f"containers run {', '.join(names)}", wanted) if names else passed("no container is a database")
