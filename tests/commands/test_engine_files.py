"""Files of the engine read back as plans, and everything that can be wrong with such a file."""

from __future__ import annotations

import gzip
import io
import json
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from ascent.plan.engine.file import STANDARD_INPUT
from ascent.plan.engine.output import FileKind, read_engine_file
from ascent.plan.engine.positions import Position, position_of
from ascent.plan.model import hidden_secret, secret
from ascent.verdicts.judge import judge
from ascent.verdicts.references import rules_in_need
from policies.pack.engine.wire import facts_from_wire
from policies.pack.registry import RULES
from policies.pack.verdict import Status
from policies.pack.waivers import WaiverBook
from tests.commands.engine_rendering import SECRET, checkpoint, digest, state, stream
from tests.commands.small_plan import CLOSED, OPEN, PROVIDER, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ascent.plan.model import Plan
    from policies.pack.evaluate import Result

    Write = Callable[..., Path]
    Ascent = Callable[..., Any]

PREVIEW, STATE = FileKind.PREVIEW, FileKind.STATE
NO_WAIVERS = WaiverBook(today=date(2026, 1, 1))


def verdicts(plan: Plan) -> tuple[Result, ...]:
    found = judge(plan, NO_WAIVERS).results
    assert found
    return found


WHOLE = {
    "digest": (PREVIEW, digest),
    "state 3": (STATE, state),
    "state 4": (STATE, lambda plan: state(plan, 4)),
    "checkpoint": (STATE, checkpoint),
    "gzip": (STATE, lambda plan: gzip.compress(state(plan).encode())),
    "UTF-16": (PREVIEW, lambda plan: digest(plan).encode("utf-16")),
    "byte order mark": (PREVIEW, lambda plan: digest(plan).encode("utf-8-sig")),
}


@pytest.mark.parametrize("form", list(WHOLE))
def test_verdicts_are_those_of_the_offline_plan(form: str, shipped_plan: Plan, write: Write) -> None:
    kind, render = WHOLE[form]
    found = read_engine_file(kind, write(render(shipped_plan)))
    assert found.has_references
    assert found.plan.tier == (shipped_plan.tier if kind is PREVIEW else "")
    read = replace(found.plan, tier=shipped_plan.tier)
    assert (read.project, read.stack, read.region) == (shipped_plan.project, shipped_plan.stack, shipped_plan.region)
    assert [r.urn for r in read.resources] == [r.urn for r in shipped_plan.resources]
    for ours, theirs in zip(read.resources, shipped_plan.resources, strict=True):
        for field in ("type", "name", "parent", "custom", "provider", "dependencies", "property_dependencies"):
            assert getattr(ours, field) == getattr(theirs, field), ours.urn
        assert ours.options.protect == theirs.options.protect
    assert verdicts(read) == verdicts(shipped_plan)


def test_a_stream_changes_no_verdict_but_those_that_need_references(
    shipped_plan: Plan, write: Write, ascent: Ascent
) -> None:
    path = write(stream(shipped_plan))
    found = read_engine_file(PREVIEW, path)
    assert not found.has_references
    facts = facts_from_wire(
        found.plan.resources, project=shipped_plan.project, stack=shipped_plan.stack, tier=shipped_plan.tier
    )
    need = rules_in_need(facts, RULES.values())
    assert "alarm-actions" in need
    assert "rds-storage-encrypted" not in need
    run = ascent("check", "--preview", path, "--format", "json")
    told = {(v["rule"], v["urn"]): v["status"] for v in json.loads(run.out)["stacks"][0]["verdicts"]}
    offline = {(r.verdict.rule, r.verdict.urn): r.verdict.status.value for r in verdicts(shipped_plan)}
    assert {key: status for key, status in told.items() if key[0] not in need} == {
        key: status for key, status in offline.items() if key[0] not in need
    }
    assert {status for key, status in told.items() if key[0] in need} == {"unknown"}


