"""A provider and its resource for the recorded programs, without a provider package."""

from __future__ import annotations

from typing import Any

import pulumi


class Thing(pulumi.CustomResource):
    """A resource with two inputs of its own and an address that only a deployment knows."""

    size: pulumi.Output[int]
    label: pulumi.Output[str]
    address: pulumi.Output[str]

    def __init__(self, name: str, opts: pulumi.ResourceOptions | None = None, **props: Any) -> None:  # noqa: ANN401
        super().__init__("test:index:Thing", name, {"address": None, **props}, opts)


class Cloud(pulumi.ProviderResource):
    """The provider of `Thing`, with a plugin version as real ones have."""

    def __init__(self, name: str, **props: Any) -> None:  # noqa: ANN401
        super().__init__("test", name, props, pulumi.ResourceOptions(version="1.2.3"))
