"""What planning a program yields; free of the SDK, so that whoever receives one does not have to load it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ascent.plan.model import Plan


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A message of the program, sent with `pulumi.log`."""

    severity: str
    """`info`, `warning` or `error`."""
    message: str
    urn: str = ""
    """The resource that the message is about; empty for none."""


@dataclass(frozen=True, slots=True)
class Recording:
    """What one run of a program yielded."""

    plan: Plan
    diagnostics: tuple[Diagnostic, ...]
    """The program's messages, in the order in which they were sent."""
    reads: tuple[str, ...]
    """URNs of existing resources that the program looks up (`get`, stack references); they are not in the plan."""
    lookups: tuple[str, ...] = ()
    """Tokens of the functions that the program asks of a provider, each once, sorted; nobody answered them."""
    boxed: tuple[str, ...] = ()
    """Components of other processes, type and name, whose own resources are not in the plan; sorted."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one stack in a planning process."""

    stack: str
    recording: Recording | None
    """What its program registered; None where it could not be planned."""
    error: str = ""
    """Why not, in lines that each start with the place."""
