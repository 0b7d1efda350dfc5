"""A chat's webhook that hears of findings."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.account.findings.events import RUNBOOK
from components.foundation.alarm import AlarmSpec, on_the_first
from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.event import EventSpec

_DESTINATION: Final = "DestinationArn"
_PER_SECOND: Final = 1
"""Messages that Slack takes in a second; EventBridge holds the others back."""


@dataclass(frozen=True, kw_only=True)
class WebhookArgs:
    """Who hears of what.

    Args:
        context: names and tags.
        secret_arn: Secrets Manager secret with the fields `url` and `token`.
        specs: events that are passed on.
    """

    context: Context
    secret_arn: str
    specs: Sequence[EventSpec]


class Webhook(pulumi.ComponentResource):
    """An API destination whose address and key CloudFormation reads from a secret, so that no program, plan or state
    holds them. $0.20 per million findings. A new value in the secret counts from the next change of the stack on.
    """

    def __init__(self, name: str, args: WebhookArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:account:Webhook", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        physical = context.physical_name("findings", limit=64)
        destination = aws.cloudformation.Stack(
            f"{name}-destination",
            name=context.physical_name("findings-webhook", limit=128),
            template_body=json.dumps(_template(physical, args.secret_arn)),
            tags=context.tags(f"{name}-destination"),
            opts=child,
        )
        caller = ServiceRole(
            f"{name}-caller",
            ServiceRoleArgs(
                context=context,
                description="EventBridge, to call the chat's webhook",
                services=["events.amazonaws.com"],
                statements=[
                    Statement(
                        sid="Call",
                        actions=["events:InvokeApiDestination"],
                        resources=[context.arn("events", f"api-destination/{physical}/*")],
                    )
                ],
            ),
            opts=child,
        )
        self._rules: dict[str, pulumi.Output[str]] = {}
        for spec in args.specs:
            rule = aws.cloudwatch.EventRule(
                f"{name}-{spec.subject}",
                description=f"{spec.title}. Runbook: docs/runbooks/{spec.key}.md",
                event_pattern=pulumi.Output.json_dumps(dict(spec.pattern)),
                tags=context.tags(f"{name}-{spec.subject}"),
                opts=child,
            )
            aws.cloudwatch.EventTarget(
                f"{name}-{spec.subject}-chat",
                rule=rule.name,
                arn=destination.outputs[_DESTINATION],
                role_arn=caller.arn,
                input_transformer=aws.cloudwatch.EventTargetInputTransformerArgs(
                    input_paths={"account": "$.account", "region": "$.region", "time": "$.time"},
                    input_template=_message(context, spec),
                ),
                opts=child,
            )
            self._rules[spec.subject] = rule.name
        self.register_outputs({})

    def alarms(self) -> list[AlarmSpec]:
        """Messages that did not arrive."""
        return [undelivered(f"chat-{subject}", rule) for subject, rule in self._rules.items()]


def undelivered(subject: str, rule: pulumi.Output[str]) -> AlarmSpec:
    """What should wake somebody up of a rule that passes findings on.

    Args:
        subject: which rule it is.
        rule: its name.
    """
    return on_the_first(
        key="findings-undelivered",
        subject=subject,
        title="findings do not arrive where they are sent",
        namespace="AWS/Events",
        metric="FailedInvocations",
        dimensions={"RuleName": rule},
    )


def _template(name: str, secret_arn: str) -> dict[str, object]:
    """The connection and the destination, for CloudFormation, which fills the secret's fields in by itself."""
    return {
        "Resources": {
            "Connection": {
                "Type": "AWS::Events::Connection",
                "Properties": {
                    "Name": name,
                    "AuthorizationType": "API_KEY",
                    "AuthParameters": {
                        "ApiKeyAuthParameters": {
                            "ApiKeyName": "Authorization",
                            "ApiKeyValue": _field(secret_arn, "token"),
                        }
                    },
                },
            },
            "Destination": {
                "Type": "AWS::Events::ApiDestination",
                "Properties": {
                    "Name": name,
                    "ConnectionArn": {"Fn::GetAtt": ["Connection", "Arn"]},
                    "HttpMethod": "POST",
                    "InvocationEndpoint": _field(secret_arn, "url"),
                    "InvocationRateLimitPerSecond": _PER_SECOND,
                },
            },
        },
        "Outputs": {_DESTINATION: {"Value": {"Fn::GetAtt": ["Destination", "Arn"]}}},
    }


def _field(secret_arn: str, key: str) -> str:
    return f"{{{{resolve:secretsmanager:{secret_arn}:SecretString:{key}}}}}"


def _message(context: Context, spec: EventSpec) -> str:
    """What the chat shows: no word of the finding itself, which may hold what nobody in a chat should read."""
    stack = f"{context.application} {context.environment}"
    where = "account <account>, <region>, <time>"
    return json.dumps({"text": f"{stack}: {spec.title} ({where}). Runbook: docs/runbooks/{RUNBOOK}.md"})
