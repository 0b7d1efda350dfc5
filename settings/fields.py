"""Field types shared by the sections: strings with a form, checked once and named in errors."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, ip_network
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator

from common.problems import RefusedError, closest
from settings.offers.regions import REGIONS
from settings.sealed import is_sealed

if TYPE_CHECKING:
    from collections.abc import Callable


def _matching(pattern: str, wanted: str, *, readable: bool = False) -> Callable[[str], str]:
    """A validator for `pattern`.

    An encrypted value is let through, because only deployment knows it, unless `readable` says that names or the
    shape of the stack follow from it.
    """
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if is_sealed(value) and not readable:
            return value
        if not compiled.fullmatch(value):
            raise ValueError(f"must be {wanted}")
        return value

    return check


_Entry = TypeVar("_Entry")


def distinct(entries: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    """A validator for lists whose entries become resources: the same one twice would be one resource twice."""
    for position, entry in enumerate(entries):
        if entry in entries[:position]:
            raise ValueError(f"must name {entry} only once")
    return entries


PRIVATE_RANGES = tuple(IPv4Network(r) for r in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"))
WIDEST, NARROWEST = 16, 19


def _vpc_cidr(value: str) -> str:
    """A private IPv4 range of /16 to /19: wider than AWS allows or too narrow for the subnets is an error."""
    form = "a private IPv4 range such as 10.0.0.0/16"
    try:
        network = ip_network(value)
    except ValueError as error:
        raise ValueError(f"must be {form} ({error})") from None
    if not isinstance(network, IPv4Network) or not any(network.subnet_of(r) for r in PRIVATE_RANGES):
        raise ValueError(f"must be {form}, inside 10/8, 172.16/12, 192.168/16 or 100.64/10")
    if not WIDEST <= network.prefixlen <= NARROWEST:
        too = "large: AWS allows at most a /16" if network.prefixlen < WIDEST else "small for its subnets"
        raise ValueError(f"must be from /{WIDEST} to /{NARROWEST}; a /{network.prefixlen} is too {too}")
    return str(network)


def _region(value: str) -> str:
    """A region that a stack can be in."""
    if value not in REGIONS:
        near = closest(value, REGIONS) or "us-east-1"
        raise RefusedError(f"must be one of {', '.join(REGIONS)}", f"write {near}")
    return value


_UNPINNED = "an image with a tag other than latest, or a digest: registry/name:1.2.3 or registry/name@sha256:…"


def _image(value: str) -> str:
    """An image reference that names one version."""
    if is_sealed(value):
        return value
    name, _, digest = value.partition("@")
    last = name.rsplit("/", 1)[-1]
    tag = last.partition(":")[2]
    if re.search(r"\s", value) or not last or not re.fullmatch(r"(sha256:[0-9a-f]{64})?", digest):
        raise ValueError(f"must be {_UNPINNED}")
    if not digest and tag in ("", "latest"):
        raise ValueError(f"must be {_UNPINNED}")
    return value


def _text_of_number(value: object) -> object:
    """A whole number as text: `pulumi config set --path` writes 16 without quotes."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


