"""What people say for a word of ours: `prod` for production, `amd64` for x86_64."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SAID: Final[Mapping[str, str]] = {
    "production": "prod prd live main master",
    "mvp": "dev devel development develop local sandbox test testing qa hobby demo poc prototype free basic",
    "startup": "stage staging stg uat beta preprod seed standard team pro",
    "enterprise": "ent corp corporate regulated audited premium",
    "confidential": "pii personal personaldata gdpr sensitive private customer customerdata proprietary",
    "restricted": "phi ephi hipaa health healthcare medical pci pcidss card cards cardholder payment payments "
    "financial secret topsecret classified critical high",
    "internal": "private company corporate employees staff medium",
    "public": "open world external internet everyone anybody low",
    "x86_64": "amd64 amd x64 x86 8664 i386 i686 intel 64bit",
    "arm64": "arm aarch64 armv8 arm64v8 graviton",
    "fargate": "ecs container containers serverless task tasks docker awsfargate",
    "ec2": "vm vms instance instances server servers asg autoscaling machine machines",
    "single": "one 1 gateway shared true yes on enabled",
    "none": "no off false 0 null disabled never",
    "per_az": "all multi each zone zones zonal every redundant ha multiaz az peraz perzone",
    "alb": "lb elb loadbalancer applicationloadbalancer nlb balancer public",
    "cloudfront": "cdn cf edge",
    "private": "internal closed isolated",
    "postgres": "postgresql pg psql pgsql rds database db sql relational mysql mariadb aurora",
    "dynamodb": "dynamo ddb nosql table keyvalue",
    "enabled": "on true yes active basic",
    "disabled": "off false no none inactive",
    "enhanced": "full detailed advanced",
    "create": "on true yes enabled new make",
    "off": "no false none disabled never",
    "existing": "byo own given imported external",
    "web": "http https api frontend site",
    "worker": "consumer queue background daemon",
    "task": "job cron batch schedule scheduled",
    "now": "immediate immediately true",
    "window": "maintenance later false",
}


def meant(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that people mean by another one; None where nobody calls it so.

    Args:
        word: without capitals, spaces, `_` and `-`.
        allowed: the words that could be meant; the first in the order of the table is taken.
    """
    known = set(allowed)
    return next((ours for ours, said in _SAID.items() if ours in known and word in said.split()), None)