def test_a_stream_neither_passes_nor_fails_what_it_cannot_tell(plan: Plan, write: Write, ascent: Ascent) -> None:
    def statuses(path: Path) -> dict[str, str]:
        run = ascent("check", "--preview", path, "--format", "json")
        every = json.loads(run.out)["stacks"][0]["verdicts"]
        return {v["urn"]: v["status"] for v in every if v["rule"] == "s3-public-access-block"}

    assert statuses(write(digest(plan))) == {CLOSED: "pass", OPEN: "fail"}
    assert statuses(write(stream(plan))) == {CLOSED: "unknown", OPEN: "unknown"}
    assert "not told by this file" in ascent("check", "--preview", write(stream(plan))).out


def test_standard_input(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(digest(plan).encode())))
    found = read_engine_file(PREVIEW, STANDARD_INPUT)
    assert (found.name, found.plan.stack) == ("standard input", "live")


def changed(text: str, urn: str, /, **fields: Any) -> str:  # noqa: ANN401 - JSON values
    """A digest or state in which the entry of one resource has other fields."""
    document = json.loads(text)
    entries = document["deployment"]["resources"] if "deployment" in document else document["steps"]
    entry = next(e for e in entries if e["urn"] == urn)
    entry.get("newState", entry).update(fields)
    return json.dumps(document)


def inputs(found: Any, urn: str) -> Any:  # noqa: ANN401 - an EngineOutput
    return found.plan.by_urn[urn].inputs


def test_secrets_of_every_form(plan: Plan, write: Write) -> None:
    given = {"name": "[secret]", "nested": {"list": ["[secret]", "plain"]}}
    hidden = read_engine_file(PREVIEW, write(changed(digest(plan), OPEN, inputs=given)))
    unknown = hidden_secret("preview")
    assert inputs(hidden, OPEN) == {"name": unknown, "nested": {"list": [unknown, "plain"]}}
    unknown = hidden_secret("state")
    plaintext = {**SECRET, "plaintext": '{"a":1}'}
    given = {"name": "[secret]", "sealed": {**SECRET, "ciphertext": "xyz"}, "open": plaintext, "bad": {**SECRET}}
    shown = read_engine_file(STATE, write(changed(state(plan), OPEN, inputs=given)))
    # In a state the text [secret] is just a text: secrets are marked.
    assert inputs(shown, OPEN) == {"name": "[secret]", "sealed": unknown, "open": secret({"a": 1}), "bad": unknown}


def test_what_is_no_aws_resource_may_be_half_made(plan: Plan, write: Write) -> None:
    document = json.loads(state(plan))
    urn = f"urn:pulumi:{plan.stack}::{plan.project}::kubernetes:apps/v1:Deployment::web"
    document["deployment"]["resources"].append({"urn": urn, "custom": True, "initErrors": ["not ready"]})
    assert urn in read_engine_file(STATE, write(json.dumps(document))).plan.by_urn


def test_what_a_state_knows_beside_inputs_is_read(plan: Plan, write: Write) -> None:
    document = changed(state(plan), OPEN, id="open", outputs={"arn": "arn:aws:s3:::open", "key": {**SECRET}})
    known = read_engine_file(STATE, write(document)).deployed[OPEN]
    assert (known.id, known.outputs) == ("open", {"arn": "arn:aws:s3:::open", "key": hidden_secret("state")})


def test_the_engines_bookkeeping_is_stripped(plan: Plan, write: Write) -> None:
    given = {"__defaults": ["acl"], "rules": [{"__defaults": [], "id": "a"}], "__internal": {}, "tags": {"a": "b"}}
    found = read_engine_file(STATE, write(changed(state(plan), OPEN, inputs=given)))
    assert inputs(found, OPEN) == {"rules": [{"id": "a"}], "tags": {"a": "b"}}


@pytest.mark.parametrize("flag", ["delete", "external", "pendingReplacement"])
def test_what_no_longer_exists_or_is_only_read_is_left_out(flag: str, plan: Plan, write: Write) -> None:
    found = read_engine_file(STATE, write(changed(state(plan), OPEN, **{flag: True})))
    assert OPEN not in found.plan.by_urn
    assert CLOSED in found.plan.by_urn


