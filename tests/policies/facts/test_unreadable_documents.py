"""Text that cannot be read as a document is unverified: it neither passes nor fails a rule."""

from __future__ import annotations

import pytest

from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.policies.building import Made, facts

UNREADABLE = ("[[]]", "{not json", "everything", "null", "7", 7, "[" * 800 + "]" * 800, [[]])
READERS = (
    ("ecs-nonroot", "aws:ecs/taskDefinition:TaskDefinition", "containerDefinitions"),
    ("ecs-no-env-secrets", "aws:ecs/taskDefinition:TaskDefinition", "containerDefinitions"),
    ("ecs-no-database-containers", "aws:ecs/taskDefinition:TaskDefinition", "containerDefinitions"),
)


@pytest.mark.parametrize("value", UNREADABLE, ids=lambda v: repr(v)[:12])
@pytest.mark.parametrize(("rule", "type_", "path"), READERS, ids=[r for r, *_ in READERS])
def test_what_cannot_be_read_is_unverified(rule: str, type_: str, path: str, value: object) -> None:
    verdicts = [*RULES[rule].judge(facts(Made(type_, "it", {path: value})))]

    assert [v.status for v in verdicts] == [Status.UNKNOWN]
