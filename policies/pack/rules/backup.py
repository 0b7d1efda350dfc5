"""AWS Backup: plans, vaults and restore tests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import at_least, lacking, present
from policies.pack.facts import UNKNOWN, Unknown
from policies.pack.facts.backups import SAVED_AS, selected
from policies.pack.facts.keys import own_key
from policies.pack.layers import RESILIENCE
from policies.pack.levels import AUDITED, Level, mandatory_from
from policies.pack.parameters import whole
from policies.pack.rule import Severity
from policies.pack.values import as_number, at, is_set, items, known_items, text
from policies.pack.verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts, Value
    from policies.pack.parameters import Values

DAILY_DAYS: Final = whole("dailyDays", "Shortest time in days that daily backups are kept", 14, minimum=1)

WEEKLY_DAYS: Final = whole("weeklyDays", "Shortest time in days that weekly backups are kept", 30, minimum=1)

_WEEK: Final = 7
"""Days."""


@RESILIENCE.resource(
    "backup-daily-weekly",
    "Backups are made daily and weekly, and kept",
    on=types.BACKUP_PLAN,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Daily backups undo yesterday's mistake; the one found three weeks later needs an older one.",
    fix="Add rules with a daily and a weekly cron schedule and lifecycle.deleteAfter of 14 and 30 days or more.",
    parameters=(DAILY_DAYS, WEEKLY_DAYS),
    anchors=("prowler backup_plans_exist",),
)
def backup_daily_weekly(plan: ResourceFacts, given: Values) -> Outcome:
    """Schedules and retention of the plan's rules."""
    wanted = f"a daily rule kept {given[DAILY_DAYS]} days and a weekly one kept {given[WEEKLY_DAYS]}"
    rules = items(plan, "rules")
    if isinstance(rules, Unknown):
        return lacking(plan, "rules", wanted)
    kept = {"daily": 0.0, "weekly": 0.0}
    for rule in rules:
        rhythm = _rhythm(text(rule, "schedule"))
        if rhythm in kept:
            kept[rhythm] = max(kept[rhythm], _kept_days(rule))
    found = f"daily kept {kept['daily']:g} days, weekly kept {kept['weekly']:g}"
    enough = kept["daily"] >= given[DAILY_DAYS] and kept["weekly"] >= given[WEEKLY_DAYS]
    return passed(found) if enough else failed(found, wanted)


def _rhythm(schedule: str) -> str:
    """How often a schedule such as `cron(0 2 * * ? *)` or `rate(1 day)` comes round; empty for anything rarer."""
    if rate := re.fullmatch(r"rate\((\d{1,4}) (hour|day)s?\)", schedule):
        days = float(rate[1]) / (24 if rate[2] == "hour" else 1)
        return "daily" if 0 < days <= 1 else "weekly" if 1 < days <= _WEEK else ""
    fields = schedule.removeprefix("cron(").removesuffix(")").split()
    every = len(fields) == 6 and fields[3] == "*" and fields[5] == "*" and fields[2] in ("*", "?", "1/1")
    # A day of the week with # or L is one of a month's.
    if not every or "#" in fields[4] or fields[4].upper().endswith("L"):
        return ""
    return "daily" if fields[4] in ("*", "?") else "weekly"


def _kept_days(rule: Value) -> float:
    """Days that a rule's backups are kept; for ever when nothing deletes them."""
    days = at(rule, "lifecycle.deleteAfter")
    number = as_number(days) if is_set(days) else float("inf")
    return number if isinstance(number, float) else 0.0


@RESILIENCE.joined(
    "backup-cross-region-copy",
    "Backups are copied to another region",
    on=types.BACKUP_PLAN,
    severity=Severity.MEDIUM,
    levels=mandatory_from("enterprise"),
    why="Backups that stand beside the data are lost with the region, or with the account.",
    fix="Add copyActions with the destinationVaultArn of a vault in another region to a rule.",
)
def backup_cross_region_copy(plan: ResourceFacts, stack: StackFacts) -> Outcome:
    """`copyActions` of at least one rule lead to a vault elsewhere, by its ARN or by the vault that the stack makes."""
    wanted = "a copy in another region"
    rules = known_items(plan, "rules")
    arns = [at(copy, "destinationVaultArn") for rule in rules for copy in known_items(rule, "copyActions")]
    arns = [arn for arn in arns if is_set(arn)]
    if not arns:
        return failed("no rule copies its backups", wanted)
    here = plan.region
    there = {arn.split(":")[3] for arn in arns if isinstance(arn, str) and arn.count(":") > 3}
    vaults = stack.referred(plan, "rules", types.BACKUP_VAULT)
    if UNKNOWN in arns:
        there |= {vault.region for vault in vaults}
    if len(there - {""}) > 1 or (here and there - {here, ""}):
        return passed("a rule copies its backups")
    if not here:
        return unverified("the region of the plan is not written out", wanted)
    # A plan names the vault that it writes to as well: one vault alone does not tell where copies go.
    if UNKNOWN in arns and len(vaults) < 2:
        return unverified("the vault of the copies is known only after deployment", wanted)
    return failed(f"backups are copied within {here}", wanted)


