"""Resilience: backups, and protection of what holds data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..baseline import AUDITED
from ..checks import at_least, present
from ..facts import UNKNOWN, Unknown
from ..levels import ALWAYS, Level, advisory_from, mandatory_from
from ..parameters import whole
from ..rule import Layer, Severity
from ..tags import tags_of
from ..values import as_bool, as_number, at, is_set, items, known_items, show, text
from ..verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts import ResourceFacts, StackFacts, Value
    from ..parameters import Values

layer = Layer("resilience")

PLAN: Final = "aws:backup/plan:Plan"
VAULT: Final = "aws:backup/vault:Vault"
SELECTION: Final = "aws:backup/selection:Selection"
VAULT_LOCK: Final = "aws:backup/vaultLockConfiguration:VaultLockConfiguration"
RESTORE_TEST: Final = "aws:backup/restoreTestingPlan:RestoreTestingPlan"
EXPERIMENT: Final = "aws:fis/experimentTemplate:ExperimentTemplate"

_SERVICES: Final = {
    "aws:rds/instance:Instance": "rds",
    "aws:rds/cluster:Cluster": "rds",
    "aws:dynamodb/table:Table": "dynamodb",
    "aws:efs/fileSystem:FileSystem": "elasticfilesystem",
    "aws:ebs/volume:Volume": "ec2",
}
"""What holds data that AWS Backup can save → the service in its ARN."""

_BUCKET: Final = "aws:s3/bucket:Bucket"
_PROTECTED: Final = (*(token for token in _SERVICES if token != "aws:ebs/volume:Volume"), _BUCKET, "aws:kms/key:Key")

_REPLICATED: Final = (
    "aws:rds/globalCluster:GlobalCluster",
    "aws:dynamodb/globalTable:GlobalTable",
    "aws:dynamodb/tableReplica:TableReplica",
)
_REGIONAL: Final = ("aws:lb/loadBalancer:LoadBalancer", "aws:ecs/service:Service", *_SERVICES)
"""What shows, by the regions it is in, that a stack can go on in a second one."""

DAILY_DAYS: Final = whole("dailyDays", "Shortest time in days that daily backups are kept", 14, minimum=1)
WEEKLY_DAYS: Final = whole("weeklyDays", "Shortest time in days that weekly backups are kept", 30, minimum=1)


@layer.resource(
    "backup-daily-weekly",
    "Backups are made daily and weekly, and kept",
    on=PLAN,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Daily backups undo yesterday's mistake; the one found three weeks later needs an older one.",
    fix="Add rules with a daily and a weekly cron schedule and lifecycle.deleteAfter of 14 and 30 days or more.",
    items=(151, 153),
    parameters=(DAILY_DAYS, WEEKLY_DAYS),
)
def backup_daily_weekly(plan: ResourceFacts, given: Values) -> Outcome:
    """Schedules and retention of the plan's rules."""
    wanted = f"a daily rule kept {given[DAILY_DAYS]} days and a weekly one kept {given[WEEKLY_DAYS]}"
    rules = items(plan, "rules")
    if isinstance(rules, Unknown):
        return failed(show(plan, "rules"), wanted)
    kept = {"daily": 0.0, "weekly": 0.0}
    for rule in rules:
        rhythm = _rhythm(text(rule, "schedule"))
        if rhythm in kept:
            kept[rhythm] = max(kept[rhythm], _kept_days(rule))
    found = f"daily kept {kept['daily']:g} days, weekly kept {kept['weekly']:g}"
    enough = kept["daily"] >= given[DAILY_DAYS] and kept["weekly"] >= given[WEEKLY_DAYS]
    return passed(found) if enough else failed(found, wanted)


def _rhythm(schedule: str) -> str:
    """How often a schedule such as `cron(0 2 * * ? *)` comes round; empty for anything else."""
    fields = schedule.removeprefix("cron(").removesuffix(")").split()
    if schedule in ("rate(1 day)", "rate(24 hours)"):
        return "daily"
    if len(fields) != 6 or fields[3] != "*" or fields[2] not in ("*", "?", "1/1"):
        return ""
    return "daily" if fields[4] in ("*", "?") else "weekly"


