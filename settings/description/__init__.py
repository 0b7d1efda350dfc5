"""What settings say of themselves: their values as rows, and what changing them does."""
