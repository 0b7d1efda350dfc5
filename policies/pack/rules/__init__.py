"""The rules: a file per AWS service, each found by its being here."""
