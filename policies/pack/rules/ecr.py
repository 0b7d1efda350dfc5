"""Image repositories of ECR."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true, one_of
from policies.pack.facts.documents import document
from policies.pack.layers import COMPUTE
from policies.pack.levels import mandatory_from
from policies.pack.rule import Severity
from policies.pack.values import at, items, known_items, text
from policies.pack.verdict import Outcome, failed, passed, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts, Value

_IMMUTABLE: Final = ("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION")

_SCANNING: Final = ("SCAN_ON_PUSH", "CONTINUOUS_SCAN")


@COMPUTE.joined(
    "ecr-scan-immutable",
    "Images are scanned when pushed, and their tags stay what they were",
    on=types.ECR_REPOSITORY,
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
)
def ecr_scan_immutable(repository: ResourceFacts, stack: StackFacts) -> Outcome:
    """Scanning by the repository or by the registry as a whole, and `imageTagMutability`."""
    rules = (
        r
        for registry in stack.of_type(types.ECR_REGISTRY_SCANNING_CONFIGURATION)
        for r in known_items(registry, "rules")
    )
    if any(text(rule, "scanFrequency") in _SCANNING and _concerns(rule, repository) for rule in rules):
        scanned = passed("the registry scans images")
    else:
        scanned = is_true(repository, "imageScanningConfiguration.scanOnPush")
    fixed = one_of(repository, "imageTagMutability", _IMMUTABLE, default="MUTABLE")
    free = {text(f, "filter") for f in known_items(repository, "imageTagMutabilityExclusionFilters")}
    if at(repository, "imageTagMutability") == _IMMUTABLE[1] and "*" in free:
        fixed = failed("imageTagMutabilityExclusionFilters let every tag move", "tags that stay")
    return worst((scanned, fixed))


def _concerns(rule: Value, repository: ResourceFacts) -> bool:
    """Whether a rule of the registry is about a repository, of which the name may be known only after deployment."""
    patterns = [text(f, "filter") for f in known_items(rule, "repositoryFilters")]
    return any(p == "*" or fnmatchcase(text(repository, "name"), p) for p in patterns) or not patterns


@COMPUTE.joined(
    "ecr-lifecycle",
    "Old images are deleted by themselves",
    on=types.ECR_REPOSITORY,
    severity=Severity.LOW,
    levels=mandatory_from("production"),
    why="Every build leaves an image behind at $0.10 per GB and month, and old ones hold the flaws that were mended.",
    fix="Add an aws.ecr.LifecyclePolicy for the repository that expires untagged images and keeps the last few tags.",
    anchors=("FSBP ECR.3",),
)
def ecr_lifecycle(repository: ResourceFacts, stack: StackFacts) -> Outcome:
    """A lifecycle policy of the repository with a rule."""
    found = stack.referring(repository, types.ECR_LIFECYCLE_POLICY, "repository", "name")
    if not found:
        return failed("the repository has no lifecycle policy", "one")
    policy = document(found[0], "policy")
    if isinstance(policy, Mapping) and items(policy, "rules") == []:
        return failed(f"{found[0].name} has no rule", "a rule that expires images")
    return passed("a lifecycle policy deletes old images")
