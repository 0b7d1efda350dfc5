"""The layers of a platform's infrastructure."""

from __future__ import annotations

from typing import Final

LAYERS: Final = ("account", "network", "edge", "compute", "data", "security", "observability", "resilience")
"""The layers: what the account has once, then from the outside in. Each is also the namespace of its components' types,
as in `ascent:network:Vpc`."""