@pytest.mark.parametrize("operation", ["delete", "discard"])
def test_steps_that_delete_are_left_out(operation: str, plan: Plan, write: Write) -> None:
    document = json.loads(digest(plan))
    step = next(s for s in document["steps"] if s["urn"] == OPEN)
    step.update(op=operation, oldState=step.pop("newState"))
    found = read_engine_file(PREVIEW, write(json.dumps(document)))
    assert OPEN not in found.plan.by_urn


def test_a_replacement_is_one_resource_with_its_new_inputs(plan: Plan, write: Write) -> None:
    document = json.loads(digest(plan))
    at = next(i for i, s in enumerate(document["steps"]) if s["urn"] == OPEN)
    new = {**document["steps"][at]["newState"], "inputs": {"bucket": "new"}}
    document["steps"][at : at + 1] = [
        {"op": "create-replacement", "urn": OPEN, "newState": new},
        {"op": "replace", "urn": OPEN, "newState": new},
        {"op": "delete-replaced", "urn": OPEN, "oldState": {}},
    ]
    found = read_engine_file(PREVIEW, write(json.dumps(document)))
    assert [r.inputs for r in found.plan.resources if r.urn == OPEN] == [{"bucket": "new"}]


def test_a_preview_that_only_a_policy_failed_is_whole(plan: Plan, write: Write) -> None:
    said = [{"message": "error: preview failed\n", "severity": "error"}, {"message": "x", "severity": "info#err"}]
    found = read_engine_file(PREVIEW, write(json.dumps({**json.loads(digest(plan)), "diagnostics": said})))
    assert OPEN in found.plan.by_urn
    events = stream(plan) + '{"sequence":99,"diagnosticEvent":{"message":"preview failed\\n","severity":"error"}}\n'
    assert OPEN in read_engine_file(PREVIEW, write(events)).plan.by_urn


def test_a_default_provider_is_made_of_the_configuration(plan: Plan, write: Write) -> None:
    tags = {"aws:defaultTags": '{"tags":{"Owner":"web"}}'}
    found = read_engine_file(PREVIEW, write(digest(plan, **tags)))
    provider = found.plan.by_urn[PROVIDER]
    assert provider.inputs == {"region": "eu-west-1", "defaultTags": '{"tags":{"Owner":"web"}}'}
    missing = next(r for r in verdicts(found.plan) if r.verdict.rule == "required-tags" and r.verdict.urn == OPEN)
    assert missing.verdict.status is Status.FAIL
    assert "Owner" not in missing.verdict.found


def test_positions_are_the_programs_own() -> None:
    library = "project:///.venv/lib/python3.11/site-packages/pulumi_aws/provider.py#805"
    frames = [
        {},
        {"sourcePosition": "project:///../outside.py#3"},
        {"sourcePosition": "project:///infra/my%20app.py#7"},
    ]
    assert position_of({"sourcePosition": library, "stackTrace": frames}) == Position("infra/my app.py", 7)
    assert position_of({"sourcePosition": "project:///index.ts#12,5"}) == Position("index.ts", 12)
    for nothing in ({}, {"sourcePosition": library}, {"sourcePosition": 7}, {"stackTrace": "x"}, {"stackTrace": [7]}):
        assert position_of(nothing) is None


def pending(plan: Plan) -> str:
    document = json.loads(state(plan))
    document["deployment"]["pending_operations"] = [{"resource": {"urn": OPEN}, "type": "creating"}, {}]
    return json.dumps(document)


def failed(plan: Plan) -> str:
    message = (
        "error: Program failed with an unhandled exception:\nTraceback (most recent call last):\nValueError: boom\n"
    )
    return json.dumps({**json.loads(digest(plan)), "diagnostics": [{"message": message, "severity": "error"}]})


def partial(plan: Plan) -> str:
    document = json.loads(digest(plan))
    return json.dumps({**document, "changeSummary": {"create": len(document["steps"]), "same": 40}})


def without_aws(plan: Plan) -> str:
    document = json.loads(state(plan))
    document["deployment"]["resources"] = document["deployment"]["resources"][:1]
    return json.dumps(document)


