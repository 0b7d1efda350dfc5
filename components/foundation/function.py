"""A Lambda function with its log, its role and, where it has one, its schedule."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.alarm import AlarmSpec, on_the_first
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy, log_group
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RUNTIME: Final = "python3.13"
"""Of Lambda's Pythons the newest that each provider of the last two years knows; AWS keeps it until June 2029."""


@dataclass(frozen=True, kw_only=True)
class FunctionArgs:
    """What a function runs and may do.

    Args:
        context: names and tags.
        purpose: a word or two with hyphens, unique in the stack; names the function in its log and alarms.
        description: what it is for.
        module: path of its one Python module, from the project's directory, such as `functions/report.py`; Lambda
            calls `handler(event, context)` in it. Beside the standard library it may import boto3.
        logs: retention and encryption of its log.
        statements: what it may do beyond writing its log and its traces.
        variables: environment variables; no secrets, which it reads by their ARNs.
        timeout_seconds: longest run, 1 to 900 seconds.
        memory_mb: memory, 128 to 10240 MB; processor time grows with it.
        schedule: when EventBridge calls it, `rate(…)` or `cron(…)` in UTC; empty for a function that others call.
    """

    context: Context
    purpose: str
    description: str
    module: str
    logs: LogPolicy
    statements: Sequence[Statement] = ()
    variables: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    timeout_seconds: int = 60
    memory_mb: int = 128
    schedule: str = ""


class Function(pulumi.ComponentResource):
    """A Python function on ARM, outside of any VPC. $0.20 per million runs and $0.0000133 per GB and second.

    An account's first million runs and 400,000 GB-seconds a month are free.

    Attributes:
        arn: the function's ARN.
        name: its name.
    """

    arn: pulumi.Output[str]
    name: pulumi.Output[str]

    def __init__(self, name: str, args: FunctionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:foundation:Function", name, None, opts)
        context, child = args.context, pulumi.ResourceOptions(parent=self)
        self._purpose = args.purpose
        module = PurePosixPath(args.module)
        # Lambda would make a group that never ends; a function told of this one writes here, whatever its own name.
        log = log_group(
            f"{name}-log",
            context,
            args.logs,
            parent=self,
            physical_name=f"/aws/lambda/{context.physical_name(args.purpose, limit=64)}",
        )
        role = ServiceRoleArgs(
            context=context,
            description=args.description,
            services=["lambda.amazonaws.com"],
            statements=[*_running(log.arn), *args.statements],
        )
        function = aws.lambda_.Function(
            f"{name}-function",
            description=args.description,
            # One file, not its folder: what lies beside it, such as compiled files, would change the archive.
            code=pulumi.AssetArchive({module.name: pulumi.FileAsset(args.module)}),
            handler=f"{module.stem}.handler",
            runtime=RUNTIME,
            architectures=["arm64"],
            role=ServiceRole(f"{name}-role", role, opts=child).arn,
            timeout=args.timeout_seconds,
            memory_size=args.memory_mb,
            environment=aws.lambda_.FunctionEnvironmentArgs(variables=dict(args.variables)) if args.variables else None,
            logging_config=aws.lambda_.FunctionLoggingConfigArgs(
                log_format="JSON", log_group=log.name, application_log_level="INFO", system_log_level="WARN"
            ),
            tracing_config=aws.lambda_.FunctionTracingConfigArgs(mode="Active"),
            tags=context.tags(name),
            opts=child,
        )
        self.arn, self.name = function.arn, function.name
        if args.schedule:
            self._call_on(args.schedule, name, args)
        self.register_outputs({"arn": self.arn})

    def _call_on(self, schedule: str, name: str, args: FunctionArgs) -> None:
        child = pulumi.ResourceOptions(parent=self)
        rule = aws.cloudwatch.EventRule(
            f"{name}-schedule",
            description=f"Runs on schedule: {args.description}",
            schedule_expression=schedule,
            tags=args.context.tags(f"{name}-schedule"),
            opts=child,
        )
        allowed = may_invoke(f"{name}-call", self, "events.amazonaws.com", source_arn=rule.arn, parent=self)
        aws.cloudwatch.EventTarget(
            f"{name}-target",
            rule=rule.name,
            arn=self.arn,
            opts=pulumi.ResourceOptions(parent=self, depends_on=[allowed]),
        )

    def alarms(self) -> list[AlarmSpec]:
        """Runs that failed; a function that is not called is quiet."""
        return [
            on_the_first(
                key="function-errors",
                subject=self._purpose,
                title=f"the function {self._purpose} fails",
                namespace="AWS/Lambda",
                metric="Errors",
                dimensions={"FunctionName": self.name},
            )
        ]


def may_invoke(
    name: str,
    function: Function,
    service: str,
    *,
    parent: pulumi.Resource,
    source_arn: pulumi.Input[str] | None = None,
    source_account: pulumi.Input[str] | None = None,
) -> aws.lambda_.Permission:
    """Let an AWS service call a function; what makes the service call it depends on this.

    Args:
        name: logical name.
        function: the function.
        service: principal, such as `events.amazonaws.com`.
        parent: the component it belongs to.
        source_arn: what of the service may call, such as a rule.
        source_account: whose use of the service may call; for services that name no resource.

    Raises:
        ValueError: neither source: everybody's use of the service could call it.
    """
    if source_arn is None and source_account is None:
        raise ValueError(f"{name} lets every account's {service} call the function; give source_arn or source_account")
    return aws.lambda_.Permission(
        name,
        action="lambda:InvokeFunction",
        function=function.name,
        principal=service,
        source_arn=source_arn,
        source_account=source_account,
        opts=pulumi.ResourceOptions(parent=parent),
    )


def _running(log_arn: pulumi.Output[str]) -> list[Statement]:
    return [
        Statement(
            sid="WriteLog",
            actions=["logs:CreateLogStream", "logs:PutLogEvents"],
            resources=[pulumi.Output.concat(log_arn, ":*")],
        ),
        Statement(
            sid="Trace",
            actions=["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
            resources=["*"],
            wildcard_reason="the actions take no resource",
        ),
    ]
