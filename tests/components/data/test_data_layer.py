"""The data layer: a store for each section that is enabled.

Not proven: what each store is like; that is tested beside this file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pulumi
import pytest

from components.data.layer import DataArgs, listeners, stores
from components.data.listeners import DATABASE
from settings.sections.data import DataSettings
from tests.components.surroundings import CONTEXT, LOGS

if TYPE_CHECKING:
    from tests.components.mocks import Build

TABLE, POSTGRES = {"shop-dynamodb": "ascent:data:Table"}, {"shop-postgres": "ascent:data:Postgres"}


def settings(*enabled: str) -> DataSettings:
    return DataSettings.model_validate({key: {"enabled": True} for key in enabled})


class Stores(pulumi.ComponentResource):
    """The stores of a stack."""

    def __init__(self, name: str, which: DataSettings) -> None:
        super().__init__("test:index:Stores", name)
        args = DataArgs(
            context=CONTEXT,
            settings=which,
            subnet_ids=["subnet-1", "subnet-2"],
            group_ids={DATABASE.group: "sg-db"},
            logs=LOGS,
            key_arn=None,
            protect=True,
        )
        stores(name, args, pulumi.ResourceOptions(parent=self))
        self.register_outputs({})


@pytest.mark.parametrize(
    ("enabled", "children"),
    [((), {}), (("dynamodb",), TABLE), (("postgres",), POSTGRES), (("dynamodb", "postgres"), {**TABLE, **POSTGRES})],
)
def test_children(build: Build, enabled: tuple[str, ...], children: dict[str, str]) -> None:
    made = build(lambda: Stores("shop", settings(*enabled)))
    assert made.children == children
    assert listeners(settings(*enabled)) == ({"postgres": DATABASE} if "postgres" in enabled else {})


def test_a_database_gets_its_listeners_group_and_protection(build: Build) -> None:
    instance = build(lambda: Stores("shop", settings("postgres")))["shop-postgres-instance"]
    assert instance.inputs["vpcSecurityGroupIds"] == ["sg-db"]
    assert instance.options.protect is True
