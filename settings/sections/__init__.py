"""The sections of a stack's settings: every field with meaning, unit, default and cost.

Costs are us-east-1 list prices of November 2026 for 730 hours a month, as published on AWS's pricing pages.
"""
