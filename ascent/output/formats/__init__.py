"""Verdicts in the forms that other tools read: JSON, SARIF, JUnit XML and Markdown."""
