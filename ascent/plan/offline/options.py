"""Reads the resource options of a registration request, as the engine does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.plan.model import Options
from ascent.plan.urn import make_urn, qualified_type
from policies.pack.types import PULUMI_PULUMI_STACK

if TYPE_CHECKING:
    from pulumi.runtime.proto.alias_pb2 import Alias
    from pulumi.runtime.proto.resource_pb2 import RegisterResourceRequest


def options_of(request: RegisterResourceRequest, parent: Options, stack: str, project: str) -> Options:
    """The options of `request`; what it leaves open comes from its parent's.

    Args:
        request: the registration.
        parent: options of the parent resource; the defaults where there is none.
        stack: name of the stack, for aliases that leave it out.
        project: name of the project, for aliases that leave it out.
    """
    timeouts = request.customTimeouts
    own_aliases = (_alias_urn(alias, request, stack, project) for alias in request.aliases)
    return Options(
        protect=request.protect if request.HasField("protect") else parent.protect,
        retain_on_delete=(request.retainOnDelete if request.HasField("retainOnDelete") else parent.retain_on_delete),
        delete_before_replace=request.deleteBeforeReplace,
        ignore_changes=tuple(request.ignoreChanges),
        replace_on_changes=tuple(request.replaceOnChanges),
        additional_secret_outputs=tuple(request.additionalSecretOutputs),
        aliases=(*request.aliasURNs, *own_aliases),
        import_id=request.importId,
        deleted_with=request.deletedWith or parent.deleted_with,
        custom_timeouts={
            operation: duration
            for operation in ("create", "update", "delete")
            if (duration := getattr(timeouts, operation))
        },
    )


def _alias_urn(alias: Alias, request: RegisterResourceRequest, stack: str, project: str) -> str:
    if alias.urn:
        return alias.urn
    spec = alias.spec
    parent = "" if spec.noParent else spec.parentUrn or request.parent
    if parent and qualified_type(parent) == PULUMI_PULUMI_STACK:
        parent = ""
    return make_urn(
        spec.stack or stack,
        spec.project or project,
        parent,
        spec.type or request.type,
        spec.name or request.name,
    )
