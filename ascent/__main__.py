"""`python -m ascent`."""

import sys

from ascent.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
