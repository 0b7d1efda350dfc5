"""The layers, each with the decorators that make functions its rules: `@EDGE.resource("alb-access-logs", …)`."""

from __future__ import annotations

from typing import Final

from policies.pack.rule import Layer

ACCOUNT: Final = Layer("account")
NETWORK: Final = Layer("network")
EDGE: Final = Layer("edge")
COMPUTE: Final = Layer("compute")
DATA: Final = Layer("data")
SECURITY: Final = Layer("security")
OBSERVABILITY: Final = Layer("observability")
RESILIENCE: Final = Layer("resilience")
