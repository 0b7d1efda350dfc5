"""Ascent's command line: what a stack would build, what breaks a rule, and why a value is what it is."""

__version__ = "0.1.0"
