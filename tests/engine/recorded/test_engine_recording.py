"""What awsx itself once registered, against what the offline plan says that it registers. Needs no engine."""

from __future__ import annotations

from dataclasses import replace

from tests.engine.cases import SAMPLE
from tests.engine.fidelity.compare import differences
from tests.engine.recorded.recording import part, read


def test_offline_plan_equals_what_awsx_registered() -> None:
    recorded = read()
    users = recorded.by_type["aws:ssm/parameter:Parameter"]
    assert len(users) == 17, "one per output of awsx.ec2.Vpc that stands for resources, and two more"
    assert differences(part(SAMPLE.offline_plan()), recorded) == []


def test_recording_would_show_a_lost_dependency() -> None:
    recorded = read()
    first, *others = recorded.by_type["aws:ec2/subnet:Subnet"]
    kept = [r for r in recorded.resources if r.urn != first.urn]
    changed = replace(recorded, resources=(replace(first, dependencies=()), *kept))
    assert others
    assert len(differences(changed, recorded)) == 1
