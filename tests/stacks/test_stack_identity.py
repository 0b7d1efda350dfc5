"""Two logical resources never own one physical object: in one plan, and on the way from one plan to the next."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from ascent.catalog.identity import identities
from ascent.catalog.lookup import known_of
from ascent.compare.differences import differences
from ascent.compare.replaced import replaced
from tests.stacks.invariants import CHECKS
from tests.stacks.planning import TIERS, one, planned, smallest

if TYPE_CHECKING:
    from ascent.plan.model import Plan, Resource

MOVES = list(permutations(TIERS, 2))


def owners(plan: Plan, urns: set[str]) -> dict[tuple[object, ...], Resource]:
    return {found: r for r in plan.resources if r.urn in urns for found in identities(plan, r)}


def handed_over(before: Plan, after: Plan) -> list[str]:
    """Objects that a new resource owns and that one which goes owns too: its deletion takes the object away."""
    old = owners(before, {*before.by_urn} - {*after.by_urn})
    new = owners(after, {*after.by_urn} - {*before.by_urn})
    return [f"{old[found].name} → {new[found].name}" for found in old.keys() & new.keys()]


def collides(before: Plan, after: Plan) -> list[str]:
    """Resources that are replaced by one of the same physical name before they are deleted.

    What forces the replacement may itself tell the two apart: port 443 of another load balancer is another listener.
    """
    return [
        f"{one_.after.name}: {', '.join(names)}"
        for one_, names in replaced(differences(before, after)).values()
        if not one_.after.options.delete_before_replace
        if {*names}.isdisjoint(known_of(one_.after.type).identity)
        if identities(before, one_.before) & identities(after, one_.after)
    ]


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_no_object_is_handed_from_one_resource_to_another(before: str, after: str) -> None:
    assert handed_over(planned(smallest(before)), planned(smallest(after))) == []


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_what_is_replaced_has_another_name_or_goes_first(before: str, after: str) -> None:
    assert collides(planned(smallest(before)), planned(smallest(after))) == []


@pytest.mark.parametrize("check", ["sound", "identities"])
def test_plans_of_services_share_nothing(check: str) -> None:
    services = {"web": {}, "api": {"paths": ["/api/*"]}, "jobs": {"kind": "worker"}, "nightly": {"kind": "task"}}
    plan = planned(smallest("startup", compute={"image": "registry.example.com/app:1"}, services=services))
    assert CHECKS[check](plan) == []


def test_a_reference_stands_for_what_it_leads_to() -> None:
    plan = planned(smallest("startup"))
    policy = plan.by_type["aws:s3/bucketPolicy:BucketPolicy"][0]
    (found,) = identities(plan, policy)
    assert found[2] == policy.property_dependencies["bucket"]
    (record,) = identities(plan, one(plan, "aws:route53/record:Record", "-proof"))
    assert record[2][1] == "proof of app.example.com"


def test_a_name_made_up_at_deployment_is_nobodys() -> None:
    plan = planned(smallest("startup"))
    assert identities(plan, plan.by_type["aws:s3/bucket:Bucket"][0]) == frozenset()


def test_an_object_handed_over_is_seen() -> None:
    plan = planned(smallest("startup"))
    record = one(plan, "aws:route53/record:Record", "-proof")
    moved = replace(record, urn=f"{record.urn}-of-another")
    after = replace(plan, resources=tuple(moved if r is record else r for r in plan.resources))
    assert handed_over(plan, after) == [f"{record.name} → {record.name}"]


def test_a_replacement_under_the_same_name_is_seen() -> None:
    plan = planned(smallest("startup"))
    database = plan.by_type["aws:rds/instance:Instance"][0]
    changed = replace(database, inputs={**database.inputs, "dbName": "other"})
    after = replace(plan, resources=tuple(changed if r is database else r for r in plan.resources))
    assert collides(plan, after) == [f"{database.name}: dbName"]
    first = replace(changed, options=replace(changed.options, delete_before_replace=True))
    after = replace(plan, resources=tuple(first if r is database else r for r in plan.resources))
    assert collides(plan, after) == []
