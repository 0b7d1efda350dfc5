"""Frameworks: their controls, and the published mapping from checks to controls."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from common.problems import InputError, closest

_DATA: Final = Path(__file__).parent / "data"
FSBP: Final = "fsbp"
"""The framework that rules name in their anchors, and from which the others are reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework:
    """One framework, as its file in `data/` has it."""

    id: str
    name: str
    edition: str
    aliases: tuple[str, ...]
    """Other words for it on the command line."""
    source: str
    """Where the mapping is published, with the commit."""
    day: str
    """Day of that commit."""
    complete: bool
    """Whether `controls` is the whole framework, not only what the source names."""
    note: str
    """What a reader must know of list and mapping."""
    titles: Mapping[str, str]
    """Our own short words by the beginning of a control's id."""
    controls: tuple[str, ...]
    """Ids, in the framework's order."""
    anchors: Mapping[str, tuple[str, ...]]
    """A check as an anchor names it, such as `prowler rds_instance_multi_az` → ids of controls."""

    @property
    def label(self) -> str:
        """Name and edition."""
        return f"{self.name} {self.edition}"

    def title(self, control: str) -> str:
        """What a control is about, in our words; empty where its id says all there is."""
        found = [start for start in self.titles if _begins(control, start)]
        return self.titles[max(found, key=len)] if found else ""


def _begins(control: str, start: str) -> bool:
    rest = control.removeprefix(start)
    return control.startswith(start) and not (start[-1].isdigit() and rest[:1].isdigit())


@cache
def frameworks() -> Mapping[str, Framework]:
    """Every framework, by id."""
    every = (_read(path) for path in sorted(_DATA.glob("*.json")))
    return {one.id: one for one in every}


def _read(path: Path) -> Framework:
    fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    anchors = {anchor: tuple(controls) for anchor, controls in fields.pop("anchors").items()}
    lists = {name: tuple(fields.pop(name)) for name in ("aliases", "controls")}
    return Framework(**fields, **lists, anchors=anchors)


def known_as() -> Mapping[str, Framework]:
    """Every framework, by id and by each alias."""
    return {word: one for one in frameworks().values() for word in (one.id, *one.aliases)}


def find(text: str) -> Framework | None:
    """The framework that a word means, however it is spelt; None where it means none.

    Args:
        text: such as `hipaa`, `CIS 3.0` or `nist_800-53`.
    """
    return {_plain(word): one for word, one in known_as().items()}.get(_plain(text))


def named(text: str, option: str) -> Framework:
    """The framework that a word means.

    Args:
        text: what was given.
        option: where, such as `ascent readiness --framework`, for the error.

    Raises:
        InputError: it means none.
    """
    found = find(text)
    if found is None:
        raise InputError(f"{option} {text}: {unknown(text)}")
    return found


def unknown(text: str) -> str:
    """What is allowed in place of a word that means no framework."""
    near = closest(text, known_as())
    return f"must be one of {', '.join(frameworks())}; {f'did you mean {near}?' if near else 'name one of them'}"


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
