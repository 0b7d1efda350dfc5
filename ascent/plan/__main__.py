"""A planning process: `python -m ascent.plan`, for `ascent.plan.workers`."""

import gc
import sys

# Before anything else is loaded: the SDK's imports make millions of objects that all stay, and looking for garbage
# among them finds none.
gc.disable()

if __name__ == "__main__":
    from ascent.plan.workers.worker import main

    main(foreign="foreign" in sys.argv[1:])
