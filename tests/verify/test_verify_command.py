"""The command: what it prints, how it exits, and what it says of wrong input."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.exceptions import ClientError
from jsonschema.validators import validator_for

from ascent.cli import main
from ascent.output.schemas import schemas
from ascent.verify import asking
from ascent.verify.answer import Said, Verdict
from ascent.verify.aws import Aws, GoneError
from ascent.verify.reads import Read
from common.problems import InputError
from tests.cli.cli_project import ROOT, Answer, Project
from tests.verify.site import self_made, serving
from tests.verify.standin import ACCOUNT, entry, state, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def run(project: Project, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def call(*words: str) -> Answer:
        status = main(["verify", *words, "--cwd", str(project.directory)])
        captured = capsys.readouterr()
        return Answer(status, captured.out, captured.err)

    return call


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site that is well, by the name localhost."""
    certificate = self_made(tmp_path, host="localhost", days=90)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = serving({"/health": (200, "")}, certificate)
    yield f"https://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def table(client: Callable[[str], Any]) -> dict[str, Any]:
    client("dynamodb").create_table(
        TableName="t",
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    return entry("aws:dynamodb/table:Table", "ascent-dev-table", "t", {"name": "t", "region": "us-east-1"})


def test_all_is_well(run: Callable[..., Answer], tmp_path: Path, url: str, table: dict[str, Any]) -> None:
    file = write(tmp_path, state(table, outputs={"url": url}))
    answer = run("dev", "--state", str(file))
    assert (answer.status, answer.err) == (0, "")
    assert f"well       url dev: {url}/health answers 200" in answer.out
    assert answer.out.splitlines()[-1] == f"OK dev (us-east-1, {ACCOUNT}): 4 well, 0 not well, 0 not asked"


def test_something_is_not_well(run: Callable[..., Answer], tmp_path: Path, url: str, table: dict[str, Any]) -> None:
    alarm = entry("aws:cloudwatch/metricAlarm:MetricAlarm", "ascent-dev-alarm", "a", {"name": "a"})
    file = write(tmp_path, state(table, alarm, outputs={"url": url}))
    answer = run("dev", "--state", str(file))
    assert answer.status == 1
    lines = answer.out.splitlines()
    place = lines.index("not well   alarms ascent-dev-alarm: is gone: the state has it, AWS does not")
    assert [line.strip() for line in lines[place + 1 : place + 3]] == [
        "see docs/verify.md#gone",
        "run pulumi refresh --stack dev --preview-only",
    ]
    assert lines[-1].startswith("NOT OK dev")


def test_what_was_not_asked_is_not_well(
    run: Callable[..., Answer], tmp_path: Path, url: str, table: dict[str, Any]
) -> None:
    origin = entry("aws:cloudfront/vpcOrigin:VpcOrigin", "ascent-dev-origin", "vo_1")
    file = write(tmp_path, state(table, origin, outputs={"url": url}))
    answer = run("dev", "--state", str(file))
    assert answer.status == 1
    assert "not asked: cloudfront ascent-dev-origin: cloudfront answered 404 to get_vpc_origin" in answer.out


def test_json_keeps_to_its_schema(run: Callable[..., Answer], tmp_path: Path, url: str, table: dict[str, Any]) -> None:
    gone = entry("aws:dynamodb/table:Table", "ascent-dev-other", "o", {"name": "o"})
    file = write(tmp_path, state(table, gone, outputs={"url": url}))
    answer = run("dev", "--state", str(file), "--json")
    document, schema = json.loads(answer.out), schemas()["verify"]
    assert answer.status == 1
    assert list(validator_for(schema)(schema).iter_errors(document)) == []
    assert (document["well"], document["account"], document["region"]) == (False, ACCOUNT, "us-east-1")
    assert {one["verdict"] for one in document["answers"]} == {"well", "not well"}


def test_a_state_that_was_interrupted_is_not_well(run: Callable[..., Answer], tmp_path: Path, url: str) -> None:
    pending = [{"type": "creating", "resource": {"urn": "urn:pulumi:dev::ascent::aws:sns/topic:Topic::topic"}}]
    table = entry("aws:dynamodb/table:Table", "t", "t", {"name": "t"}, initErrors=["timed out\nwaiting"])
    file = write(tmp_path, state(table, outputs={"url": url}, pending_operations=pending))
    answer = run("dev", "--state", str(file))
    assert answer.status == 1
    assert "state dev: topic: its last operation was interrupted" in answer.out
    assert "state dev: t is half made: timed out waiting" in answer.out


def test_it_waits_until_all_is_well(
    run: Callable[..., Answer],
    tmp_path: Path,
    url: str,
    table: dict[str, Any],
    client: Callable[[str], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def make(_: float) -> None:
        client("sns").create_topic(Name="late")

    monkeypatch.setattr(asking.verify_until_well, "__kwdefaults__", {"pause": make})
    arn = f"arn:aws:sns:us-east-1:{ACCOUNT}:late"
    file = write(tmp_path, state(table, entry("aws:sns/topic:Topic", "late", arn, {"arn": arn}), outputs={"url": url}))
    answer = run("dev", "--state", str(file), "--wait", "5")
    assert answer.status == 0
    assert "4 well, 1 not well, 0 not asked; waiting for subscriptions" in answer.line
    assert answer.out.splitlines()[-1].startswith("OK dev")


def test_waiting_ends(subject_of: Callable[..., Any]) -> None:
    rounds: list[object] = []
    found = asking.verify_until_well(subject_of(), 1e-9, rounds.append, pause=rounds.append)
    assert not found.well
    assert len(rounds) <= 2


def test_without_credentials(
    run: Callable[..., Answer], tmp_path: Path, table: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, state(table))
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(variable)
    for variable in ("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"):
        monkeypatch.setenv(variable, str(tmp_path / "none"))
    answer = run("dev", "--state", str(file))
    assert answer.status == 2
    assert answer.line.startswith(
        "ascent verify dev: AWS: no credentials: Unable to locate credentials; set aws:profile"
    )


def test_a_profile_that_is_not_there(
    run: Callable[..., Answer], project: Project, config: dict[str, Any], tmp_path: Path, table: dict[str, Any]
) -> None:
    project.stack("dev", **{**config, "aws:profile": "nobody"})
    answer = run("dev", "--state", str(write(tmp_path, state(table))))
    assert answer.status == 2
    assert "The config profile (nobody) could not be found" in answer.line


def test_another_account(
    run: Callable[..., Answer], project: Project, config: dict[str, Any], tmp_path: Path, table: dict[str, Any]
) -> None:
    file = str(write(tmp_path, state(table)))
    for more, words in (
        ({"ascent:accountId": "111111111111"}, "the stack deploys to 111111111111 only"),
        ({"aws:allowedAccountIds": ["222222222222"]}, "the stack deploys to 222222222222 only"),
        ({"aws:forbiddenAccountIds": [ACCOUNT]}, "the stack must not use it"),
    ):
        project.stack("dev", **{**config, **more})
        answer = run("dev", "--state", file)
        assert answer.status == 2
        assert f"the credentials are of account {ACCOUNT}: {words}" in answer.line


def test_a_role_is_taken_on(
    run: Callable[..., Answer],
    project: Project,
    config: dict[str, Any],
    tmp_path: Path,
    url: str,
    table: dict[str, Any],
) -> None:
    role = {"roleArn": f"arn:aws:iam::{ACCOUNT}:role/reader", "duration": "1h", "sessionName": "me"}
    project.stack("dev", **{**config, "aws:assumeRoles": [role]})
    assert run("dev", "--state", str(write(tmp_path, state(table, outputs={"url": url})))).status == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"aws:sharedConfigFiles": ["a", "b"]}, "aws:sharedConfigFiles has 2 files: AWS's SDK for Python reads one"),
        (
            {
                "aws:assumeRoleWithWebIdentity": {
                    "roleArn": f"arn:aws:iam::{ACCOUNT}:role/reader",
                    "webIdentityTokenFile": "/none",
                }
            },
            "aws:assumeRoleWithWebIdentity.webIdentityTokenFile is '/none': cannot be read",
        ),
    ],
)
def test_a_provider_setting_that_cannot_be_followed(
    more: dict[str, Any],
    words: str,
    run: Callable[..., Answer],
    project: Project,
    config: dict[str, Any],
    tmp_path: Path,
    table: dict[str, Any],
) -> None:
    project.stack("dev", **{**config, **more})
    answer = run("dev", "--state", str(write(tmp_path, state(table))))
    assert answer.status == 2
    assert words in answer.line


