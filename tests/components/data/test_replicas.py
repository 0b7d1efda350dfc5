"""Copies of the stores in a second region.

Not proven: how far behind they are; that a failover restores the database from them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from components.data.replicas import CopyArgs, PostgresCopy, TableCopy
from tests.components.surroundings import CONTEXT, KEY

if TYPE_CHECKING:
    from tests.components.mocks import Build

SOURCE = "arn:aws:rds:us-east-1:111111111111:db:shop-dev-postgres"


def args(key: str | None = KEY, *, protect: bool = True) -> CopyArgs:
    return CopyArgs(
        context=CONTEXT,
        source_arn=SOURCE,
        variables={"DATABASE_HOST": "home", "DATABASE_PORT": "5432", "DATABASE_SECRET_ARN": "home"},
        key_arn=key,
        subnet_ids=["a", "b"],
        keep_days=14,
        protect=protect,
    )


@pytest.mark.parametrize("protect", [True, False])
def test_a_table_has_a_replica_that_is_kept_like_it(build: Build, protect: bool) -> None:
    made = build(lambda: TableCopy("shop-copy", args(protect=protect)))
    assert made.children == {"shop-copy-replica": "aws:dynamodb/tableReplica:TableReplica"}
    inputs = made.inputs("shop-copy-replica")
    assert (inputs["globalTableArn"], inputs["kmsKeyArn"], inputs["pointInTimeRecovery"]) == (SOURCE, KEY, True)
    assert inputs["deletionProtectionEnabled"] is protect
    assert made["shop-copy-replica"].options.protect is protect


def test_a_database_has_its_backups_replicated(build: Build) -> None:
    made = build(lambda: PostgresCopy("shop-copy", args()))
    assert made.children == {
        "shop-copy-subnets": "aws:rds/subnetGroup:SubnetGroup",
        "shop-copy-backups": "aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication",
    }
    inputs = made.inputs("shop-copy-backups")
    assert inputs == {"sourceDbInstanceArn": SOURCE, "kmsKeyId": KEY, "retentionPeriod": 14}
    assert made.inputs("shop-copy-subnets")["subnetIds"] == ["a", "b"]


def test_what_only_a_failover_knows_is_left_open(build: Build) -> None:
    found: list[PostgresCopy] = []

    def make() -> PostgresCopy:
        found.append(PostgresCopy("shop-copy", args(key=None)))
        return found[-1]

    build(make)
    assert dict(found[0].variables) == {
        "DATABASE_HOST": "set-by-failover",
        "DATABASE_PORT": "5432",
        "DATABASE_SECRET_ARN": "set-by-failover",
    }
    assert [statement.sid for statement in found[0].statements()] == ["ReadDatabasePassword"]
