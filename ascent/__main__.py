"""`python -m ascent`."""

import sys

from ascent.plan.pool import start_early

if __name__ == "__main__":
    start_early(sys.argv[1:])

    from ascent.cli import main

    sys.exit(main(sys.argv[1:]))
