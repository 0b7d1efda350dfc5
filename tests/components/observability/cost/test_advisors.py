"""AWS's advisors: each is there where it is asked for, and nowhere else.

Not proven: that an account may switch on what its organisation may have switched off.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from components.observability.cost.advisors import CostAdvisors, CostAdvisorsArgs
from settings.enums import Presence
from settings.sections.cost import CostSettings
from tests.components.surroundings import CONTEXT

if TYPE_CHECKING:
    from tests.components.mocks import Build

TYPES = {
    "compute_optimizer": "aws:computeoptimizer/enrollmentStatus:EnrollmentStatus",
    "optimization_hub": "aws:costoptimizationhub/enrollmentStatus:EnrollmentStatus",
    "storage_lens": "aws:s3control/storageLensConfiguration:StorageLensConfiguration",
}


def advisors(**on: Any) -> CostAdvisors:  # noqa: ANN401 - any field
    return CostAdvisors("shop-cost", CostAdvisorsArgs(context=CONTEXT, settings=CostSettings(**on)))


@pytest.mark.parametrize("field", TYPES)
def test_each_alone(build: Build, field: str) -> None:
    made = build(lambda: advisors(**{field: Presence.CREATE}))
    assert made.children == {f"shop-cost-{field.replace('_', '-')}": TYPES[field]}


def test_nothing_is_switched_on_unasked(build: Build) -> None:
    assert build(advisors).children == {}


def test_storage_lens_is_the_free_one_under_a_fixed_name(build: Build) -> None:
    lens = build(lambda: advisors(storage_lens=Presence.CREATE)).inputs("shop-cost-storage-lens")
    assert lens["configId"] == CONTEXT.physical_name("storage", limit=64)
    assert lens["storageLensConfiguration"] == {"enabled": True, "accountLevel": {"bucketLevel": {}}}


def test_every_tag_of_the_stack_is_counted(build: Build) -> None:
    made = build(lambda: advisors(allocation_tags=Presence.CREATE))
    tags = {made.inputs(name)["tagKey"]: made.inputs(name)["status"] for name in made.children}
    assert tags == dict.fromkeys(CONTEXT.base_tags, "Active")
