"""Where the API is."""

VERSION = "/api/v1"
"""A version that breaks callers gets a path of its own; this one stays beside it until nobody asks it any more."""
