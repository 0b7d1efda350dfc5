"""The observability layer: the alarm topic, the dashboard and the budget."""
