"""How an application gets into a database: where it connects, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pulumi

from components.data.database_proxy import DatabaseProxy
from components.foundation.context import Context
from components.foundation.policy_document import Statement
from settings.enums import ProxyMode
from settings.sections.data import DatabaseVariable, PostgresSettings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.foundation.alarm import AlarmSpec
    from components.foundation.telemetry.graph import Graph


@dataclass(frozen=True, kw_only=True)
class DatabaseAccess:
    """The doors of a database of any kind.

    Args:
        context: region and account.
        settings: how clients log in.
        host: the database's own name.
        reader_host: where reads are answered without the writer; None where nothing does.
        port: TCP port of all of them.
        secret_arn: secret with the user's name and password.
        key_arn: KMS key of the secret; None for AWS's own.
        proxy: the pool before the database; None without one.
        reader_ids: what AWS calls readers that are reached without the proxy in permissions to connect.
    """

    context: Context
    settings: PostgresSettings
    host: pulumi.Input[str]
    reader_host: pulumi.Input[str] | None
    port: int
    secret_arn: pulumi.Input[str]
    key_arn: pulumi.Input[str] | None
    proxy: DatabaseProxy | None
    reader_ids: Sequence[pulumi.Input[str]] = ()

    @property
    def variables(self) -> dict[str, pulumi.Input[str]]:
        """What the application is told: through the proxy where there is one, as reads are where it takes them."""
        found: dict[str, pulumi.Input[str]] = {
            DatabaseVariable.HOST: self.proxy.host if self.proxy else self.host,
            DatabaseVariable.PORT: str(self.port),
            DatabaseVariable.NAME: self.settings.database_name,
        }
        reader = (self.proxy.reader_host if self.proxy else None) or self.reader_host
        if reader is not None:
            found[DatabaseVariable.READER_HOST] = reader
        if self._by_token:
            found[DatabaseVariable.USER] = self.settings.user
        else:
            found[DatabaseVariable.SECRET_ARN] = self.secret_arn
        return found

    @property
    def _by_token(self) -> bool:
        return self.settings.proxy is ProxyMode.IAM

    def statements(self) -> list[Statement]:
        """What it may do: log in with IAM, or read the password's secret."""
        if self.proxy is not None and self._by_token:
            return [*self.proxy.statements(), *self._readers()]
        read = Statement(
            sid="ReadDatabasePassword", actions=["secretsmanager:GetSecretValue"], resources=[self.secret_arn]
        )
        if self.key_arn is None:
            return [read]
        return [read, Statement(sid="DecryptDatabasePassword", actions=["kms:Decrypt"], resources=[self.key_arn])]

    def _readers(self) -> list[Statement]:
        if not self.reader_ids:
            return []
        users = [pulumi.Output.concat("dbuser:", known, "/", self.settings.user) for known in self.reader_ids]
        return [
            Statement(
                sid="ConnectToReaders",
                actions=["rds-db:connect"],
                resources=[self.context.arn("rds-db", user) for user in users],
            )
        ]

    def alarms(self) -> list[AlarmSpec]:
        """The proxy's."""
        return self.proxy.alarms() if self.proxy else []

    def graphs(self) -> list[Graph]:
        """The proxy's."""
        return self.proxy.graphs() if self.proxy else []
