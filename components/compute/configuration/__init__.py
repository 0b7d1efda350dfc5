"""What the application is told while it runs."""