def versioned(plan: Plan, version: object) -> str:
    return json.dumps({**json.loads(state(plan)), "version": version})


def deep(levels: int) -> Any:  # noqa: ANN401 - JSON values
    """An object in an object, and so on."""
    return {"a": deep(levels - 1)} if levels else 1


def misnamed(plan: Plan) -> str:
    return digest(plan).replace(OPEN, OPEN + "\\u001b[31m")


BAD: dict[str, tuple[FileKind, Callable[[Plan], str | bytes], str]] = {
    "empty": (PREVIEW, lambda _: "", "is empty"),
    "blank": (STATE, lambda _: " \n", "is empty"),
    "cut off": (PREVIEW, lambda plan: digest(plan)[:-40], "not valid JSON"),
    "cut off at a value": (STATE, lambda plan: state(plan)[:-3], "ends in the middle"),
    "cut off gzip": (STATE, lambda plan: gzip.compress(state(plan).encode())[:-20], "truncated gzip"),
    "no JSON": (PREVIEW, lambda _: "Previewing update (live)", "not valid JSON"),
    "no text": (PREVIEW, lambda _: b"\xff\xfe\x00\xd8", "is not UTF-8"),
    "nested": (STATE, lambda _: "[" * 100_000 + "]" * 100_000, "nested too deeply"),
    "a list": (STATE, lambda _: "[]", "no file of Pulumi's engine"),
    "nothing known": (PREVIEW, lambda _: "{}", "no file of Pulumi's engine"),
    "a state for a preview": (PREVIEW, state, "is a state; pass it as --state"),
    "a preview for a state": (STATE, digest, "is a preview; pass it as --preview"),
    "a stream for a state": (STATE, stream, "is a preview; pass it as --preview"),
    "a plan": (PREVIEW, lambda _: '{"schemaVersion":1,"resources":[]}', "a plan of `ascent plan`"),
    "an update plan": (PREVIEW, lambda _: '{"resourcePlans":{}}', "an update plan"),
    "Terraform": (STATE, lambda _: '{"format_version":"1.2","terraform_version":"1.9"}', "Terraform"),
    "two documents": (PREVIEW, lambda plan: digest(plan) + "\n" + digest(plan), "holds 2 documents"),
    "two lines": (PREVIEW, lambda _: '{"steps":[],"changeSummary":{}}\n' * 2, "2 documents"),
    "newer": (STATE, lambda plan: versioned(plan, 5), "version 5, newer than 4"),
    "older": (STATE, lambda plan: versioned(plan, 2), "version 2, older than 3"),
    "no version": (STATE, lambda plan: versioned(plan, "3"), "has no version"),
    "interrupted": (STATE, pending, f"{OPEN} was interrupted and 1 more"),
    "half made": (STATE, lambda plan: changed(state(plan), OPEN, initErrors=["x"]), "half made"),
    "failed": (PREVIEW, failed, "the preview failed (ValueError: boom)"),
    "failed early": (PREVIEW, lambda _: '{"diagnostics":[{"severity":"info#err"}]}', "before its first step"),
    "partial": (PREVIEW, partial, "leaves out 40 resources that do not change"),
    "stream cut off": (PREVIEW, lambda plan: "\n".join(stream(plan).splitlines()[:9]), "ends before"),
    "stream cut in a line": (PREVIEW, lambda plan: stream(plan)[:-9], "not valid JSON"),
    "stream failed early": (
        PREVIEW,
        lambda _: '{"sequence":1,"timestamp":1,"cancelEvent":{}}',
        "before its first step",
    ),
    "stream of others": (PREVIEW, lambda plan: stream(plan) + "7\n", "is no event"),
    "no resources": (STATE, lambda _: '{"version":3,"deployment":{}}', "no AWS resource"),
    "never deployed": (STATE, lambda _: '{"version":3}', "no AWS resource"),
    "nothing of AWS": (STATE, without_aws, "no AWS resource"),
    "no step": (PREVIEW, lambda _: '{"steps":[7],"changeSummary":{}}', "steps[0]"),
    "no URN": (STATE, lambda _: '{"version":3,"deployment":{"resources":[{"urn":"x"}]}}', "resources[0] has no URN"),
    "a URN that colours": (PREVIEW, misnamed, "has no operation and URN"),
    "deep inputs of a state": (STATE, lambda plan: changed(state(plan), OPEN, inputs=deep(800)), f"{OPEN} is nested"),
    "deep inputs of a preview": (PREVIEW, lambda plan: changed(digest(plan), OPEN, inputs=deep(101)), "100 levels"),
    "inputs of another shape": (STATE, lambda plan: changed(state(plan), OPEN, inputs=[1]), "wrong shape"),
    "references of another shape": (PREVIEW, lambda p: changed(digest(p), OPEN, dependencies=[{}, 1]), "wrong shape"),
}