def _kept_days(rule: Value) -> float:
    """Days that a rule's backups are kept; for ever when nothing deletes them."""
    days = at(rule, "lifecycle.deleteAfter")
    number = as_number(days) if is_set(days) else float("inf")
    return number if isinstance(number, float) else 0.0


@layer.resource(
    "backup-cross-region-copy",
    "Backups are copied to a second vault",
    on=PLAN,
    severity=Severity.MEDIUM,
    levels=mandatory_from("enterprise"),
    why="Backups that stand beside the data are lost with the region, or with the account.",
    fix="Add copyActions with the destinationVaultArn of a vault in another region to a rule.",
    items=(154,),
)
def backup_cross_region_copy(plan: ResourceFacts) -> Outcome:
    """`copyActions` of at least one rule; the vault's region shows in its ARN only."""
    for rule in known_items(plan, "rules"):
        if any(is_set(at(copy, "destinationVaultArn")) for copy in known_items(rule, "copyActions")):
            return passed("a rule copies its backups")
    return failed("no rule copies its backups", "a copy in another region")


@layer.resource(
    "backup-vault-kms",
    "Backup vaults are encrypted with a key of our own",
    on=VAULT,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Whoever can restore a backup has the data; a key of our own is a second lock, and one that we can close.",
    fix="Set kmsKeyArn.",
    anchors=("checkov CKV_AWS_166",),
    items=(79,),
)
def backup_vault_kms(vault: ResourceFacts) -> Outcome:
    """`kmsKeyArn`."""
    return present(vault, "kmsKeyArn", "a KMS key")


