"""All checks, in the order in which a request meets what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ascent.verify.answer import Said
from ascent.verify.checks.alarms import check_alarm
from ascent.verify.checks.backups import check_vault
from ascent.verify.checks.certificate import certificates, check_issued, check_shown
from ascent.verify.checks.cloudfront import check_distribution, check_origin
from ascent.verify.checks.fargate import check_service
from ascent.verify.checks.instances import check_group
from ascent.verify.checks.secrets import check_secret, secrets
from ascent.verify.checks.state import check_state
from ascent.verify.checks.stores import check_database, check_table
from ascent.verify.checks.subscriptions import check_budget, check_topic
from ascent.verify.checks.targets import check_targets
from ascent.verify.checks.url import check_url
from ascent.verify.deployed import Found
from ascent.verify.subject import Subject
from policies.pack.types import (
    AUTOSCALING_GROUP,
    BACKUP_VAULT,
    BUDGETS_BUDGET,
    CLOUDFRONT_DISTRIBUTION,
    CLOUDFRONT_VPC_ORIGIN,
    CLOUDWATCH_METRIC_ALARM,
    DYNAMODB_TABLE,
    ECS_SERVICE,
    LB_TARGET_GROUP,
    RDS_INSTANCE,
    SNS_TOPIC,
)


@dataclass(frozen=True, slots=True)
class Check:
    """A question about each thing of a kind."""

    name: str
    things: Callable[[Subject], Iterable[Found]]
    """The things in a stack that it is about."""
    ask: Callable[[Found, Subject], Iterator[Said]]
    """Raises GoneError, NotAnsweredError or InputError, as `Aws.ask` does."""


def _of(name: str, kind: str, ask: Callable[[Found, Subject], Iterator[Said]]) -> Check:
    return Check(name, lambda subject: subject.deployed.of(kind), ask)


def _once(name: str, ask: Callable[[Subject], Iterator[Said]]) -> Check:
    return Check(name, lambda subject: [Found(type="", name=subject.stack)], lambda _, subject: ask(subject))


CHECKS: Final = (
    _once("state", check_state),
    _once("url", check_url),
    _once("certificate", check_shown),
    Check("certificate", certificates, check_issued),
    _of("cloudfront", CLOUDFRONT_DISTRIBUTION, check_distribution),
    _of("cloudfront", CLOUDFRONT_VPC_ORIGIN, check_origin),
    _of("targets", LB_TARGET_GROUP, check_targets),
    _of("service", ECS_SERVICE, check_service),
    _of("instances", AUTOSCALING_GROUP, check_group),
    _of("database", RDS_INSTANCE, check_database),
    _of("table", DYNAMODB_TABLE, check_table),
    _of("backups", BACKUP_VAULT, check_vault),
    Check("secrets", secrets, check_secret),
    _of("alarms", CLOUDWATCH_METRIC_ALARM, check_alarm),
    _of("subscriptions", SNS_TOPIC, check_topic),
    _of("subscriptions", BUDGETS_BUDGET, check_budget),
)
"""Every check; each name is a section of docs/verify.md."""
