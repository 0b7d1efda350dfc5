"""The records of who did what, and of what everything looked like."""
