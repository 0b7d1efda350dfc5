"""The resilience layer: backups."""
