"""What a second region takes over of the stack's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pulumi

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.foundation.policy_document import Statement


class Secrets(Protocol):
    """What the containers of a region read."""

    @property
    def arns(self) -> Mapping[str, pulumi.Input[str]]:
        """Environment variable → ARN of a secret."""
        ...

    @property
    def parameter_arns(self) -> Mapping[str, pulumi.Input[str]]:
        """Environment variable → ARN of a parameter."""
        ...

    @property
    def variables(self) -> Mapping[str, pulumi.Input[str]]:
        """Environment variables that name secrets by their ARNs."""
        ...

    def statements(self) -> list[Statement]:
        """What the application may do with them."""
        ...


class Given(Protocol):
    """What a store gives the containers of a region."""

    @property
    def variables(self) -> Mapping[str, pulumi.Input[str]]:
        """Environment variables that tell where the store is."""
        ...

    def statements(self) -> list[Statement]:
        """What the application may do with it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSecrets:
    """The secrets of the stack's own region, and what opens their copies.

    Args:
        secrets: the secrets.
        key_arns: region → KMS key of the copies there; None for AWS's own.
    """

    secrets: Secrets
    key_arns: Mapping[str, pulumi.Input[str] | None]
