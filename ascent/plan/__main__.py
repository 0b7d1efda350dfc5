"""A planning process: `python -m ascent.plan`, for `ascent.plan.pool`."""

from ascent.plan.worker import main

if __name__ == "__main__":
    main()
