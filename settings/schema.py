"""All settings of one stack."""

from __future__ import annotations

from common.tiers import Tier
from settings.base import Section, setting
from settings.description.changes import IN_PLACE, Changes, Effect, everything, refused, removes
from settings.enums import DataClass
from settings.fields import AccountId, ApplicationName, ServiceName, ShortName, TagText
from settings.sections.account import AccountSettings
from settings.sections.budget import BudgetSettings
from settings.sections.compute import ComputeSettings
from settings.sections.cost import CostSettings
from settings.sections.data import DataSettings
from settings.sections.delivery import DeliverySettings
from settings.sections.edge import EdgeSettings
from settings.sections.network import NetworkSettings
from settings.sections.observability import ObservabilitySettings
from settings.sections.resilience import ResilienceSettings
from settings.sections.running.configuration import ConfigurationSettings
from settings.sections.running.registry import RegistrySettings
from settings.sections.security import SecuritySettings
from settings.sections.service import ServiceSettings


class Settings(Section):
    """All settings of one stack."""

    application: ApplicationName = setting(
        "ascent", "name of the product; the default is the Pulumi project's", changes=everything()
    )
    environment: ShortName = setting(
        "dev",
        "name of the environment; the default is the stack's; write it before the stack is renamed",
        changes=everything(),
    )
    tier: Tier = setting(Tier.MVP, "maturity; picks the profile of defaults", changes=Changes(Effect.FOLLOWS))
    region: str = setting("us-east-1", "AWS region, from aws:region", changes=everything())
    account_id: AccountId | None = setting(
        None,
        "the only account that the stack may be deployed to",
        changes=refused(how="the provider deploys to this account only; build a stack in the other one"),
    )
    owner: TagText = setting("platform", "team that answers for the stack; becomes the Owner tag", changes=IN_PLACE)
    cost_center: TagText = setting("engineering", "who pays; becomes the CostCenter tag", changes=IN_PLACE)
    data_class: DataClass = setting(
        DataClass.INTERNAL, "sensitivity of the data; becomes the DataClass tag", changes=IN_PLACE
    )
    account: AccountSettings = setting(AccountSettings, "what the account has once")
    network: NetworkSettings = setting(NetworkSettings, "the VPC")
    edge: EdgeSettings = setting(EdgeSettings, "how users reach the application")
    compute: ComputeSettings = setting(ComputeSettings, "what runs the application")
    services: dict[ServiceName, ServiceSettings] = setting(
        dict,
        "services by name, where there are several; compute holds their defaults",
        max_length=30,
        changes=removes(
            "ECS service", "Target group", "Log group", data="logs of a service that goes", downtime="its requests"
        ),
    )
    registry: RegistrySettings = setting(RegistrySettings, "where images are kept")
    configuration: ConfigurationSettings = setting(
        ConfigurationSettings, "flags and values that change without a release"
    )
    data: DataSettings = setting(DataSettings, "the data stores")
    security: SecuritySettings = setting(SecuritySettings, "keys and secrets")
    delivery: DeliverySettings = setting(DeliverySettings, "who may deploy from a code host")
    observability: ObservabilitySettings = setting(ObservabilitySettings, "logs, alarms, dashboard")
    resilience: ResilienceSettings = setting(ResilienceSettings, "backups")
    budget: BudgetSettings = setting(BudgetSettings, "the monthly budget")
    cost: CostSettings = setting(CostSettings, "what watches the bill besides the budget")
