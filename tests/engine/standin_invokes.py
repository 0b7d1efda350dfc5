"""What the stand-in AWS provider answers to functions (`aws.get_caller_identity()` and its kin)."""

from __future__ import annotations

from typing import Any

from tests.engine.standin_outputs import ACCOUNT


class InvokeUnknownError(Exception):
    """A program called a function that the stand-in has no answer for."""


def invoke(token: str, args: dict[str, Any], region: str) -> dict[str, Any]:
    """Result of the function `token`; raises `InvokeUnknownError` for one that is not known here."""
    region = args.get("region") or region
    match token:
        case "aws:index/getCallerIdentity:getCallerIdentity":
            return {"accountId": ACCOUNT, "arn": f"arn:aws:iam::{ACCOUNT}:root", "id": ACCOUNT, "userId": "AIDA"}
        case "aws:index/getPartition:getPartition":
            return {"dnsSuffix": "amazonaws.com", "id": "aws", "partition": "aws", "reverseDnsPrefix": "com.amazonaws"}
        case "aws:index/getRegion:getRegion":
            return {"description": region, "id": region, "name": region, "region": region}
        case "aws:index/getAvailabilityZones:getAvailabilityZones":
            names = [f"{region}{letter}" for letter in "abc"]
            return {"groupNames": [region], "id": region, "names": names, "zoneIds": names, "region": region}
        case "aws:ec2/getManagedPrefixList:getManagedPrefixList":
            return {"id": "pl-3b927c52", "name": args["name"], "maxEntries": 55, "entries": [], "region": region}
        case _:
            raise InvokeUnknownError(f"the stand-in AWS provider has no answer for {token}: add it to {__name__}")
