"""The security layer: keys and secrets."""
