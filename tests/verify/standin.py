"""A stand-in AWS on loopback that remembers, and answers of AWS that it does not know."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ascent.verify.aws import Aws

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ascent.verify.reads import Asking

REGION = "us-east-1"
ACCOUNT = "123456789012"


class Scripted(Aws):
    """AWS with some of its answers given: those that the stand-in cannot give."""

    def __init__(self, aws: Aws, answers: Mapping[Any, Any]) -> None:
        self._inner, self._answers = aws, answers
        self._profile, self.region, self.account = "", aws.region, aws.account

    def ask(self, read: Asking, region: str = "", **arguments: object) -> dict[str, Any]:
        if read not in self._answers:
            return self._inner.ask(read, region, **arguments)
        answer = self._answers[read]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def ask_all(self, read: Asking, key: str, region: str = "", **arguments: object) -> list[Any]:
        return (
            self.ask(read, region, **arguments)[key]
            if read in self._answers
            else self._inner.ask_all(read, key, region, **arguments)
        )


def entry(kind: str, name: str, id: str = "", outputs: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A resource of a state."""
    return {
        "urn": f"urn:pulumi:dev::ascent::{kind}::{name}",
        "custom": True,
        "type": kind,
        "id": id,
        "outputs": outputs or {},
        **more,
    }


def state(*resources: dict[str, Any], outputs: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """A state of the stack dev."""
    stack = entry("pulumi:pulumi:Stack", "ascent-dev", outputs=outputs)
    return {"version": 3, "deployment": {"resources": [stack, *resources], **more}}


def write(directory: Path, document: object) -> Path:
    """A file with a state."""
    file = directory / "state.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file
