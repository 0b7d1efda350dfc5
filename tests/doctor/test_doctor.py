"""What a first deployment needs: asked of a stand-in AWS, and what could not be asked is said."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema.validators import validator_for

from ascent.cli import main
from ascent.doctor.asking import cli
from ascent.doctor.checks import CHECKS
from ascent.doctor.needs import Needs, needs_of
from ascent.doctor.reads import Look
from ascent.output.schemas import schemas
from ascent.verify.answer import Said, Verdict
from ascent.verify.aws import Aws, GoneError
from tests.cli.cli_project import ROOT, Answer, Project
from tests.stacks.planning import planned, smallest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEEDS = Needs(
    region="us-east-1",
    vpcs=1,
    addresses=2,
    instances={"t4g.micro": 1},
    fargate_vcpus=0.5,
    zones=("us-east-1a", "us-east-1b"),
    distributions=True,
    load_balancers=True,
)


def said(name: str, needs: Needs, aws: Aws) -> list[tuple[Verdict, str]]:
    found: list[Said] = list(CHECKS[name](needs, aws))
    for one in found:
        if one.verdict is Verdict.NOT_WELL:
            page, _, section = one.runbook.partition("#")
            assert f"\n## {section.capitalize()}\n" in (ROOT / page).read_text(encoding="utf-8")
    return [(one.verdict, one.text) for one in found]


class Told(Aws):
    """AWS that answers as it is told."""

    def __init__(self, **answers: Any) -> None:  # noqa: ANN401 - what boto3 would answer
        self.answers, self.region, self.account, self._profile = answers, "us-east-1", "1" * 12, ""

    def ask(self, read: Any, region: str = "", **arguments: object) -> dict[str, Any]:  # noqa: ANN401
        if read.name not in self.answers:
            raise GoneError
        return self.answers[read.name]

    def ask_all(self, read: Any, key: str, region: str = "", **arguments: object) -> list[Any]:  # noqa: ANN401
        return self.ask(read)[key]


def test_what_stacks_need() -> None:
    small = needs_of(planned(smallest("mvp"), "dev"))
    assert (small.vpcs, small.addresses, small.fargate_vcpus) == (1, 0, 0)
    assert list(small.instances) == ["t4g.micro"]
    large = needs_of(planned(smallest("production"), "prod"))
    assert large.addresses == len(large.zones) == 3
    assert large.fargate_vcpus >= 0.5
    assert large.load_balancers


def test_the_region(aws: Aws) -> None:
    assert said("region", NEEDS, aws) == [(Verdict.WELL, "us-east-1 is switched on")]
    off = Told(REGIONS={"Regions": [{"OptInStatus": "not-opted-in"}]})
    assert said("region", replace(NEEDS, region="af-south-1"), off)[0][0] is Verdict.NOT_WELL


def test_zones(aws: Aws) -> None:
    found = said("zones", NEEDS, aws)
    assert found[0] == (Verdict.WELL, "us-east-1a, us-east-1b are available")
    missing = said("zones", replace(NEEDS, zones=("us-east-1z",), instances={}), aws)
    assert missing[0][0] is Verdict.NOT_WELL
    assert missing[0][1].startswith("us-east-1z: not available here; there are us-east-1a, ")
    offered = {"InstanceTypeOfferings": [{"Location": "us-east-1a"}]}
    zones = {"AvailabilityZones": [{"ZoneName": z, "State": "available"} for z in NEEDS.zones]}
    assert said("zones", NEEDS, Told(ZONES=zones, OFFERINGS=offered))[1] == (
        Verdict.NOT_WELL,
        "t4g.micro is not offered in us-east-1b",
    )


def test_room_for_networks(aws: Aws, client: Callable[[str], Any]) -> None:
    assert said("networks", NEEDS, aws) == [(Verdict.WELL, "VPCs: 5 allowed, 1 needed beside 1 in use")]
    for n in range(4):
        client("ec2").create_vpc(CidrBlock=f"10.{n}.0.0/16")
    assert said("networks", NEEDS, aws) == [(Verdict.NOT_WELL, "VPCs: 5 allowed, 1 needed beside 5 in use")]


def quota(value: float) -> dict[str, Any]:
    return {"Quota": {"Value": value}}


@pytest.mark.parametrize(("allowed", "verdict"), [(5.0, Verdict.WELL), (2.0, Verdict.NOT_WELL)])
def test_quotas(allowed: float, verdict: Verdict) -> None:
    types = {"InstanceTypes": [{"VCpuInfo": {"DefaultVCpus": 2}}]}
    aws = Told(QUOTA=quota(allowed), INSTANCE_TYPES=types, ADDRESSES={"Addresses": [{}]})
    assert said("instances", NEEDS, aws)[0][0] is verdict
    assert said("addresses", NEEDS, aws)[0][0] is verdict
    assert said("fargate", replace(NEEDS, fargate_vcpus=2), aws)[0][0] is verdict
    (found,) = CHECKS["addresses"](NEEDS, aws)
    if verdict is Verdict.NOT_WELL:
        assert "--quota-code L-0263D0A3 --desired-value 4" in found.command
    nothing = replace(
        NEEDS, instances={}, addresses=0, fargate_vcpus=0, vpcs=0, distributions=False, load_balancers=False
    )
    for name in ("instances", "addresses", "fargate", "networks", "cloudfront", "load-balancers"):
        assert said(name, nothing, aws) == []


def test_a_new_account_may_have_to_be_verified(aws: Aws, client: Callable[[str], Any]) -> None:
    assert said("cloudfront", NEEDS, aws)[0][0] is Verdict.NOT_ASKED
    assert said("load-balancers", NEEDS, aws)[0][0] is Verdict.NOT_ASKED
    ec2 = client("ec2")
    subnets = [one["SubnetId"] for one in ec2.describe_subnets()["Subnets"][:2]]
    client("elbv2").create_load_balancer(Name="front", Subnets=subnets)
    assert said("load-balancers", NEEDS, aws)[0][0] is Verdict.WELL
    assert said("cloudfront", NEEDS, Told(DISTRIBUTIONS={"DistributionList": {"Quantity": 1}}))[0][0] is Verdict.WELL


def test_costs() -> None:
    tags = [{"TagKey": "Project", "Status": "Active"}, {"TagKey": "Environment", "Status": "Inactive"}]
    ((verdict, text),) = said("costs", NEEDS, Told(COST_TAGS={"CostAllocationTags": tags}))
    assert verdict is Verdict.NOT_WELL
    assert text.startswith("Environment do not count in bills")
    tags[1]["Status"] = "Active"
    assert said("costs", NEEDS, Told(COST_TAGS={"CostAllocationTags": tags}))[0][0] is Verdict.WELL


@pytest.mark.parametrize(
    ("script", "verdict", "text"),
    [
        ("echo v3.272.0", Verdict.WELL, "pulumi 3.272.0"),
        ("echo v3.100.1", Verdict.NOT_WELL, "pulumi 3.100.1; 3.260 or newer is needed"),
        ("echo hello", Verdict.NOT_WELL, "does not say its version"),
        ("", Verdict.NOT_WELL, "pulumi is not on PATH"),
    ],
)
def test_the_command_line_of_pulumi(
    script: str, verdict: Verdict, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if script:
        (tmp_path / "pulumi").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "pulumi").chmod(0o755)
    found = cli()
    assert found.verdict is verdict
    assert text in found.text


@pytest.fixture
def run(project: Project, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def call(*words: str) -> Answer:
        status = main(["doctor", *words, "--cwd", str(project.directory)])
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call


def test_the_whole_way(run: Callable[..., Answer], project: Project, tmp_path: Path, config: dict[str, Any]) -> None:
    answer = run("dev", "--json")
    document = json.loads(answer.out)
    schema = schemas()["doctor"]
    assert [error.message for error in validator_for(schema)(schema).iter_errors(document)] == []
    assert {one["check"] for one in document["answers"]} >= {"pulumi", "credentials", "region", "zones", "networks"}
    verdicts = {one["check"]: one["verdict"] for one in document["answers"]}
    assert (verdicts["credentials"], verdicts["region"], verdicts["networks"]) == ("well", "well", "well")
    assert verdicts["instances"] == "not asked", "the stand-in knows no quotas of EC2"
    assert document["account"] == "123456789012"
    project.stack("dev", **config, **{"ascent:accountId": "111111111111"})
    other = run("dev")
    assert other.status == 1
    assert "not well   credentials the credentials are of account 123456789012: the stack deploys to 1" in other.out


def test_without_credentials(run: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(variable)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    answer = run("dev")
    assert "not asked: credentials AWS: no credentials: " in answer.out
    assert "not asked: zones there is nobody to ask" in answer.out
    assert answer.out.splitlines()[-1].endswith(" 10 not asked")


def test_wrong_input(run: Callable[..., Answer]) -> None:
    assert "no stack 'lost'" in run("lost").line


def test_each_check_and_call_is_described() -> None:
    page = (ROOT / "docs" / "doctor.md").read_text(encoding="utf-8")
    for name in (*CHECKS, "pulumi", "credentials"):
        assert f"| `{name}` |" in page
    for look in Look:
        assert look.action in page
