"""The command `ascent`, also `python -m ascent`."""

import os
import sys

from ascent.commands import BAD_INPUT, FINE, INTERRUPTED


def run() -> None:
    """Run the command line on this process's arguments, and leave."""
    arguments, status = sys.argv[1:], FINE
    try:
        from ascent import house
        from ascent.plan.workers.early import start_early

        house.enter(arguments)
        start_early(arguments)

        from ascent.cli import main

        status = main(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
    except BrokenPipeError:
        pass  # Whoever read the output has seen enough.
    except OSError as error:
        print(f"ascent: {error.filename or 'standard output'}: {error.strerror}", file=sys.stderr)
        status = BAD_INPUT
    # Nothing is left to do; taking everything apart, object by object, would only take time.
    os._exit(status)


if __name__ == "__main__":
    run()
