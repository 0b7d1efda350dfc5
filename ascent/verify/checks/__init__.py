"""What is asked, one kind of thing per module."""
