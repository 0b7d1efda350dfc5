"""What a stack is: typed settings, the tiers' profiles, and where each value came from."""
