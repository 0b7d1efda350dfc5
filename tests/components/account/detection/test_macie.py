"""Macie is turned on.

Not proven: what it finds and costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.account.detection.macie import Macie

if TYPE_CHECKING:
    from tests.components.mocks import Build


def test_the_account(build: Build) -> None:
    made = build(lambda: Macie("shop-macie"))
    assert made.children == {"shop-macie-account": "aws:macie2/account:Account"}
    assert made.inputs("shop-macie-account") == {
        "status": "ENABLED",
        "findingPublishingFrequency": "FIFTEEN_MINUTES",
    }
