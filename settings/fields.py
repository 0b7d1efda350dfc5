"""Field types shared by the sections: strings with a form, checked once and named in errors."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, ip_network
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import AfterValidator, BeforeValidator

from common.problems import RefusedError, closest
from settings.clock import wrong
from settings.offers.regions import REGIONS
from settings.sealed import is_sealed

if TYPE_CHECKING:
    from collections.abc import Callable


def _matching(
    pattern: str, wanted: str, *, readable: bool = False, mend: Callable[[str], str] | None = None
) -> Callable[[str], str]:
    """A validator for `pattern`; `mend` makes what was most likely meant of a value that does not match.

    An encrypted value is let through, because only deployment knows it, unless `readable` says that names or the
    shape of the stack follow from it.
    """
    compiled = re.compile(pattern)

    def check(value: str) -> str:
        if is_sealed(value) and not readable:
            return value
        if not compiled.fullmatch(value):
            mended = mend(value) if mend else ""
            raise RefusedError(f"must be {wanted}", example=mended if compiled.fullmatch(mended) else None)
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


def _schedule(value: str) -> str:
    """A schedule that AWS takes."""
    if wanted := "" if is_sealed(value) else wrong(value):
        raise ValueError(f"must be {wanted}")
    return value


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


_FIRST_PORT = 1024
"""The first port that others than root may listen on."""


def _port(value: int) -> int:
    """A port that a container may listen on that does not run as root."""
    if value < _FIRST_PORT:
        wanted = f"must be from {_FIRST_PORT} to 65535: below, only root may listen, and the container is not root"
        raise RefusedError(f"{wanted}; users reach 443 whatever it is", example=8000 + value if value > 0 else 8000)
    return value


DomainName = Annotated[
    str,
    AfterValidator(
        _matching(
            r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}",
            "a domain such as app.example.com",
            mend=lambda value: value.lower().partition("://")[2].partition("/")[0] or value.lower().partition("/")[0],
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
BackupVaultArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:backup:[a-z0-9-]+:\d{12}:backup-vault:[A-Za-z0-9_-]{2,50}",
            "the ARN of a backup vault such as arn:aws:backup:us-west-2:123456789012:backup-vault:copies",
        )
    ),
]
AccountId = Annotated[
    str,
    AfterValidator(
        _matching(r"\d{12}", "a 12-digit AWS account id, in quotes", mend=lambda value: re.sub(r"\D", "", value))
    ),
]
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


def _slug(value: str) -> str:
    """A text in the alphabet of names: `My App` → `my-app`."""
    return re.sub(r"[^a-z0-9]+", "-", value.lower()).strip("-")[:30].strip("-")


_SHORT_WANTED = "1 to 30 characters of a-z, 0-9 and single -, from a letter to a letter or digit"
ShortName = Annotated[
    str,
    AfterValidator(_matching(_SHORT, _SHORT_WANTED, readable=True, mend=_slug)),
]
ApplicationName = Annotated[
    ShortName,
    AfterValidator(
        # Names of load balancers, security groups and buckets start with it, and AWS keeps these beginnings for itself.
        _matching(r"(?!(internal|sg)(-|$)|sthree-).*", "a name that does not begin with internal-, sg- or sthree-")
    ),
]
HttpPath = Annotated[
    str,
    AfterValidator(
        _matching(r"/[A-Za-z0-9/_.~%&=?+-]{0,255}", "an absolute path such as /health", mend=lambda value: f"/{value}")
    ),
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
GithubRepository = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}",
            "one repository as owner/name, such as acme/shop, without wildcards: whoever it names may take the role",
            readable=True,
        )
    ),
]
GitlabProject = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)+",
            "one project as group/name, such as acme/shop, without wildcards: whoever it names may take the role",
            readable=True,
        )
    ),
]
GitRef = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,254}",
            "one branch by its whole name, such as main; refs/heads/ is added, and a wildcard would let any branch in",
            readable=True,
        )
    ),
]
GitTag = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[A-Za-z0-9_][A-Za-z0-9_./-]{0,253}\*?",
            "a tag such as v1.2.3, or the start of one and a * at its end, such as v*",
            readable=True,
        )
    ),
]
DeploymentEnvironment = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}",
            "one environment of the repository by its name, such as production, without wildcards",
            readable=True,
        )
    ),
]
BucketName = Annotated[
    str, AfterValidator(_matching(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of an S3 bucket, without s3://"))
]
UserArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:iam::\d{12}:user/[A-Za-z0-9+=,.@_/-]+",
            "the ARN of one IAM user, such as arn:aws:iam::123456789012:user/emergency: only a user's session says "
            "whether MFA was used",
        )
    ),
]
Port = Annotated[int, AfterValidator(_port)]


def _public_range(value: str) -> str:
    """A range of addresses on the internet, no wider than the firewall's lists take and nobody's is."""
    form = "a public range such as 203.0.113.0/24 or 2001:db8::/48"
    try:
        network = ip_network(value)
    except ValueError as error:
        raise ValueError(f"must be {form} ({error})") from None
    if network.prefixlen < _WIDEST_PUBLIC[network.version]:
        raise ValueError(f"must be {form}, no wider than /8 of IPv4 or /24 of IPv6: wider ones let everybody through")
    if isinstance(network, IPv4Network) and any(network.subnet_of(r) for r in PRIVATE_RANGES):
        raise ValueError(f"must be {form}; requests from the internet never come from a private address")
    return str(network)


_WIDEST_PUBLIC = {4: 8, 6: 24}


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
    AfterValidator(
        _matching(
            r"(?!db\.)[a-z][a-z0-9-]*\.[a-z0-9-]+",
            "an EC2 instance type such as t4g.micro",
            readable=True,
            mend=lambda value: value.lower().removeprefix("db.").removeprefix("cache."),
        )
    ),
]
ZoneName = Annotated[
    str, AfterValidator(_matching(r"[a-z0-9-]+", "an availability zone such as us-east-1a", readable=True))
]
DatabaseClass = Annotated[
    str,
    AfterValidator(
        _matching(
            r"db\.[a-z][a-z0-9-]*\.[a-z0-9]+",
            "an RDS instance class such as db.t4g.micro",
            readable=True,
            mend=lambda value: f"db.{value.lower().removeprefix('db.')}",
        )
    ),
]
CacheNodeType = Annotated[
    str,
    AfterValidator(
        _matching(
            r"cache\.(t4g|t3|m6g|m7g|r6g|r7g)\.[a-z0-9]+",
            "an ElastiCache node type such as cache.t4g.micro",
            readable=True,
        )
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
HeaderName = Annotated[
    str, AfterValidator(_matching(r"[a-z0-9-]{1,64}", "a header in lower case such as authorization", readable=True))
]
CountryCode = Annotated[
    str, AfterValidator(_matching(r"[A-Z]{2}", "a country as ISO 3166 has it, such as DE", readable=True))
]
PublicRange = Annotated[str, AfterValidator(_public_range)]
WebOrigin = Annotated[
    str,
    AfterValidator(
        _matching(
            r"https://([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}(:\d{2,5})?",
            "an origin such as https://www.example.com, without a path; * would let every site call the API",
        )
    ),
]
MetadataKey = Annotated[
    str, AfterValidator(_matching(r"[A-Za-z0-9_.-]{1,63}", "1 to 63 letters, digits, _, . and -", readable=True))
]
ModelId = Annotated[
    str,
    AfterValidator(
        _matching(
            r"([a-z][a-z-]*\.)?[a-z0-9]+\.[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?",
            "a model's id or an inference profile's, such as amazon.titan-embed-text-v2:0, without *",
            readable=True,
        )
    ),
]
MountPath = Annotated[
    str,
    AfterValidator(
        _matching(
            r"(?!/(tmp|proc|sys|dev|etc|usr|bin|lib)(/|$))(/[A-Za-z0-9_.-]+)+",
            "an absolute path that is none of the system's, such as /mnt/files",
            readable=True,
        )
    ),
]
SearchInstanceType = Annotated[
    str,
    AfterValidator(
        _matching(r"[a-z][a-z0-9]*\.[a-z0-9]+\.search", "an OpenSearch type such as t3.small.search", readable=True)
    ),
]
IndexName = Annotated[
    str, AfterValidator(_matching(r"[A-Za-z0-9_.-]{3,255}", "3 to 255 letters, digits, _, . and -", readable=True))
]
CookieName = Annotated[str, AfterValidator(_matching(r"[A-Za-z0-9_.-]{1,64}", "1 to 64 letters, digits, _, . and -"))]
DetectorId = Annotated[
    str, AfterValidator(_matching(r"[0-9a-f]{32}", "the id of a GuardDuty detector, 32 characters of 0-9 and a-f"))
]
HubArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:securityhub:[a-z0-9-]+:\d{12}:hub/default",
            "the ARN of a hub such as arn:aws:securityhub:us-east-1:123456789012:hub/default",
        )
    ),
]
AnalyzerArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:access-analyzer:[a-z0-9-]+:\d{12}:analyzer/[A-Za-z][\w.-]{0,254}",
            "the ARN of an analyzer such as arn:aws:access-analyzer:us-east-1:123456789012:analyzer/account",
        )
    ),
]
TrailArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:cloudtrail:[a-z0-9-]+:\d{12}:trail/[A-Za-z0-9][\w.-]{2,127}",
            "the ARN of a trail such as arn:aws:cloudtrail:us-east-1:123456789012:trail/organization",
        )
    ),
]
LogGroupName = Annotated[
    str, AfterValidator(_matching(r"(?!aws/)[\w./#-]{1,512}", "the name of a log group such as /audit/trail"))
]
RecorderName = Annotated[
    str, AfterValidator(_matching(r"[\w .:/=+@-]{1,256}", "the name of a Config recorder; AWS's own is default"))
]
ConfigRuleIdentifier = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[A-Z][A-Z0-9_]{2,255}",
            "the identifier of one of AWS's managed rules such as EIP_ATTACHED",
            readable=True,
        )
    ),
]
SecurityControl = Annotated[
    str,
    AfterValidator(
        _matching(r"[A-Za-z0-9]{2,30}\.\d{1,3}", "the id of a Security Hub control such as IAM.6", readable=True)
    ),
]
S3Uri = Annotated[
    str, AfterValidator(_matching(r"s3://[a-z0-9.-]{3,63}/\S+", "an address in S3 such as s3://bucket/pack.yaml"))
]
PhoneNumber = Annotated[
    str, AfterValidator(_matching(r"(?=(\D*\d){4})\+?[\d\s()-]{4,24}", "a telephone number such as +1 555 0100"))
]
OrganizationTarget = Annotated[
    str,
    AfterValidator(
        _matching(
            r"r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|\d{12}",
            "a root (r-…), an organisational unit (ou-…-…) or a 12-digit account id in quotes",
            readable=True,
        )
    ),
]
HttpsEndpoint = Annotated[
    str, AfterValidator(_matching(r"https://[^\s@?]+", "an address that begins with https:// and holds no key"))
]


def _webhook_secret(value: str) -> str:
    """The ARN of a secret, where somebody might write what belongs into it."""
    if not is_sealed(value) and not re.fullmatch(r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+", value):
        raise RefusedError(
            "must be the ARN of a Secrets Manager secret: an address or a key in a stack file can be read and used "
            "by everybody who reads the file",
            "store it with `aws secretsmanager create-secret` and write the secret's ARN",
        )
    return value


WebhookSecretArn = Annotated[str, AfterValidator(_webhook_secret)]
_UNIVERSAL_DATA = (
    "Address",
    "AwsSecretKey",
    "CreditCardExpiration",
    "CreditCardNumber",
    "CreditCardSecurityCode",
    "DateOfBirth",
    "EmailAddress",
    "IpAddress",
    "LatLong",
    "Name",
    "OpenSshPrivateKey",
    "PgpPrivateKey",
    "PkcsPrivateKey",
    "PuttyPrivateKey",
    "VehicleIdentificationNumber",
)
_NATIONAL_DATA = (
    "BankAccountNumber",
    "DriversLicense",
    "HealthInsuranceNumber",
    "NationalIdentificationNumber",
    "PassportNumber",
    "PhoneNumber",
    "Ssn",
    "TaxId",
    "ZipCode",
)


def _data_identifier(value: str) -> str:
    """A kind of data that CloudWatch Logs finds (its user guide, "Types of data that you can protect")."""
    stem, _, country = value.partition("-")
    if value not in _UNIVERSAL_DATA and not (stem in _NATIONAL_DATA and re.fullmatch(r"[A-Z]{2}", country)):
        near = closest(value, (*_UNIVERSAL_DATA, *(f"{national}-US" for national in _NATIONAL_DATA)))
        wanted = f"must be one of {', '.join(_UNIVERSAL_DATA)}, or with a country, such as Ssn-US"
        raise RefusedError(wanted, f"write {near or 'EmailAddress'}")
    return value


DataIdentifier = Annotated[str, AfterValidator(_data_identifier)]
JsonField = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[A-Za-z_][A-Za-z0-9_]{0,63}(\.[A-Za-z_][A-Za-z0-9_]{0,63}){0,3}",
            "a field of a JSON object such as duration_ms or http.status",
            readable=True,
        )
    ),
]
StreamArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:(kinesis:[a-z0-9-]+:\d{12}:stream|firehose:[a-z0-9-]+:\d{12}:deliverystream"
            r"|lambda:[a-z0-9-]+:\d{12}:function)[/:][A-Za-z0-9_.:-]+",
            "the ARN of a Kinesis stream, a Firehose stream or a Lambda function",
            readable=True,
        )
    ),
]
SearchDomainArn = Annotated[
    str,
    AfterValidator(
        _matching(
            r"arn:aws[a-z-]*:es:[a-z0-9-]+:\d{12}:domain/[a-z][a-z0-9-]{2,27}",
            "the ARN of an OpenSearch domain such as arn:aws:es:us-east-1:123456789012:domain/logs",
        )
    ),
]
CanaryRuntime = Annotated[
    str,
    AfterValidator(
        _matching(
            r"syn-python-selenium-[1-9]\d\.\d+",
            "a runtime that can still be used, syn-python-selenium-10.0 or newer",
            readable=True,
        )
    ),
]
SlackWorkspaceId = Annotated[
    str, AfterValidator(_matching(r"[0-9A-Z]{1,255}", "a Slack workspace's id such as T07EA123LEP, not a webhook"))
]
SlackChannelId = Annotated[
    str, AfterValidator(_matching(r"[A-Za-z0-9]{1,255}", "a Slack channel's id such as C07EZ1ABC23, not a webhook"))
]
TeamsChannelId = Annotated[
    str,
    AfterValidator(
        _matching(r"(19:|19%3[aA])[\w.%-]+(@|%40)thread\.(tacv2|skype)", "a channel's id such as 19:ab12@thread.tacv2")
    ),
]
Uuid = Annotated[
    str,
    AfterValidator(
        _matching(
            r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}", "an id such as 12345678-1234-1234-1234-123456789012"
        )
    ),
]
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
FlagName = Annotated[
    str,
    AfterValidator(
        _matching(r"[a-z][a-zA-Z0-9_-]{0,63}", "a name of at most 64 letters, digits, _ and -, from a small letter")
    ),
]
ScheduleExpression = Annotated[str, AfterValidator(_schedule)]
TimeZone = Annotated[
    str, AfterValidator(_matching(r"UTC|[A-Z][A-Za-z_]+(/[A-Za-z0-9_+-]+){1,2}", "a time zone such as Europe/Berlin"))
]
HeaderValue = Annotated[
    str, AfterValidator(_matching(r"[A-Za-z0-9_.-]{1,128}", "1 to 128 letters, digits, _, . and -"))
]
