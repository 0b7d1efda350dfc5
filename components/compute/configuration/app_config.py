"""Flags and values in AppConfig, rolled out step by step."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context
from components.foundation.policy_document import Statement
from components.foundation.role import ServiceRole, ServiceRoleArgs
from settings.sections.running.configuration import ConfigurationSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALARMS: Final = 5
"""Most alarms that an environment of AppConfig watches (AppConfig quotas)."""

FLAGS, VALUES = "flags", "values"
"""Names of the two profiles."""


@dataclass(frozen=True, kw_only=True)
class AppConfigArgs:
    """What is told, and who takes it back.

    Args:
        context: names and tags.
        settings: flags, values and how they are rolled out.
        alarm_arns: alarms that take a change back; the first five count.
        key_arn: KMS key of the content; None for AWS's own.
    """

    context: Context
    settings: ConfigurationSettings
    alarm_arns: Sequence[pulumi.Input[str]] = ()
    key_arn: pulumi.Input[str] | None = None


class AppConfig(pulumi.ComponentResource):
    """An application with an environment, and a profile each for flags and for values.

    $0.20 per million requests and $0.0008 per answer that has something new.

    Attributes:
        application: its name.
        environment: the environment's name.
        profile_arns: what may be read.
    """

    application: str
    environment: str
    profile_arns: list[pulumi.Output[str]]

    def __init__(self, name: str, args: AppConfigArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:compute:AppConfig", name, None, opts)
        context, settings, child = args.context, args.settings, pulumi.ResourceOptions(parent=self)
        self._key_arn, self._context = args.key_arn, context
        self.application = context.physical_name(limit=64)
        self.environment = context.environment
        application = aws.appconfig.Application(
            f"{name}-application", name=self.application, tags=context.tags(f"{name}-application"), opts=child
        )
        environment = aws.appconfig.Environment(
            f"{name}-environment",
            name=self.environment,
            application_id=application.id,
            monitors=self._monitors(name, args),
            tags=context.tags(f"{name}-environment"),
            opts=child,
        )
        strategy = aws.appconfig.DeploymentStrategy(
            f"{name}-rollout",
            name=self.application,
            deployment_duration_in_minutes=settings.rollout_minutes,
            growth_type="LINEAR",
            growth_factor=settings.step_percent,
            final_bake_time_in_minutes=settings.bake_minutes,
            replicate_to="NONE",
            tags=context.tags(f"{name}-rollout"),
            opts=child,
        )
        self.profile_arns = []
        before: list[pulumi.Resource] = []
        for key, kind, content, validators in (
            (FLAGS, "AWS.AppConfig.FeatureFlags", _flags(settings), []),
            (VALUES, "AWS.Freeform", dict(settings.values), [_schema(settings)]),
        ):
            profile = aws.appconfig.ConfigurationProfile(
                f"{name}-{key}",
                name=key,
                application_id=application.id,
                location_uri="hosted",
                type=kind,
                kms_key_identifier=args.key_arn,
                validators=[
                    aws.appconfig.ConfigurationProfileValidatorArgs(type="JSON_SCHEMA", content=json.dumps(one))
                    for one in validators
                ],
                tags=context.tags(f"{name}-{key}"),
                opts=child,
            )
            version = aws.appconfig.HostedConfigurationVersion(
                f"{name}-{key}-version",
                application_id=application.id,
                configuration_profile_id=profile.configuration_profile_id,
                content_type="application/json",
                content=json.dumps(content, sort_keys=True),
                # AppConfig goes back to the version before: it must still be there.
                opts=pulumi.ResourceOptions(parent=self, retain_on_delete=True),
            )
            deployment = aws.appconfig.Deployment(
                f"{name}-{key}-rollout",
                application_id=application.id,
                environment_id=environment.environment_id,
                configuration_profile_id=profile.configuration_profile_id,
                configuration_version=version.version_number.apply(str),
                deployment_strategy_id=strategy.id,
                kms_key_identifier=args.key_arn,
                tags=context.tags(f"{name}-{key}-rollout"),
                # An environment has one rollout at a time, and refuses a second.
                opts=pulumi.ResourceOptions(parent=self, depends_on=list(before)),
            )
            before.append(deployment)
            self.profile_arns.append(
                context.arn(
                    "appconfig",
                    pulumi.Output.concat(
                        "application/",
                        application.id,
                        "/environment/",
                        environment.environment_id,
                        "/configuration/",
                        profile.configuration_profile_id,
                    ),
                )
            )
        self.register_outputs({"application": self.application})

    def _monitors(self, name: str, args: AppConfigArgs) -> list[aws.appconfig.EnvironmentMonitorArgs] | None:
        """What takes a change back while it is rolled out and bakes."""
        if not args.alarm_arns:
            return None
        role = ServiceRoleArgs(
            context=args.context,
            description="AppConfig, to look at the alarms that take a change back",
            services=["appconfig.amazonaws.com"],
            statements=[
                Statement(
                    sid="Look",
                    actions=["cloudwatch:DescribeAlarms"],
                    resources=["*"],
                    wildcard_reason="AppConfig asks for all alarms at once",
                )
            ],
        )
        arn = ServiceRole(f"{name}-look", role, opts=pulumi.ResourceOptions(parent=self)).arn
        kind = aws.appconfig.EnvironmentMonitorArgs
        return [kind(alarm_arn=alarm, alarm_role_arn=arn) for alarm in args.alarm_arns[:_ALARMS]]

    def statements(self) -> list[Statement]:
        """What the agent beside a task may do."""
        actions = ["appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"]
        read = Statement(sid="ReadConfiguration", actions=actions, resources=self.profile_arns)
        if self._key_arn is None:
            return [read]
        through = {"StringEquals": {"kms:ViaService": f"appconfig.{self._context.region}.{self._context.dns_suffix}"}}
        decrypt = Statement(
            sid="DecryptConfiguration", actions=["kms:Decrypt"], resources=[self._key_arn], conditions=through
        )
        return [read, decrypt]


def _flags(settings: ConfigurationSettings) -> dict[str, Any]:
    """Flags as AppConfig writes them."""
    return {
        "version": "1",
        "flags": {name: {"name": name} for name in settings.flags},
        "values": {name: {"enabled": on} for name, on in settings.flags.items()},
    }


_KINDS: Final[dict[type, str]] = {bool: "boolean", int: "integer", float: "number", str: "string"}


def _schema(settings: ConfigurationSettings) -> dict[str, Any]:
    """What values may be: those of the settings, each of its kind. Whoever changes one elsewhere is held to it."""
    return {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "properties": {name: {"type": _KINDS[type(value)]} for name, value in sorted(settings.values.items())},
        "additionalProperties": False,
        # The draft that AppConfig knows refuses an empty list.
        **({"required": sorted(settings.values)} if settings.values else {}),
    }
