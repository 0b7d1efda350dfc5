"""Settings for property tests: consistent ones of every shape, and the same with something wrong in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from common.secret_names import looks_secret
from settings.enums import Audience, EndpointService, KeyPurpose
from settings.offers.fargate import MEMORY_BY_CPU
from settings.offers.regions import REGIONS, availability_zones, partition
from settings.sealed import seal
from tests.stacks.planning import TIERS, WITHOUT_ECS, merged

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

Json = Any

NAMES = st.one_of(
    st.from_regex(r"[a-z]([a-z0-9]|-[a-z0-9]){0,14}", fullmatch=True),
    st.sampled_from(["shop", "a", "a" * 30, "internal-tools", "sg-data", "xn", "a1-2-3-4-5-6-7-8-9-0-b-c-d"]),
)
APPLICATIONS = NAMES.filter(lambda name: not name.startswith(("internal-", "sg-", "sthree-")))
TAGS = st.text("Team a-z_.:/=+@ö漢", min_size=1, max_size=256).filter(str.strip)
DOMAINS = st.sampled_from(["example.com", "app.example.com", "a-1.b-2.example.co.uk", f"{'a' * 63}.example.org"])
VARIABLES = st.from_regex(r"_?V[A-Z0-9_]{0,20}", fullmatch=True).filter(lambda name: not looks_secret(name, "x"))
SECRETS = st.from_regex(r"_?S[A-Z0-9_]{0,20}", fullmatch=True)
EMAILS = st.lists(
    st.sampled_from(["oncall@example.com", "a.b+c@mail.example.org", "ops@example.io"]), unique=True, min_size=1
)
IMAGES = ["ghcr.io/acme/app:1.2.3", "222222222222.dkr.ecr.eu-west-1.amazonaws.com/app@sha256:" + "0" * 64]


def some(fields: dict[str, SearchStrategy[Json]]) -> SearchStrategy[dict[str, Json]]:
    """Any of these fields, each with a value of its own strategy."""
    return st.fixed_dictionaries({}, optional=fields)


def subset(values: list[str]) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), unique=True)


@st.composite
def networks(draw: DrawFn, region: str, *, private: bool) -> dict[str, Json]:
    """A VPC whose private subnets reach the internet where something lives in them."""
    zones = availability_zones(region)
    found = draw(
        some(
            {
                "cidr": st.sampled_from(["10.0.0.0/16", "172.31.0.0/18", "192.168.0.0/19", "100.64.0.0/17"]),
                "interfaceEndpoints": subset([e.value for e in EndpointService]),
                "flowLogRetentionDays": st.integers(1, 3653),
            }
        )
    )
    if draw(st.booleans()):
        found["availabilityZones"] = sorted(draw(st.lists(st.sampled_from(zones), unique=True, min_size=2)))
    else:
        found["azCount"] = draw(st.integers(2, len(zones)))
    return {**found, "nat": draw(st.sampled_from(["single", "per_az"] if private else ["none", "single", "per_az"]))}


@st.composite
def computes(draw: DrawFn, *, placement: str) -> dict[str, Json]:
    """EC2 or Fargate in a size that exists."""
    fewest = draw(st.integers(1, 10))
    found = draw(
        some(
            {
                "image": st.sampled_from(IMAGES),
                "command": st.lists(st.text("abc -'$", max_size=10), min_size=1, max_size=3),
                "port": st.integers(1024, 65535),
                "healthCheckPath": st.sampled_from(["/", "/health", "/a/b?c=d"]),
                "environment": st.dictionaries(VARIABLES, st.text("abc'\"$ö ", max_size=20), max_size=3),
                "targetCpuPercent": st.integers(10, 95),
                "rootReadOnly": st.booleans(),
                "detailedMonitoring": st.booleans(),
                "user": st.sampled_from(["65534:65534", "app", "1000"]),
            }
        )
    )
    cpu = draw(st.sampled_from(list(MEMORY_BY_CPU)))
    size = draw(
        st.sampled_from(
            [
                {"kind": "ec2", "instanceType": "t4g.micro", "architecture": "arm64"},
                {"kind": "ec2", "instanceType": "m7i.large", "architecture": "x86_64"},
                {"kind": "fargate", "cpu": cpu, "memory": MEMORY_BY_CPU[cpu][-1], "architecture": "x86_64"},
            ]
        )
    )
    counts = {"minCount": fewest, "maxCount": fewest + draw(st.integers(0, 10))}
    return {**found, **size, **counts, "placement": placement}


@st.composite
def several_services(draw: DrawFn, kind: str) -> dict[str, Json]:
    """None, the one that is there anyway under another name, or, on Fargate, one of each kind and some more."""
    own = some(
        {
            "image": st.sampled_from(IMAGES),
            "port": st.integers(1024, 65535),
            "healthCheckPath": st.sampled_from(["/", "/up"]),
            "environment": st.dictionaries(VARIABLES, st.text("abc ", max_size=5), max_size=2),
        }
    )
    first = draw(st.sampled_from([{}, {"site": draw(own)}]))
    if kind == "ec2" or not draw(st.booleans()):
        return first
    paths = st.lists(st.sampled_from(["/a/*", "/a", "/b?c", "/*.png"]), unique=True, min_size=1)
    routes = {"paths": draw(paths), "priority": draw(st.integers(1, 900)), **draw(some({"hosts": st.just(["*.a.b"])}))}
    if len(routes["paths"]) > 1:
        # What shifts requests moves one rule, and each path is one.
        routes["strategy"] = "rolling"
    return {
        "api": {**draw(own), **routes},
        "mail": {**draw(own), "kind": "worker"},
        "job": {"kind": "task"},
        **first,
    }


@st.composite
def data_stores(draw: DrawFn) -> dict[str, Json]:
    table = {"enabled": st.booleans(), "sortKey": st.sampled_from(["sk", None]), "recoveryDays": st.integers(1, 35)}
    postgres = {
        "engineVersion": st.sampled_from(["14", "18"]),
        "multiAz": st.booleans(),
        "finalSnapshot": st.booleans(),
        "monitoringIntervalSeconds": st.sampled_from([0, 60]),
        "insightsMode": st.sampled_from(["standard", "advanced"]),
    }
    enabled = {"enabled": draw(st.booleans())}
    return {"dynamodb": draw(some({**table})), "postgres": {**draw(some({**postgres})), **enabled}}


@st.composite
def edges(draw: DrawFn, region: str) -> dict[str, Json]:
    """An ingress that the region has, with or without a domain, a zone and a certificate."""
    kinds = ["alb", "cloudfront"] if partition(region) == "aws" else ["alb"]
    kind = draw(st.sampled_from(kinds))
    found = {"ingress": kind, **draw(some({"waf": st.booleans(), "rateLimit": st.integers(10, 10_000)}))}
    if kind == "alb" or draw(st.booleans()):
        found["domain"] = draw(DOMAINS)
        found |= draw(some({"hostedZoneId": st.just("Z0123456789ABCDEF")}))
        home = region if kind == "alb" else "us-east-1"
        arn = f"arn:{partition(region)}:acm:{home}:111111111111:certificate/{'0' * 36}"
        found |= draw(some({"certificateArn": st.just(arn)}))
    return found


@st.composite
def watching(draw: DrawFn, region: str, *, fargate: bool) -> dict[str, Json]:
    """Any parts of observability that the region and the kind of compute have."""
    home = partition(region) == "aws"
    arn = f"arn:{partition(region)}:secretsmanager:{region}:111111111111:secret:key-AbCdEf"
    stream = f"arn:{partition(region)}:kinesis:{region}:111111111111:stream/logs"
    traced = fargate and draw(st.booleans())
    slack = {"workspaceId": "T07EA123LEP", "channelId": "C07EZ1ABC23"}
    forwarding = st.sampled_from([{"to": "datadog", "secretArn": arn}, {"to": "new_relic", "secretArn": arn}, {}])
    logs = some(
        {
            "masked": subset(["EmailAddress", "Ssn-US", "AwsSecretKey"]),
            "queries": st.booleans(),
            "metrics": some({key: st.booleans() for key in ("errors", "latency", "transactions")}),
            "streamArn": st.just(stream),
            "forwarding": forwarding,
        }
    )
    found = draw(
        some(
            {
                "alarms": some(
                    {
                        "leastSeverity": st.sampled_from(["critical", "high", "medium", "low"]),
                        "composite": st.booleans(),
                        "anomalyDeviations": st.sampled_from([None, 2.5]),
                    }
                ),
                "dashboards": subset([audience.value for audience in Audience]),
                "notices": some({"slack": st.just(slack)} if home else {}),
                "logs": logs,
                "canary": some({"enabled": st.booleans(), "minutes": st.integers(1, 60)}),
            }
        )
    )
    return {
        **found,
        "alarmEmails": draw(EMAILS),
        "tracing": {"enabled": traced, "signals": draw(st.booleans())},
        "prometheus": {"enabled": home and traced and draw(st.booleans())},
        "grafana": {"enabled": home and draw(st.booleans())},
        "serviceLevel": {"enabled": home and draw(st.booleans())},
    }


@st.composite
def consistent(draw: DrawFn) -> dict[str, Json]:
    """Settings that should be accepted, of every tier, region and shape."""
    region = draw(st.sampled_from(REGIONS))
    placement = draw(st.sampled_from(["public", "private"]))
    data = draw(data_stores())
    stores = data["postgres"]["enabled"] or data["dynamodb"].get("enabled", True)
    found = draw(
        some(
            {
                "application": APPLICATIONS,
                "environment": NAMES,
                "accountId": st.just("111111111111"),
                "owner": TAGS,
                "costCenter": TAGS,
                "dataClass": st.sampled_from(["public", "internal", "confidential", "restricted"]),
                "security": some(
                    {
                        "customerManagedKeys": subset([k.value for k in KeyPurpose]),
                        "secrets": st.dictionaries(SECRETS, st.text("secret", min_size=9).map(seal), max_size=2),
                    }
                ),
                "budget": some({"actualPercent": st.lists(st.integers(1, 1000), unique=True, min_size=1, max_size=4)}),
            }
        )
    )
    compute = draw(computes(placement=placement))
    services = draw(several_services(compute["kind"]))
    observability = draw(watching(region, fargate=compute["kind"] == "fargate"))
    if observability.get("alarms", {}).get("leastSeverity") == "critical":
        # Alarms of severity high end a release that shifts requests.
        compute["release"] = {"strategy": "rolling"}
    settings = {
        **found,
        **({"services": services} if services else {}),
        "tier": draw(st.sampled_from(TIERS)),
        "region": region,
        "network": draw(networks(region, private=placement == "private")),
        "compute": compute,
        "data": data,
        "edge": draw(edges(region)),
        "observability": observability,
        "resilience": {
            "backup": stores and draw(st.booleans()),
            **draw(some({"weekly": st.booleans(), "protect": st.booleans()})),
        },
    }
    return merged(settings, WITHOUT_ECS) if compute["kind"] == "ec2" else settings


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, 10**400, 2**53 + 1, 1.5, 1e308, "", " ", "a\nb", "x" * 300, "2", [], ["a", "a"], [[]], {}]),
    st.text(max_size=10),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)
"""Values that hardly any setting accepts."""


def spoiled(value: Json) -> list[Json]:
    """Values of the same kind that are nearly right."""
    if isinstance(value, bool):
        return [not value, str(value)]
    if isinstance(value, int):
        return [-value, value + 1, value * 1000, str(value), f"{value}.5"]
    if isinstance(value, str):
        return [value.upper(), f"{value}\n", f" {value}", value * 20, f"{value}--{value}", value[:-1]]
    if isinstance(value, list):
        return [value + value, value[::-1], value[:1], [*value, None]]
    if isinstance(value, dict):
        return [{**value, **{key.lower(): below for key, below in value.items()}}, list(value)]
    return []


def paths(value: Json, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """Paths of everything in nested objects."""
    if not isinstance(value, dict):
        return [at]
    return [at, *(path for key, below in value.items() for path in paths(below, (*at, key)))]


def at(value: Json, path: tuple[str, ...]) -> Json:
    """What is at `path`; None where an earlier change took it away."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def replaced(value: Json, path: tuple[str, ...], new: Json) -> Json:
    """`value` with what is at `path` replaced."""
    if not path:
        return new
    return {**value, path[0]: replaced(value.get(path[0]), path[1:], new)}


@st.composite
def mixed(draw: DrawFn) -> dict[str, Json]:
    """Consistent settings with one to three changes: junk, something nearly right, or a key that no section knows."""
    settings = draw(consistent())
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(paths(settings)[1:]))
        near = spoiled(at(settings, path))
        if draw(st.booleans()):
            settings = replaced(settings, path, draw(st.sampled_from(near) if near else JUNK))
        elif draw(st.booleans()):
            settings = replaced(settings, path, draw(JUNK))
        else:
            key = draw(st.one_of(st.sampled_from(["azcount", "FOO", "nat"]), st.text(max_size=6)))
            settings = replaced(settings, (*path[:-1], key), draw(JUNK))
    return settings
