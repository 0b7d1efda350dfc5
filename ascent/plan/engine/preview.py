"""Reads what `pulumi preview --json` prints: the digest, or the stream of engine events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ascent.plan.engine.resource import is_urn
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

HINT: Final = "pulumi preview --json --show-sames > FILE"
"""Command that writes a preview of the whole stack."""

STREAM_HINT: Final = "PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true pulumi preview --json > FILE"
"""Command that writes a preview as events."""

_GONE: Final = frozenset({"delete", "delete-replaced", "discard", "discard-replaced", "remove-pending-replace"})
"""Steps after which a resource, or its old version, no longer exists."""


_STOPPED: Final = "preview failed"
"""The engine's last words, after the reason. Alone they mean a violated policy, which ends no preview early."""


class Preview:
    """What a preview says of a stack, whichever form it has."""

    def __init__(self, name: str) -> None:
        """An empty preview of the file `name`."""
        self.name = name
        self.config: dict[str, str] = {}
        self.states: dict[str, Mapping[str, Any]] = {}
        """URN → the resource as the program wants it."""
        self._sames = 0

    def add(self, step: Mapping[str, Any], state: Any, place: str) -> None:  # noqa: ANN401 - any JSON value
        """Take in a step.

        Args:
            step: its operation and URN.
            state: the new state of its resource; of the shape of a mapping, or nothing.
            place: where it stands in the file, for error messages.
        """
        operation, urn = step.get("op"), step.get("urn")
        if not isinstance(operation, str) or not isinstance(urn, str) or not is_urn(urn):
            raise InputError(f"{self.name}: {place} has no operation and URN; write the file again with `{HINT}`")
        if operation in _GONE or not state:
            return
        if urn not in self.states:
            self._sames += operation == "same"
        self.states[urn] = state

    def must_be_whole(self, changes: Any) -> None:  # noqa: ANN401 - any JSON value
        """Refuse a preview that leaves out what does not change: rules about the whole stack would misjudge it.

        Args:
            changes: number of resources by operation, from the preview's summary.
        """
        unchanged = changes.get("same", 0) if isinstance(changes, dict) else 0
        if unchanged > self._sames:
            raise InputError(
                f"{self.name}: leaves out {unchanged - self._sames} resources that do not change; write the whole stack"
                f" with `{HINT}`"
            )


def digest_preview(document: Mapping[str, Any], name: str) -> Preview:
    """The preview in a digest.

    Raises:
        InputError: the preview failed, is not whole, or has another shape.
    """
    _must_have_succeeded(document.get("diagnostics") or (), name)
    steps = document.get("steps") or []
    if "changeSummary" not in document or not isinstance(steps, list):
        raise _failed_early(name)
    preview = Preview(name)
    preview.config = _config(document.get("config"))
    for index, step in enumerate(steps):
        place = f"steps[{index}]"
        if not isinstance(step, dict):
            raise InputError(f"{name}: {place} is no step of a preview; write the file again with `{HINT}`")
        preview.add(step, step.get("newState"), place)
    preview.must_be_whole(document["changeSummary"])
    return preview


def stream_preview(events: Sequence[Any], name: str) -> Preview:
    """The preview in a stream of engine events.

    Raises:
        InputError: the preview failed, ends in the middle, or has another shape.
    """
    preview = Preview(name)
    diagnostics: list[Any] = []
    summary: Mapping[str, Any] | None = None
    for number, event in enumerate(events, start=1):
        if not isinstance(event, dict):
            raise InputError(f"{name}:{number}: is no event of the engine; write the file with `{STREAM_HINT}`")
        if isinstance(started := event.get("preludeEvent"), dict):
            preview.config = _config(started.get("config"))
        elif isinstance(said := event.get("diagnosticEvent"), dict):
            diagnostics.append(said)
        elif isinstance(ended := event.get("summaryEvent"), dict):
            summary = ended
        else:
            step = event.get("resourcePreEvent")
            metadata = step.get("metadata") if isinstance(step, dict) else None
            if isinstance(metadata, dict):
                preview.add(metadata, metadata.get("new"), f"line {number}")
    _must_have_succeeded(diagnostics, name)
    if summary is None and not preview.states and any("cancelEvent" in event for event in events):
        raise _failed_early(name)
    if summary is None:
        raise InputError(f"{name}: ends before the preview's summary; write it again with `{STREAM_HINT}`")
    preview.must_be_whole(summary.get("resourceChanges"))
    return preview


def _failed_early(name: str) -> InputError:
    return InputError(
        f"{name}: the preview failed before its first step; mend the program or its policy pack and run `{HINT}`"
    )


def _must_have_succeeded(diagnostics: Iterable[Any], name: str) -> None:
    for said in diagnostics:
        if isinstance(said, dict) and said.get("severity") == "error":
            message = str(said.get("message", "")).removeprefix("error: ").strip()
            if message == _STOPPED:
                continue
            lines = message.splitlines() or ["no message"]
            # A traceback names its error last, everything else first.
            what = lines[-1] if any(line.startswith("Traceback") for line in lines) else lines[0]
            printable = "".join(c if c.isprintable() else " " for c in what).strip()
            raise InputError(f"{name}: the preview failed ({printable}); mend that and run `{HINT}`")


def _config(found: Any) -> dict[str, str]:  # noqa: ANN401 - any JSON value
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}
