"""The command `ascent`, also `python -m ascent`."""

import os
import sys

from ascent import house
from ascent.plan.workers.early import start_early


def run() -> None:
    """Run the command line on this process's arguments, and leave."""
    arguments = sys.argv[1:]
    status = 0
    try:
        house.enter(arguments)
        start_early(arguments)

        from ascent.cli import main

        status = main(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = 130
    except BrokenPipeError:
        pass  # Whoever read the output has seen enough.
    except OSError as error:
        print(f"ascent: {error.filename or 'standard output'}: {error.strerror}", file=sys.stderr)
        status = 2
    # Nothing is left to do; taking everything apart, object by object, would only take time.
    os._exit(status)


if __name__ == "__main__":
    run()
