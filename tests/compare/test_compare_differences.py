"""Differences and care on small plans, made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ascent.compare.care import Kind, care_of
from ascent.compare.differences import differences
from ascent.plan.model import UNKNOWN, Options, Plan, Resource, secret


def resource(type_: str, name: str, stack: str = "dev", **fields: Any) -> Resource:  # noqa: ANN401 - any field
    urn = f"urn:pulumi:{stack}::app::{type_}::{name}"
    base = Resource(urn=urn, type=type_, name=name, parent=None, custom=True, inputs={})
    return replace(base, **fields)


def plan(*resources: Resource, stack: str = "dev") -> Plan:
    return Plan(project="app", stack=stack, tier="mvp", region="us-east-1", resources=resources)


TABLE = "aws:dynamodb/table:Table"
DATABASE = "aws:rds/instance:Instance"


def test_names_and_accounts_are_no_difference() -> None:
    one = resource("aws:ssm/parameter:Parameter", "app-dev-url", inputs={"name": "/app/dev/url", "arn": "111111111111"})
    two = resource(
        "aws:ssm/parameter:Parameter", "app-prod-url", "prod", inputs={"name": "/app/prod/url", "arn": "222222222222"}
    )
    found = differences(plan(one), plan(two, stack="prod"))
    assert (found.added, found.removed, found.changed, found.same) == ((), (), (), 1)


def test_an_alias_is_the_same_resource() -> None:
    old = resource(TABLE, "app-dev-old")
    new = resource(TABLE, "app-dev-new", options=Options(aliases=(old.urn,)))
    found = differences(plan(old), plan(new))
    assert (found.added, found.removed, found.same) == ((), (), 1)


def test_another_key_behind_an_unknown_value_replaces_the_data() -> None:
    keys = [resource("aws:kms/key:Key", f"app-dev-{n}") for n in ("a", "b")]
    databases = [
        resource(DATABASE, "app-dev-db", inputs={"kmsKeyId": UNKNOWN}, property_dependencies={"kmsKeyId": (key.urn,)})
        for key in keys
    ]
    (note,) = care_of(differences(plan(*keys, databases[0]), plan(*keys, databases[1])))
    assert (note.kind, note.name) == (Kind.REPLACED, "*-db")
    assert note.why.startswith("kmsKeyId can only be changed with a new one")


@pytest.mark.parametrize(
    ("name", "before", "after", "kind"),
    [
        ("engine", "postgres", "mysql", Kind.REPLACED),
        ("identifier", "a", "b", Kind.INTERRUPTED),
        ("engineVersion", "16", "17", Kind.INTERRUPTED),
        ("backupRetentionPeriod", 7, 30, None),
    ],
)
def test_changes_of_a_database(name: str, before: object, after: object, kind: Kind | None) -> None:
    plans = [plan(resource(DATABASE, "app-dev-db", inputs={name: value})) for value in (before, after)]
    found = differences(*plans)
    assert [p.name for p in found.changed[0].properties] == [name]
    assert [note.kind for note in care_of(found)] == ([kind] if kind else [])


@pytest.mark.parametrize(("now", "said"), [(True, False), (False, True)])
def test_a_change_that_waits_says_for_when(now: bool, said: bool) -> None:
    waits = {"applyImmediately": now, "maintenanceWindow": "sun:05:30-sun:06:30"}
    plans = [
        plan(resource(DATABASE, "app-dev-db", inputs={"instanceClass": f"db.t4g.{size}", **waits}))
        for size in ("micro", "small")
    ]
    (note,) = care_of(differences(*plans))
    assert ("in the window sun:05:30-sun:06:30" in note.why, "ends long before" in note.fix) == (said, said)


def test_a_removed_key_says_how_long_there_is() -> None:
    key = resource("aws:kms/key:Key", "app-dev-key", inputs={"deletionWindowInDays": 7})
    (note,) = care_of(differences(plan(key), plan()))
    assert note.kind is Kind.REMOVED
    assert "within the 7 days" in note.fix


def test_replace_on_changes_of_the_program_is_heeded() -> None:
    options = Options(replace_on_changes=("tableClass",))
    plans = [
        plan(resource(TABLE, "app-dev-t", inputs={"tableClass": c}, options=options)) for c in ("STANDARD", "RARE")
    ]
    (note,) = care_of(differences(*plans))
    assert note.kind is Kind.REPLACED


def test_secrets_are_not_shown() -> None:
    plans = [plan(resource(DATABASE, "app-dev-db", inputs={"password": secret(text)})) for text in ("one", "two")]
    (changed,) = differences(*plans).changed
    assert "one" not in repr(changed.properties)
    assert "two" not in repr(changed.properties)
