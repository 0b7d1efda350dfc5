"""The data layer: tables and databases."""
