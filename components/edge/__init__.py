"""The edge layer: what stands between users and the application."""
