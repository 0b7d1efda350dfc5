"""The costs that the platform was asked to have, held against what a plan costs."""