@pytest.mark.parametrize("case", list(BAD))
def test_bad_files_get_one_line(case: str, plan: Plan, write: Write, ascent: Ascent) -> None:
    kind, render, said = BAD[case]
    path = write(render(plan))
    line = ascent("check", f"--{kind.value}", path).refused()
    assert line.startswith(str(path))
    assert said in line


def test_inputs_as_deep_as_any_are_judged(plan: Plan, write: Write, ascent: Ascent) -> None:
    run = ascent("check", "--state", write(changed(state(plan), OPEN, inputs=deep(100))))
    assert (run.status, run.err) == (1, "")


def test_a_urn_that_stands_twice_is_a_problem(plan: Plan, write: Write, ascent: Ascent) -> None:
    document = json.loads(state(plan))
    entries = document["deployment"]["resources"]
    entries.append(next(e for e in entries if e["urn"] == CLOSED))
    found = read_engine_file(STATE, write(json.dumps(document)))
    assert [r.urn for r in found.plan.resources].count(CLOSED) == 2
    (line,) = found.problems
    assert line.startswith(f"{CLOSED} is there 2 times; ")
    run = ascent("check", "--state", write(json.dumps(document)))
    assert (run.status, run.err) == (1, "")
    assert [x.split()[0] for x in run.out.splitlines() if CLOSED in x] == ["PROBLEM"]
    told = json.loads(ascent("check", "--state", write(json.dumps(document)), "--format", "json").out)
    assert (told["stacks"][0]["problems"], told["stacks"][0]["fine"]) == ([line], False)


def test_a_urn_of_which_one_awaits_deletion_is_no_problem(plan: Plan, write: Write) -> None:
    document = json.loads(state(plan))
    entries = document["deployment"]["resources"]
    entries.append({**next(e for e in entries if e["urn"] == CLOSED), "delete": True})
    assert read_engine_file(STATE, write(json.dumps(document))).problems == ()


def test_a_missing_file_and_a_directory_get_one_line(tmp_path: Path, ascent: Ascent) -> None:
    for path in (tmp_path / "none.json", tmp_path):
        assert "cannot be read" in ascent("check", "--state", path).refused()


@pytest.mark.parametrize("render", [digest, state])
def test_any_missing_field_is_refused_or_judged(render: Any, plan: Plan, write: Write, ascent: Ascent) -> None:  # noqa: ANN401
    """Whatever one entry of a file lacks, or holds instead, there is no traceback."""
    for field in ("urn", "type", "custom", "inputs", "parent", "provider", "dependencies", "propertyDependencies"):
        for value in (None, 7, "x", [], {}, [7], {"a": 7}, True):
            run = ascent(
                "check",
                f"--{'state' if render is state else 'preview'}",
                write(changed(render(plan), OPEN, **{field: value})),
            )
            assert run.status in (1, 2), (field, value)
            assert len(run.err.splitlines()) == (run.status == 2), (field, value, run.err)


def test_the_root_of_the_stack_carries_no_inputs(plan: Plan, write: Write) -> None:
    found = read_engine_file(STATE, write(changed(state(plan), ROOT, inputs={"a": 1}, outputs={"url": "x"})))
    assert (inputs(found, ROOT), found.plan.outputs) == ({}, {"url": "x"})
