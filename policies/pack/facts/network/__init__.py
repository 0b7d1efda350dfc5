"""Networks: where traffic can go, and what is let in."""
