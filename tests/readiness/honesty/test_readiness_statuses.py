"""What the shipped stacks are worth, item by item, where that was once wrong or is easily argued about."""

from __future__ import annotations

import pytest

from ascent.readiness.model import Status
from tests.readiness.honesty.gaming import honest

MET, UNMET, LATER, NOT_ASKED = Status.MET, Status.UNMET, Status.UNKNOWN, Status.NOT_APPLICABLE

TABLE: list[tuple[int, str, Status, str]] = [
    (62, "dev", MET, "three stack files, each its own environment; dev is neither staging nor production"),
    (62, "staging", UNMET, "staging is behind CloudFront and without a firewall, production behind a public balancer"),
    (62, "prod", UNMET, "the same, seen from production"),
    (72, "dev", NOT_ASKED, "asked from production on"),
    (72, "prod", UNMET, "production asks for replicas, and the database has none"),
    (79, "prod", MET, "the vault and the database are encrypted with a key of the stack; a lock is another matter"),
    (79, "staging", MET, "the same"),
    (151, "prod", MET, "backups by themselves, daily, for 30 days; nothing asks that the vault be locked"),
    (151, "staging", MET, "daily backups, shorter"),
    (151, "dev", MET, "the table can be restored to any second"),
    (96, "dev", MET, "AWS made the key once, a role reads it at a machine's start"),
    (96, "staging", MET, "AWS made the key once, the task is given its ARN"),
    (96, "prod", MET, "the same"),
    (55, "prod", MET, "the service shifts 10, 50, then 100 % of the requests"),
    (168, "prod", MET, "the estimate has the break-even of a reserved database"),
    (169, "prod", MET, "the estimate has the break-even of a savings plan"),
    (168, "dev", NOT_ASKED, "asked from production on"),
    (172, "dev", MET, "inside its band with the account's allowances"),
    (172, "staging", MET, "below its band"),
    (172, "prod", UNMET, "above its band"),
    (178, "dev", MET, "the state's bucket locks, a key encrypts it, each stack has its own; the commands are given"),
    (178, "prod", MET, "the same"),
    (13, "prod", MET, "decided, with nginx and Traefik weighed"),
    (52, "prod", MET, "decided, with Swarm weighed"),
    (176, "prod", MET, "make test runs linter, types and tests, make preview the plan; the pack has a program"),
    (177, "prod", MET, "tests of stacks, of rules and in the engine, which assert something"),
    (179, "prod", MET, "components of own types, settings with types, a note on each layer that names its settings"),
    (183, "prod", MET, "profiles, and a file for each of three environments"),
    (185, "prod", UNMET, "nothing shows that the application stops on wrong variables"),
    (213, "prod", MET, "drawn from the plan"),
    (214, "prod", MET, "the README's commands exist"),
    (219, "dev", MET, "each alarm of the stack names its runbook, which tells of what it watches"),
    (219, "prod", MET, "the same"),
    (102, "prod", MET, ".env and its variants stay out of git"),
    (180, "prod", UNMET, "no decision on the delivery service"),
    (220, "prod", MET, "ten decisions and more, no two alike"),
    (48, "dev", UNMET, "dev buys its machine at full price"),
    (48, "prod", MET, "production runs on what AWS does not take back"),
    (131, "dev", UNMET, "nobody hears of dev's alarms"),
    (208, "prod", UNMET, "a load balancer compresses nothing"),
    (101, "prod", MET, "AWS generates a key of 64 characters"),
    (173, "prod", UNMET, "there is no pipeline"),
    (206, "prod", UNMET, "there is no application to ask"),
]
"""Item, stack, its status, and why."""


@pytest.mark.parametrize(("item", "stack", "status", "why"), TABLE, ids=lambda value: str(value)[:30])
def test_status(item: int, stack: str, status: Status, why: str) -> None:
    judged = honest(stack).items[item - 1]
    assert judged.item.number == item
    assert judged.status is status, f"{why}; found: {[e.found for e in judged.evidence]}"
