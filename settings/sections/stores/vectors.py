"""The vector store."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator

from settings.base import Section, setting
from settings.description.changes import replaces
from settings.enums import VectorDistance
from settings.fields import MetadataKey, distinct

_LOST = "the vectors in it"


class VectorsVariable(StrEnum):
    """What the application is told of its vectors."""

    BUCKET = "VECTORS_BUCKET"
    INDEX = "VECTORS_INDEX"


class VectorsSettings(Section):
    """S3 Vectors: embeddings that are searched by nearness, without a server."""

    GIVES: ClassVar = tuple(VectorsVariable)

    enabled: bool = setting(
        False,
        "whether the vector store exists. PostgreSQL is one too: a migration says CREATE EXTENSION vector",
        cost="$0.06 a month per GB, $0.20 per GB put, $2.50 per million queries",
        changes=replaces("S3 Vectors", data=_LOST),
    )
    dimension: int = setting(
        1024, "numbers in a vector, as the model makes them", ge=1, le=4096, changes=replaces("S3 Vectors", data=_LOST)
    )
    distance: VectorDistance = setting(
        VectorDistance.COSINE,
        "how nearness is measured, as the model was trained for",
        changes=replaces("S3 Vectors", data=_LOST),
    )
    unfiltered: Annotated[tuple[MetadataKey, ...], AfterValidator(distinct)] = setting(
        ("text",),
        "metadata that no query filters by, such as the text itself: what is filtered by must be short",
        max_length=10,
        changes=replaces("S3 Vectors", data=_LOST),
    )
