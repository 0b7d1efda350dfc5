"""The report: one HTML file per stack and an index that compares them, readable without a network."""
