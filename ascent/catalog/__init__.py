"""What is known of each AWS type."""
