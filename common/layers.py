"""The layers of a platform's infrastructure."""

from __future__ import annotations

from typing import Final

LAYERS: Final = ("network", "edge", "compute", "data", "security", "observability", "resilience")
"""The layers, from the outside in; each is also the namespace of its components' types, as in `ascent:network:Vpc`."""
