"""The lines for a shell that make one stack file say what another one does."""

from __future__ import annotations

import json
from typing import Any

from ascent.compare.care import Care, Kind
from ascent.compare.settings import steps
from settings.load import Resolved, resolve
from settings.sealed import seal

PROTECTED = Care(Kind.REPLACED, "urn", "*-postgres-instance", "why", "fix", protected=True)


def resolved(**config: Any) -> Resolved:  # noqa: ANN401 - any setting
    own = {"tier": "startup", "observability": {"alarmEmails": ["a@example.com"]}, **config}
    flat = {f"ascent:{k}": v if isinstance(v, str) else json.dumps(v) for k, v in own.items()}
    return resolve(flat, stack="qa", project="app")


def lines(before: Resolved, after: Resolved) -> list[str]:
    _lift, rest = steps(before, after, "qa", [PROTECTED])
    return [line.removeprefix("pulumi config ").replace(" --stack qa", "") for line in rest.commands[:-1]]


BACK = "rm --path ascent:resilience.protect"


def test_values_keep_their_types() -> None:
    after = resolved(
        owner="a team",
        data={"postgres": {"engineVersion": "18", "multiAz": True, "storageGb": 40}},
        observability={"alarmEmails": ["a@example.com"], "alarms": {"latencyP95Seconds": 1.5}},
    )
    assert lines(resolved(), after) == [
        "set ascent:owner 'a team'",
        "set --type string --path ascent:data.postgres.engineVersion 18",
        "set --path ascent:data.postgres.storageGb 40",
        "set --path ascent:data.postgres.multiAz true",
        "set --type float --path ascent:observability.alarms.latencyP95Seconds 1.5",
        BACK,
    ]


def test_lists_and_objects_are_set_entry_by_entry() -> None:
    before = resolved(network={"interfaceEndpoints": ["logs"]}, compute={"environment": {"OLD": "1"}})
    after = resolved(network={"interfaceEndpoints": ["ecr.api", "logs"]}, compute={"environment": {"MODE": "fast"}})
    assert lines(before, after) == [
        "rm --path ascent:network.interfaceEndpoints",
        "set --path 'ascent:network.interfaceEndpoints[0]' ecr.api",
        "set --path 'ascent:network.interfaceEndpoints[1]' logs",
        "rm --path ascent:compute.environment",
        "set --path ascent:compute.environment.MODE fast",
        BACK,
    ]


def test_what_the_second_leaves_to_its_tier_is_removed() -> None:
    assert lines(resolved(network={"nat": "per_az"}), resolved()) == ["rm --path ascent:network.nat", BACK]


def test_secrets_are_asked_for_and_not_written() -> None:
    after = resolved(security={"secrets": {"KEY": seal("key")}})
    assert lines(resolved(), after) == ["set --secret --path ascent:security.secrets.KEY", BACK]


def test_a_stack_that_says_its_protection_keeps_saying_it() -> None:
    after = resolved(resilience={"protect": True}, network={"nat": "per_az"})
    assert lines(resolved(), after) == [
        "set --path ascent:network.nat per_az",
        "set --path ascent:resilience.protect true",
    ]


def test_no_steps_where_nothing_protected_goes() -> None:
    assert steps(resolved(), resolved(), "qa", []) == ()
    assert steps(resolved(resilience={"protect": False}), resolved(), "qa", [PROTECTED]) == ()


def test_zones_that_would_change_places_move_one_deployment_after_another() -> None:
    zones = [f"us-east-1{letter}" for letter in "bc"]
    between, rest = steps(resolved(), resolved(network={"availabilityZones": zones}), "qa", [])
    assert between.title == "move to us-east-1a, us-east-1c, and change nothing else"
    assert [line.replace(" --stack qa", "") for line in (*between.commands, *rest.commands)] == [
        "pulumi config set --path 'ascent:network.availabilityZones[0]' us-east-1a",
        "pulumi config set --path 'ascent:network.availabilityZones[1]' us-east-1c",
        "pulumi up",
        "pulumi config rm --path ascent:network.availabilityZones",
        "pulumi config set --path 'ascent:network.availabilityZones[0]' us-east-1b",
        "pulumi config set --path 'ascent:network.availabilityZones[1]' us-east-1c",
        "pulumi up",
    ]


def test_zones_move_before_the_protection_is_lifted() -> None:
    zones = {"availabilityZones": ["us-east-1b", "us-east-1c"]}
    titles = [step.title for step in steps(resolved(network=zones), resolved(), "qa", [PROTECTED])]
    assert titles[-2:] == ["lift the protection, and change nothing else", "change the rest, and protect again"]
    assert titles[0].startswith("move to ")
