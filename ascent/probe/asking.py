"""Asks an application every check, one after the other."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from ascent.probe.answer import Answer, Said, Verdict, failed
from ascent.probe.subject import opened
from ascent.probe.table import CHECKS
from common.problems import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ascent.probe.about import About
    from ascent.probe.subject import Start, Subject


@dataclass(frozen=True, kw_only=True)
class Probed:
    """What came of a probe.

    Attributes:
        how: what was probed: `url`, `command` or `image`.
        target: the address, the command or the image, as it was given.
        digest: of the image, `sha256:…`; empty where it is not known.
        stated: whether whoever probed says that the digest is right, and nothing proved it.
        when: when it began, in UTC.
        answers: what each check said.
    """

    how: Literal["url", "command", "image"]
    target: str
    digest: str
    stated: bool
    when: datetime
    answers: tuple[Answer, ...]

    def count(self, verdict: Verdict) -> int:
        """How many checks said something.

        Args:
            verdict: what.
        """
        return sum(answer.said.verdict is verdict for answer in self.answers)

    @property
    def fine(self) -> bool:
        """Whether nothing failed."""
        return not self.count(Verdict.FAILED)


def probe(
    about: About, target: Start | str, checks: Sequence[str], *, digest: str = "", tell: Callable[[Answer], None]
) -> Probed:
    """Prove an application.

    Args:
        about: what is known of it.
        target: where it runs, or how to start it.
        checks: ids of the checks.
        digest: of the image that runs there, as whoever probes says; an image tells its own.
        tell: is told each answer as soon as it is there.

    Raises:
        InputError: it cannot be started, or does not answer.
    """
    when = datetime.now(UTC).replace(microsecond=0)
    with opened(about, target) as subject:
        answers = ask(subject, checks, tell)
    if isinstance(target, str):
        return Probed(how="url", target=target, digest=digest, stated=bool(digest), when=when, answers=answers)
    if target.image is None:
        shown = target.shown
        return Probed(how="command", target=shown, digest=digest, stated=bool(digest), when=when, answers=answers)
    image = target.image
    return Probed(how="image", target=image.reference, digest=image.digest, stated=False, when=when, answers=answers)


def ask(subject: Subject, checks: Sequence[str], tell: Callable[[Answer], None]) -> tuple[Answer, ...]:
    """What each check says of an application.

    Args:
        subject: the application.
        checks: ids of the checks.
        tell: is told each answer as soon as it is there.
    """
    answers = []
    for check in CHECKS:
        if check in checks:
            answers.append(_answer(subject, check))
            tell(answers[-1])
    return tuple(answers)


def _answer(subject: Subject, check: str) -> Answer:
    import httpx

    begun = time.monotonic()
    try:
        said: Said = import_module(f"ascent.probe.checks.{check.replace('-', '_')}").ask(subject)
    except httpx.HTTPError as error:
        request = f" to {error.request.url.path}" if getattr(error, "_request", None) else ""
        said = failed(
            printable(f"no answer{request}: {type(error).__name__} {error}".rstrip()),
            "answer every request, in time and as HTTP says",
        )
    return Answer(check, said, time.monotonic() - begun)
