"""What every part stands on: settings, logs, metrics, traces."""
