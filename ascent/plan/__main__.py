"""A planning process: `python -m ascent.plan`, for `ascent.plan.workers.pool`."""

import gc

# Before anything else is loaded: the SDK's imports make millions of objects that all stay, and looking for garbage
# among them finds none.
gc.disable()

if __name__ == "__main__":
    from ascent.plan.workers.worker import main

    main()
