"""Secrets of Secrets Manager: those that AWS generates, and those that a team brings along."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class GeneratedSecretArgs:
    """A secret whose value nobody has to invent.

    Args:
        context: names and tags.
        description: what it is for.
        length: characters, at least 32.
        key_arn: KMS key; None for AWS's own.
        replicas: region → KMS key there, None for AWS's own; where it is copied to.
        protect: Pulumi refuses to delete it.
        keep: it stays in AWS when the stack gives it up.

    Raises:
        ValueError: fewer than 32 characters.
    """

    context: Context
    description: str
    length: int = 64
    key_arn: pulumi.Input[str] | None = None
    replicas: Mapping[str, pulumi.Input[str] | None] = field(default_factory=dict)
    protect: bool = False
    keep: bool = False

    def __post_init__(self) -> None:
        if self.length < 32:
            raise ValueError(f"a generated secret has at least 32 characters, not {self.length}")


class GeneratedSecret(pulumi.ComponentResource):
    """A Secrets Manager secret that AWS fills at creation. $0.40 a month, and as much for each copy.

    It is made through Cloud Control, the one API that lets AWS generate the value: the value is in no program, plan or
    state, and no later update changes it.

    Attributes:
        arn: the secret's ARN.
    """

    arn: pulumi.Output[str]

    def __init__(self, name: str, args: GeneratedSecretArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:security:GeneratedSecret", name, None, opts)
        desired: dict[str, object] = {
            "Description": args.description,
            "GenerateSecretString": {"PasswordLength": args.length, "ExcludePunctuation": True},
            "Tags": [{"Key": key, "Value": value} for key, value in sorted(args.context.tags(name).items())],
        }
        if args.key_arn is not None:
            desired["KmsKeyId"] = args.key_arn
        if args.replicas:
            desired["ReplicaRegions"] = [
                {"Region": region, **({} if key is None else {"KmsKeyId": key})}
                for region, key in sorted(args.replicas.items())
            ]
        secret = aws.cloudcontrol.Resource(
            f"{name}-secret",
            type_name="AWS::SecretsManager::Secret",
            desired_state=pulumi.Output.json_dumps(desired),
            # Cloud Control deletes a secret at once, without the days in which it could be brought back.
            opts=pulumi.ResourceOptions(parent=self, protect=args.protect, retain_on_delete=args.keep),
        )
        # Cloud Control's primary identifier of a secret is its ARN.
        self.arn = secret.id
        self.register_outputs({"arn": self.arn})


@dataclass(frozen=True, kw_only=True)
class ProvidedSecretsArgs:
    """Secrets from the stack's encrypted config.

    Args:
        context: names and tags.
        values: environment variable → value; encrypted in the state.
        recovery_days: time in which a deleted secret can be brought back, 7 to 30 days.
        key_arn: KMS key; None for AWS's own.
        replicas: region → KMS key there, None for AWS's own; where they are copied to.
    """

    context: Context
    values: Mapping[str, pulumi.Input[str]] = field(default_factory=dict)
    recovery_days: int = 30
    key_arn: pulumi.Input[str] | None = None
    replicas: Mapping[str, pulumi.Input[str] | None] = field(default_factory=dict)


class ProvidedSecrets(pulumi.ComponentResource):
    """One Secrets Manager secret per value. $0.40 a month each.

    Attributes:
        arns: environment variable → ARN.
    """

    arns: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: ProvidedSecretsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:security:ProvidedSecrets", name, None, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.arns = {}
        for variable, value in args.values.items():
            key = variable.lower().replace("_", "-")
            secret = aws.secretsmanager.Secret(
                f"{name}-{key}",
                description=f"{variable} of {args.context.application} {args.context.environment}",
                kms_key_id=args.key_arn,
                recovery_window_in_days=args.recovery_days,
                replicas=[
                    aws.secretsmanager.SecretReplicaArgs(region=region, kms_key_id=replica_key)
                    for region, replica_key in sorted(args.replicas.items())
                ]
                or None,
                tags=args.context.tags(f"{name}-{key}"),
                opts=child,
            )
            aws.secretsmanager.SecretVersion(
                f"{name}-{key}-value",
                secret_id=secret.id,
                secret_string=pulumi.Output.secret(value),
                opts=child,
            )
            self.arns[variable] = secret.arn
        self.register_outputs({"arns": self.arns})
