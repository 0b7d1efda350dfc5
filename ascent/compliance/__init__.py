"""Frameworks that auditors ask for, held against what the rules say of a stack.

`frameworks` knows their controls, `mapping` which rule speaks for which control, `assess` what follows for a stack,
`pack` writes the evidence, `matrix` the page docs/compliance.md.
"""
