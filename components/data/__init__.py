"""The data layer: tables, databases and buckets."""
