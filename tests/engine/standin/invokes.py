"""What the stand-in AWS provider answers to functions (`aws.get_caller_identity()` and its kin).

`STANDIN_AWS_LACKS` names a zone by its id in which no instance type and no database class is on offer.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from tests.engine.standin.outputs import ACCOUNT, fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping


class InvokeUnknownError(Exception):
    """A program called a function that the stand-in has no answer for."""


LETTERS = "abc"
SIDES = re.compile("north|south|east|west|central")


def invoke(token: str, args: dict[str, Any], region: str) -> dict[str, Any]:
    """Result of the function `token`; raises `InvokeUnknownError` for one that is not known here."""
    region = args.get("region") or region
    zones = [f"{region}{letter}" for letter in LETTERS]
    # The third letter is not the third id, as in many an account: some regions' az3 lacks what stacks need.
    zone_ids = [f"{_zone_prefix(region)}-az{number}" for number in (1, 2, 4, 5, 6, 3)[: len(zones)]]
    match token:
        case "aws:index/getCallerIdentity:getCallerIdentity":
            return {"accountId": ACCOUNT, "arn": f"arn:aws:iam::{ACCOUNT}:root", "id": ACCOUNT, "userId": "AIDA"}
        case "aws:index/getPartition:getPartition":
            return {"dnsSuffix": "amazonaws.com", "id": "aws", "partition": "aws", "reverseDnsPrefix": "com.amazonaws"}
        case "aws:index/getRegion:getRegion":
            return {"description": region, "id": region, "name": region, "region": region}
        case "aws:index/getRegions:getRegions":
            return {"allRegions": False, "id": "aws", "names": [region]}
        case "aws:index/getAvailabilityZones:getAvailabilityZones":
            return {"groupNames": [region], "id": region, "names": zones, "zoneIds": zone_ids, "region": region}
        case "aws:index/getAvailabilityZone:getAvailabilityZone":
            return _zone(args, region, zones, zone_ids)
        case "aws:ec2/getManagedPrefixList:getManagedPrefixList":
            return _prefix_list(_name_asked_for(args, "prefix-list-name"), region)
        case "aws:ec2/getPrefixList:getPrefixList":
            name = args.get("name") or f"com.amazonaws.{region}.s3"
            return {"cidrBlocks": ["198.51.100.0/24"], "id": _prefix_list(name, region)["id"], "name": name}
        case "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings":
            return _offerings(args, region, zones, zone_ids)
        case "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering":
            found = _offerings(args, region, zones, zone_ids)["instanceTypes"]
            return {"id": region, "instanceType": found[0], "region": region}
        case "aws:ec2/getInstanceType:getInstanceType":
            return _instance_type(args, region)
        case "aws:rds/getOrderableDbInstance:getOrderableDbInstance":
            return _database_class(args, region, zones, zone_ids)
        case "aws:rds/getEngineVersion:getEngineVersion":
            return _engine_version(args, region)
        case "aws:ssm/getParameter:getParameter":
            value = f"ami-{fingerprint('image', args['name'])}"
            arn = f"arn:aws:ssm:{region}::parameter{args['name']}"
            return {
                "arn": arn,
                "id": args["name"],
                "name": args["name"],
                "type": "String",
                "value": value,
                "version": 1,
            }
        case "aws:ec2/getSecurityGroup:getSecurityGroup":
            name = args.get("name") or _name_asked_for(args, "group-name")
            return {
                "id": f"sg-{fingerprint('group', name)}",
                "name": name,
                "vpcId": args.get("vpcId"),
                "region": region,
            }
        case "aws:route53/getZone:getZone":
            zone = args.get("zoneId") or f"Z{fingerprint('zone', args.get('name', ''))[:13].upper()}"
            servers = ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net"]
            return {"id": zone, "zoneId": zone, "name": args.get("name") or "example.com", "nameServers": servers}
        case "aws:cloudfront/getCachePolicy:getCachePolicy":
            return {"id": f"{fingerprint('cache', args.get('name', ''))}", "name": args.get("name")}
        case _:
            raise InvokeUnknownError(f"the stand-in AWS provider has no answer for {token}: add it to {__name__}")


def _lacking() -> str:
    """Id of the zone in which nothing is on offer; empty where there is none."""
    return os.environ.get("STANDIN_AWS_LACKS", "")


def _zone_prefix(region: str) -> str:
    """How the ids of a region's zones begin: `use1` in us-east-1, `apse2` in ap-southeast-2."""
    area, *_, side, number = region.split("-")
    return area + "".join(word[0] for word in SIDES.findall(side)) + number


