"""The stand-in AWS provider by itself, without an engine: what the engine tests rely on it for."""

from __future__ import annotations

import pytest

from tests.engine.sandbox import REPOSITORY, Sandbox
from tests.engine.standin.invokes import InvokeUnknownError, invoke
from tests.engine.standin.outputs import made
from tests.engine.standin.refusals import deletion_refusal
from tests.engine.standin.wire import SECRET, SIGNATURE_KEY, UNKNOWN, changed

CERTIFICATE = "aws:acm/certificate:Certificate"
DATABASE = "aws:rds/instance:Instance"


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ({"a": 1, "b": [1, {"c": 2}]}, {"a": 1, "b": [1, {"c": 2}]}, []),
        ({"a": 1}, {"a": 2}, ["a"]),
        ({"a": 1}, {}, ["a"]),
        ({}, {"b": None}, ["b"]),
        ({"a": {SIGNATURE_KEY: SECRET, "value": "s"}}, {"a": "s"}, []),
        ({"a": {SIGNATURE_KEY: SECRET, "value": "s"}}, {"a": {SIGNATURE_KEY: SECRET, "value": "t"}}, ["a"]),
        ({"a": ["x", UNKNOWN]}, {"a": ["x", UNKNOWN]}, ["a"]),
    ],
)
def test_difference_looks_into_secrets_and_takes_unknowns_for_changes(old: dict, new: dict, keys: list[str]) -> None:
    assert changed(old, new) == keys


def test_identifiers_are_stable_and_differ_by_type_and_name() -> None:
    kinds = ("aws:ec2/vpc:Vpc", "aws:lb/loadBalancer:LoadBalancer")
    first = [made(kind, name, {}, "us-east-1", nth)[0] for kind in kinds for name in ("a", "b") for nth in (0, 1)]
    again = [made(kind, name, {}, "us-east-1", nth)[0] for kind in kinds for name in ("a", "b") for nth in (0, 1)]
    assert first == again
    assert len(set(first)) == 8
    assert first[4].startswith("arn:aws:lb:")


def test_certificate_asks_for_one_record_per_name() -> None:
    inputs = {"domainName": "example.com", "subjectAlternativeNames": ["*.example.com", "example.com"]}
    options = made(CERTIFICATE, "site", inputs, "us-east-1")[1]["domainValidationOptions"]
    assert [option["domainName"] for option in options] == ["example.com", "*.example.com"]
    assert {option["resourceRecordType"] for option in options} == {"CNAME"}


def test_outputs_carry_the_physical_name_and_region() -> None:
    _, bucket = made("aws:s3/bucket:Bucket", "store", {"bucket": "mine"}, "eu-west-1")
    assert bucket["bucketRegionalDomainName"] == "mine.s3.eu-west-1.amazonaws.com"
    _, database = made(DATABASE, "db", {"region": "eu-north-1"}, "eu-west-1")
    assert database["address"].startswith("db-")
    assert database["masterUserSecrets"][0]["secretArn"].startswith("arn:aws:secretsmanager:eu-north-1:")


@pytest.mark.parametrize(
    ("inputs", "unlocked", "word"),
    [
        ({"deletionProtection": True, "skipFinalSnapshot": True}, False, "deletionProtection"),
        ({"deletionProtection": True, "skipFinalSnapshot": True}, True, ""),
        ({"deletionProtection": False, "finalSnapshotIdentifier": "last"}, False, ""),
        ({}, True, "finalSnapshotIdentifier"),
        ({"replicateSourceDb": "db"}, True, ""),
    ],
)
def test_database_is_deleted_only_as_aws_would(inputs: dict, unlocked: bool, word: str) -> None:
    refusal = deletion_refusal(DATABASE, "db", inputs, unlocked=unlocked)
    assert word in refusal
    assert bool(refusal) == bool(word)


def test_look_ups_are_answered_for_the_region_and_the_filters_given() -> None:
    zones = invoke("aws:index/getAvailabilityZones:getAvailabilityZones", {"region": "eu-central-1"}, "us-east-1")
    assert zones["names"] == ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
    assert zones["zoneIds"] == ["euc1-az1", "euc1-az2", "euc1-az4"]
    by_name = {"filters": [{"name": "prefix-list-name", "values": ["com.amazonaws.global.cloudfront.origin-facing"]}]}
    lists = "aws:ec2/getManagedPrefixList:getManagedPrefixList"
    listed = invoke(lists, by_name, "us-east-1")
    assert listed == invoke(lists, {"name": listed["name"]}, "us-east-1")
    assert (listed["id"][:3], listed["maxEntries"]) == ("pl-", 55)
    asked = {"locationType": "availability-zone-id", "filters": [{"name": "instance-type", "values": ["t4g.micro"]}]}
    offered = invoke("aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings", asked, "us-east-1")
    assert offered["locations"] == ["use1-az1", "use1-az2", "use1-az4"]
    wanted = {"engine": "postgres", "instanceClass": "db.t4g.micro"}
    database = invoke("aws:rds/getOrderableDbInstance:getOrderableDbInstance", wanted, "us-east-1")
    assert (database["instanceClass"], database["multiAzCapable"]) == ("db.t4g.micro", True)


def test_unknown_function_is_named() -> None:
    assert invoke("aws:index/getRegion:getRegion", {}, "eu-west-1")["region"] == "eu-west-1"
    with pytest.raises(InvokeUnknownError, match="aws:ec2/getAmi:getAmi"):
        invoke("aws:ec2/getAmi:getAmi", {}, "eu-west-1")


def test_sandbox_keeps_credentials_out_and_stand_ins_in(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "real")
    monkeypatch.setenv("PULUMI_ACCESS_TOKEN", "real")
    root = tmp_path_factory.mktemp("sandbox")
    sandbox = Sandbox.create(root)
    assert "real" not in sandbox.environment.values()
    assert sandbox.environment["PULUMI_HOME"].startswith(str(root))
    assert sandbox.environment["PULUMI_BACKEND_URL"].startswith(root.as_uri())
    plugins = sorted(path.parent.name.split("-v")[0] for path in root.rglob("pulumi-resource-*"))
    assert plugins == ["resource-aws", "resource-awsx"]


def test_shipped_project_names_no_plugin_of_its_own() -> None:
    assert "plugins" not in (REPOSITORY / "Pulumi.yaml").read_text(encoding="utf-8")
