"""The application's container, the same on every kind of compute."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi

from components.compute.placeholder import PLACEHOLDER_COMMAND, PLACEHOLDER_IMAGE
from components.foundation.policy_document import Statement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.compute.service_log import ServiceLog
    from components.foundation.context import Context
    from settings.sections.compute import ComputeSettings


@dataclass(frozen=True, kw_only=True)
class Container:
    """What runs.

    Args:
        compute: image, command, port, size and user of the container.
        log: where its output goes.
        serves: whether it answers requests on its port.
        environment: plain environment variables.
        secrets: environment variable → ARN of a secret or parameter.
        parameters: environment variable → ARN of a parameter of the stack's own.
    """

    compute: ComputeSettings
    log: ServiceLog
    serves: bool = True
    environment: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    secrets: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    parameters: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)

    @property
    def read_at_start(self) -> dict[str, pulumi.Input[str]]:
        """Environment variable → ARN of whatever its value is read from when the container starts."""
        return {**self.secrets, **self.parameters}

    @property
    def image(self) -> str:
        """The image, or the placeholder's where none is set."""
        return self.compute.image or PLACEHOLDER_IMAGE

    @property
    def command(self) -> tuple[str, ...] | None:
        """The command; None for the image's own."""
        if self.compute.image is None:
            return PLACEHOLDER_COMMAND
        return self.compute.command

    @property
    def repository(self) -> re.Match[str] | None:
        """Account, region and name of the image's ECR repository; None for other registries."""
        return re.match(r"(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?/([^:@]+)", self.image)

    def start_statements(self, context: Context, key_arn: pulumi.Input[str] | None) -> list[Statement]:
        """What whoever starts the container may do: pull the image, write its log, read its secrets.

        Args:
            context: partition of ARNs.
            key_arn: KMS key of the secrets; None for AWS's own.
        """
        statements = [
            Statement(
                sid="WriteLog",
                actions=["logs:CreateLogStream", "logs:PutLogEvents"],
                resources=[pulumi.Output.concat(self.log.arn, ":*")],
            )
        ]
        if repository := self.repository:
            account, region, name = repository.groups()
            statements += [
                Statement(
                    sid="RegistryLogin",
                    actions=["ecr:GetAuthorizationToken"],
                    resources=["*"],
                    wildcard_reason="the action takes no resource",
                ),
                Statement(
                    sid="PullImage",
                    actions=["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                    resources=[f"arn:{context.partition}:ecr:{region}:{account}:repository/{name}"],
                ),
            ]
        return [*statements, *self._secret_statements(key_arn)]

    def _secret_statements(self, key_arn: pulumi.Input[str] | None) -> list[Statement]:
        named = [a for a in self.secrets.values() if isinstance(a, str) and ":ssm:" in a]
        parameters = [*named, *self.parameters.values()]
        # ECS also takes one value of a JSON secret, `…:secret:name:key::`; IAM knows secrets as a whole.
        secrets = [
            ":".join(a.split(":")[:7]) if isinstance(a, str) else a
            for a in self.secrets.values()
            if not (isinstance(a, str) and ":ssm:" in a)
        ]
        statements = []
        if secrets:
            statements.append(
                Statement(sid="ReadSecrets", actions=["secretsmanager:GetSecretValue"], resources=secrets)
            )
        if parameters:
            statements.append(
                Statement(sid="ReadParameters", actions=["ssm:GetParameter", "ssm:GetParameters"], resources=parameters)
            )
        keys = [*([key_arn] if key_arn is not None else []), *self.compute.secret_key_arns]
        if keys and self.read_at_start:
            statements.append(Statement(sid="DecryptSecrets", actions=["kms:Decrypt"], resources=keys))
        return statements
