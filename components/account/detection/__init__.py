"""What looks for intruders, flaws and openings."""
