"""The search domain."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, replaces
from settings.enums import Presence
from settings.fields import SearchInstanceType


class SearchVariable(StrEnum):
    """What the application is told of its search domain."""

    HOST = "SEARCH_HOST"


_BESIDE = "OpenSearch builds a second set of nodes, copies, and moves over: up to hours, without an interruption"


class SearchSettings(Section):
    """OpenSearch in the VPC: full-text search, or logs that are looked through."""

    GIVES: ClassVar = tuple(SearchVariable)

    enabled: bool = setting(
        False,
        "whether the domain exists",
        cost="t3.small.search $26.28 a month per node, $0.122 a month per GB",
        changes=replaces("OpenSearch domain", "Log group", data="the documents in it"),
    )
    version: Literal["2.19", "3.1"] = setting(
        "2.19", "version of OpenSearch", changes=in_place(how=f"{_BESIDE}; there is no way back")
    )
    instance_type: SearchInstanceType = setting(
        "t3.small.search",
        "size of each data node",
        cost="t3.small.search $26.28 a month",
        changes=in_place(how=_BESIDE),
    )
    nodes: Literal[1, 2, 3, 6, 9] = setting(
        1, "data nodes, spread over the zones; three or more share three zones", changes=in_place(how=_BESIDE)
    )
    managers: bool = setting(
        False,
        "three nodes that do nothing but lead the others, so that a busy data node confuses nobody",
        cost="m7g.medium.search $49.64 a month each",
        changes=in_place(how=_BESIDE),
    )
    storage_gb: int = setting(
        10, "disk of each data node (gp3)", unit="GB", cost="$0.122 a month per GB", ge=10, le=16_384, changes=IN_PLACE
    )
    service_role: Presence = setting(
        Presence.OFF,
        "the role by which OpenSearch reaches into VPCs, one for the account: create, unless there is one already",
        changes=IN_PLACE,
    )
