"""Security Hub, and the way of findings to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true
from policies.pack.facts import UNKNOWN
from policies.pack.facts.documents import open_text, record
from policies.pack.facts.kept import kept_elsewhere
from policies.pack.layers import ACCOUNT
from policies.pack.levels import AUDITED
from policies.pack.rule import Severity
from policies.pack.values import UNSET, as_bool, at, known_items
from policies.pack.verdict import Outcome, Status, failed, passed, unverified

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

_FSBP: Final = "aws-foundational-security-best-practices"

_FINDING_SOURCES: Final = ("aws.guardduty", "aws.securityhub")


@ACCOUNT.stack(
    "securityhub-enabled",
    "Security Hub holds the account against AWS's best practices",
    on=(types.SECURITYHUB_ACCOUNT, types.SECURITYHUB_STANDARDS_SUBSCRIPTION),
    severity=Severity.MEDIUM,
    levels=AUDITED,
    account=True,
    why="Whatever is changed by hand after the deployment is found there, and nowhere else.",
    fix="Add an aws.securityhub.Account and an aws.securityhub.StandardsSubscription for the foundational standard.",
    anchors=("prowler securityhub_enabled",),
)
def securityhub_enabled(stack: StackFacts) -> Outcome | None:
    """The hub with FSBP: by subscription, or because AWS subscribes to it unless told otherwise."""
    if not stack.uses_aws:
        return None
    wanted = "Security Hub with the foundational standard"
    hubs = tuple(stack.of_type(types.SECURITYHUB_ACCOUNT))
    if not hubs:
        return kept_elsewhere(stack, "securityHub", wanted) or failed("the stack has no Security Hub", wanted)
    arns = [at(s, "standardsArn") for s in stack.of_type(types.SECURITYHUB_STANDARDS_SUBSCRIPTION)]
    if any(isinstance(a, str) and _FSBP in a for a in arns):
        return passed("the foundational standard is subscribed to")
    default = is_true(hubs[0], "enableDefaultStandards", default=True)
    if default.status is not Status.PASS and UNKNOWN in arns:
        return unverified("a standardsArn is known only after deployment", wanted)
    return default


@ACCOUNT.stack(
    "findings-forwarded",
    "What GuardDuty and Security Hub find reaches somebody",
    on=(
        types.GUARDDUTY_DETECTOR,
        types.SECURITYHUB_ACCOUNT,
        types.CLOUDWATCH_EVENT_RULE,
        types.CLOUDWATCH_EVENT_TARGET,
        types.GUARDDUTY_PUBLISHING_DESTINATION,
    ),
    severity=Severity.MEDIUM,
    levels=AUDITED,
    why="Findings wait in a console; the useful ones are useful for an hour.",
    fix='Add an aws.cloudwatch.EventRule with source "aws.securityhub" and an EventTarget for a topic or a SIEM.',
)
def findings_forwarded(stack: StackFacts) -> Outcome | None:
    """An event rule for findings, or an export of GuardDuty's. Nothing to ask where neither service is made."""
    if not any(stack.of_type(types.GUARDDUTY_DETECTOR, types.SECURITYHUB_ACCOUNT)):
        return None
    if any(stack.of_type(types.GUARDDUTY_PUBLISHING_DESTINATION)):
        return passed("GuardDuty exports its findings")
    rules = [r for r in stack.of_type(types.CLOUDWATCH_EVENT_RULE) if _delivers(r, stack)]
    patterns = [record(r, "eventPattern") for r in rules]
    if any(source in _FINDING_SOURCES for p in patterns for source in known_items(p, "source")):
        return passed("an event rule forwards findings")
    if UNKNOWN in patterns:
        open_ = rules[patterns.index(UNKNOWN)]
        return unverified(open_text(open_, "eventPattern"), "an event rule for findings")
    return failed("nothing forwards findings", "an event rule for findings, with a target")


def _delivers(rule: ResourceFacts, stack: StackFacts) -> bool:
    """Whether an event rule is on, hears of findings, and has a target."""
    if at(rule, "state") == "DISABLED" or as_bool(at(rule, "isEnabled")) is False:
        return False
    # AWS's own services send to the default bus alone.
    if at(rule, "eventBusName") not in (UNSET, "", "default"):
        return False
    return bool(stack.referring(rule, types.CLOUDWATCH_EVENT_TARGET, "rule", "name"))
