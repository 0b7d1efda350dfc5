"""Plans out of the engine's own files, so that every Pulumi program can be judged, in whatever language it is written.

A preview shows what a program wants, a state what it has deployed; both turn into the same `Plan` as a program that
was recorded offline.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from ascent.plan.engine.file import name_of, read_documents
from ascent.plan.engine.positions import Position, position_of
from ascent.plan.engine.preview import HINT as PREVIEW_HINT
from ascent.plan.engine.preview import Preview, digest_preview, stream_preview
from ascent.plan.engine.resource import clean, deployed_of, given_of, read_as_entry, resource_of
from ascent.plan.engine.state import HINT as STATE_HINT
from ascent.plan.engine.state import state_resources
from ascent.plan.model import UNKNOWN, Plan, Resource
from common.problems import InputError
from policies.pack.engine.wire import Deployed
from policies.pack.types import PULUMI_PROVIDERS_AWS, PULUMI_PULUMI_STACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

TIER_KEY: Final = "ascent:tier"


class FileKind(StrEnum):
    """What a file of the engine holds."""

    PREVIEW = "preview"
    STATE = "state"


class NothingToJudgeError(InputError):
    """A file is sound, but holds no resource that rules could look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineOutput:
    """What a file of the engine says of a stack."""

    name: str
    """The file, as messages call it."""
    kind: FileKind
    """What it holds."""
    plan: Plan
    """Its resources; the tier is empty where the file names none."""
    positions: Mapping[str, Position]
    """URN → where the program registered it, for those where the file tells."""
    problems: tuple[str, ...] = ()
    """What makes it inconsistent in itself: a line for each URN that stands more than once."""
    deployed: Mapping[str, Deployed] = field(default_factory=dict)
    """What it knows of resources beside their inputs, by URN."""
    given: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """The inputs that the program gave itself, without the provider's defaults, by URN; of resources that have any."""
    has_references: bool = True
    """Whether the file says which resource refers to which; a stream of events does not."""


def read_engine_file(kind: FileKind | None, path: Path) -> EngineOutput:
    """Read a preview or a state.

    Args:
        kind: what the file should hold; None for whichever of the two it is.
        path: the file, gzip or not; `-` for standard input.

    Raises:
        NothingToJudgeError: it holds no resource of AWS.
        InputError: the file is of another kind, incomplete, or of a failed or interrupted operation; one line that
            says what to do.
    """
    name = name_of(path)
    hint = STATE_HINT if kind is FileKind.STATE else PREVIEW_HINT
    documents = read_documents(path, hint)
    found = _kind_of(documents[0])
    wanted = kind or (FileKind(found) if found in tuple(FileKind) else FileKind.PREVIEW)
    if found != wanted.value:
        fix = "" if found in tuple(FileKind) else f"; write a {wanted.value} with `{hint}`"
        raise InputError(f"{name}: {_MISTAKEN.get(found, _UNKNOWN_FILE)}{fix}")
    if wanted is FileKind.STATE:
        return _output(name, state_resources(documents[0], name), config={}, hidden=False)
    streamed = "sequence" in documents[0]
    read = stream_preview if streamed else _one_digest
    preview = read(documents, name)
    return _output(name, preview.states.values(), config=preview.config, hidden=True, has_references=not streamed)


def _one_digest(documents: list[Any], name: str) -> Preview:
    if len(documents) > 1:
        raise InputError(f"{name}: holds {len(documents)} documents; pass one preview at a time")
    return digest_preview(documents[0], name)


_UNKNOWN_FILE: Final = "is no file of Pulumi's engine"
_MISTAKEN: Final = {
    "preview": "is a preview; pass it as --preview",
    "state": "is a state; pass it as --state",
    "plan": "is a plan of `ascent plan`, which has judged it already",
    "update plan": "is an update plan (--save-plan), which lacks what does not change",
    "terraform": "is a plan or state of Terraform; only Pulumi's can be read",
    "cloudformation": "is a CloudFormation template; only Pulumi's files can be read",
}
_MARKS: Final = (
    ("state", ("deployment",)),
    ("state", ("checkpoint",)),
    ("preview", ("changeSummary",)),
    ("preview", ("steps",)),
    ("preview", ("sequence", "timestamp")),
    ("plan", ("schemaVersion", "resources")),
    ("update plan", ("resourcePlans",)),
    ("terraform", ("terraform_version",)),
    ("cloudformation", ("Resources",)),
    # A preview that failed before its first step has nothing else.
    ("preview", ("diagnostics",)),
    # The export of a stack that was never deployed has nothing else.
    ("state", ("version",)),
)


