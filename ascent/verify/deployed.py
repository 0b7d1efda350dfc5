"""What a stack has deployed, as its state tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ascent.plan.engine.file import name_of, read_documents
from ascent.plan.engine.resource import clean, is_urn, read_as_entry
from ascent.plan.engine.state import HINT, exists, state_entries, unsettled
from ascent.plan.urn import urn_name, urn_type
from common.problems import InputError
from policies.pack.types import PULUMI_PULUMI_STACK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A resource that exists."""

    type: str
    name: str
    """Its name in the program."""
    id: str = ""
    """What AWS's provider calls it."""
    outputs: Mapping[str, Any] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """An output that is a text; empty where there is none, or where it is a secret."""
        value = self.outputs.get(key)
        return value if isinstance(value, str) else ""

    @property
    def region(self) -> str:
        """Where it is; empty where the state does not tell, and for what is in no region."""
        arns = [text for text in (self.text("arn"), self.id) if text.startswith("arn:")]
        return self.text("region") or next((arn.split(":")[3] for arn in arns if arn.count(":") > 4), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployed:
    """Everything that a stack has deployed."""

    resources: tuple[Found, ...]
    outputs: Mapping[str, Any] = field(default_factory=dict)
    """The stack's outputs."""
    unsettled: tuple[str, ...] = ()
    """Names of resources whose last operation was interrupted."""
    half_made: Mapping[str, str] = field(default_factory=dict)
    """Names of resources that failed on the way → how."""

    def of(self, *types: str) -> list[Found]:
        """The resources of some types."""
        return [found for found in self.resources if found.type in types]


def read_deployed(path: Path, *, project: str, stack: str, called: str = "") -> Deployed:
    """Read a state.

    Args:
        path: the file, gzip or not; `-` for standard input.
        project: name of the project that the state must be of.
        stack: name of the stack that it must be of.
        called: what messages call the file; empty for its path.

    Raises:
        InputError: the file is no state, of another stack, or of a stack that has deployed nothing.
    """
    name = called or name_of(path)
    document = read_documents(path, HINT)[0]
    if not isinstance(document, dict) or not document.keys() & {"deployment", "checkpoint", "version"}:
        raise InputError(f"{name}: is no state; write one with `{HINT}`")
    entries = state_entries(document, name)
    _must_be_of(entries, name, project=project, stack=stack)
    resources: list[Found] = []
    outputs: Mapping[str, Any] = {}
    half_made: dict[str, str] = {}
    for entry in entries:
        if not exists(entry):
            continue
        found = _found(entry, name)
        resources.append(found)
        if found.type == PULUMI_PULUMI_STACK:
            outputs = found.outputs
        errors = entry.get("initErrors")
        if errors and isinstance(errors, list):
            half_made[found.name] = " ".join(str(errors[0]).split())
    if not any(found.type.startswith("aws:") for found in resources):
        raise InputError(f"{name}: {stack} has deployed nothing; run `pulumi up --stack {stack}` first")
    return Deployed(
        resources=tuple(resources),
        outputs=outputs,
        unsettled=tuple(urn_name(urn) if is_urn(urn) else urn for urn in unsettled(document, name)),
        half_made=half_made,
    )


def _must_be_of(entries: list[Mapping[str, Any]], name: str, *, project: str, stack: str) -> None:
    for entry in entries:
        of_stack, of_project = entry["urn"].removeprefix("urn:pulumi:").split("::")[:2]
        if (of_project, of_stack) != (project, stack):
            raise InputError(
                f"{name}: is the state of {of_project}/{of_stack}, not of {project}/{stack}; write that with "
                f"`pulumi stack export --stack {stack} --file FILE`"
            )


def _found(entry: Mapping[str, Any], name: str) -> Found:
    urn = entry["urn"]
    with read_as_entry(urn, name):
        outputs = clean(dict(entry.get("outputs") or {}), hidden=False)
        return Found(type=urn_type(urn), name=urn_name(urn), id=str(entry.get("id") or ""), outputs=outputs)
