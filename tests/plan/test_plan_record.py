"""What recording a program yields: each registration as the engine would see it in a preview of an empty stack."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ascent.plan.errors import PlanError
from ascent.plan.model import UNKNOWN, Options, Resource, secret
from ascent.plan.monitor import Diagnostic
from ascent.plan.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from ascent.plan.record import Recording

    Recorded = Callable[..., Recording]

STACK = "urn:pulumi:test::options::pulumi:pulumi:Stack::options-test"
CLOUD = "urn:pulumi:test::options::pulumi:providers:test::cloud"
OUTER = "urn:pulumi:test::options::options:index:Outer::outer"
INNER = "urn:pulumi:test::options::options:index:Outer$options:index:Inner::outer-inner"
INNER_THING = "urn:pulumi:test::options::options:index:Outer$options:index:Inner$test:index:Thing::outer-inner-thing"
EVERYTHING = "urn:pulumi:test::options::test:index:Thing::everything"


def named(recording: Recording, name: str) -> Resource:
    (resource,) = (r for r in recording.plan.resources if r.name == name)
    return resource


def test_components_in_order_of_construction(recorded: Recorded) -> None:
    plan = recorded("options").plan
    assert [(r.urn, r.parent, r.custom, r.provider) for r in plan.resources] == [
        (STACK, None, False, ""),
        (CLOUD, STACK, True, ""),
        (OUTER, STACK, False, ""),
        (INNER, OUTER, False, ""),
        (INNER_THING, INNER, True, CLOUD),
        (EVERYTHING, STACK, True, CLOUD),
        ("urn:pulumi:test::options::test:index:Thing::after", STACK, True, ""),
        ("urn:pulumi:test::options::test:index:Thing$test:index:Thing::under", EVERYTHING, True, CLOUD),
    ]
    assert (plan.project, plan.stack) == ("options", "test")


def test_inputs_of_components_and_providers(recorded: Recorded) -> None:
    recording = recorded("options")
    assert named(recording, "outer").inputs == {"kind": "outer"}
    assert named(recording, "cloud").inputs == {"zone": "north", "version": "1.2.3"}


def test_all_options(recorded: Recorded) -> None:
    assert named(recorded("options"), "everything").options == Options(
        protect=False,
        delete_before_replace=True,
        ignore_changes=("size",),
        replace_on_changes=("label",),
        additional_secret_outputs=("address",),
        aliases=(
            "urn:pulumi:test::options::test:index:Thing::was",
            "urn:pulumi:test::options::options:index:Outer$test:index:Thing::everything",
            "urn:pulumi:old::options::test:index:Thing::older",
        ),
        import_id="thing-123",
        deleted_with=INNER_THING,
        custom_timeouts={"create": "40m", "delete": "1h"},
    )


def test_options_that_children_inherit(recorded: Recorded) -> None:
    recording = recorded("options")
    assert named(recording, "outer-inner-thing").options == Options(protect=True, retain_on_delete=True)
    assert named(recording, "under").options == Options(deleted_with=INNER_THING)


def test_dependencies_on_a_component_mean_its_resources(recorded: Recorded) -> None:
    after = named(recorded("options"), "after")
    assert after.dependencies == (INNER_THING, EVERYTHING)
    assert after.property_dependencies == {"size": (EVERYTHING,)}
    assert after.inputs == {"size": 2, "label": "x"}


def test_values_in_wire_form(recorded: Recorded) -> None:
    recording = recorded("values")
    assert named(recording, "source").inputs == {
        "size": 1,
        "ratio": 1.5,
        "flags": [True, {"deep": None, "n": 3}],
        "label": "known",
    }
    assert type(named(recording, "source").inputs["size"]) is int
    assert named(recording, "user").inputs == {
        "unknown": UNKNOWN,
        "known": "known",
        "mixed": {"list": [UNKNOWN, "plain"], "label": "known"},
        "document": UNKNOWN,
        "known_document": '{"b": "known", "a": [1]}',
    }
    source = ("urn:pulumi:test::values::test:index:Thing::source",)
    assert named(recording, "user").property_dependencies == dict.fromkeys(
        ["document", "known", "known_document", "mixed", "unknown"], source
    )


def test_secrets_and_encrypted_configuration(recorded: Recorded) -> None:
    inputs = dict(named(recorded("values"), "secrets").inputs)
    assert inputs.pop("own") == secret("plaintext")
    assert inputs.pop("visible") == "text"
    assert inputs.pop("length")
    assert inputs == dict.fromkeys(
        ["own_unknown", "sealed", "sealed_nested", "sealed_inside", "sealed_json"], secret(UNKNOWN)
    )


def test_exports(recorded: Recorded) -> None:
    assert recorded("values").plan.outputs == {
        "known": {"label": "known", "size": 7},
        "unknown": UNKNOWN,
        "secret": secret("plaintext"),
        "sealed": secret(UNKNOWN),
        "encoded": "YXMgaXQgaXM=",
    }


def test_messages_of_the_program(recorded: Recorded) -> None:
    source = "urn:pulumi:test::values::test:index:Thing::source"
    assert set(recorded("values").diagnostics) == {
        Diagnostic("info", "starting"),
        Diagnostic("warning", "careful", source),
        Diagnostic("error", "broken"),
    }
    assert recorded("options").diagnostics == ()


def test_lookups_are_unknown(recorded: Recorded) -> None:
    recording = recorded("lookups")
    assert named(recording, "topic").inputs == {"displayName": UNKNOWN}
    assert recording.plan.outputs == {"account": UNKNOWN}
    found = "urn:pulumi:test::lookups::aws:sns/topic:Topic::found"
    assert recording.reads == (found,)
    assert named(recording, "sub").dependencies == (found,)


def test_lookup_that_blocks_is_explained(recorded: Recorded) -> None:
    with pytest.raises(PlanError, match=r"call get_caller_identity_output\(\) instead \(at __main__\.py:5\)"):
        recorded("lookups", plain="true")


def test_vpc_of_awsx_with_its_children(recorded: Recorded) -> None:
    recording = recorded("network")
    plan = recording.plan
    prefix = "urn:pulumi:test::network::awsx:ec2:Vpc"
    component = plan.by_urn[f"{prefix}::core"]
    assert (component.inputs, component.custom, component.provider) == ({}, False, "")
    children = [r for r in plan.resources if r.urn.startswith(f"{prefix}$")]
    assert len(children) == 10
    assert {r.provider for r in children} == {"urn:pulumi:test::network::pulumi:providers:aws::aws"}
    assert all(r.options == Options(protect=True) for r in children)
    vpc, subnet = f"{prefix}$aws:ec2/vpc:Vpc::core", f"{prefix}$aws:ec2/vpc:Vpc$aws:ec2/subnet:Subnet::core-public"
    assert plan.by_urn[f"{subnet}-1"].property_dependencies == {"ipv6CidrBlock": (vpc,), "vpcId": (vpc,)}
    assert plan.by_urn[f"{subnet}-1"].inputs["ipv6CidrBlock"] == UNKNOWN
    assert named(recording, "web").property_dependencies == {
        "vpcId": (f"{subnet}-1", f"{subnet}-2", vpc, component.urn)
    }
    assert plan.outputs == {
        "account": UNKNOWN,
        "subnets": UNKNOWN,
        "count": 2,
        "block": "10.0.0.0/16",
        "layout": [["10.0.0.0/24", "10.0.1.0/24"]],
        "gateways": [],
    }
    assert plan.region == "eu-west-1"
    order = [r.urn for r in plan.resources]
    assert order.index(component.urn) + 1 == order.index(vpc)
    assert all(order.index(r.parent) < order.index(r.urn) for r in plan.resources if r.parent)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ("raise", "ValueError: no such size (at broken.py:9 in _inner, broken.py:21 in fail, __main__.py:4)"),
        ("run-error", "Pulumi.test.yaml: ascent:tier: is gold"),
        (
            "exit",
            "the program ended itself with status 3 (at broken.py:13 in _inner, broken.py:21 in fail, __main__.py:4)",
        ),
        ("apply", "KeyError: 'missing' (at broken.py:15 in <lambda>)"),
    ],
)
def test_failure_is_one_clear_line(recorded: Recorded, how: str, message: str) -> None:
    with pytest.raises(PlanError) as caught:
        recorded("failing", how=how)
    assert str(caught.value) == message


def test_failure_of_a_registration_names_the_resource(recorded: Recorded) -> None:
    with pytest.raises(PlanError, match="unexpected input of type object for size in Thing") as caught:
        recorded("failing", how="input")
    assert "'thing'" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("where", "says"), [("stack", "stack transforms"), ("resource", "resource transforms")])
def test_transforms_are_refused(recorded: Recorded, where: str, says: str) -> None:
    with pytest.raises(PlanError, match=f"does not cover {says}"):
        recorded("transforms", where=where)


def test_directory_without_a_program(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"there is no __main__\.py to run"):
        record(tmp_path, "p", "s", {})


def write(directory: Path, **files: str) -> Path:
    directory.mkdir()
    for name, text in files.items():
        (directory / f"{name}.py").write_text(text)
    return directory


EXPORTING = {"__main__": "import pulumi\nfrom helper import VALUE\npulumi.export('v', VALUE)\n"}


def test_programs_do_not_see_each_others_modules(tmp_path: Path) -> None:
    one = write(tmp_path / "one", helper="VALUE = 1\n", **EXPORTING)
    two = write(tmp_path / "two", helper="VALUE = 2\n", **EXPORTING)
    state = (list(sys.path), Path.cwd(), set(sys.modules), gc.isenabled())
    values = [record(d, "p", "s", {}).plan.outputs for d in (one, two, one)]
    assert values == [{"v": 1}, {"v": 2}, {"v": 1}]
    assert (list(sys.path), Path.cwd(), set(sys.modules), gc.isenabled()) == state


def test_module_level_code_runs_in_each_recording(tmp_path: Path) -> None:
    helper = "import pulumi\nVALUE = pulumi.Config().require('key')\npulumi.ComponentResource('a:b:C', 'c')\n"
    program = write(tmp_path / "program", helper=helper, **EXPORTING)
    for value in ("1", "2"):
        plan = record(program, "p", "s", {"p:key": value}).plan
        assert (plan.outputs, [r.name for r in plan.resources]) == ({"v": value}, ["p-s", "c"])


def test_the_threads_own_event_loop_is_left_alone(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replaced: list[object] = []
    monkeypatch.setattr(asyncio, "set_event_loop", replaced.append)
    record(programs / "duplicate", "duplicate", "test", {})
    assert replaced == []


def test_modules_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "modules", dict(sys.modules))
    program = write(tmp_path / "program", kept_helper="VALUE = object()\n", __main__="import kept_helper\n")
    record(program, "p", "s", {}, keep_modules=True)
    first = sys.modules["kept_helper"]
    record(program, "p", "s", {}, keep_modules=True)
    assert sys.modules["kept_helper"] is first


def test_a_failure_leaves_nothing_behind(recorded: Recorded, programs: Path) -> None:
    before = recorded("options")
    with pytest.raises(PlanError):
        record(programs / "failing", "failing", "test", {"failing:how": "apply"})
    assert record(programs / "options", "options", "test", {}) == before


def test_many_recordings_do_not_accumulate(programs: Path) -> None:
    def left_after(recordings: int) -> Counter[str]:
        for _ in range(recordings):
            record(programs / "options", "options", "test", {})
        gc.collect()
        return Counter(type(found).__name__ for found in gc.get_objects())

    first = left_after(3)
    second = left_after(20)
    made = ("Thing", "Outer", "Output", "Task", "Context", "Resource", "PlanMonitor")
    # Fewer is no leak: what an earlier test of this process left may be freed in between.
    assert {name: grown for name in made if (grown := second[name] - first[name]) > 0} == {}
    # The SDK's caches keep the two bare classes that the program defines.
    assert second.total() - first.total() < 20 * 50


def test_order_does_not_hang_on_hash_seeds(programs: Path) -> None:
    code = (
        "import sys, json; from pathlib import Path; from ascent.plan.record import record; "
        "from ascent.plan.serialize import to_json; "
        "sys.stdout.write(to_json(record(Path(sys.argv[1]), 'options', 'test', {}).plan))"
    )
    path = [str(Path(__file__).parents[2]), str(Path(__file__).parent)]
    texts = {
        subprocess.run(
            [sys.executable, "-c", code, str(programs / "options")],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(path)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1
    written: dict[str, Any] = json.loads(texts.pop())
    assert len(written["resources"]) == 8
