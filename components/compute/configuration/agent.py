"""The AppConfig agent beside a container, which the application asks for flags and values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from components.compute.configuration.app_config import FLAGS, VALUES, AppConfig
from settings.sections.running.configuration import ConfigurationVariable

if TYPE_CHECKING:
    from components.compute.service_log import ServiceLog
    from components.foundation.policy_document import Statement

AGENT_IMAGE: Final = "public.ecr.aws/aws-appconfig/aws-appconfig-agent:2.x"
"""Public, for ARM and x86; AWS's own name of the newest second version (AppConfig user guide, "Amazon ECS")."""

_NAME: Final = "appconfig-agent"
_PORT: Final = 2772
_RESERVED_MIB: Final = 32


@dataclass(frozen=True, kw_only=True)
class ConfigurationAgent:
    """What agents of a stack serve.

    Args:
        source: where flags and values are.
        region: where that is.
    """

    source: AppConfig
    region: str

    def variables(self) -> dict[str, str]:
        """Where the application asks."""
        source = self.source
        base = f"http://localhost:{_PORT}/applications/{source.application}/environments/{source.environment}"
        return {
            ConfigurationVariable.FLAGS_URL: f"{base}/configurations/{FLAGS}",
            ConfigurationVariable.CONFIGURATION_URL: f"{base}/configurations/{VALUES}",
        }

    def statements(self) -> list[Statement]:
        """What the task's role may do for the agent."""
        return self.source.statements()

    def definition(self, log: ServiceLog) -> dict[str, Any]:
        """The agent's container as ECS describes it; the application goes on without it, with what it knows.

        Args:
            log: where it writes what goes wrong.
        """
        source = self.source
        place = f"/applications/{source.application}/environments/{source.environment}"
        prefetched = [f"{place}/configurations/{key}" for key in (FLAGS, VALUES)]
        return {
            "name": _NAME,
            "image": AGENT_IMAGE,
            "essential": False,
            "user": "1000:1000",
            "readonlyRootFilesystem": True,
            "memoryReservation": _RESERVED_MIB,
            "linuxParameters": {"initProcessEnabled": True, "capabilities": {"drop": ["ALL"]}},
            "environment": [
                {"name": "POLL_INTERVAL", "value": "45"},
                {"name": "PREFETCH_LIST", "value": ",".join(prefetched)},
                {"name": "SERVICE_REGION", "value": self.region},
            ],
            "logConfiguration": log.driver(self.region, "configuration"),
        }