def test_credentials_come_from_the_files_that_the_stack_names(
    run: Callable[..., Answer],
    project: Project,
    config: dict[str, Any],
    tmp_path: Path,
    url: str,
    table: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(variable)
    keys = project.write("keys", "[shop]\naws_access_key_id = a\naws_secret_access_key = b\n")
    project.stack("dev", **{**config, "aws:profile": "shop", "aws:sharedCredentialsFiles": [str(keys)]})
    answer = run("dev", "--state", str(write(tmp_path, state(table, outputs={"url": url}))))
    assert answer.status == 0


def test_nobody_at_the_address(
    run: Callable[..., Answer], project: Project, config: dict[str, Any], tmp_path: Path, table: dict[str, Any]
) -> None:
    project.stack("dev", **{**config, "aws:endpoints": [{"sts": "http://127.0.0.1:1"}]})
    answer = run("dev", "--state", str(write(tmp_path, state(table))))
    assert answer.status == 2
    assert "sts does not answer" in answer.line


@pytest.mark.parametrize(
    ("code", "raised", "words"),
    [
        ("NoSuchThing", GoneError, ""),
        ("ExpiredToken", InputError, "AWS: refuses the credentials (ExpiredToken): no; renew them"),
        ("AccessDeniedException", Exception, "not allowed: it needs dynamodb:DescribeTable"),
        ("ThrottlingException", Exception, "dynamodb answered ThrottlingException to describe_table"),
    ],
)
def test_how_aws_refuses(code: str, raised: type[Exception], words: str, aws: Aws) -> None:
    def refuse(**_: object) -> None:
        raise ClientError({"Error": {"Code": code, "Message": "no"}}, "DescribeTable")

    made = boto3.client("dynamodb", region_name="us-east-1")
    made.describe_table = refuse
    aws._clients["dynamodb", "us-east-1"] = made
    with pytest.raises(raised) as error:
        aws.ask(Read.TABLE, TableName="t")
    assert str(error.value) == words


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (
            {"version": 3, "deployment": {"resources": []}},
            "dev has deployed nothing; run `pulumi up --stack dev` first",
        ),
        ({"version": 3}, "dev has deployed nothing"),
        ({"steps": []}, "is no state"),
        ([1], "is no state"),
        ({"version": 99, "deployment": {}}, "newer than"),
        (
            {"version": 3, "deployment": {"resources": [{"urn": "urn:pulumi:qa::ascent::aws:sns/topic:Topic::t"}]}},
            "is the state of ascent/qa, not of ascent/dev",
        ),
        (
            {
                "version": 3,
                "deployment": {"resources": [entry("aws:sns/topic:Topic", "t", outputs=None) | {"outputs": 3}]},
            },
            "has the wrong shape",
        ),
    ],
)
def test_a_wrong_state(document: object, words: str, run: Callable[..., Answer], tmp_path: Path) -> None:
    answer = run("dev", "--state", str(write(tmp_path, document)))
    assert answer.status == 2
    assert words in answer.line


