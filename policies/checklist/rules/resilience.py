"""Resilience: backups, and protection of what holds data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ..checks import present
from ..facts import Unknown
from ..levels import Level, mandatory_from
from ..rule import Layer, Severity
from ..tags import tags_of
from ..values import as_bool, as_number, at, is_set, items, known_items, show, text
from ..verdict import Outcome, failed, passed

if TYPE_CHECKING:
    from ..facts import ResourceFacts, StackFacts, Value

layer = Layer("resilience")

PLAN: Final = "aws:backup/plan:Plan"
VAULT: Final = "aws:backup/vault:Vault"
SELECTION: Final = "aws:backup/selection:Selection"

_SERVICES: Final = {
    "aws:rds/instance:Instance": "rds",
    "aws:rds/cluster:Cluster": "rds",
    "aws:dynamodb/table:Table": "dynamodb",
    "aws:efs/fileSystem:FileSystem": "elasticfilesystem",
}
"""What holds data that AWS Backup can save → the service in its ARN."""

_BUCKET: Final = "aws:s3/bucket:Bucket"
_MIN_DAILY_DAYS: Final = 14
_MIN_WEEKLY_DAYS: Final = 30


@layer.resource(
    "backup-daily-weekly",
    "Backups are made daily and weekly, and kept",
    on=PLAN,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Daily backups undo yesterday's mistake; the one found three weeks later needs an older one.",
    fix="Add rules with a daily and a weekly cron schedule and lifecycle.deleteAfter of 14 and 30 days or more.",
    items=(151, 153),
)
def backup_daily_weekly(plan: ResourceFacts) -> Outcome:
    """Schedules and retention of the plan's rules."""
    wanted = f"a daily rule kept {_MIN_DAILY_DAYS} days and a weekly one kept {_MIN_WEEKLY_DAYS}"
    rules = items(plan, "rules")
    if isinstance(rules, Unknown):
        return failed(show(plan, "rules"), wanted)
    kept = {"daily": 0.0, "weekly": 0.0}
    for rule in rules:
        rhythm = _rhythm(text(rule, "schedule"))
        if rhythm in kept:
            kept[rhythm] = max(kept[rhythm], _kept_days(rule))
    found = f"daily kept {kept['daily']:g} days, weekly kept {kept['weekly']:g}"
    enough = kept["daily"] >= _MIN_DAILY_DAYS and kept["weekly"] >= _MIN_WEEKLY_DAYS
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
    anchors=("FSBP RDS.26", "FSBP EFS.2", "FSBP DynamoDB.4", "checkov CKV2_AWS_8", "checkov CKV2_AWS_9"),
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
    whole_service = re.compile(rf"\*|arn:aws[\w-]*:{_SERVICES[store.type]}:.*\*")
    if any(isinstance(p, str) and whole_service.fullmatch(p) for p in known_items(selection, "resources")):
        return True
    tags = tags_of(store)
    if isinstance(tags, Unknown):
        return False
    return any(
        text(wanted, "key") in tags and tags[text(wanted, "key")] == at(wanted, "value")
        for wanted in known_items(selection, "selectionTags")
    )


@layer.resource(
    "stateful-protected",
    "Pulumi refuses to delete what holds data",
    on=(*_SERVICES, _BUCKET, "aws:kms/key:Key"),
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
