"""Print a tier's own levels and parameters as a file for `--policy-pack-config`.

Run: python -m policies.pack production > policies/config/prod.json
"""

from __future__ import annotations

import json
import sys

from policies.pack.configuration import default_config
from policies.pack.levels import TIERS


def main(arguments: list[str]) -> int:
    """Print the configuration of the tier named in the arguments; the exit status is 2 for anything else."""
    if len(arguments) != 1 or arguments[0] not in TIERS:
        sys.stderr.write(f"policies.pack: {' '.join(arguments)!r} is no tier; allowed: {', '.join(TIERS)}\n")
        return 2
    sys.stdout.write(json.dumps(default_config(arguments[0]), indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
