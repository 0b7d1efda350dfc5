"""Entry point of the policy pack, as the engine runs it."""

import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The engine puts this folder on the path, not the one that the packages are in.
sys.path.insert(0, str(HERE.parent))

from policies.pack.engine.server import serve  # noqa: E402

serve(HERE, datetime.now(UTC).date())