def test_no_such_stack(run: Callable[..., Answer]) -> None:
    assert run("nobody").status == 2


def test_without_a_cli_and_a_state(run: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    answer = run("dev")
    assert answer.status == 2
    assert "there is no pulumi on PATH to ask for the state; pass --state FILE" in answer.line


@pytest.mark.parametrize(
    ("script", "status", "words"),
    [
        ("echo 'error: no stack named dev found' >&2; exit 255", 2, "pulumi stack export: no stack named dev found"),
        (
            'while [ "$1" != --file ]; do shift; done; echo \'{"version": 3}\' > "$2"',
            2,
            "pulumi stack export: dev has deployed nothing; run `pulumi up --stack dev` first",
        ),
        ('while [ "$1" != --file ]; do shift; done; cp "$STATE" "$2"', 0, ""),
    ],
)
def test_the_cli_is_asked_for_the_state(
    script: str,
    status: int,
    words: str,
    run: Callable[..., Answer],
    tmp_path: Path,
    url: str,
    table: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cli = tmp_path / "bin" / "pulumi"
    cli.parent.mkdir()
    cli.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    cli.chmod(0o755)
    monkeypatch.setenv("PATH", f"{cli.parent}:/usr/bin:/bin")
    monkeypatch.setenv("STATE", str(write(tmp_path, state(table, outputs={"url": url}))))
    answer = run("dev")
    assert answer.status == status
    assert words in answer.err
    assert answer.err.count("\n") == bool(words)


def test_without_boto3(run: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ascent.cli.verify.find_spec", lambda _: None)
    answer = run("dev", "--state", str(write(tmp_path, state())))
    assert answer.status == 2
    assert "boto3, AWS's SDK, is missing: pip install '.[verify]'" in answer.line


def test_it_only_reads_and_the_page_names_each_action() -> None:
    text = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    policy = json.loads(text.split("```json\n")[1].split("```")[0])
    named = policy["Statement"][0]["Action"]
    # Whoever has credentials may ask whose they are.
    assert named == sorted({read.action for read in Read} - {"sts:GetCallerIdentity"})
    assert all(read.operation.startswith(("describe_", "get_", "list_")) for read in Read)
    assert Read.SECRET.operation == "describe_secret"


def test_the_page_has_a_section_for_each_check_and_place() -> None:
    text = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
    sections = {line.removeprefix("### ") for line in text.splitlines() if line.startswith("### ")}
    assert {check.name for check in asking.CHECKS} | {"gone"} == sections


@pytest.mark.parametrize("path", sorted((ROOT / "ascent" / "verify").rglob("*.py")), ids=lambda path: path.stem)
def test_each_page_that_is_pointed_to_is_there(path: Path) -> None:
    for page in re.findall(r'"(runbooks/[\w-]+\.md|verify\.md#\w+|interrupted\.md)"', path.read_text(encoding="utf-8")):
        file, _, section = page.partition("#")
        text = (ROOT / "docs" / file).read_text(encoding="utf-8")
        assert not section or f"### {section}\n" in text


def test_a_verdict_of_its_own_for_what_was_not_asked() -> None:
    assert [verdict.value for verdict in Verdict] == ["well", "not well", "not asked"]
    assert Said(Verdict.NOT_ASKED, "why").runbook == ""
