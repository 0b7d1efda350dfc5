"""The parts of running a program without an engine."""
