"""The observability layer: logs, alarms, the dashboard and the budget."""
