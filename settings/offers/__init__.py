"""What AWS offers: regions and their zones, sizes of tasks, processors of instance types."""
