"""What the shop talks to, and how it lives without: cache, queue, secrets, flags, neighbours."""
