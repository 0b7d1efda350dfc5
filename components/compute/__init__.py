"""The compute layer: what runs the application's container."""
