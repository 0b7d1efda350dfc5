"""What the JSON documents that commands print have in common: a model of each gives its text and its schema."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Final, Self

from pydantic import AliasGenerator, AliasPath, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic.alias_generators import to_camel


class Record(BaseModel):
    """Base of the objects in a document: read from the attributes of what was found, written in camel case."""

    model_config = ConfigDict(
        from_attributes=True,
        alias_generator=AliasGenerator(serialization_alias=to_camel),
        use_attribute_docstrings=True,
        json_schema_serialization_defaults_required=True,
    )

    @classmethod
    def of(cls, found: object) -> Self:
        """The record of something found.

        Args:
            found: an object, or a mapping, with the record's fields.
        """
        return cls.model_validate(found)

    def values(self) -> dict[str, Any]:
        """The record as JSON values."""
        return self.model_dump(mode="json", by_alias=True)


def text_of(values: object) -> str:
    """JSON values as the text of a document, which ends with a newline."""
    return json.dumps(values, indent=2, ensure_ascii=False) + "\n"


def at(*path: str) -> Any:  # noqa: ANN401 - stands for a field of any type
    """A field that is found at another place than its name says.

    Args:
        path: attributes that lead to it.
    """
    return Field(validation_alias=AliasPath(path[0], *path[1:]))


def filled(default: Any, *path: str) -> Any:  # noqa: ANN401 - stands for a field of any type
    """A field that is left out of the document where it is empty.

    Args:
        default: its value where what was found has none.
        path: attributes that lead to it; none where it is found under its own name.
    """
    place = AliasPath(path[0], *path[1:]) if path else None
    return Field(default=default, validation_alias=place, exclude_if=lambda value: not value)


def each(change: Callable[[Any], Iterable[Any]]) -> BeforeValidator:
    """Makes the entries of a list of what is found.

    Args:
        change: from what is found to the entries.
    """
    return BeforeValidator(lambda found: list(change(found)))


def _money(amount: Any) -> Any:  # noqa: ANN401 - any value that a record is made of
    return float(amount.quantize(_STEP, ROUND_HALF_UP)) if isinstance(amount, Decimal) else amount


_STEP: Final = Decimal("0.0001")

Money = Annotated[float, BeforeValidator(_money)]
"""US dollars, or pieces, to the hundredth of a cent: enough to add up, few enough to read."""
