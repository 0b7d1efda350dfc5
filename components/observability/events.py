"""EventBridge rules made of what components ask to be told about and no metric shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, described, on_the_first
from components.foundation.context import Context
from settings.enums import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.event import EventSpec


@dataclass(frozen=True, kw_only=True)
class EventsArgs:
    """The events of a stack.

    Args:
        context: names and tags.
        topic_arn: SNS topic that hears of them; its policy must admit events.amazonaws.com.
        specs: what to listen to.
        chat: write messages in the form that chats show; they drop any other.
    """

    context: Context
    topic_arn: pulumi.Input[str]
    specs: Sequence[EventSpec]
    chat: bool = False


class Events(pulumi.ComponentResource):
    """Rules on the account's own event bus, each wired to the topic. Free: AWS's own events cost nothing.

    Attributes:
        rules: the specification's name → the rule's physical name.
    """

    rules: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: EventsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Events", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.rules = {}
        for spec in args.specs:
            rule = aws.cloudwatch.EventRule(
                f"{name}-{spec.name}",
                description=described(spec.title, spec.severity, spec.key),
                event_pattern=pulumi.Output.json_dumps(dict(spec.pattern)),
                state="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" if spec.reads else None,
                tags=args.context.tags(f"{name}-{spec.name}"),
                opts=child,
            )
            self.rules[spec.name] = rule.name
            aws.cloudwatch.EventTarget(
                f"{name}-{spec.name}-topic",
                rule=rule.name,
                arn=args.topic_arn,
                input_transformer=_chat(args.context, spec) if args.chat else _mail(args.context, spec),
                opts=child,
            )
        self.register_outputs({})

    def alarms(self) -> list[AlarmSpec]:
        """Rules whose messages did not get through, which shows nowhere else."""
        return [
            on_the_first(
                key="rule-failed",
                subject=key,
                title=f"EventBridge could not pass on the event {key}",
                namespace="AWS/Events",
                metric="FailedInvocations",
                dimensions={"RuleName": rule},
                severity=Severity.LOW,
            )
            for key, rule in self.rules.items()
        ]


def _said(context: Context, spec: EventSpec) -> dict[str, str]:
    return {
        "stack": f"{context.application} {context.environment}",
        "problem": spec.title,
        "severity": spec.severity.value,
        "runbook": f"docs/runbooks/{spec.key}.md",
        "time": "<time>",
    }


def _mail(context: Context, spec: EventSpec) -> aws.cloudwatch.EventTargetInputTransformerArgs:
    """What a mail says; EventBridge puts the event's own detail, an object, in place of `<detail>`."""
    return aws.cloudwatch.EventTargetInputTransformerArgs(
        input_paths={"time": "$.time", "detail": "$.detail"},
        input_template=f'{json.dumps(_said(context, spec))[:-1]}, "detail": <detail>}}',
    )


def _chat(context: Context, spec: EventSpec) -> aws.cloudwatch.EventTargetInputTransformerArgs:
    """The same as a custom notification. An object inside of its text would break it, so the detail is left out."""
    said = _said(context, spec)
    content = {
        "textType": "client-markdown",
        "title": f"{said['stack']}: {said['problem']}",
        "description": f"Severity {said['severity']}, {said['time']}. Runbook: {said['runbook']}",
    }
    metadata = {"summary": said["problem"], "additionalContext": {"severity": said["severity"]}}
    return aws.cloudwatch.EventTargetInputTransformerArgs(
        input_paths={"time": "$.time"},
        input_template=json.dumps({"version": "1.0", "source": "custom", "content": content, "metadata": metadata}),
    )
