"""The page of an evidence pack."""
