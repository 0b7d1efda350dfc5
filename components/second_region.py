"""The product in a second region: the same parts with another context."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import pulumi

from components.data.listeners import DATABASE
from components.data.replicas import CopyArgs, PostgresCopy, TableCopy
from components.edge.ingress import Given
from components.foundation.context import Context
from components.foundation.log_group import LogPolicy
from components.foundation.policy_document import Statement
from components.foundation.replicated import HomeSecrets
from components.observability.alarms import rollback_alarms
from components.parts import Parts
from settings.enums import KeyPurpose
from settings.enums import SecondRegion as Mode
from settings.schema import Settings
from settings.sections.account import AccountSettings
from settings.sections.front.dns import DnsSettings
from settings.sections.running.registry import RegistrySettings
from settings.sections.watch.notices import NoticeSettings, SlackSettings, TeamsSettings
from settings.services import Service, services_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from components.foundation.alarm import AlarmSpec
    from components.foundation.replicated import Given as StoreGiven

_COPIES: Final = {"dynamodb": TableCopy, "postgres": PostgresCopy}
"""Section of a store → its copy in a second region."""

_WARM: Final = 2
"""Tasks of a service that stands ready: one more than can be lost."""

_WITHOUT_TASKS: Final = ("no-healthy-targets", "few-healthy-targets")
"""Alarms on what is to be expected where no task runs."""


@dataclass(frozen=True, kw_only=True)
class SecondRegionArgs:
    """What the second region is made of.

    Args:
        context: names and tags; its region is the second one.
        settings: everything that the settings say of the stack.
        provider: AWS in the second region.
        given: the domain's zone, and a certificate in the second region.
        sources: store → its ARN in the stack's own region.
        variables: store → what containers there are told of it.
        secrets: the secrets, and what opens their copies.
    """

    context: Context
    settings: Settings
    provider: pulumi.ProviderResource
    given: Given
    sources: Mapping[str, pulumi.Input[str]]
    variables: Mapping[str, Mapping[str, pulumi.Input[str]]]
    secrets: HomeSecrets


class SecondRegion(pulumi.ComponentResource):
    """Network, load balancer, copies of the stores, and services that wait for a failover, or serve.

    Without tasks it costs what its network, load balancer and keys do: about $70 a month with one NAT gateway.

    Attributes:
        outputs: what a failover and whoever runs it must know.
    """

    outputs: dict[str, pulumi.Input[object]]

    def __init__(self, name: str, args: SecondRegionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        there = pulumi.ResourceOptions(providers=[args.provider])
        super().__init__("ascent:second_region:SecondRegion", name, None, pulumi.ResourceOptions.merge(opts, there))
        mode = args.settings.resilience.second_region.mode
        stack = _there(args.settings, args.context.region)
        services = [_waiting(service, mode) for service in services_of(stack)]
        make = Parts(name, args.context, stack, services, pulumi.ResourceOptions(parent=self))
        keys = make.keys()
        logs = LogPolicy(retention_days=stack.observability.log_retention_days, key_arn=keys.logs)
        net = make.network(keys)
        edge = make.ingress(net, logs, keys, args.given)
        copies: dict[str, StoreGiven] = {}
        for store, source_arn in args.sources.items():
            copy = CopyArgs(
                context=args.context,
                source_arn=source_arn,
                variables=args.variables[store],
                key_arn=keys.data,
                subnet_ids=net.vpc.data_subnet_ids,
                keep_days=stack.data.postgres.backup_retention_days,
                protect=make.protect,
            )
            copies[store] = _COPIES[store](f"{name}-{store}", copy, opts=pulumi.ResourceOptions(parent=self))
        secrets = SecretCopies(args.secrets, args.context)
        notices, thresholds = make.notices(keys), stack.observability.alarms
        edge_specs = _heard(edge.alarms(thresholds), mode)
        edge_alarms = notices.alarms("edge", edge_specs)
        wanted = notices.wanted(edge_specs)
        rollback = {service.name: rollback_alarms(service, wanted, edge_alarms) for service in services}
        running = make.workloads(net, logs, edge, copies, secrets, keys, secrets.key_arn, None, rollback, None)
        specs = [spec for one in running.workloads for spec in one.alarms(thresholds)]
        notices.alarms("compute", _heard(specs, mode))
        self.outputs = {"region": args.context.region, "loadBalancer": edge.load_balancer.dns_name}
        if DATABASE.group in net.group_ids:
            self.outputs["databaseSecurityGroupId"] = net.group_ids[DATABASE.group]
        self.register_outputs(self.outputs)


class SecretCopies:
    """The copies of the secrets in the second region: their ARNs differ from the secrets' by the region alone.

    Attributes:
        arns, parameter_arns, variables: as of the secrets; parameters have no copies.
        key_arn: KMS key of the copies; None for AWS's own.
    """

    def __init__(self, home: HomeSecrets, context: Context) -> None:
        self._context, self.key_arn = context, home.key_arns.get(context.region)
        self.arns = {key: self._copy(arn) for key, arn in home.secrets.arns.items()}
        self.variables = {key: self._copy(arn) for key, arn in home.secrets.variables.items()}
        self.parameter_arns: dict[str, pulumi.Input[str]] = {}

    def _copy(self, arn: pulumi.Input[str]) -> pulumi.Output[str]:
        region = self._context.region
        return pulumi.Output.from_input(arn).apply(
            lambda known: ":".join([*known.split(":")[:3], region, *known.split(":")[4:]])
        )

    def statements(self) -> list[Statement]:
        """What the application may do: read what rotates."""
        if not self.variables:
            return []
        read = Statement(
            sid="ReadRotating", actions=["secretsmanager:GetSecretValue"], resources=list(self.variables.values())
        )
        if self.key_arn is None:
            return [read]
        return [read, Statement(sid="DecryptRotating", actions=["kms:Decrypt"], resources=[self.key_arn])]


def _there(settings: Settings, region: str) -> Settings:
    """The settings of what stands in the second region: nothing of what the account or the home region has once."""
    security = settings.security
    keys = tuple(key for key in security.customer_managed_keys if key is not KeyPurpose.SECRETS)
    recovery = settings.resilience
    # Seen from there, the stack's own region is the other one.
    second = recovery.second_region.model_copy(update={"region": settings.region})
    return settings.model_copy(
        update={
            "region": region,
            "account": AccountSettings(),
            "registry": RegistrySettings(),
            "edge": settings.edge.model_copy(update={"dns": DnsSettings()}),
            "network": settings.network.model_copy(update={"availability_zones": None}),
            "security": security.model_copy(update={"customer_managed_keys": keys, "secret_replica_regions": ()}),
            "observability": settings.observability.model_copy(update={"notices": _no_chat(settings)}),
            "resilience": recovery.model_copy(update={"second_region": second}),
        }
    )


def _no_chat(settings: Settings) -> NoticeSettings:
    """Whom messages reach: a chat listens once for an account, and in the stack's own region."""
    return settings.observability.notices.model_copy(update={"slack": SlackSettings(), "teams": TeamsSettings()})


def _waiting(service: Service, mode: Mode) -> Service:
    """A service as it stands in the second region: without tasks until a failover, or with as few as serve."""
    fewest = service.compute.min_count if mode is not Mode.WARM_STANDBY else min(service.compute.min_count, _WARM)
    compute = service.compute.model_copy(update={"min_count": fewest})
    return replace(service, compute=compute, waiting=not mode.serves)


def _heard(specs: Sequence[AlarmSpec], mode: Mode) -> list[AlarmSpec]:
    """What should wake somebody up: not that nothing answers where nothing is meant to."""
    return [spec for spec in specs if mode.serves or not (spec.missing_is_bad or spec.key in _WITHOUT_TASKS)]
