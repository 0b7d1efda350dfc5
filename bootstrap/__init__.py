"""What an account needs before its first stack: a place for the state, trust in the code host, images, a budget."""
