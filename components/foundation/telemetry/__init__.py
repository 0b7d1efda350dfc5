"""What components say of themselves in numbers: metrics, graphs, and alarms that stand for several."""
