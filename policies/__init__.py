"""The policy pack: `pulumi preview --policy-pack policies`. Depends on no other part of the project."""
