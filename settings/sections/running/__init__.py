"""How the application runs, scales and is released."""
