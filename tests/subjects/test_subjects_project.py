"""Another project, planned offline by running its own code: said before, with its own packages, boxes named."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.cli_project import Answer
    from tests.subjects.programs import Program

Ascent = "Callable[..., Answer]"


def test_its_code_runs_and_that_is_said_first(program: Program, ascent: Callable[..., Answer]) -> None:
    program.write("settings/__init__.py", 'print("its own code")\nNAMES = ("one",)\n')
    answer = ascent("cost", "--project", program.directory, "--json")
    (stack,) = json.loads(answer.out)["stacks"]
    assert (stack["stack"], stack["region"]) == ("dev", "us-east-1")
    said = answer.err.splitlines()
    assert said[0].startswith(f"ascent cost --project {program.directory}: runs the program's own code there, ")
    assert (
        said[1] == f"{program.directory}: has no Pulumi.STACK.yaml, so this is a stack dev with the project's defaults"
    )
    assert said[-1] == "dev: tier mvp (guessed from the name dev; --tier names another)"


def test_its_stacks_are_chosen_by_name(program: Program, ascent: Callable[..., Answer]) -> None:
    for name in ("live", "test"):
        program.write(f"Pulumi.{name}.yaml", "config: {}\n")
    every = json.loads(ascent("cost", "--project", program.directory, "--json").out)["stacks"]
    assert [one["stack"] for one in every] == ["live", "test"]
    (one,) = json.loads(ascent("cost", "test", "--project", program.directory, "--json").out)["stacks"]
    assert one["stack"] == "test"
    assert ascent("cost", "lvie", "--project", program.directory).err.endswith("the stacks are: live, test\n")


@pytest.mark.parametrize("command", ["check", "readiness"])
def test_it_is_judged_as_well(command: str, program: Program, ascent: Callable[..., Answer]) -> None:
    answer = ascent(command, "--project", program.directory, "--tier", "startup")
    assert "dev: tier startup (given by --tier)" in answer.out
    assert "belongs to no component" not in answer.out


def test_what_other_packages_make_is_a_box_that_is_named(program: Program, ascent: Callable[..., Answer]) -> None:
    program.write(
        "__main__.py",
        "import pulumi, pulumi_aws as aws\n"
        "bucket = aws.s3.Bucket('bucket')\n"
        "class Cluster(pulumi.ComponentResource):\n"
        "    endpoint: pulumi.Output[str]\n"
        "    def __init__(self, name):\n"
        "        super().__init__('eks:index:Cluster', name, {'logs': bucket.arn, 'endpoint': None}, remote=True)\n"
        "cluster = Cluster('apps')\n"
        "aws.sqs.Queue('jobs', name=cluster.endpoint.apply(lambda url: url[:8]))\n",
    )
    answer = ascent("cost", "--project", program.directory, "--json")
    assert answer.status == 0
    assert "dev: eks:index:Cluster 'apps' is a component of another package: what it makes is not in this plan" in (
        answer.err.splitlines()
    )


def test_a_program_that_asks_aws_is_told_which_call(program: Program, ascent: Callable[..., Answer]) -> None:
    program.write(
        "__main__.py",
        "import boto3\n"
        "from botocore.stub import Stubber\n"
        "client = boto3.client('sts', region_name='us-east-1', aws_access_key_id='', aws_secret_access_key='')\n"
        "stub = Stubber(client)\n"
        "stub.add_client_error('get_caller_identity', 'ExpiredToken')\n"
        "stub.activate()\n"
        "client.get_caller_identity()\n",
    )
    answer = ascent("check", "--project", program.directory)
    assert (answer.status, answer.out) == (2, "")
    assert "asks AWS itself while it is planned (sts GetCallerIdentity), which needs credentials: " in answer.err
    assert "(at __main__.py:7)" in answer.err


def test_its_own_virtual_environment_runs_it(program: Program, ascent: Callable[..., Answer]) -> None:
    python = program.directory / ".venv" / "bin" / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", program.directory / ".venv"], check=True)
    answer = ascent("check", "--project", program.directory)
    assert answer.status == 2
    assert answer.line.startswith(f"{python}: has no package pulumi; install the program's requirements there, or ")
    places = [path for path in sys.path if path.endswith("site-packages")]
    (own,) = (program.directory / ".venv" / "lib").glob("python*/site-packages")
    (own / "borrowed.pth").write_text("\n".join(places))
    (own / "only_there.py").write_text("NAMES = ['there']\n")
    program.write("settings/__init__.py", "from only_there import NAMES\n")
    answer = ascent("check", "--project", program.directory)
    assert "there, with the packages of its own virtual environment and your rights" in answer.err
    assert "dev (enterprise)" in answer.out.splitlines()[-1]


@pytest.mark.parametrize(
    ("yaml", "says"),
    [
        (
            "name: shop\nruntime: nodejs\n",
            "runtime: is nodejs; only python programs can be planned; of ",
        ),
        ("runtime: python\n", "name: is missing"),
        ("name: shop\nruntime: python\nmain: nowhere\n", "main: nowhere: there is no __main__.py in it"),
    ],
)
def test_what_is_no_such_project(yaml: str, says: str, program: Program, ascent: Callable[..., Answer]) -> None:
    program.write("Pulumi.yaml", yaml)
    answer = ascent("cost", "--project", program.directory)
    assert (answer.status, answer.out) == (2, "")
    assert says in answer.err.splitlines()[-1]


def test_a_directory_without_a_project(program: Program, ascent: Callable[..., Answer]) -> None:
    answer = ascent("cost", "--project", program.directory / "settings")
    assert answer.status == 2
    assert answer.line.startswith(f"{program.directory}/settings: there is no Pulumi.yaml; ")
