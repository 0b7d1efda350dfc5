"""What watches the bill besides the budget."""
