"""Keys and secrets."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, ROLLING, in_place, removes, replaces
from settings.enums import KeyPurpose
from settings.fields import EnvironmentVariable, RegionName, UserArn, distinct


class BreakGlassSettings(Section):
    """A role for emergencies, whose use is told to everybody who hears alarms."""

    principals: Annotated[tuple[UserArn, ...], AfterValidator(distinct)] = setting(
        (), "IAM users, by ARN, that may take it, with MFA; none makes no role", changes=IN_PLACE
    )
    session_minutes: int = setting(
        60,
        "how long a session lasts at most; AWS knows no shorter one",
        unit="minutes",
        ge=60,
        le=240,
        changes=IN_PLACE,
    )


class SecuritySettings(Section):
    """Keys and secrets."""

    customer_managed_keys: Annotated[tuple[KeyPurpose, ...], AfterValidator(distinct)] = setting(
        (KeyPurpose.DATA,),
        "what own KMS keys encrypt; the rest uses AWS's. Decide on data early: a change replaces the database",
        cost="$1 a month per key, $2 after the first rotation, $3 after the second",
        changes=replaces(
            "KMS key",
            "RDS database",
            "AWS Backup",
            data="the database, recovery points, and what a removed key encrypted",
            how="AWS keeps a removed key for keyDeletionWindowDays",
        ),
    )
    key_deletion_window_days: int = setting(
        30,
        "time to change one's mind about deleting a key",
        unit="days",
        ge=7,
        le=30,
        changes=IN_PLACE,
    )
    key_rotation_days: int = setting(
        365, "how often KMS renews a key's material", unit="days", ge=90, le=2560, changes=IN_PLACE
    )
    application_secret_length: int = setting(
        64,
        "length of the generated application secret (JWT_SECRET)",
        unit="characters",
        cost="$0.40 a month",
        ge=32,
        le=4096,
        changes=in_place(downtime="AWS makes a new value: sessions end"),
    )
    secrets: dict[EnvironmentVariable, Annotated[SecretStr, Field(min_length=1)]] = setting(
        dict,
        "own secrets, encrypted in the stack file with `pulumi config set --secret --path`; given to the container",
        cost="$0.40 a month each",
        changes=ROLLING,
    )
    keep_application_secret: bool = setting(
        False,
        "leave the application secret in AWS when the stack gives it up; AWS would delete it at once, without the "
        "recovery days that own secrets have",
        cost="$0.40 a month until it is deleted by hand",
        changes=IN_PLACE,
    )
    api_keys: Annotated[tuple[EnvironmentVariable, ...], AfterValidator(distinct)] = setting(
        (),
        "API keys that the application asks of its callers, by environment variable: AWS makes them up",
        cost="$0.40 a month each",
        changes=ROLLING,
    )
    parameters: Annotated[tuple[EnvironmentVariable, ...], AfterValidator(distinct)] = setting(
        ("PRIVATE_SETTINGS",),
        "encrypted parameters /environment/application/NAME whose values people put there; read at the container's "
        "start. Each begins as {}",
        changes=removes("SSM parameter", data="the value of a name that goes"),
    )
    secret_rotation_days: int | None = setting(
        None,
        "how often JWT_SECRET and the API keys get a new value, the former one staying valid until the next; the "
        "application must accept both",
        unit="days",
        cost="$0.10 a month for an alarm",
        ge=1,
        le=90,
        changes=removes("Lambda function", "Log group", data="the function's log"),
    )
    secret_replica_regions: Annotated[tuple[RegionName, ...], AfterValidator(distinct)] = setting(
        (),
        "regions that generated and own secrets are copied to",
        cost="$0.40 a month per secret and region, and $1 a month for each region's key",
        changes=removes("KMS key", data="the copies", downtime="what reads them there"),
    )
    watch_secret_reads: bool = setting(
        False,
        "tell of each read of a secret by another principal than the application; needs a CloudTrail trail",
        changes=IN_PLACE,
    )
    break_glass: BreakGlassSettings = setting(BreakGlassSettings, "a role for emergencies")
    secret_recovery_days: int = setting(
        7,
        "time in which a deleted secret can be brought back",
        unit="days",
        ge=7,
        le=30,
        changes=IN_PLACE,
    )
