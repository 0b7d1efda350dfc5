"""Asks AWS what a stack has deployed and whether it is well. Reads only."""
