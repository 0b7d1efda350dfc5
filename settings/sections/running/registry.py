"""Where images are kept, and how."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, ROLLING, removes
from settings.fields import RegionName, distinct


class RegistrySettings(Section):
    """A repository of the stack's own in ECR."""

    enabled: bool = setting(
        False,
        "a repository APP/ENV that scans images when they are pushed and never lets a tag move",
        cost="$0.10 a month per GB",
        changes=removes("ECR", data="the images in it"),
    )
    keep_images: int = setting(
        100,
        "tagged images that stay; older ones go, so keep more than there are releases between two that run",
        ge=10,
        le=1000,
        changes=IN_PLACE,
    )
    untagged_days: int = setting(
        14, "age at which images without a tag go", unit="days", ge=1, le=365, changes=IN_PLACE
    )
    replica_regions: Annotated[tuple[RegionName, ...], AfterValidator(distinct)] = setting(
        (),
        "regions that images pushed from now on are copied to; a setting of the whole registry, for one stack of the "
        "account",
        cost="storage again in each, and $0.02 per GB on the way",
        max_length=10,
        changes=IN_PLACE,
    )
    cache_public: bool = setting(
        False,
        "pull the public images that Ascent adds (agents, the placeholder) through a cache in ECR; the first pull of "
        "each still goes to the internet (fargate)",
        cost="$0.10 a month per GB",
        changes=ROLLING,
    )
    signing: bool = setting(
        False,
        "sign images of the repository when they are pushed, with AWS Signer; a setting of the whole registry, for one "
        "stack of the account. Whoever pushes needs signer:SignPayload",
        changes=IN_PLACE,
    )
