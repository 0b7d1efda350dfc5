"""The offline plan: what a stack would register, without an engine, an account or a network.

Import the modules by name (`ascent.plan.record`, …): only some of them need Pulumi's SDK, which takes a second to load.
"""
