"""Credentials, region and addresses of AWS as a stack's `aws:` configuration gives them, as the provider reads it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.session import Session as CoreSession

from ascent.verify.aws import NO_CREDENTIALS, Aws, GoneError, NotAnsweredError, no_credentials
from ascent.verify.reads import Read
from common.problems import InputError, printable
from settings.sections.provider import ProviderSettings

if TYPE_CHECKING:
    from settings.load import Resolved
    from settings.sections.provider import AssumedRole, WebIdentity

_ALSO_CALLED: Final = (
    ("application-autoscaling", "applicationautoscaling"),
    ("application-autoscaling", "appautoscaling"),
    ("ce", "costexplorer"),
    ("elbv2", "elasticloadbalancingv2"),
    ("service-quotas", "servicequotas"),
)
"""Names of the SDK's, and what the provider calls the same services."""

_UNITS: Final = {"h": 3600, "m": 60, "s": 1}
_SESSION_NAME: Final = "ascent-verify"


def aws_of(resolved: Resolved, stack: str, said: str = "") -> Aws:
    """AWS as a stack uses it; the account is asked and must be the stack's.

    Args:
        resolved: the stack's settings.
        stack: the stack's name, for messages.
        said: the command, for messages; empty for `ascent verify`.

    Raises:
        InputError: no credentials, expired ones, ones of another account, or AWS cannot be reached.
    """
    given, said = resolved.provider or ProviderSettings.model_validate({}), said or f"ascent verify {stack}"
    settings = resolved.settings
    made = _made(given, settings.region, stack, said)
    allowed = (settings.account_id,) if settings.account_id else given.allowed_account_ids or ()
    try:
        made.account = made.ask(Read.CALLER, given.sts_region or "")["Account"]
    except (GoneError, NotAnsweredError) as error:
        raise InputError(f"{said}: AWS: {error}; look at role, network and aws:endpoints") from None
    except InputError as error:
        raise InputError(f"{said}: {error}") from None
    if (allowed and made.account not in allowed) or made.account in (given.forbidden_account_ids or ()):
        wanted = f"deploys to {', '.join(allowed)} only" if allowed else "must not use it"
        raise InputError(
            f"{said}: the credentials are of account {made.account}: the stack {wanted}; use others, "
            "such as another aws:profile"
        )
    return made


def _made(given: ProviderSettings, region: str, stack: str, said: str) -> Aws:
    endpoints = {name: url for addresses in given.endpoints or () for name, url in addresses.items()}
    for name, other in _ALSO_CALLED:
        if other in endpoints:
            endpoints.setdefault(name, endpoints[other])
    verify = False if given.insecure else given.custom_ca_bundle
    config = _config(given)
    try:
        session = _base(given, region, stack)
        tokens = {"config": config, "endpoint_url": endpoints.get("sts"), "verify": verify}
        if given.assume_role_with_web_identity:
            session = _by_token(session, given.assume_role_with_web_identity, tokens, stack)
        for role in given.assume_roles or ():
            session = _by_role(session, role, given.sts_region or region, tokens)
    except NO_CREDENTIALS as error:
        raise InputError(f"{said}: {no_credentials(error)}") from None
    except (BotoCoreError, ClientError) as error:
        text = printable(" ".join(str(error).split()).rstrip("."))
        raise InputError(f"{said}: AWS: {text}; mend the aws: settings or the profile") from None
    return Aws(session, region=region, config=config, endpoints=endpoints, verify=verify, profile=given.profile or "")


def _config(given: ProviderSettings) -> Config:
    proxies = {"http": given.http_proxy, "https": given.https_proxy}
    chosen = {scheme: address for scheme, address in proxies.items() if address}
    retries: dict[str, Any] = {"mode": given.retry_mode or "standard"}
    if given.max_retries is not None:
        retries["max_attempts"] = given.max_retries
    return Config(
        connect_timeout=10,
        read_timeout=30,
        retries=retries,
        proxies=chosen or None,
        use_dualstack_endpoint=given.use_dualstack_endpoint,
        use_fips_endpoint=given.use_fips_endpoint,
    )


def _base(given: ProviderSettings, region: str, stack: str) -> Any:  # noqa: ANN401 - boto3 has no types
    core = CoreSession(profile=given.profile)
    files = (
        ("config_file", "aws:sharedConfigFiles", given.shared_config_files),
        ("credentials_file", "aws:sharedCredentialsFiles", given.shared_credentials_files),
    )
    for variable, key, paths in files:
        if paths and len(paths) > 1:
            raise InputError(
                f"Pulumi.{stack}.yaml: {key} has {len(paths)} files: AWS's SDK for Python reads one; merge them"
            )
        if paths:
            core.set_config_variable(variable, str(Path(paths[0]).expanduser()))
    return boto3.Session(botocore_session=core, region_name=region)


def _by_role(session: Any, role: AssumedRole, region: str, tokens: dict[str, Any]) -> Any:  # noqa: ANN401 - boto3
    wanted = {
        "RoleArn": role.role_arn,
        "RoleSessionName": role.session_name or _SESSION_NAME,
        "DurationSeconds": _seconds(role.duration),
        "ExternalId": role.external_id,
        "Policy": role.policy,
        "PolicyArns": [{"arn": arn} for arn in role.policy_arns or ()],
        "SourceIdentity": role.source_identity,
        "Tags": [{"Key": key, "Value": value} for key, value in (role.tags or {}).items()],
        "TransitiveTagKeys": list(role.transitive_tag_keys or ()),
    }
    client = session.client("sts", region_name=region, **tokens)
    return _session(client.assume_role(**{key: value for key, value in wanted.items() if value}), session.region_name)


def _by_token(session: Any, identity: WebIdentity, tokens: dict[str, Any], stack: str) -> Any:  # noqa: ANN401 - boto3
    file = identity.web_identity_token_file
    try:
        token = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise InputError(
            f"Pulumi.{stack}.yaml: aws:assumeRoleWithWebIdentity.webIdentityTokenFile is {file!r}: cannot be read; "
            "name a file with a token"
        ) from None
    wanted = {
        "RoleArn": identity.role_arn,
        "RoleSessionName": identity.session_name or _SESSION_NAME,
        "WebIdentityToken": token,
        "DurationSeconds": _seconds(identity.duration),
        "Policy": identity.policy,
        "PolicyArns": [{"arn": arn} for arn in identity.policy_arns or ()],
    }
    answer = session.client("sts", **tokens).assume_role_with_web_identity(
        **{key: value for key, value in wanted.items() if value}
    )
    return _session(answer, session.region_name)


def _session(answer: dict[str, Any], region: str) -> Any:  # noqa: ANN401 - boto3 has no types
    found = answer["Credentials"]
    return boto3.Session(
        aws_access_key_id=found["AccessKeyId"],
        aws_secret_access_key=found["SecretAccessKey"],
        aws_session_token=found["SessionToken"],
        region_name=region,
    )


def _seconds(duration: str | None) -> int:
    """A duration such as 1h30m; units below a second add nothing."""
    parts = re.findall(r"([0-9.]+)(h|ms|m|s)", duration or "")
    return int(sum(float(number) * _UNITS.get(unit, 0) for number, unit in parts))
