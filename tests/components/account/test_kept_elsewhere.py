"""What the account has from elsewhere is said, and nothing is made.

Not proven: that it is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.account.kept_elsewhere import KeptElsewhere

if TYPE_CHECKING:
    from tests.components.mocks import Build


def test_it_says_so(build: Build) -> None:
    made = build(lambda: KeptElsewhere("shop-kept-elsewhere", {"guardDuty": "number-7", "inspector": ""}))
    assert made.children == {}
    assert made.component is not None
    assert made.component.inputs == {"services": {"guardDuty": "number-7", "inspector": ""}}
