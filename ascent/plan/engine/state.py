"""Reads what `pulumi stack export` prints, or the file in which a self-managed backend keeps a state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.plan.engine.resource import is_urn
from ascent.plan.urn import urn_type
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

HINT: Final = "pulumi stack export --file FILE"
"""Command that writes a state."""

_VERSIONS: Final = (3, 4)


def state_resources(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The resources that exist: not those that only await deletion, nor those that the stack merely reads.

    Args:
        document: the parsed file.
        name: what messages call the file.

    Raises:
        InputError: an operation was interrupted, a resource is half made, or the file is of another version or
            shape.
    """
    _must_be_known(document.get("version"), name)
    _must_be_settled(unsettled(document, name), name)
    found: list[Mapping[str, Any]] = []
    for entry in state_entries(document, name):
        if not exists(entry):
            continue
        if entry.get("initErrors") and urn_type(entry["urn"]).startswith("aws:"):
            raise InputError(
                f"{name}: {entry['urn']} is only half made (initErrors); mend it with `pulumi up` and export again"
            )
        found.append(entry)
    return found


def exists(entry: Mapping[str, Any]) -> bool:
    """Whether an entry is of something there: not only awaiting deletion, nor merely read by the stack."""
    return not (entry.get("delete") or entry.get("external") or entry.get("pendingReplacement"))


def state_entries(document: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Every resource in a state, whatever has become of it.

    Args:
        document: the parsed file.
        name: what messages call the file.

    Raises:
        InputError: the file is of another version or shape.
    """
    _must_be_known(document.get("version"), name)
    entries = _deployment(document, name).get("resources") or []
    if not isinstance(entries, list):
        raise InputError(f"{name}: resources is no list; write the file again with `{HINT}`")
    for index, entry in enumerate(entries):
        if not isinstance(entry, dict) or not is_urn(entry.get("urn")):
            raise InputError(f"{name}: resources[{index}] has no URN; write the file again with `{HINT}`")
    return entries


def unsettled(document: Mapping[str, Any], name: str) -> list[str]:
    """What interrupted operations are about: URNs, or a word where the state tells none.

    Args:
        document: the parsed file.
        name: what messages call the file.

    Raises:
        InputError: the file is of another shape.
    """
    pending = _deployment(document, name).get("pending_operations") or ()
    return [_subject(operation) for operation in pending] if isinstance(pending, list) else []


def _subject(operation: Any) -> str:  # noqa: ANN401 - any JSON value
    resource = operation.get("resource") if isinstance(operation, dict) else None
    urn = resource.get("urn") if isinstance(resource, dict) else None
    return str(urn) if is_urn(urn) else "an operation"


def _must_be_known(version: Any, name: str) -> None:  # noqa: ANN401 - any JSON value
    if type(version) is not int:
        raise InputError(f"{name}: has no version number; write the file again with `{HINT}`")
    if version > _VERSIONS[-1]:
        raise InputError(
            f"{name}: is a state of version {version}, newer than {_VERSIONS[-1]}, the latest known; update ascent"
        )
    if version not in _VERSIONS:
        raise InputError(
            f"{name}: is a state of version {version}, older than {_VERSIONS[0]}; export it with a current Pulumi"
        )


def _deployment(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The deployment in an export, or in a backend's checkpoint; a stack that was never deployed has an empty one."""
    checkpoint = document.get("checkpoint")
    found = checkpoint.get("latest") if isinstance(checkpoint, dict) else document.get("deployment")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise InputError(f"{name}: deployment is no mapping; write the file again with `{HINT}`")
    return found


def _must_be_settled(pending: list[str], name: str) -> None:
    if pending:
        more = f" and {len(pending) - 1} more" if len(pending) > 1 else ""
        raise InputError(
            f"{name}: {pending[0]} was interrupted{more} (pending_operations), so the state may be wrong; run"
            " `pulumi refresh --clear-pending-creates` and export again"
        )
