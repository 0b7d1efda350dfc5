"""The parts of `ascent:observability` that are sections of their own."""
