"""Asks what a first deployment needs: this machine first, then the account."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ascent.doctor.checks import CHECKS
from ascent.verify.answer import Answer, Said, Verdict, not_asked, not_well, well
from ascent.verify.aws import GoneError, NotAnsweredError
from common.problems import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ascent.doctor.needs import Needs
    from ascent.verify.aws import Aws

_OLDEST: Final = (3, 260)
"""The first release of the CLI that knows all that the program asks of it."""
_RUNBOOK: Final = "doctor.md#pulumi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What was found before a first deployment.

    Attributes:
        stack: the stack.
        region: where it goes.
        account: id of the account; empty where nobody could be asked.
        answers: what the checks said.
    """

    stack: str
    region: str
    account: str
    answers: Sequence[Answer]

    @property
    def well(self) -> bool:
        """Whether nothing that could be asked is not well."""
        return not any(answer.said.verdict is Verdict.NOT_WELL for answer in self.answers)

    def count(self, verdict: Verdict) -> int:
        """How many answers have a verdict."""
        return sum(answer.said.verdict is verdict for answer in self.answers)


def examine(stack: str, needs: Needs, connect: Callable[[], Aws]) -> Examined:
    """Ask everything once.

    Args:
        stack: the stack.
        needs: what it needs.
        connect: reaches the account; its error says why nobody could.
    """
    answers = [Answer("pulumi", "", cli())]
    try:
        aws = connect()
    except InputError as error:
        why = str(error)
        answers.append(Answer("credentials", "", _without_account(why)))
        answers += [Answer(name, "", not_asked("there is nobody to ask")) for name in CHECKS]
        return Examined(stack=stack, region=needs.region, account="", answers=answers)
    answers.append(Answer("credentials", "", well(f"of account {aws.account}")))
    for name, check in CHECKS.items():
        try:
            answers += [Answer(name, "", said) for said in check(needs, aws)]
        except GoneError:
            answers.append(Answer(name, "", not_asked("AWS knows nothing of it here")))
        except (NotAnsweredError, InputError) as error:
            answers.append(Answer(name, "", not_asked(str(error))))
    return Examined(stack=stack, region=needs.region, account=aws.account, answers=answers)


def _without_account(why: str) -> Said:
    """Missing credentials are not asked about, wrong ones are not well."""
    said = why.partition(": ")[2] or why
    return not_asked(said) if "no credentials" in said else not_well(said, runbook="doctor.md#credentials")


def cli() -> Said:
    """Pulumi's command line is there, and new enough."""
    least = ".".join(map(str, _OLDEST))
    found = shutil.which("pulumi")
    if found is None:
        return not_well(
            f"pulumi is not on PATH; install {least} or newer",
            runbook=_RUNBOOK,
            command="curl -fsSL https://get.pulumi.com | sh",
        )
    try:
        run = subprocess.run([found, "version"], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.SubprocessError):
        return not_well(f"{found} does not run", runbook=_RUNBOOK)
    version = re.search(r"v?(\d+)\.(\d+)\.(\d+)", run.stdout)
    if version is None:
        return not_well(f"{found} does not say its version", runbook=_RUNBOOK)
    numbers = tuple(map(int, version.groups()))
    said = f"pulumi {'.'.join(map(str, numbers))}"
    return well(said) if numbers >= _OLDEST else not_well(f"{said}; {least} or newer is needed", runbook=_RUNBOOK)
