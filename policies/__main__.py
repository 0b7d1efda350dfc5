"""Entry point of the policy pack; the engine runs it with this directory on the path."""

from datetime import UTC, datetime
from pathlib import Path

from pack.server import serve  # ty: ignore[import-not-found]

serve(Path(__file__).parent, datetime.now(UTC).date())
