"""Configuration of the rules: levels, parameters, and one clear line for what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import grpc
import pytest
import yaml
from google.protobuf import empty_pb2, json_format
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pulumi.runtime import proto

from common.problems import InputError
from policies.pack.__main__ import main
from policies.pack.configuration import DEFAULTS, default_config
from policies.pack.evaluate import evaluate
from policies.pack.levels import TIERS, Level
from policies.pack.parameters import RESERVED, allowed, pairs, texts, whole, wholes
from policies.pack.policy_file import load_policy_config, read_policy_config
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from tests.policies.asking import PACK, Pack
from tests.policies.building import Made, facts, of
from tests.stacks.planning import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = PACK.parent
STACKS = {
    path.name.split(".")[1]: yaml.safe_load(path.read_text(encoding="utf-8"))["config"]["ascent:tier"]
    for path in ROOT.glob("Pulumi.*.yaml")
}
LOGS = "aws:cloudwatch/logGroup:LogGroup"
TAGS = dict.fromkeys(("Project", "Environment", "Tier", "Owner", "CostCenter", "DataClass", "ManagedBy"), "x")

CONFIGURED: list[tuple[str, dict[str, object], Made, tuple[Status, Status]]] = [
    ("log-retention", {"days": 400}, of(LOGS, retentionInDays=365), (Status.PASS, Status.FAIL)),
    ("log-retention", {"days": 30}, of(LOGS, retentionInDays=30), (Status.FAIL, Status.PASS)),
    ("required-tags", {"keys": ["Team"]}, of(LOGS, tags={"Team": "x"}), (Status.FAIL, Status.PASS)),
    ("required-tags", {"keys": ["Team"]}, of(LOGS, tags=TAGS), (Status.PASS, Status.FAIL)),
    (
        "alb-listener-tls-policy",
        {"policies": ["ELBSecurityPolicy-TLS13-1-3-"]},
        of("aws:lb/listener:Listener", protocol="HTTPS", sslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06"),
        (Status.PASS, Status.FAIL),
    ),
    (
        "cloudfront-min-tls12",
        {"versions": ["TLSv1.2_2019"]},
        of("aws:cloudfront/distribution:Distribution", viewerCertificate={"minimumProtocolVersion": "TLSv1.2_2019"}),
        (Status.FAIL, Status.PASS),
    ),
    (
        "sg-open-ingress-authorized-ports",
        {"ports": [8443]},
        of(
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
            ipProtocol="tcp",
            cidrIpv4="0.0.0.0/0",
            fromPort=8443,
            toPort=8443,
        ),
        (Status.FAIL, Status.PASS),
    ),
    (
        "rds-backup-retention",
        {"days": 14},
        of("aws:rds/instance:Instance", backupRetentionPeriod=7),
        (Status.PASS, Status.FAIL),
    ),
    (
        "elasticache-snapshots",
        {"days": 7},
        of("aws:elasticache/replicationGroup:ReplicationGroup", snapshotRetentionLimit=1),
        (Status.PASS, Status.FAIL),
    ),
    (
        "backup-daily-weekly",
        {"dailyDays": 7, "weeklyDays": 20},
        of(
            "aws:backup/plan:Plan",
            rules=[
                {"schedule": "cron(0 2 * * ? *)", "lifecycle": {"deleteAfter": 7}},
                {"schedule": "cron(0 2 ? * SUN *)", "lifecycle": {"deleteAfter": 20}},
            ],
        ),
        (Status.FAIL, Status.PASS),
    ),
]


@pytest.mark.parametrize(("rule", "values", "made", "expected"), CONFIGURED)
def test_parameters_change_what_a_rule_says(
    rule: str, values: dict[str, object], made: Made, expected: tuple[Status, Status]
) -> None:
    for configured, status in zip((DEFAULTS, read_policy_config({rule: values})), expected, strict=True):
        (result,) = evaluate(facts(made), rules=[RULES[rule]], configured=configured).results
        assert result.verdict.status is status


@pytest.mark.parametrize("tier", TIERS)
def test_defaults_of_parameters_follow_the_tier(tier: str) -> None:
    days = {"mvp": 7, "startup": 30, "production": 90, "enterprise": 365}[tier]
    rule = RULES["log-retention"]
    for kept, status in ((days, Status.PASS), (days - 1, Status.FAIL)):
        (verdict,) = rule.judge(facts(of(LOGS, retentionInDays=kept), tier=tier))
        assert verdict.status is status


def test_every_parameter_says_what_it_means_and_admits_its_own_defaults() -> None:
    parameters = [p for rule in RULES.values() for p in rule.parameters]
    assert len(parameters) >= 12
    for parameter in parameters:
        assert re.fullmatch(r"[a-z][a-zA-Z]+", parameter.name)
        assert parameter.name != RESERVED
        assert not parameter.meaning.endswith(".")
        for tier in TIERS:
            published = parameter.published(tier)
            assert parameter.wrong(published["default"]) == ()
            assert parameter.read(published["default"]) == parameter.at(tier)


LEVEL = "must be one of disabled, advisory, mandatory, remediate; for example"
OWN = "; correct it, or leave it out for the tier's own"
DAYS = f"it must be a whole number from 1 to 3653{OWN}"
SEVERAL = "it must be a list of 1 or more different values, each"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (
            [],
            "prod.json: the file is []: it must be an object of policies and levels;"
            ' write {"log-retention": "advisory"}',
        ),
        (
            {"no-such-rule": "advisory"},
            "prod.json:1: no-such-rule is no rule: allowed are the ids of rules, waivers and all; take an id from the"
            " policy listing",
        ),
        (
            {"rds-mutli-az": "advisory"},
            "prod.json:1: rds-mutli-az is no rule: allowed are the ids of rules, waivers and all; write rds-multi-az",
        ),
        (
            {"log-retention": "strict"},
            f'prod.json:1: log-retention.enforcementLevel is "strict": {LEVEL}'
            " log-retention.enforcementLevel: disabled",
        ),
        ({"all": 7}, f"prod.json:1: all.enforcementLevel is 7: {LEVEL} all.enforcementLevel: disabled"),
        (
            {"log-retention": {"enforcementLevel": None}},
            f"prod.json:1: log-retention.enforcementLevel is null: {LEVEL} log-retention.enforcementLevel: disabled",
        ),
        ({"log-retention": {"days": 0}}, f"prod.json:1: log-retention.days is 0: {DAYS}"),
        ({"log-retention": {"days": 1.5}}, f"prod.json:1: log-retention.days is 1.5: {DAYS}"),
        ({"log-retention": {"days": "30"}}, f'prod.json:1: log-retention.days is "30": {DAYS}'),
        ({"log-retention": {"days": True}}, f"prod.json:1: log-retention.days is true: {DAYS}"),
        ({"log-retention": {"days": None}}, f"prod.json:1: log-retention.days is null: {DAYS}"),
        (
            {"log-retention": {"weeks": 1}},
            "prod.json:1: log-retention.weeks is not a field: fields here are enforcementLevel, days; remove it",
        ),
        (
            {"log-retention": {"day": 1}},
            "prod.json:1: log-retention.day is not a field: fields here are enforcementLevel, days; write days",
        ),
        (
            {"rds-multi-az": {"days": 1}},
            "prod.json:1: rds-multi-az.days is not a field: fields here are enforcementLevel; remove it",
        ),
        ({"all": {"days": 1}}, "prod.json:1: all.days is not a field: fields here are enforcementLevel; remove it"),
        (
            {"required-tags": {"keys": []}},
            f"prod.json:1: required-tags.keys is []: {SEVERAL} a text that is not empty{OWN}",
        ),
        (
            {"required-tags": {"keys": ["Owner", "Owner"]}},
            'prod.json:1: required-tags.keys is ["Owner", "Owner"]: "Owner" is not allowed,'
            f" {SEVERAL} a text that is not empty{OWN}",
        ),
        (
            {"required-tags": {"values": {"Owner": ""}}},
            'prod.json:1: required-tags.values is {"Owner": ""}: "" is not allowed, it must be an object whose values'
            f" are each a text that is not empty{OWN}",
        ),
        (
            {"sg-open-ingress-authorized-ports": {"ports": [80, 70000]}},
            "prod.json:1: sg-open-ingress-authorized-ports.ports is [80, 70000]: 70000 is not allowed, it must be a"
            f" list of 0 or more different values, each a whole number from 1 to 65535{OWN}",
        ),
        (
            {"cloudfront-min-tls12": {"versions": ["TLSv1"]}},
            'prod.json:1: cloudfront-min-tls12.versions is ["TLSv1"]: "TLSv1" is not allowed,'
            f" {SEVERAL} TLSv1.2_2018 or TLSv1.2_2019 or TLSv1.2_2021 or TLSv1.2_2025 or TLSv1.3_2025{OWN}",
        ),
    ],
)
def test_a_mistake_gets_one_line(tmp_path: Path, content: object, line: str) -> None:
    path = tmp_path / "prod.json"
    path.write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(InputError) as refused:
        load_policy_config(path)

    assert str(refused.value) == line


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "prod.json"
    path.write_text('{\n\t"log-retention": {\n\t\t"days": 0\n\t},\n\t"rds-multi-az": "no"\n}', encoding="utf-8")

    with pytest.raises(InputError) as refused:
        load_policy_config(path)

    places = [line.split(" is ")[0] for line in str(refused.value).splitlines()]
    assert places == ["prod.json:3: log-retention.days", "prod.json:5: rds-multi-az.enforcementLevel"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "prod.json:1: is not valid JSON"),
        (b"\xff\xfe\x00", "prod.json: is not valid JSON"),
        (b"[" * 100_000, "prod.json: is not valid JSON"),
        (None, "prod.json: cannot be read (No such file or directory); name a policy configuration file"),
    ],
)
def test_an_unreadable_file_gets_one_line(tmp_path: Path, content: bytes | None, says: str) -> None:
    path = tmp_path / "prod.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        load_policy_config(path)
    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


def test_all_sets_every_level_that_is_not_named() -> None:
    configured = read_policy_config({"all": "advisory", "rds-not-public": "mandatory"})
    assert configured.levels == {
        **dict.fromkeys((*RULES, "waivers"), Level.ADVISORY),
        "rds-not-public": Level.MANDATORY,
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
KINDS = [
    whole("n", "N", 3, minimum=1, maximum=9),
    wholes("ns", "Ns", (3,), minimum=1, maximum=9),
    texts("ts", "Ts", ("a",)),
    texts("ts", "Ts", ("a",), choices=("a", "b")),
    pairs("ps", "Ps", {}),
]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(kind=st.sampled_from(KINDS), value=JSON)
def test_any_value_is_wrong_or_can_be_read(kind: Any, value: object) -> None:  # noqa: ANN401 - any parameter
    if kind.wrong(value):
        assert allowed(kind.schema)
    else:
        assert type(kind.read(value)) in (type(kind.at("mvp")), dict)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(content=st.dictionaries(st.sampled_from([*RULES, "all", "waivers", "x"]), JSON, max_size=4) | JSON)
@example({"sg-no-open-admin-ports": {"[key]": None}})
@example({"[key]": None})
def test_any_json_is_read_or_gets_lines(content: object) -> None:
    try:
        read_policy_config(content)
    except InputError as error:
        lines = str(error).splitlines()
        assert lines
        assert all(line.startswith("policy configuration: ") and ": " in line and "; " in line for line in lines)


# The files that ship.


@pytest.mark.parametrize("stack", STACKS)
def test_shipped_files_agree_with_the_tiers(stack: str) -> None:
    path = PACK / "config" / f"{stack}.json"
    load_policy_config(path)

    content = json.loads(path.read_text(encoding="utf-8"))
    expected = default_config(STACKS[stack])
    assert len(content) > 60
    stale = {name for name in content if content[name] != expected[name]}
    assert stale == set(), f"run: python -m policies.pack {STACKS[stack]} > policies/config/{stack}.json"


def test_a_tiers_own_configuration_can_be_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mvp"]) == 0
    assert json.loads(capsys.readouterr().out) == default_config("mvp")
    assert main(["big"]) == 2
    assert capsys.readouterr().err == (
        "policies.pack: 'big' is no tier; allowed: mvp, startup, production, enterprise\n"
    )


def test_every_stack_has_a_file() -> None:
    assert set(STACKS) == set(SHIPPED)
    assert {p.stem for p in (PACK / "config").glob("*.json")} == set(STACKS)


# The same in the engine.


@pytest.fixture(scope="module")
def pack() -> Iterator[Pack]:
    running = Pack("production")
    yield running
    running.close()


def request(content: dict[str, Any]) -> proto.ConfigureAnalyzerRequest:
    """What the engine makes of a configuration file."""
    numbers = {"disabled": proto.DISABLED, "advisory": proto.ADVISORY, "mandatory": proto.MANDATORY}
    message = proto.ConfigureAnalyzerRequest()
    for name, entry in content.items():
        given_ = dict(entry) if isinstance(entry, dict) else {RESERVED: entry}
        message.policyConfig[name].enforcementLevel = numbers[given_.pop(RESERVED, "mandatory")]
        message.policyConfig[name].properties.update(given_)
    return message


def test_the_engine_is_shown_a_schema_of_each_parameter(pack: Pack) -> None:
    info = pack.stub.GetAnalyzerInfo(empty_pb2.Empty())  # ty: ignore[missing-attribute]
    schemas = {p.name: json_format.MessageToDict(p.configSchema).get("properties", {}) for p in info.policies}
    assert schemas["log-retention"] == {
        "days": {
            "type": "integer",
            "minimum": 1,
            "maximum": 3653,
            "description": "Shortest retention in days",
            "default": 90,
        }
    }
    assert schemas["sg-open-ingress-authorized-ports"]["ports"]["default"] == [80, 443]
    assert {name: set(s) for name, s in schemas.items()} == {
        **{r.id: {p.name for p in r.parameters} for r in RULES.values()},
        "waivers": set(),
    }


def test_the_engine_gets_an_error_that_names_everything(pack: Pack) -> None:
    with pytest.raises(grpc.RpcError) as refused:
        pack.stub.Configure(request({"log-retention": {"days": 0}, "no-such-rule": "advisory"}))
    error: Any = refused.value
    assert error.code() is grpc.StatusCode.INVALID_ARGUMENT
    said = error.details().split("; ")
    assert "policy configuration: log-retention.days is 0: it must be a whole number from 1 to 3653" in said
    assert any("no-such-rule is no rule" in line for line in said)


@pytest.mark.parametrize("stack", STACKS)
def test_a_shipped_file_says_the_same_in_the_engine_as_offline(pack: Pack, stack: str) -> None:
    content = json.loads((PACK / "config" / f"{stack}.json").read_text(encoding="utf-8"))
    pack.stub.Configure(request(content))
    stack_ = [of(LOGS, retentionInDays=14, tags=TAGS), of("aws:rds/instance:Instance", "db", publiclyAccessible=True)]
    configured = load_policy_config(PACK / "config" / f"{stack}.json")

    report = evaluate(facts(*stack_, tier="production"), configured=configured)

    numbers = {Level.ADVISORY: proto.ADVISORY, Level.MANDATORY: proto.MANDATORY}
    assert pack.preview(*stack_) == {
        (
            r.verdict.rule,
            r.verdict.urn,
            r.message,
            proto.ADVISORY if r.verdict.status is Status.UNKNOWN else numbers[r.level],
        )
        for r in report.findings
    }
