"""A module per operation; each makes its steps of what a stack has deployed."""
