"""Secrets of Secrets Manager."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import lacking
from policies.pack.facts import UNKNOWN
from policies.pack.facts.documents import open_text, record
from policies.pack.facts.keys import own_key
from policies.pack.layers import SECURITY
from policies.pack.levels import Level, mandatory_from
from policies.pack.parameters import whole
from policies.pack.rule import Severity
from policies.pack.values import as_number, at, text
from policies.pack.verdict import Outcome, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts, Value
    from policies.pack.parameters import Values

_SECRET_TYPE: Final = "AWS::SecretsManager::Secret"

_DAYS_OF_MONTH: Final = 31.0

ROTATION_DAYS: Final = whole(
    "days", "Longest time in days that a secret may stay the same", 90, minimum=1, maximum=1000
)


@SECURITY.resource(
    "secret-cmk",
    "Secrets are encrypted with a key of our own",
    on=(types.SECRETSMANAGER_SECRET, types.CLOUDCONTROL_RESOURCE),
    severity=Severity.LOW,
    levels=mandatory_from("production", before=Level.DISABLED),
    why="Nobody can see who used AWS's shared key, or take the use of it away.",
    fix="Set kmsKeyId.",
    anchors=("checkov CKV_AWS_149", "trivy AWS-0098"),
)
def secret_cmk(secret: ResourceFacts) -> Outcome | None:
    """`kmsKeyId`, also of a secret made through Cloud Control; AWS's own key by its alias is none of ours."""
    if secret.type == types.SECRETSMANAGER_SECRET:
        return own_key(secret, "kmsKeyId")
    if at(secret, "typeName") != _SECRET_TYPE:
        return None
    state = record(secret, "desiredState")
    if state is UNKNOWN:
        return unverified(open_text(secret, "desiredState"), "a KMS key")
    return own_key(state, "KmsKeyId")


@SECURITY.joined(
    "secret-rotation",
    "Secrets are rotated",
    on=(types.SECRETSMANAGER_SECRET, types.CLOUDCONTROL_RESOURCE),
    severity=Severity.MEDIUM,
    levels=mandatory_from("enterprise"),
    why="A secret that leaked without anybody noticing stays useful for as long as it stays the same.",
    fix="Add an aws.secretsmanager.SecretRotation for the secret with rotationRules.automaticallyAfterDays 90 or less.",
    anchors=(
        "FSBP SecretsManager.1",
        "FSBP SecretsManager.4",
        "checkov CKV2_AWS_57",
        "checkov CKV_AWS_304",
        "cdk-nag AwsSolutions-SMG4",
    ),
    parameters=(ROTATION_DAYS,),
)
def secret_rotation(secret: ResourceFacts, stack: StackFacts, given: Values) -> Outcome | None:
    """A rotation of the secret, by days or by a rate in days; also of a secret made through Cloud Control."""
    if secret.type == types.CLOUDCONTROL_RESOURCE and at(secret, "typeName") != _SECRET_TYPE:
        return None
    wanted = f"a rotation every {given[ROTATION_DAYS]} days or sooner"
    rotations = stack.referring(secret, types.SECRETSMANAGER_SECRET_ROTATION, "secretId", "name")
    if not rotations:
        return failed("the secret is not rotated", wanted)
    every = [_days_between(at(rotation, "rotationRules")) for rotation in rotations]
    soon = [days for days in every if isinstance(days, float) and days <= given[ROTATION_DAYS]]
    if soon:
        return passed(f"rotated every {soon[0]:g} days")
    days = every[0]
    path = "rotationRules.scheduleExpression"
    return lacking(rotations[0], path if days is None else "rotationRules.automaticallyAfterDays", wanted)


def _days_between(rules: Value) -> Value:
    """Days between rotations: a number, never below the true one for `cron(…)`; None for what it does not read."""
    schedule = text(rules, "scheduleExpression")
    if not schedule:
        return as_number(at(rules, "automaticallyAfterDays"))
    if rate := re.fullmatch(r"rate\((\d{1,4}) (day|hour)s?\)", schedule):
        return float(rate[1]) / (24 if rate[2] == "hour" else 1)
    # Minutes, hours, days, then months, which alone can make it rarer than monthly.
    months = re.fullmatch(r"cron\(\S+ \S+ \S+ (?:\*|[\d*]+/([1-9]\d?)) \S+ \*\)", schedule)
    return _DAYS_OF_MONTH * int(months[1] or 1) if months else None
