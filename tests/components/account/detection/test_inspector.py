"""Inspector: what is scanned, and time enough to begin.

Not proven: that the region scans code of functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.account.detection.inspector import Inspector, InspectorArgs
from settings.enums import InspectorScan
from tests.components.mocks import ACCOUNT
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build


def test_the_enabler(build: Build) -> None:
    scans = [InspectorScan.ECR, InspectorScan.LAMBDA_CODE]
    made = build(lambda: Inspector("shop-inspector", InspectorArgs(context=CONTEXT, scans=scans)))
    assert made.children == {"shop-inspector-enabler": "aws:inspector2/enabler:Enabler"}
    enabler = made["shop-inspector-enabler"]
    assert enabler.inputs == {"accountIds": [ACCOUNT], "resourceTypes": ["ECR", "LAMBDA_CODE"]}
    assert enabler.options.timeouts == ("30m", "30m", "30m")
