"""Services: what is inherited, which rules follow, and what is refused."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settings.routes import LAST, rules_of, tie_priority
from settings.services import Service, services_of
from tests.settings.test_settings_load import lines, resolved

STACK: dict[str, Any] = {"tier": "startup", "observability": {"alarmEmails": ["a@example.com"]}}
WORDS = st.text("abc/", min_size=1, max_size=30).map(lambda text: "/" + text)


def services(**config: object) -> dict[str, Service]:
    return {s.name: s for s in services_of(resolved(**{**STACK, **config}).settings)}


def test_without_services_there_is_one_on_every_path() -> None:
    (app,) = services().values()
    (rule,) = app.rules
    assert (app.name, app.is_web, app.takes_the_rest) == ("app", True, True)
    assert (rule.hosts, rule.path, rule.priority) == ((), "/*", LAST)


def test_what_a_service_leaves_out_is_that_of_compute() -> None:
    found = services(
        compute={"cpu": 512, "memory": 1024, "environment": {"A": "1", "B": "1"}},
        services={"web": {}, "api": {"paths": ["/api/*"], "memory": 2048, "environment": {"B": "2"}}},
    )
    assert (found["web"].compute.cpu, found["web"].compute.memory) == (512, 1024)
    assert (found["api"].compute.cpu, found["api"].compute.memory) == (512, 2048)
    assert found["api"].compute.environment == {"A": "1", "B": "2"}


def test_explain_knows_where_a_services_values_come_from() -> None:
    origins = resolved(**STACK, services={"api": {"cpu": 512, "memory": 1024}}).origins
    assert (origins["services.api.cpu"], origins["services.api.kind"]) == ("stack file", "default")


@pytest.mark.parametrize(
    ("config", "path", "wanted"),
    [
        ({"services": {"Web": {}}}, "ascent:services.Web", "1 to 15 characters"),
        ({"services": {"a" * 16: {}}}, "ascent:services." + "a" * 16, "1 to 15 characters"),
        ({"services": {"web": {"prot": 1}}}, "ascent:services.web.prot", "write port"),
        ({"services": {"web": {"paths": ["api"]}}}, "ascent:services.web.paths[0]", "a path such as /api/*"),
        ({"services": {"web": {"hosts": ["API"]}}}, "ascent:services.web.hosts[0]", "a host such as"),
        ({"services": {"web": {"hosts": [f"h{i}.example.com" for i in range(5)]}}}, "ascent:services.web.hosts", "4"),
        ({"services": {"w": {"kind": "worker"}}}, "ascent:services", "a stack needs a service of kind web"),
        ({"services": {"a": {}, "b": {}}}, "ascent:services.b.paths", "a gets every request already"),
        (
            {"services": {"a": {"paths": ["/x"]}, "b": {"paths": ["/x"]}}},
            "ascent:services.b.paths",
            "a gets these requests already",
        ),
        (
            {"services": {"a": {"paths": ["/x"], "priority": 1}, "b": {"paths": ["/y"], "priority": 1}}},
            "ascent:services.b.paths",
            "the priority 1, as one of a has",
        ),
        (
            {"services": {"a": {}, "b": {"kind": "worker", "paths": ["/x"]}}},
            "ascent:services.b.paths",
            "a worker gets no requests",
        ),
        ({"services": {"a": {"cpu": 512, "memory": 512}}}, "ascent:services.a.memory", "with 512 CPU units"),
        ({"services": {"a": {"minCount": 9}}}, "ascent:services.a.minCount", "must not exceed"),
        (
            {"services": {"a": {"environment": {"TABLE_NAME": "x"}}}},
            "ascent:services.a.environment.TABLE_NAME",
            "Ascent itself sets it already",
        ),
        (
            {
                "compute": {"secrets": {"KEY": "arn:aws:ssm:us-east-1:111111111111:parameter/key"}},
                "services": {"a": {"environment": {"KEY": "x"}}},
            },
            "ascent:services.a.environment.KEY",
            "ascent:compute.secrets sets it already",
        ),
        (
            {
                "compute": {"kind": "ec2", "placement": "public", "minCount": 1, "scaling": {"method": "target"}},
                "services": {"a": {}, "b": {"paths": ["/b"]}},
            },
            "ascent:services",
            "on EC2 (ascent:compute.kind is ec2) a stack runs one web service",
        ),
    ],
)
def test_one_clear_line(config: dict[str, object], path: str, wanted: str) -> None:
    (line,) = lines(**{**STACK, **config})
    assert line.startswith(f"Pulumi.dev.yaml: {path} is ")
    assert wanted in line


@given(st.text("abc-", min_size=1, max_size=15), WORDS, WORDS)
def test_what_matches_less_is_asked_first(name: str, path: str, more: str) -> None:
    """A longer path before its beginning, an exact one before the same with a wildcard, a named host before none."""

    def priority(pattern: str, *hosts: str) -> int:
        (rule,) = rules_of(name, hosts, (pattern,), None)
        return rule.priority

    assert priority(f"{path}{more}*") < priority(f"{path}*")
    assert priority(path) < priority(f"{path}*")
    assert priority(f"{path}*", "a.example.com") < priority(f"{path}*")


@given(st.lists(st.text("/ab*?", max_size=128), max_size=20), st.lists(st.just("a.b"), max_size=1), st.booleans())
def test_priorities_are_those_that_a_load_balancer_knows(paths: list[str], hosts: list[str], chosen: bool) -> None:
    found = [rule.priority for rule in rules_of("x", hosts, paths, 900 if chosen else None)]
    assert all(1 <= priority <= LAST for priority in found)
    if paths or hosts:
        assert all((priority <= 920) is chosen for priority in found), "chosen ones come before all others"
        assert all(priority < tie_priority("x") < LAST for priority in found)
    else:
        assert found == [LAST], "what takes the rest is asked last"


def test_two_services_whose_ties_meet_are_told_to_part() -> None:
    names = next(
        pair for pair in combinations((f"s{n}" for n in range(500)), 2) if len({*map(tie_priority, pair)}) == 1
    )
    (line,) = lines(**{**STACK, "services": {name: {"paths": [f"/{name}/*"]} for name in names}})
    assert f"ascent:services.{names[1]} is its name: {names[0]} would have a rule of the same priority" in line
    assert "rename one of them" in line
