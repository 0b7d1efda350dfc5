"""The cache: answers and sessions in Valkey."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Literal

from settings.base import Section, setting
from settings.description.changes import IN_PLACE, in_place, replaces
from settings.enums import CacheKind, Eviction
from settings.fields import CacheNodeType

_LOST = "what is cached, sessions included"


class CacheVariable(StrEnum):
    """What the application is told of its cache."""

    HOST = "CACHE_HOST"
    READER_HOST = "CACHE_READER_HOST"
    PORT = "CACHE_PORT"
    USER = "CACHE_USER"
    NAME = "CACHE_NAME"
    KIND = "CACHE_KIND"


class CacheSettings(Section):
    """Valkey for cached answers and sessions: TLS only, and users who log in with IAM."""

    GIVES: ClassVar = tuple(CacheVariable)

    enabled: bool = setting(
        False,
        "whether the cache exists",
        cost="nodes: cache.t4g.micro $9.34 a month each; serverless: $6.13 at least",
        changes=replaces("ElastiCache", "Log group", data=_LOST),
    )
    kind: CacheKind = setting(
        CacheKind.NODES,
        "nodes: a size that you choose; serverless: capacity follows use, and clients must know cluster mode",
        changes=replaces("ElastiCache", "Log group", data=_LOST),
    )
    engine_version: Literal["7.2", "8.0", "8.1"] = setting(
        "8.1",
        "version of Valkey",
        changes=in_place(downtime="a second or two per node", how="AWS does not go back to an older one"),
    )
    node_type: CacheNodeType = setting(
        "cache.t4g.micro",
        "size of each node",
        cost="cache.t4g.micro $9.34 a month",
        changes=in_place(downtime="a second or two, without replicas minutes"),
    )
    replicas: int = setting(
        0,
        "copies of the first node, each in a zone of its own; one of them takes over from it",
        cost="a node each",
        ge=0,
        le=5,
        changes=IN_PLACE,
    )
    eviction: Eviction = setting(
        Eviction.VOLATILE_LRU,
        "what goes when the memory is full. Sessions must not go in silence: give each an end, and heed the alarm",
        changes=IN_PLACE,
    )
    snapshot_days: int = setting(
        0,
        "how long daily snapshots are kept; 0 for none",
        unit="days",
        cost="$0.085 a month per GB",
        ge=0,
        le=35,
        changes=in_place(data="older snapshots", lowered=True),
    )
    max_gb: int = setting(
        5,
        "most data that a serverless cache holds; above it the oldest goes",
        unit="GB",
        cost="$61.32 a month per GB in use",
        ge=1,
        le=5000,
        changes=IN_PLACE,
    )
    max_units: int = setting(
        5000,
        "most work of a serverless cache; above it requests are refused",
        unit="ECPU per second",
        cost="$0.0023 per million",
        ge=1000,
        le=15_000_000,
        changes=IN_PLACE,
    )
