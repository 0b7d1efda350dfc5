import sys

import pulumi
from plan_things import Thing


def _inner(how: str) -> None:
    if how == "raise":
        raise ValueError("no such size")
    if how == "run-error":
        raise pulumi.RunError("Pulumi.test.yaml: ascent:tier: is gold")
    if how == "exit":
        sys.exit(3)
    if how == "apply":
        pulumi.Output.from_input(1).apply(lambda _: {}["missing"])
    if how == "input":
        Thing("thing", size=object())


def fail(how: str) -> None:
    _inner(how)
