"""Look-ups that an offline plan cannot make, and what stands in for their answers: the same on every machine."""

from __future__ import annotations

from typing import Final

STANDS_IN: Final = {
    "ec2.getInstanceTypeOfferings": "every zone counts as having the instance type",
    "ec2.getManagedPrefixList": "CloudFront's list is known by name, its id is unknown",
    "getAvailabilityZones": "the region's letters, from settings/offers/regions.py",
    "getCallerIdentity": "the account is unknown; ascent:accountId names it",
    "rds.getOrderableDbInstance": "every zone counts as having the database class",
}
"""Function, as people call it → what a plan takes instead of AWS's answer. docs/layers/foundation.md says more."""


def stands_in(token: str) -> str:
    """What an offline plan takes for the answer of a look-up.

    Args:
        token: the function's, such as `aws:index/getCallerIdentity:getCallerIdentity`.
    """
    return STANDS_IN.get(name_of(token), "the answer is unknown")


def name_of(token: str) -> str:
    """The function as people call it: `ec2.getManagedPrefixList`; those of the provider itself have no module.

    Args:
        token: the function's.
    """
    _, module, name = token.split(":")
    module = module.partition("/")[0]
    return name if module == "index" else f"{module}.{name}"
