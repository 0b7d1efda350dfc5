"""A service of ECS, as operations change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ascent.ops.call import Call
from ascent.verify.aws import GoneError
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from ascent.verify.aws import Aws
    from ascent.verify.deployed import Found


class EcsService:
    """A service: what runs, and how that is changed.

    Attributes:
        name: its name in ECS.
        cluster: its cluster's name.
        region: where it is.
    """

    def __init__(self, aws: Aws, found: Found) -> None:
        self._aws, self.region = aws, found.region
        self.name = found.text("name") or found.id.rpartition("/")[2]
        self.cluster = found.text("cluster").rpartition("/")[2]

    def described(self) -> dict[str, Any]:
        """What ECS says of it.

        Raises:
            GoneError: there is no such service.
        """
        answered = self._aws.ask(Read.SERVICES, self.region, cluster=self.cluster, services=[self.name])["services"]
        found = next((one for one in answered if one.get("status") != "INACTIVE"), None)
        if found is None:
            raise GoneError
        return found

    def update(self, **changes: Any) -> None:  # noqa: ANN401 - boto3 has no types
        """Change it."""
        self._aws.ask(Call.SERVICE, self.region, cluster=self.cluster, service=self.name, **changes)

    def settled(self, definition: str = "", at_least: int = 0) -> bool:
        """Whether as many tasks run as should, and nothing of it is changing.

        Args:
            definition: ARN of what they must run; empty for whatever it is.
            at_least: fewest tasks.
        """
        found = self.described()
        deployments = found.get("deployments", ())
        moving = any(one.get("rolloutState", "COMPLETED") == "IN_PROGRESS" for one in deployments)
        right = not definition or found["taskDefinition"] == definition
        return right and not moving and found["runningCount"] >= max(at_least, found["desiredCount"])
