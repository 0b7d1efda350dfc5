"""Verdicts as JSON, all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.document import text_of
from ascent.verdicts.document import check_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.verdicts.judged import Judged


def render(judged: Sequence[Judged]) -> str:
    """A JSON document with an object per stack."""
    return text_of(check_document(judged))
