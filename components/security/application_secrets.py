"""Everything secret that the platform hands to the application."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pulumi

from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from components.foundation.policy_document import Statement
from components.security.parameters import Parameters, ParametersArgs
from components.security.rotation import Rotation, RotationArgs
from components.security.secret_reads import unusual_reads
from components.security.secrets import GeneratedSecret, GeneratedSecretArgs, ProvidedSecrets, ProvidedSecretsArgs
from settings.sections.security import SecuritySettings
from settings.variables import PlatformVariable, arn_variable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.alarm import AlarmSpec
    from components.foundation.event import EventSpec

_READING_ROLES: Final = ("execution", "instance", "task")
"""Roles of a service: ECS's to start it, an instance's, its own."""


@dataclass(frozen=True, kw_only=True)
class ApplicationSecretsArgs:
    """The secrets that every container gets.

    Args:
        context: names and tags.
        settings: the team's own secrets, parameters and API keys, length and rotation of the generated ones.
        services: names of the services that read them.
        logs: retention and encryption of the rotation's log.
        key_arn: KMS key; None for AWS's own.
        replicas: region → KMS key there, None for AWS's own; where generated and own secrets are copied to.
        protect: Pulumi refuses to delete what nobody could bring back.
    """

    context: Context
    settings: SecuritySettings
    services: Sequence[str]
    logs: LogPolicy
    key_arn: pulumi.Input[str] | None = None
    replicas: Mapping[str, pulumi.Input[str] | None] = field(default_factory=dict)
    protect: bool = False


class ApplicationSecrets(pulumi.ComponentResource):
    """The generated JWT_SECRET and API keys, the team's own secrets, and its parameters.

    $0.40 a month for each secret and copy; parameters are free.

    Attributes:
        arns: environment variable → ARN of a secret.
        parameter_arns: environment variable → ARN of a parameter.
        variables: environment variables that name what rotates by its ARN, so that the application can read it again.
    """

    arns: dict[str, pulumi.Output[str]]
    parameter_arns: dict[str, pulumi.Output[str]]
    variables: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: ApplicationSecretsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:security:ApplicationSecrets", name, None, opts)
        settings, child = args.settings, pulumi.ResourceOptions(parent=self)
        self._args = args
        generated = {PlatformVariable.JWT_SECRET: self._generated(f"{name}-jwt", "Signing key")}
        for variable in settings.api_keys:
            key = variable.lower().replace("_", "-")
            generated[variable] = self._generated(f"{name}-{key}", variable)
        self.arns, self._rotation = dict(generated), None
        self.variables, self._rotated = {}, list(generated.values())
        if settings.secret_rotation_days is not None:
            rotation = RotationArgs(
                context=args.context,
                secrets=generated,
                days=settings.secret_rotation_days,
                length=settings.application_secret_length,
                logs=args.logs,
                key_arn=args.key_arn,
            )
            self._rotation = Rotation(f"{name}-rotation", rotation, opts=child)
            self.variables = {arn_variable(variable): arn for variable, arn in generated.items()}
        if settings.secrets:
            provided = ProvidedSecretsArgs(
                context=args.context,
                values={key: value.get_secret_value() for key, value in settings.secrets.items()},
                recovery_days=settings.secret_recovery_days,
                key_arn=args.key_arn,
                replicas=args.replicas,
            )
            self.arns |= ProvidedSecrets(f"{name}-own", provided, opts=child).arns
        self.parameter_arns = {}
        if settings.parameters:
            named = ParametersArgs(
                context=args.context, names=settings.parameters, key_arn=args.key_arn, protect=args.protect
            )
            self.parameter_arns = Parameters(f"{name}-parameters", named, opts=child).arns
        self._name = name
        self.register_outputs({"arns": self.arns})

    def _generated(self, name: str, what: str) -> pulumi.Output[str]:
        args = self._args
        secret = GeneratedSecretArgs(
            context=args.context,
            description=f"{what} of {args.context.application} {args.context.environment}",
            length=args.settings.application_secret_length,
            key_arn=args.key_arn,
            replicas=args.replicas,
            protect=args.protect,
            keep=args.settings.keep_application_secret,
        )
        return GeneratedSecret(name, secret, opts=pulumi.ResourceOptions(parent=self)).arn

    def statements(self) -> list[Statement]:
        """What the application may do: read what rotates, whenever it wants."""
        if self._rotation is None:
            return []
        read = Statement(sid="ReadRotating", actions=["secretsmanager:GetSecretValue"], resources=self._rotated)
        if self._args.key_arn is None:
            return [read]
        context = self._args.context
        through = f"secretsmanager.{context.region}.{context.dns_suffix}"
        decrypt = Statement(
            sid="DecryptRotating",
            actions=["kms:Decrypt"],
            resources=[self._args.key_arn],
            conditions={"StringEquals": {"kms:ViaService": through}},
        )
        return [read, decrypt]

    def alarms(self) -> list[AlarmSpec]:
        """Runs of the rotation that failed."""
        return self._rotation.alarms() if self._rotation else []

    def events(self) -> list[EventSpec]:
        """A rotation that was given up, and a read by somebody else."""
        events = self._rotation.events() if self._rotation else []
        if self._args.settings.watch_secret_reads:
            start = self._args.context.prefix
            readers = [f"{start}-{service}-{role}-" for service in self._args.services for role in _READING_ROLES]
            rotating = [f"{self._name}-rotation-run-"] if self._rotation else []
            events.append(unusual_reads(self._args.context, list(self.arns.values()), [*readers, *rotating]))
        return events
