"""Processes that plan stacks, on all cores."""
