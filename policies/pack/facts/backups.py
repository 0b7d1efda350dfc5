"""What AWS Backup saves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from policies.pack import types
from policies.pack.facts import Unknown
from policies.pack.facts.tags import tags_of
from policies.pack.values import at, known_items, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from policies.pack.facts import ResourceFacts, StackFacts, Value

SAVED_AS: Final = {
    types.RDS_INSTANCE: "rds",
    types.RDS_CLUSTER: "rds",
    types.DYNAMODB_TABLE: "dynamodb",
    types.EFS_FILE_SYSTEM: "elasticfilesystem",
    types.EBS_VOLUME: "ec2",
}
"""What holds data that AWS Backup can save → the service in its ARN."""


def selected(store: ResourceFacts, stack: StackFacts) -> str:
    """How a backup selection takes a store, by its ARN, a pattern or a tag; empty if none does."""
    if stack.referring(store, types.BACKUP_SELECTION, "resources"):
        return "a backup selection names it"
    covered = any(_selects(selection, store) for selection in stack.of_type(types.BACKUP_SELECTION))
    return "a backup selection covers it" if covered else ""


def _selects(selection: ResourceFacts, store: ResourceFacts) -> bool:
    """Whether a selection takes a store by a pattern or a tag, and none of its conditions leaves the store out."""
    tags = tags_of(store)
    known = {} if isinstance(tags, Unknown) else tags
    if not all(_tagged(known, condition) for condition in known_items(selection, "conditions.stringEquals")):
        return False
    whole_service = re.compile(rf"\*|arn:aws[\w-]*:{SAVED_AS[store.type]}:.*\*")
    if any(isinstance(p, str) and whole_service.fullmatch(p) for p in known_items(selection, "resources")):
        return True
    return any(_tagged(known, wanted) for wanted in known_items(selection, "selectionTags"))


def _tagged(tags: Mapping[str, Value], wanted: Value) -> bool:
    key = text(wanted, "key").removeprefix("aws:ResourceTag/")
    return key in tags and tags[key] == at(wanted, "value")
