"""Where findings go."""
