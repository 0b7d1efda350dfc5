"""`python -m ascent`."""

import os
import sys

from ascent.plan.workers.early import start_early

if __name__ == "__main__":
    start_early(sys.argv[1:])

    from ascent.cli import main

    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Nothing is left to do; taking everything apart, object by object, would only take time.
    os._exit(status)
