"""The security layer: keys, secrets, roles and policy documents."""
