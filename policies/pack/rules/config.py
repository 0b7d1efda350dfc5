"""AWS Config, which records what changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.checks import is_true, one_of
from policies.pack.facts import UNKNOWN
from policies.pack.facts.documents import open_text, record
from policies.pack.facts.kept import kept_elsewhere
from policies.pack.layers import ACCOUNT
from policies.pack.levels import AUDITED
from policies.pack.rule import Severity
from policies.pack.values import UNSET, at
from policies.pack.verdict import Outcome, failed, passed, unverified, worst

if TYPE_CHECKING:
    from policies.pack.facts import ResourceFacts, StackFacts

CONFIG_RULES: Final = (
    types.CFG_RULE,
    types.CFG_CONFORMANCE_PACK,
    types.CFG_ORGANIZATION_CONFORMANCE_PACK,
    types.CFG_ORGANIZATION_MANAGED_RULE,
)

CONFIG_TAG_KEYS: Final = ("Environment", "Project", "Owner")
"""Keys that AWS Config looks for on everything in the account."""


@ACCOUNT.stack(
    "config-recording",
    "AWS Config records every kind of resource",
    on=(types.CFG_RECORDER, types.CFG_RECORDER_STATUS, types.CFG_DELIVERY_CHANNEL),
    severity=Severity.MEDIUM,
    levels=AUDITED,
    account=True,
    why="Without a record nobody can say what a security group looked like on the day of the incident.",
    fix="Add an aws.cfg.Recorder with recordingGroup.allSupported, a DeliveryChannel, and a RecorderStatus with"
    " isEnabled true.",
    anchors=("FSBP Config.1", "checkov CKV2_AWS_45", "checkov CKV2_AWS_48"),
)
def config_recording(stack: StackFacts) -> Outcome | None:
    """A recorder of everything, started, that delivers somewhere."""
    if not stack.uses_aws:
        return None
    recorders, states = tuple(stack.of_type(types.CFG_RECORDER)), tuple(stack.of_type(types.CFG_RECORDER_STATUS))
    if not recorders:
        return kept_elsewhere(stack, "config", "a recorder") or failed("the stack has no Config recorder", "a recorder")
    parts = [
        *(_records_everything(recorder) for recorder in recorders),
        is_true(states[0], "isEnabled") if states else failed("the recorder is not started", "a RecorderStatus"),
    ]
    if not any(stack.of_type(types.CFG_DELIVERY_CHANNEL)):
        parts.append(failed("the recorder has no delivery channel", "one"))
    return worst(parts)


def _records_everything(recorder: ResourceFacts) -> Outcome:
    """All types, by the older switch or by the strategy, which may leave some out."""
    strategy = at(recorder, "recordingGroup.recordingStrategies.useOnly")
    if strategy is UNSET:
        return is_true(recorder, "recordingGroup.allSupported", default=True)
    return one_of(recorder, "recordingGroup.recordingStrategies.useOnly", ("ALL_SUPPORTED_RESOURCE_TYPES",))


@ACCOUNT.stack(
    "config-rules",
    "AWS Config holds resources against rules",
    on=CONFIG_RULES,
    severity=Severity.LOW,
    levels=AUDITED,
    account=True,
    why="A record without rules is looked at after the incident only.",
    fix="Add aws.cfg.Rule resources, or an aws.cfg.ConformancePack with AWS's operational best practices.",
)
def config_rules(stack: StackFacts) -> Outcome | None:
    """A rule or a conformance pack."""
    if not stack.uses_aws:
        return None
    count = sum(1 for _ in stack.of_type(*CONFIG_RULES))
    return passed(f"{count} rule(s) or pack(s)") if count else failed("the stack has no Config rule", "a baseline")


@ACCOUNT.stack(
    "config-required-tags",
    "AWS Config finds what carries no tags",
    on=types.CFG_RULE,
    severity=Severity.LOW,
    levels=AUDITED,
    account=True,
    why="Pulumi tags what it makes; what is made by hand is found by a rule in the account only.",
    fix='Add an aws.cfg.Rule with sourceIdentifier "REQUIRED_TAGS" and inputParameters tag1Key … for Environment,'
    " Project and Owner.",
)
def config_required_tags(stack: StackFacts) -> Outcome | None:
    """AWS's rule `REQUIRED_TAGS` with `CONFIG_TAG_KEYS`."""
    if not stack.uses_aws:
        return None
    wanted = f"REQUIRED_TAGS for {', '.join(CONFIG_TAG_KEYS)}"
    rules = [r for r in stack.of_type(types.CFG_RULE) if at(r, "source.sourceIdentifier") == "REQUIRED_TAGS"]
    if not rules:
        return failed("no Config rule looks for tags", wanted)
    parameters = [record(rule, "inputParameters") for rule in rules]
    keys = [at(each, f"tag{n}Key") for each in parameters if each is not UNKNOWN for n in range(1, 7)]
    missing = [k for k in CONFIG_TAG_KEYS if k not in keys]
    if missing and UNKNOWN in parameters:
        return unverified(open_text(rules[parameters.index(UNKNOWN)], "inputParameters"), wanted)
    if missing and UNKNOWN in keys:
        return unverified("a tag's key is known only after deployment", wanted)
    return failed(f"the rule does not look for {', '.join(missing)}", wanted) if missing else passed(wanted)
