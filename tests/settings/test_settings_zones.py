"""Zones are checked by id at a deployment, whatever their letters are there.

Not proven: which zone lacks what today; and that AWS answers so for an account.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from settings.consistency.zones import zone_problem
from settings.load import resolve
from settings.offers.zones import Offer, lacking, zones_in_use
from settings.schema import Settings


def settings(tier: str = "mvp", region: str = "us-east-1", **sections: Any) -> Settings:  # noqa: ANN401
    needed = {"edge": {"domain": "a.example.com"}, "observability": {"alarmEmails": ["a@example.com"]}}
    config = {f"ascent:{key}": json.dumps(value) for key, value in {**needed, **sections}.items()}
    return resolve({"ascent:tier": tier, "aws:region": region, **config}, stack="dev", project="shop").settings


def ids(letters: str, numbers: str, region: str = "us-east-1", short: str = "use1") -> dict[str, str]:
    return {f"{region}{letter}": f"{short}-az{number}" for letter, number in zip(letters, numbers, strict=True)}


def test_fit_zones_are_fine() -> None:
    assert zone_problem(settings(), ids("abcdef", "126345"), {}) is None


def test_a_zone_without_vpc_origins_is_named_with_another_in_its_place() -> None:
    problem = zone_problem(settings(), ids("abcdef", "132456"), {})
    assert problem is not None
    assert problem.line("Pulumi.dev.yaml") == (
        "Pulumi.dev.yaml: ascent:network.azCount is 2: us-east-1b is use1-az3 in this account, which has no CloudFront "
        "VPC origins; write ascent:network.availabilityZones: [us-east-1a, us-east-1c]"
    )


def test_the_first_zone_keeps_its_place() -> None:
    problem = zone_problem(settings("production"), ids("abcdef", "312456"), {})
    assert problem is not None
    assert problem.fix == "write ascent:network.availabilityZones: [us-east-1b, us-east-1c, us-east-1d]"


def test_a_zone_that_the_account_lacks() -> None:
    found = settings("production", "us-west-1", network={"azCount": 2})
    problem = zone_problem(found, ids("ac", "13", "us-west-1", "usw1"), {})
    assert problem is not None
    assert problem.wanted == "this account has no us-west-1b"
    assert problem.fix == "write ascent:network.availabilityZones: [us-west-1a, us-west-1c]"


def test_too_few_zones_are_left() -> None:
    problem = zone_problem(settings("startup", "us-west-1"), ids("bc", "21", "us-west-1", "usw1"), {})
    assert problem is not None
    assert problem.fix == "choose another region"


@pytest.mark.parametrize("having", [("use1-az1", "use1-az4"), ("us-east-1a", "us-east-1c")])
def test_a_zone_without_the_type_is_named_with_one_that_has_it(having: tuple[str, ...]) -> None:
    problem = zone_problem(settings(), ids("abc", "124"), {"EC2 type t4g.micro": having})
    assert problem is not None
    assert problem.wanted == "us-east-1b is use1-az2 in this account, which has no EC2 type t4g.micro"
    assert problem.fix == "write ascent:network.availabilityZones: [us-east-1a, us-east-1c]"


def test_what_all_zones_lack_is_to_be_chosen_anew() -> None:
    problem = zone_problem(settings(), ids("abc", "124"), {"EC2 type z9.huge": ()})
    assert problem is not None
    assert problem.fix == "choose another than EC2 type z9.huge or choose another region"


def test_only_what_the_stack_needs_counts() -> None:
    assert lacking(settings(), "use1-az3") == (Offer.VPC_ORIGIN,)
    assert lacking(settings("startup"), "use1-az3") == (Offer.VPC_ORIGIN, Offer.FARGATE_ARM)
    assert lacking(settings("production"), "use1-az3") == (Offer.FARGATE_ARM,)
    assert lacking(settings("production", compute={"architecture": "x86_64"}), "use1-az3") == ()
    assert lacking(settings("production", compute={"architecture": "x86_64"}), "apne1-az3") == (Offer.FARGATE,)


@pytest.mark.parametrize(
    ("network", "zones"),
    [
        ({"azCount": 3}, ("us-east-1a", "us-east-1b", "us-east-1c")),
        ({"availabilityZones": ["us-east-1b", "us-east-1f"]}, ("us-east-1b", "us-east-1f")),
    ],
)
def test_zones_in_use(network: dict[str, Any], zones: tuple[str, ...]) -> None:
    assert zones_in_use(settings(network=network)) == zones
