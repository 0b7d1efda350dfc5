"""Buckets of the application, one for each purpose."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, removes, replaces
from settings.enums import BucketPurpose, LockMode
from settings.fields import RegionName, distinct
from settings.offers.regions import neighbour

_REFUSED = "AWS refuses while it holds any, unless resilience.protect was off before"
_OBJECTS = f"the objects in it; {_REFUSED}"
_COPIES = f"the copies in it; {_REFUSED}"


class BucketVariable(StrEnum):
    """What the application is told of its buckets, by purpose."""

    ASSETS = "ASSETS_BUCKET"
    UPLOADS = "UPLOADS_BUCKET"
    BACKUPS = "BACKUPS_BUCKET"
    LOGS = "LOGS_BUCKET"


class BucketsSettings(Section):
    """Private, versioned, encrypted buckets, each with the permissions and the lifecycle of its purpose."""

    GIVES: ClassVar = tuple(BucketVariable)

    purposes: Annotated[tuple[BucketPurpose, ...], AfterValidator(distinct)] = setting(
        (),
        "which buckets there are",
        cost="$0.023 a month per GB",
        changes=removes("S3 bucket", data=_OBJECTS),
    )
    old_version_days: int = setting(
        30,
        "how long versions are kept that were overwritten or deleted",
        unit="days",
        cost="$0.023 a month per GB",
        ge=1,
        le=3650,
        changes=in_place(data="older versions", lowered=True),
    )
    archive_days: int | None = setting(
        90,
        "age at which uploads and backups move to the cheaper class for what is seldom read; null for never",
        unit="days",
        cost="$0.0125 instead of $0.023 a month per GB, $0.01 per GB read",
        ge=30,
        le=3650,
        changes=IN_PLACE,
    )
    backup_days: int = setting(
        365,
        "age at which backups go",
        unit="days",
        ge=1,
        le=3650,
        changes=in_place(data="older backups", lowered=True),
    )
    log_days: int = setting(
        365,
        "age at which records in the bucket for logs go",
        unit="days",
        ge=1,
        le=3650,
        changes=in_place(data="older records", lowered=True),
    )
    lock_days: int | None = setting(
        None,
        "time in which nobody can delete a backup; null for no lock. A bucket gets it at birth",
        unit="days",
        ge=1,
        le=3650,
        changes=replaces("S3 bucket", data=_OBJECTS),
    )
    lock_mode: LockMode = setting(
        LockMode.GOVERNANCE,
        "who may lift the lock: governance, whoever may bypass it; compliance, nobody, root included",
        changes=IN_PLACE,
    )
    copies: bool = setting(
        False,
        "copy uploads and backups to another region within minutes; what is deleted here stays there",
        cost="$0.035 per GB copied, and $0.023 a month per GB there",
        changes=removes("S3 bucket", "KMS key", data=_COPIES),
    )
    copy_region: RegionName | None = setting(
        None,
        "region of the copies; null for the neighbour under the same law; without one there, nothing is copied",
        changes=replaces("S3 bucket", "KMS key", data=_COPIES),
    )

    def copies_in(self, region: str) -> str | None:
        """Where copies go; None for nowhere, or where that is for people to say.

        Args:
            region: the stack's own.
        """
        return (self.copy_region or neighbour(region)) if self.copies else None

    @property
    def enabled(self) -> bool:
        """Whether there is a bucket."""
        return bool(self.purposes)
