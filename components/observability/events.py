"""EventBridge rules made of what components ask to be told about and no metric shows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

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
    """

    context: Context
    topic_arn: pulumi.Input[str]
    specs: Sequence[EventSpec]


class Events(pulumi.ComponentResource):
    """Rules on the account's own event bus, each wired to the topic. Free: AWS's own events cost nothing."""

    def __init__(self, name: str, args: EventsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:observability:Events", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        for spec in args.specs:
            rule = aws.cloudwatch.EventRule(
                f"{name}-{spec.name}",
                description=f"{spec.title}. Runbook: docs/runbooks/{spec.key}.md",
                event_pattern=pulumi.Output.json_dumps(dict(spec.pattern)),
                state="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" if spec.reads else None,
                tags=args.context.tags(f"{name}-{spec.name}"),
                opts=child,
            )
            aws.cloudwatch.EventTarget(
                f"{name}-{spec.name}-topic",
                rule=rule.name,
                arn=args.topic_arn,
                input_transformer=aws.cloudwatch.EventTargetInputTransformerArgs(
                    input_paths={"time": "$.time", "detail": "$.detail"}, input_template=_message(args.context, spec)
                ),
                opts=child,
            )
        self.register_outputs({})


def _message(context: Context, spec: EventSpec) -> str:
    """What the mail says; EventBridge puts the event's own detail, an object, in place of `<detail>`."""
    said = {
        "stack": f"{context.application} {context.environment}",
        "problem": spec.title,
        "runbook": f"docs/runbooks/{spec.key}.md",
        "time": "<time>",
    }
    return f'{json.dumps(said)[:-1]}, "detail": <detail>}}'
