"""The infrastructure: one class per concept, composed by `platform`."""