def _kind_of(document: Any) -> str:  # noqa: ANN401 - any JSON value
    """What a document is, by the keys that only such a document has; empty for none that is known."""
    if not isinstance(document, dict):
        return ""
    return next((kind for kind, keys in _MARKS if all(key in document for key in keys)), "")


def _output(
    name: str,
    states: Iterable[Mapping[str, Any]],
    *,
    config: Mapping[str, str],
    hidden: bool,
    has_references: bool = True,
) -> EngineOutput:
    resources: list[Resource] = []
    outputs: Mapping[str, Any] = {}
    positions: dict[str, Position] = {}
    deployed: dict[str, Deployed] = {}
    given: dict[str, Mapping[str, Any]] = {}
    for state in states:
        urn = state["urn"]
        if state.get("external") or state.get("delete"):
            continue
        with read_as_entry(urn, name):
            resource = resource_of(state, hidden=hidden)
            if resource.type == PULUMI_PULUMI_STACK:
                outputs = clean(dict(state.get("outputs") or {}), hidden=hidden)
            elif resource.custom:
                deployed[urn] = deployed_of(state, hidden=hidden)
                given[urn] = given_of(state, hidden=hidden)
        resources.append(resource)
        if position := position_of(state):
            positions[urn] = position
    if not any(r.custom and r.type.startswith("aws:") for r in resources):
        raise NothingToJudgeError(
            f"{name}: holds no AWS resource (among {len(resources)}): there is nothing to judge; pass --allow-empty"
            " where that is fine"
        )
    resources[:0] = _default_providers(resources, config)
    stack, project = resources[-1].urn.removeprefix("urn:pulumi:").split("::")[:2]
    plan = Plan(
        project=project,
        stack=stack,
        tier=config.get(TIER_KEY, ""),
        region=_region(resources, config),
        resources=tuple(resources),
        outputs=outputs,
    )
    counts = Counter(resource.urn for resource in resources)
    twice = tuple(
        f"{urn} is there {count} times; keep one, with `pulumi stack export`, an editor and `pulumi stack import`"
        for urn, count in counts.items()
        if count > 1
    )
    return EngineOutput(
        name=name,
        kind=FileKind.PREVIEW if hidden else FileKind.STATE,
        plan=plan,
        positions=positions,
        problems=twice,
        deployed=deployed,
        given=given,
        has_references=has_references,
    )


def _default_providers(resources: list[Resource], config: Mapping[str, str]) -> list[Resource]:
    """The default AWS providers that a preview leaves out, made of the configuration, as the engine makes them.

    Without them a program whose tags stand in `aws:defaultTags` would seem to have none.
    """
    known = {r.urn for r in resources}
    inputs = {key.removeprefix("aws:"): value for key, value in config.items() if key.startswith("aws:")}
    missing = {r.provider for r in resources if f"::{PULUMI_PROVIDERS_AWS}::default" in r.provider} - known
    return [
        Resource(
            urn=urn,
            type=PULUMI_PROVIDERS_AWS,
            name=urn.rpartition("::")[2],
            parent=None,
            custom=True,
            inputs=clean(inputs, hidden=True),
        )
        for urn in sorted(missing)
    ]


def _region(resources: list[Resource], config: Mapping[str, str]) -> str:
    """Region of the first AWS provider that has one; what is left out there comes from the configuration."""
    regions = (r.inputs.get("region") for r in resources if r.type == PULUMI_PROVIDERS_AWS)
    return next((r for r in regions if isinstance(r, str) and r and r != UNKNOWN), config.get("aws:region", ""))
