"""The account layer: detection, audit and how everything in the account begins."""
