"""What the account's services need of each other, and of whoever says that they exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.problems import Problem
from settings.enums import FindingsExport, Mode, Presence
from settings.offers.regions import partition
from settings.sealed import is_sealed
from settings.tiers import LEAST_RETENTION_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from settings.schema import Settings
    from settings.sections.account import AccountSettings

_PATH = "ascent:account"


def account(settings: Settings) -> Iterator[Problem]:
    """Everything of the section that cannot be."""
    own = settings.account
    yield from _existing(own)
    yield from _needs(own)
    yield from _findings(own)
    yield from _organization(own)
    yield from _places(settings)
    least = LEAST_RETENTION_DAYS[settings.tier]
    kept = {own.trail.mode, own.config.mode} & {Mode.CREATE} or own.findings.export is not FindingsExport.OFF
    if kept and own.retention_days < least:
        wanted = f"tier {settings.tier.value} keeps what an audit asks for at least {least} days"
        yield Problem(f"{_PATH}.retentionDays", str(own.retention_days), wanted, f"write {least} or more")


def _names(own: AccountSettings) -> dict[str, tuple[Mode, str | None, str]]:
    """Setting that names what exists → the service's mode, what is given, what it is."""
    return {
        "guardDuty.detectorId": (own.guard_duty.mode, own.guard_duty.detector_id, "the detector's id"),
        "securityHub.hubArn": (own.security_hub.mode, own.security_hub.hub_arn, "the hub's ARN"),
        "accessAnalyzer.analyzerArn": (
            own.access_analyzer.mode,
            own.access_analyzer.analyzer_arn,
            "the analyzer's ARN",
        ),
        "trail.trailArn": (own.trail.mode, own.trail.trail_arn, "the trail's ARN"),
        "config.recorderName": (own.config.mode, own.config.recorder_name, "the recorder's name"),
    }


def _existing(own: AccountSettings) -> Iterator[Problem]:
    """Services that exist without a name, and names of what this stack makes itself."""
    for path, (mode, name, what) in _names(own).items():
        service, _, key = path.partition(".")
        if mode is Mode.EXISTING and name is None:
            wanted = f"{_PATH}.{service}.mode existing needs {what}"
            yield Problem(f"{_PATH}.{path}", "missing", wanted, f"add {key}, or set {service}.mode: create")
        if mode is not Mode.EXISTING and name is not None:
            wanted = f"it names what exists, and {service}.mode is {mode.value}"
            yield Problem(f"{_PATH}.{path}", name, wanted, f"set {service}.mode: existing, or remove it")
    trail = own.trail
    if trail.mode is Mode.EXISTING and trail.alarms and trail.log_group is None:
        wanted = "the alarms watch the log group that the existing trail writes to"
        yield Problem(f"{_PATH}.trail.logGroup", "missing", wanted, "add logGroup, or set trail.alarms: false")
    if trail.mode is not Mode.EXISTING and trail.log_group is not None:
        wanted = f"it names what exists, and trail.mode is {trail.mode.value}"
        yield Problem(f"{_PATH}.trail.logGroup", trail.log_group, wanted, "remove it")
    if own.config.service_role is Mode.OFF:
        wanted = "AWS Config works with this role only: create or existing"
        yield Problem(f"{_PATH}.config.serviceRole", "off", wanted, "write existing where the account has it")


def _needs(own: AccountSettings) -> Iterator[Problem]:
    """A hub without the record that its checks read."""
    if own.security_hub.mode is Mode.CREATE and own.config.mode is Mode.OFF:
        wanted = "Security Hub's checks read what AWS Config records"
        yield Problem(f"{_PATH}.config.mode", "off", wanted, "set config.mode: create, or existing with recorderName")


def _findings(own: AccountSettings) -> Iterator[Problem]:
    """A SIEM that nothing is sent to, and one without what it needs."""
    findings = own.findings
    given = {"siemUrl": findings.siem_url, "siemSecretArn": findings.siem_secret_arn}
    for key, value in given.items():
        if findings.export is FindingsExport.HTTP and value is None:
            wanted = "findings.export http needs the SIEM's address and the secret with its key"
            yield Problem(f"{_PATH}.findings.{key}", "missing", wanted, f"add {key}, or set findings.export: bucket")
        if findings.export is not FindingsExport.HTTP and value is not None:
            wanted = f"nothing is sent there while findings.export is {findings.export.value}"
            yield Problem(f"{_PATH}.findings.{key}", value, wanted, "set findings.export: http, or remove it")
    if all(mode is Mode.OFF for mode in own.modes.values()):
        for key, there in {
            "export": findings.export is not FindingsExport.OFF,
            "webhookSecretArn": findings.webhook_secret_arn is not None,
        }.items():
            if there:
                wanted = "nothing finds anything while every service of ascent:account is off"
                yield Problem(f"{_PATH}.findings.{key}", "set", wanted, f"remove it, or set {_PATH}.guardDuty.mode")


def _organization(own: AccountSettings) -> Iterator[Problem]:
    """Policies that bind nobody."""
    if own.organization.policies is Presence.CREATE and not own.organization.target_ids:
        wanted = "policies bind only what they are attached to"
        yield Problem(f"{_PATH}.organization.targetIds", "empty", wanted, "add a root or unit, such as [r-ab12]")


def _places(settings: Settings) -> Iterator[Problem]:
    """What is named in another partition, region or account than the stack's."""
    own = settings.account
    regional = {
        "securityHub.hubArn": own.security_hub.hub_arn,
        "accessAnalyzer.analyzerArn": own.access_analyzer.analyzer_arn,
        "findings.webhookSecretArn": own.findings.webhook_secret_arn,
        "findings.siemSecretArn": own.findings.siem_secret_arn,
    }
    for path, arn in {**regional, "trail.trailArn": own.trail.trail_arn}.items():
        if arn is None or is_sealed(arn):
            continue
        _, names, _, region, *_ = arn.split(":")
        if names != partition(settings.region):
            wanted = f"{settings.region} is in the partition {partition(settings.region)}"
            yield Problem(
                f"{_PATH}.{path}", arn, wanted, f"name one that starts with arn:{partition(settings.region)}:"
            )
        elif path in regional and region != settings.region:
            wanted = f"it must be in the stack's region, {settings.region}"
            yield Problem(f"{_PATH}.{path}", arn, wanted, f"name the one in {settings.region}")