DomainName = Annotated[
    str,
    AfterValidator(
        _matching(
            r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
            "a domain such as app.example.com",
        )
    ),
]
Email = Annotated[str, AfterValidator(_matching(r"[^@\s]+@[^@\s]+\.[^@\s]+", "an e-mail address"))]
HostedZoneId = Annotated[
    str,
    AfterValidator(_matching(r"Z[A-Z0-9]{8,31}", "a Route 53 hosted zone id such as Z0123456789ABCDEFGHIJ")),
]
CertificateArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/[0-9a-f-]{36}",
            "an ACM certificate ARN such as arn:aws:acm:us-east-1:123456789012:certificate/…",
        )
    ),
]
SecretArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:(secretsmanager:[a-z0-9-]+:\d{12}:secret:[A-Za-z0-9/_+=.@-]+(:[^:]*:[^:]*:[^:]*)?"
            r"|ssm:[a-z0-9-]+:\d{12}:parameter/[A-Za-z0-9/_.-]+)",
            "the ARN of a Secrets Manager secret or an SSM parameter",
        )
    ),
]
KeyArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+",
            "the ARN of a KMS key such as arn:aws:kms:us-east-1:123456789012:key/…, not of an alias",
        )
    ),
]
AccountId = Annotated[str, AfterValidator(_matching(r"\d{12}", "a 12-digit AWS account id, in quotes"))]
EnvironmentVariable = Annotated[
    str, AfterValidator(_matching(r"[A-Za-z_][A-Za-z0-9_]{0,127}", "a name of at most 128 letters, digits and _"))
]
TagText = Annotated[
    str,
    AfterValidator(
        _matching(r"(?!(?i:aws:))(?=.*\S)[\w .:/=+@-]{1,256}", "1 to 256 characters that AWS allows in tags")
    ),
]
TagKey = Annotated[
    str,
    AfterValidator(
        _matching(
            r"(?!(?i:aws:))(?=.*\S)[\w .:/=+@-]{1,128}", "1 to 128 characters that AWS allows in tags", readable=True
        )
    ),
]
TagValue = Annotated[
    str,
    AfterValidator(_matching(r"(?!(?i:aws:))[\w .:/=+@-]{0,256}", "at most 256 characters that AWS allows in tags")),
]
IamRoleArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:iam::\d{12}:role/[\w+=,.@/-]+",
            "the ARN of an IAM role such as arn:aws:iam::123456789012:role/deploy",
        )
    ),
]
IamPolicyArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:iam::(\d{12}|aws):policy/[\w+=,.@/-]+",
            "the ARN of an IAM policy such as arn:aws:iam::aws:policy/ReadOnlyAccess",
        )
    ),
]
SessionDuration = Annotated[
    str, AfterValidator(_matching(r"(\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+", "a duration such as 1h or 1h30m"))
]
Endpoint = Annotated[
    str, AfterValidator(_matching(r"https?://\S+", "an address such as http://localhost:4566, or https://…"))
]
_SHORT = r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,29}"
_SHORT_WANTED = "1 to 30 characters of a-z, 0-9 and single -, from a letter to a letter or digit"
ShortName = Annotated[str, AfterValidator(_matching(_SHORT, _SHORT_WANTED, readable=True))]
ApplicationName = Annotated[
    ShortName,
    AfterValidator(
        # Names of load balancers, security groups and buckets start with it, and AWS keeps these beginnings for itself.
        _matching(r"(?!(internal|sg)(-|$)|sthree-).*", "a name that does not begin with internal-, sg- or sthree-")
    ),
]
HttpPath = Annotated[
    str, AfterValidator(_matching(r"/[A-Za-z0-9/_.~%&=?+-]{0,255}", "an absolute path such as /health"))
]
ServiceName = Annotated[
    str,
    AfterValidator(
        # With the longest prefix and suffix a role's name stays inside IAM's 64 characters.
        _matching(
            r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,14}",
            "1 to 15 characters of a-z, 0-9 and single -, from a letter to a letter or digit",
            readable=True,
        )
    ),
]
HostPattern = Annotated[
    str,
    AfterValidator(
        _matching(
            r"(?=.{1,128}$)[a-z0-9*?-]+(\.[a-z0-9*?-]+)+",
            "a host such as api.example.com or *.example.com",
            readable=True,
        )
    ),
]
PathPattern = Annotated[
    str,
    AfterValidator(
        _matching(
            r"/[A-Za-z0-9_.$/~\"'@:+&*?-]{0,127}", "a path such as /api/* of at most 128 characters", readable=True
        )
    ),
]
VpcCidr = Annotated[str, AfterValidator(_vpc_cidr)]
RegionName = Annotated[str, AfterValidator(_region)]
Image = Annotated[str, AfterValidator(_image)]

ContainerUser = Annotated[
    str,
    AfterValidator(
        _matching(
            r"(?!0+(:|$)|root(:|$))[A-Za-z0-9_][A-Za-z0-9_-]*(:[A-Za-z0-9_][A-Za-z0-9_-]*)?",
            "a user or user:group other than root, such as 65534:65534",
        )
    ),
]
TlsPolicy = Annotated[
    str, AfterValidator(_matching(r"ELBSecurityPolicy-[A-Za-z0-9-]+", "a policy of Elastic Load Balancing"))
]
InstanceType = Annotated[
    str,
    AfterValidator(_matching(r"[a-z][a-z0-9-]*\.[a-z0-9-]+", "an EC2 instance type such as t4g.micro", readable=True)),
]
ZoneName = Annotated[
    str, AfterValidator(_matching(r"[a-z0-9-]+", "an availability zone such as us-east-1a", readable=True))
]
DatabaseClass = Annotated[
    str,
    AfterValidator(
        _matching(r"db\.[a-z][a-z0-9]*\.[a-z0-9]+", "an RDS instance class such as db.t4g.micro", readable=True)
    ),
]
DatabaseName = Annotated[
    str, AfterValidator(_matching(r"[A-Za-z][A-Za-z0-9_]{0,62}", "1 to 63 letters, digits and _, from a letter"))
]
PostgresVersion = Annotated[
    str,
    BeforeValidator(_text_of_number),
    AfterValidator(_matching(r"1[4-8]", "a major version of PostgreSQL from 14 to 18")),
]
AttributeName = Annotated[
    str, AfterValidator(_matching(r"[A-Za-z0-9_.-]{1,255}", "1 to 255 letters, digits, _, . and -"))
]
CookieName = Annotated[str, AfterValidator(_matching(r"[A-Za-z0-9_.-]{1,64}", "1 to 64 letters, digits, _, . and -"))]
AnomalyMonitorArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:ce::\d{12}:anomalymonitor/[0-9a-f-]{36}",
            "the ARN of a cost anomaly monitor such as arn:aws:ce::123456789012:anomalymonitor/…, which "
            "`aws ce get-anomaly-monitors` prints",
        )
    ),
]