def _zone(args: Mapping[str, Any], region: str, zones: list[str], zone_ids: list[str]) -> dict[str, Any]:
    wanted = args.get("name") or args.get("zoneId") or zones[0]
    index = zones.index(wanted) if wanted in zones else zone_ids.index(wanted)
    name, id_ = zones[index], zone_ids[index]
    return {"id": name, "name": name, "nameSuffix": name[-1], "zoneId": id_, "state": "available", "region": region}


def _name_asked_for(args: Mapping[str, Any], filter_: str) -> str:
    """The one name that a look-up is for, given as an argument or as a filter."""
    given = next((f["values"][0] for f in args.get("filters") or () if f["name"] == filter_), "")
    return args.get("name") or given


def _prefix_list(name: str, region: str) -> dict[str, Any]:
    """A prefix list of AWS's own; one of CloudFront's has 55 entries."""
    id_ = f"pl-{fingerprint('prefix list', name)[:8]}"
    return {
        "addressFamily": "IPv4",
        "arn": f"arn:aws:ec2:{region}:aws:prefix-list/{id_}",
        "entries": [{"cidr": f"198.51.100.{n}/32", "description": ""} for n in range(3)],
        "id": id_,
        "maxEntries": 55,
        "name": name,
        "ownerId": "AWS",
        "region": region,
        "tags": {},
        "version": 1,
    }


def _offerings(args: Mapping[str, Any], region: str, zones: list[str], zone_ids: list[str]) -> dict[str, Any]:
    """Every instance type asked for is offered wherever it is asked for, but for the zone that lacks all."""
    filters = {one["name"]: one["values"] for one in args.get("filters") or ()}
    by = args.get("locationType") or "region"
    having = [n for n, id_ in enumerate(zone_ids) if id_ != _lacking()]
    places = {
        "availability-zone": [zones[n] for n in having],
        "availability-zone-id": [zone_ids[n] for n in having],
    }.get(by, [region])
    wanted = filters.get("location", places)
    pairs = [(p, t) for t in filters.get("instance-type", ["t4g.micro"]) for p in places if p in wanted]
    return {
        "id": region,
        "instanceTypes": [kind for _, kind in pairs],
        "locationTypes": [by for _ in pairs],
        "locations": [place for place, _ in pairs],
        "region": region,
    }


def _instance_type(args: Mapping[str, Any], region: str) -> dict[str, Any]:
    """An EC2 type; those of Graviton end with a g."""
    kind = args["instanceType"]
    arm = kind.partition(".")[0].endswith("g")
    return {
        "id": kind,
        "instanceType": kind,
        "defaultVcpus": 2,
        "memorySize": 1024,
        "currentGeneration": True,
        "supportedArchitectures": ["arm64" if arm else "x86_64"],
        "region": region,
    }


def _database_class(args: Mapping[str, Any], region: str, zones: list[str], zone_ids: list[str]) -> dict[str, Any]:
    """A database class on offer in every zone but for the one that lacks all."""
    wanted = args.get("instanceClass") or (args.get("preferredInstanceClasses") or ["db.t4g.micro"])[0]
    return {
        "availabilityZones": [name for name, id_ in zip(zones, zone_ids, strict=True) if id_ != _lacking()],
        "engine": args.get("engine", "postgres"),
        "engineVersion": args.get("engineVersion") or "17.6",
        "id": wanted,
        "instanceClass": wanted,
        "licenseModel": "postgresql-license",
        "multiAzCapable": True,
        "storageType": args.get("storageType") or "gp3",
        "supportsIamDatabaseAuthentication": True,
        "supportsStorageEncryption": True,
        "vpc": True,
        "region": region,
    }


def _engine_version(args: Mapping[str, Any], region: str) -> dict[str, Any]:
    """A version of a database engine, the one asked for."""
    full = args.get("version") or "17.6"
    return {
        "engine": args.get("engine", "postgres"),
        "id": full,
        "parameterGroupFamily": f"postgres{full.partition('.')[0]}",
        "validMajorTargets": [],
        "validUpgradeTargets": [],
        "version": full,
        "versionActual": full,
        "region": region,
    }
