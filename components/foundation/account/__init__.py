"""Where a stack lies: the account, the provider that reaches it, and what its zones have."""
