"""What the rules say of a plan."""
