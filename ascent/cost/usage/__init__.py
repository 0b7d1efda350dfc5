"""What a stack is used for in a month: the keys that there are, the tiers' profiles, a stack's own file."""
