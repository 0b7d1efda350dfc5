"""What pydantic says of settings, as problems; what must stay hidden does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic.alias_generators import to_camel

from common.problems import Problem
from common.validation import Translation
from settings.schema import Settings
from settings.sealed import is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import ValidationError

camel = to_camel

_SECRETS: Final = "ascent:security.secrets"
_ADDRESSES: Final = ("ascent:account.findings.siemUrl", "SecretArn")
"""Ends of paths where an address or a key may stand by mistake; what is refused there is not shown."""
_TRANSLATION: Final = Translation(
    model=Settings, root="ascent:", noun="setting", fix="correct it or remove it to take the tier's value"
)


def problems_of(error: ValidationError, translation: Translation = _TRANSLATION) -> Iterator[Problem]:
    """One problem per setting that pydantic refused.

    Args:
        error: what pydantic raised.
        translation: how to say it; the one of the settings by default.
    """
    for problem in translation.problems(error):
        if is_sealed(problem.value):
            wanted = "it decides what is built, so it must be readable"
            yield Problem(problem.path, "encrypted", wanted, "store it without --secret")
        elif problem.path.startswith(_SECRETS) and not problem.value.startswith("'"):
            yield Problem(problem.path, "[secret]", problem.wanted, problem.fix)
        elif problem.path.endswith(_ADDRESSES) and problem.value.startswith('"'):
            yield Problem(problem.path, "[not shown]", problem.wanted, problem.fix)
        else:
            yield problem
