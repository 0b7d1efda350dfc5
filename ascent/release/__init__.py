"""A release: one setting, written where it belongs, and what it sets going."""
