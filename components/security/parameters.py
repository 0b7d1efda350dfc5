"""Encrypted parameters under a path, whose values people put there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pulumi
import pulumi_aws as aws

from components.foundation.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence

EMPTY: Final = "{}"
"""The first value: JSON that says nothing."""


@dataclass(frozen=True, kw_only=True)
class ParametersArgs:
    """Which parameters there are.

    Args:
        context: names and tags; environment and application are the first parts of the path.
        names: environment variables that the application reads them as; each is the last part of a path.
        key_arn: KMS key; None for AWS's own.
        protect: Pulumi refuses to delete them: nobody could bring a value back.
    """

    context: Context
    names: Sequence[str]
    key_arn: pulumi.Input[str] | None = None
    protect: bool = False


class Parameters(pulumi.ComponentResource):
    """SecureString parameters `/environment/application/NAME`. Free, up to 4 KB each.

    The program gives each a first value that says nothing, write-only: the provider reads no value back into the state.
    Whoever knows the value puts it there, and no deployment changes it again.

    Attributes:
        arns: environment variable → ARN.
    """

    arns: dict[str, pulumi.Output[str]]

    def __init__(self, name: str, args: ParametersArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("ascent:security:Parameters", name, None, opts)
        context = args.context
        self.arns = {}
        for variable in args.names:
            key = f"{name}-{variable.lower().replace('_', '-')}"
            parameter = aws.ssm.Parameter(
                key,
                name=f"/{context.environment}/{context.application}/{variable}",
                description=f"{variable} of {context.application} {context.environment}, put there by hand",
                type="SecureString",
                key_id=args.key_arn,
                value_wo=EMPTY,
                # Only another version here would write the first value again.
                value_wo_version=1,
                tags=context.tags(key),
                opts=pulumi.ResourceOptions(parent=self, protect=args.protect),
            )
            self.arns[variable] = parameter.arn
        self.register_outputs({"arns": self.arns})
