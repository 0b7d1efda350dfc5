"""All settings there are, with their fields and files."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, get_args

from settings.base import Section
from settings.description.changes import Changes
from settings.schema import Settings
from settings.validation import camel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo


def sections(field: FieldInfo) -> list[type[Section]]:
    """The section that a field holds, or holds by name."""
    kinds = (field.annotation, *get_args(field.annotation))
    return [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Section)]


def fields(section: type[Section] = Settings, path: str = "") -> Iterator[tuple[str, FieldInfo, str]]:
    """Path, field and file of every setting; `*` stands for a name."""
    for name, field in section.model_fields.items():
        below, where = sections(field), f"{path}{camel(name)}"
        by_name = below and field.annotation is not below[0]
        if not below or by_name:
            yield where, field, inspect.getfile(section)
        for one in below:
            yield from fields(one, f"{where}.*." if by_name else f"{where}.")


FIELDS = {path: (field, file) for path, field, file in fields()}


def changes_of(path: str) -> Changes:
    """What a setting says of its changes."""
    extra = FIELDS[path][0].json_schema_extra
    assert isinstance(extra, dict)
    found = extra["changes"]
    assert isinstance(found, Changes), (
        f"{FIELDS[path][1].rpartition('/settings/')[2]}: {path} does not say what changing it does; add "
        "changes=IN_PLACE, or what settings/description/changes.py has for it"
    )
    return found