@RESILIENCE.resource(
    "backup-vault-kms",
    "Backup vaults are encrypted with a key of our own",
    on=types.BACKUP_VAULT,
    severity=Severity.MEDIUM,
    levels=mandatory_from("production"),
    why="Whoever can restore a backup has the data; a key of our own is a second lock, and one that we can close.",
    fix="Set kmsKeyArn.",
    anchors=("checkov CKV_AWS_166", "prowler backup_vaults_encrypted"),
)
def backup_vault_kms(vault: ResourceFacts) -> Outcome:
    """`kmsKeyArn`; AWS's own key by its alias is none of ours."""
    return own_key(vault, "kmsKeyArn")


@RESILIENCE.joined(
    "backup-covers-data",
    "Every data store is in a backup plan",
    on=tuple(SAVED_AS),
    severity=Severity.HIGH,
    levels=mandatory_from("production"),
    why="A service's own snapshots go when the resource, or the account, goes.",
    fix="Name its ARN in resources of an aws.backup.Selection, or give it a tag that a selection looks for.",
    anchors=(
        "FSBP RDS.26",
        "FSBP EFS.2",
        "FSBP DynamoDB.4",
        "FSBP EC2.28",
        "checkov CKV2_AWS_8",
        "checkov CKV2_AWS_9",
        "prowler rds_instance_protected_by_backup_plan",
    ),
)
def backup_covers_data(store: ResourceFacts, stack: StackFacts) -> Outcome | None:
    """A selection with the store's ARN, a pattern for it, or one of its tags. A read replica needs none."""
    if is_set(at(store, "replicateSourceDb")):
        return None
    if selection := selected(store, stack):
        return passed(selection)
    return failed("no backup selection covers it", "one")


@RESILIENCE.joined(
    "backup-vault-locked",
    "Nobody can delete backups before their time",
    on=types.BACKUP_VAULT,
    severity=Severity.MEDIUM,
    levels=mandatory_from("enterprise", before=Level.DISABLED),
    why="Whoever takes over an administrator's account deletes the backups first, then the data.",
    fix="Add an aws.backup.VaultLockConfiguration with minRetentionDays; without changeableForDays it can be undone.",
)
def backup_vault_locked(vault: ResourceFacts, stack: StackFacts) -> Outcome:
    """A lock of the vault, with a shortest retention."""
    locks = stack.referring(vault, types.BACKUP_VAULT_LOCK_CONFIGURATION, "backupVaultName", "name")
    if not locks:
        return failed("the vault is not locked", "a vault lock")
    return at_least(locks[0], "minRetentionDays", 1, unit="days")


@RESILIENCE.stack(
    "restore-tested",
    "Backups are restored regularly to see that they work",
    on=(types.BACKUP_PLAN, types.BACKUP_RESTORE_TESTING_PLAN, types.BACKUP_RESTORE_TESTING_SELECTION),
    severity=Severity.MEDIUM,
    levels=AUDITED,
    why="A backup that nobody has restored is a hope: the wrong key or a missing role shows on the worst day.",
    fix="Add an aws.backup.RestoreTestingPlan with a schedule, and a RestoreTestingSelection for each kind of data.",
)
def restore_tested(stack: StackFacts) -> Outcome | None:
    """A restore testing plan beside a backup plan, and a selection of what it restores."""
    if not any(stack.of_type(types.BACKUP_PLAN)):
        return None
    tests = tuple(stack.of_type(types.BACKUP_RESTORE_TESTING_PLAN))
    if not tests:
        return failed("no restore testing plan", "one")
    key = "restoreTestingPlanName"
    open_ = any(not isinstance(at(s, key), str) for s in stack.of_type(types.BACKUP_RESTORE_TESTING_SELECTION))
    named = [t for t in tests if open_ or stack.referring(t, types.BACKUP_RESTORE_TESTING_SELECTION, key, "name")]
    if not named:
        return failed("the restore testing plan selects nothing", "a RestoreTestingSelection")
    return worst(present(test, "scheduleExpression", "a schedule") for test in named)
