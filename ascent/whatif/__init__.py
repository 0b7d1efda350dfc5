"""What other values of settings would change: dollars, score, findings, what is replaced."""
