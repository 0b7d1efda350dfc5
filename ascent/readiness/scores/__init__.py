"""The score and its parts, how far they can go, and the milestones on the way."""