@layer.joined(
    "backup-covers-data",
    "Every data store is in a backup plan",
    on=tuple(_SERVICES),
    severity=Severity.HIGH,
    levels=mandatory_from("production"),
    why="A service's own snapshots go when the resource, or the account, goes.",
    fix="Name its ARN in resources of an aws.backup.Selection, or give it a tag that a selection looks for.",
    anchors=("FSBP RDS.26", "FSBP EFS.2", "FSBP DynamoDB.4", "FSBP EC2.28", "checkov CKV2_AWS_8", "checkov CKV2_AWS_9"),
    items=(151, 153),
)
def backup_covers_data(store: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A selection with the store's ARN, a pattern for it, or one of its tags. A read replica needs none."""
    if is_set(at(store, "replicateSourceDb")):
        return None
    if stack.referring(store, SELECTION, "resources"):
        return passed("a backup selection names it")
    if any(_selects(selection, store) for selection in stack.of_type(SELECTION)):
        return passed("a backup selection covers it")
    return failed("no backup selection covers it", "one")


def _selects(selection: ResourceFacts, store: ResourceFacts) -> bool:
    """Whether a selection takes a store by a pattern or a tag, and none of its conditions leaves the store out."""
    tags = tags_of(store)
    known = {} if isinstance(tags, Unknown) else tags
    if not all(_tagged(known, condition) for condition in known_items(selection, "conditions.stringEquals")):
        return False
    whole_service = re.compile(rf"\*|arn:aws[\w-]*:{_SERVICES[store.type]}:.*\*")
    if any(isinstance(p, str) and whole_service.fullmatch(p) for p in known_items(selection, "resources")):
        return True
    return any(_tagged(known, wanted) for wanted in known_items(selection, "selectionTags"))


def _tagged(tags: Mapping[str, Value], wanted: Value) -> bool:
    key = text(wanted, "key").removeprefix("aws:ResourceTag/")
    return key in tags and tags[key] == at(wanted, "value")


@layer.resource(
    "stateful-protected",
    "Pulumi refuses to delete what holds data",
    on=_PROTECTED,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="A change of a name or of one property can replace a resource; the new one is empty.",
    fix="Set the resource option protect to true.",
    items=(86, 151),
)
def stateful_protected(resource: ResourceFacts) -> Outcome | None:
    """The resource option `protect`. A bucket with `forceDestroy` is meant to be thrown away."""
    if resource.type == _BUCKET and as_bool(at(resource, "forceDestroy")) is True:
        return None
    return passed("protect is set") if resource.protect else failed("protect is not set", "protect")


@layer.joined(
    "backup-vault-locked",
    "Nobody can delete backups before their time",
    on=VAULT,
    severity=Severity.MEDIUM,
    levels=mandatory_from("enterprise", before=Level.DISABLED),
    why="Whoever takes over an administrator's account deletes the backups first, then the data.",
    fix="Add an aws.backup.VaultLockConfiguration with minRetentionDays; without changeableForDays it can be undone.",
    items=(79, 151),
)
def backup_vault_locked(vault: ResourceFacts, stack: StackFacts) -> Outcome:
    """A lock of the vault, with a shortest retention."""
    locks = stack.referring(vault, VAULT_LOCK, "backupVaultName", "name")
    if not locks:
        return failed("the vault is not locked", "a vault lock")
    return at_least(locks[0], "minRetentionDays", 1, unit="days")


@layer.stack(
    "restore-tested",
    "Backups are restored regularly to see that they work",
    on=(PLAN, RESTORE_TEST),
    severity=Severity.MEDIUM,
    levels=AUDITED,
    why="A backup that nobody has restored is a hope: the wrong key or a missing role shows on the worst day.",
    fix="Add an aws.backup.RestoreTestingPlan with a schedule, and a RestoreTestingSelection for each kind of data.",
    items=(152, 155),
)
def restore_tested(stack: StackFacts) -> Outcome | None:
    """A restore testing plan beside a backup plan."""
    if not any(stack.of_type(PLAN)):
        return None
    tests = tuple(stack.of_type(RESTORE_TEST))
    if not tests:
        return failed("no restore testing plan", "one")
    return present(tests[0], "scheduleExpression", "a schedule")


@layer.resource(
    "experiment-stops",
    "Chaos experiments stop when an alarm goes off",
    on=EXPERIMENT,
    severity=Severity.HIGH,
    levels=ALWAYS,
    why="An experiment without a stop condition goes on breaking things while users already notice.",
    fix='Add stopConditions with source "aws:cloudwatch:alarm" and value the ARN of an alarm.',
    items=(161,),
)
def experiment_stops(experiment: ResourceFacts) -> Outcome:
    """A stop condition that is an alarm."""
    conditions = items(experiment, "stopConditions")
    if isinstance(conditions, Unknown):
        return failed(show(experiment, "stopConditions"), "an alarm")
    if any(at(c, "source") == "aws:cloudwatch:alarm" and is_set(at(c, "value")) for c in conditions):
        return passed("an alarm stops the experiment")
    return failed("nothing stops the experiment", "an alarm")


@layer.stack(
    "second-region",
    "The system can go on in a second region",
    on=(*_REPLICATED, *_REGIONAL),
    severity=Severity.LOW,
    levels=advisory_from("enterprise"),
    why="A region's failure lasts hours; without anything elsewhere there is nothing to do but wait.",
    fix="Make the critical part again with the property region (or a second provider), and replicate its data.",
    items=(10, 70, 160),
)
def second_region(stack: StackFacts) -> Outcome | None:
    """Workloads or data in two regions, or a resource that spans them. Nothing to ask without either."""
    if any(stack.of_type(*_REPLICATED)):
        return passed("data is replicated to another region")
    resources = tuple(stack.of_type(*_REGIONAL))
    if any(known_items(r, "replicas") for r in resources):
        return passed("a table has replicas")
    if not resources:
        return None
    regions = {text(r, "region") or text(r.provider, "region") for r in resources}
    if len(regions - {""}) > 1:
        return passed(f"resources in {', '.join(sorted(regions - {''}))}")
    if any(at(r, "region") is UNKNOWN for r in resources):
        return unverified("a region is known only after deployment", "a second region")
    return failed("everything is in one region", "a second region")
