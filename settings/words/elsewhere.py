"""Where a setting stands that was written in the wrong place: `ascent:nat` is `ascent:network.nat`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from common.meanings import meant
from settings.base import Section
from settings.namespaces import NAMESPACE
from settings.schema import Settings
from settings.validation import camel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from common.problems import Problem


def places_of(key: str) -> list[str]:
    """Paths of the settings and sections of a name, whatever they are in: `data.postgres` for `postgres` and `rds`.

    Args:
        key: a name, in any spelling.
    """
    known = [(path, name) for path, name in _names(Settings, "")]
    said = _plain(key)
    found = [path for path, name in known if _plain(name) == said]
    if not found and (ours := meant(said, [name for _, name in known])):
        found = [path for path, name in known if name == ours]
    return found


def paths() -> tuple[str, ...]:
    """Dotted paths of all settings, without those that are named by people, such as services."""
    known = [path for path, _ in _names(Settings, "")]
    return tuple(path for path in known if not any(other.startswith(f"{path}.") for other in known))


def _names(section: type[Section], path: str) -> Iterator[tuple[str, str]]:
    for name, field in section.model_fields.items():
        where = f"{path}{camel(name)}"
        yield where, camel(name)
        if isinstance(field.annotation, type) and issubclass(field.annotation, Section):
            yield from _names(field.annotation, f"{where}.")


def _plain(word: str) -> str:
    return word.replace("_", "").replace("-", "").lower()


def moved(problem: Problem, value: str = "") -> str:
    """What to do with a key that is no setting where it stands, but is one elsewhere; empty where it is none.

    Args:
        problem: says where it stands.
        value: the text that it has; empty where that is not known.
    """
    key = problem.path.rpartition(":")[2].rpartition(".")[2]
    places = [place for place in places_of(key) if f"{NAMESPACE}:{place}" != problem.path or place == "region"]
    if not places:
        return ""
    if places == ["region"]:
        return f"remove it, and set aws:region: {value}" if value else "remove it, and set aws:region"
    if len(places) == 1 and value and "\n" not in value and not value.startswith("{"):
        return f"it is {NAMESPACE}:{places[0]}; remove it here, and set {NAMESPACE}:{places[0]}: {value}"
    named = " or ".join(f"{NAMESPACE}:{place}" for place in places[:_MOST])
    return f"it is {named}; move it there"


_MOST = 3
"""Most places that are named: a name such as `enabled` is in every section."""
