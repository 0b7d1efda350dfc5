"""Access Analyzer: what others can reach, and what nobody uses.

Not proven: that the account has no such analyzer yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.account.detection.access_analyzer import AccessAnalyzer, AccessAnalyzerArgs
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


ANALYZER = "aws:accessanalyzer/analyzer:Analyzer"


def analyzer(unused_days: int | None = None) -> AccessAnalyzer:
    return AccessAnalyzer("shop-access", AccessAnalyzerArgs(context=CONTEXT, unused_days=unused_days))


def test_what_others_can_reach(build: Build) -> None:
    made = build(analyzer)
    assert made.children == {"shop-access-external": ANALYZER}
    assert made.inputs("shop-access-external") == {
        "analyzerName": "shop-dev-external",
        "type": "ACCOUNT",
        "tags": CONTEXT.tags("shop-access-external"),
    }


def test_what_nobody_uses(build: Build) -> None:
    made = build(lambda: analyzer(90))
    assert made.children == {"shop-access-external": ANALYZER, "shop-access-unused": ANALYZER}
    unused = made["shop-access-unused"]
    assert (unused.inputs["type"], unused.inputs["analyzerName"]) == ("ACCOUNT_UNUSED_ACCESS", "shop-dev-unused")
    assert unused.inputs["configuration"] == {"unusedAccess": {"unusedAccessAge": 90}}
    assert unused.options.delete_before_replace is True, "an account has one of each"
