"""Records of probes: evidence for the image that was probed, and for no other."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from ascent.probe.document import ProbeDocument
from ascent.probe.table import CHECKS
from ascent.readiness.model import Status
from ascent.readiness.probes.prove import MOST_DAYS
from ascent.readiness.probes.records import DIRECTORY, Probes, read_probes
from ascent.readiness.prove import judge
from common.problems import InputError
from policies.pack import types
from policies.pack.facts import UNKNOWN
from tests.policies.building import of
from tests.readiness.readiness_things import TODAY, grounds, item

if TYPE_CHECKING:
    from pathlib import Path

    from tests.policies.building import Made

DIGEST, OTHER = f"sha256:{'a' * 64}", f"sha256:{'b' * 64}"
ITEM = item(probe=("cors",), kinds=["application"])


def record(verdict: str = "proven", *, check: str = "cors", digest: str = DIGEST, days: int = 1, **changes: Any) -> Any:  # noqa: ANN401
    """A record as a file holds it."""
    answer = {
        "id": check,
        "items": list(CHECKS[check].items),
        "verdict": verdict,
        "evidence": "seen",
        "fix": "" if verdict == "proven" else "mend it",
        "seconds": 0.1,
    }
    return {
        "schemaVersion": 1,
        "how": "image",
        "target": "shop",
        "digest": digest,
        "stated": False,
        "probedAt": f"{TODAY - timedelta(days=days)}T12:00:00Z",
        "checks": [answer],
        **changes,
    }


def probes(*records: Any) -> Probes:  # noqa: ANN401
    return Probes(tuple((f"{DIRECTORY}/{n}.json", ProbeDocument.model_validate(one)) for n, one in enumerate(records)))


def task(*images: str, name: str = "task", port: bool = True) -> Made:
    containers = [{"image": image, **({"portMappings": [{"containerPort": 80}]} if port else {})} for image in images]
    return of(types.ECS_TASK_DEFINITION, name, containerDefinitions=json.dumps(containers))


HIDDEN = of(types.ECS_TASK_DEFINITION, "hidden", containerDefinitions=UNKNOWN)
RUNS = task(f"registry.example.com/shop@{DIGEST}")


@pytest.mark.parametrize(
    ("resources", "records", "status", "words"),
    [
        ([RUNS], [record()], Status.MET, f"seen ({TODAY - timedelta(days=1)})"),
        ([RUNS], [record(stated=True, how="url")], Status.MET, "as stated by whoever probed"),
        ([RUNS], [record("failed")], Status.UNMET, "seen"),
        ([RUNS], [record(digest=OTHER)], Status.UNMET, "no record is about sha256:aaaa"),
        ([RUNS], [], Status.UNMET, "nothing was probed: ascent probe --image IMAGE --record"),
        ([HIDDEN], [], Status.UNMET, "nothing was probed"),
        ([HIDDEN], [record()], Status.UNKNOWN, "which image it runs is known after deployment"),
        ([RUNS], [record("not asked")], Status.UNMET, "could not ask it"),
        ([RUNS], [record(check="cookies")], Status.UNMET, "could not ask it"),
        ([RUNS], [record(days=MOST_DAYS)], Status.MET, "seen"),
        ([RUNS], [record(days=MOST_DAYS + 1)], Status.UNMET, "more than 92 days old"),
        ([RUNS], [record(days=3), record("failed", days=2)], Status.UNMET, "seen"),
        ([RUNS], [record("failed", days=3), record(days=2)], Status.MET, "seen"),
        ([RUNS], [record(days=3), record("not asked", days=2)], Status.MET, "seen"),
        ([task("shop:1.2")], [record()], Status.UNMET, "shop:1.2 is not named by digest"),
        ([RUNS, task("shop:1.2", name="other")], [record()], Status.UNMET, "shop:1.2"),
        ([RUNS, task("agent:1", name="other", port=False)], [record()], Status.MET, "seen"),
        ([RUNS, task(f"x@{OTHER}", name="other")], [record()], Status.UNMET, "no record is about sha256:bbbb"),
        ([task("agent:1", port=False)], [record()], Status.UNMET, "serves requests from no image"),
        ([], [record()], Status.UNMET, "serves requests from no image"),
        (
            [of(types.EC2_LAUNCH_TEMPLATE, "t", userData=f"#!/bin/bash\ndocker run --rm shop@{DIGEST} serve")],
            [record()],
            Status.MET,
            "seen",
        ),
        ([of(types.EC2_LAUNCH_TEMPLATE, "t", userData="docker run shop:1")], [record()], Status.UNMET, "by digest"),
    ],
)
def test_a_record_speaks_for_its_image(resources: list[Made], records: list[Any], status: Status, words: str) -> None:
    judged = judge(ITEM, grounds(*resources, probes=probes(*records)))
    [evidence] = judged.evidence
    assert (judged.status, evidence.kind, evidence.id) == (status, "probe", "cors")
    assert words in evidence.found


def write(directory: Path, *records: Any) -> Path:  # noqa: ANN401
    (directory / DIRECTORY).mkdir(parents=True)
    for number, one in enumerate(records):
        text = one if isinstance(one, str) else json.dumps(one)
        (directory / DIRECTORY / f"{number}.json").write_text(text, encoding="utf-8")
    return directory


def test_records_are_read(tmp_path: Path) -> None:
    assert read_probes(tmp_path, today=TODAY) == Probes()
    [(path, found)] = read_probes(write(tmp_path, record()), today=TODAY).by_path
    assert (path, found.digest) == ("docs/probes/0.json", DIGEST)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("{", "docs/probes/0.json: is no JSON"),
        ("[" * 100_000, "is no JSON"),
        ("[]", "write it with ascent probe --record"),
        (record(days=-1), "must not be after today"),
        (record(digest="sha256:abc"), "digest"),
        (record(how="rumour"), "how"),
        (record(checks=[]), "checks"),
        (record(extra=1), "extra"),
        (record(how="url"), "the digest of a url is stated by whoever probed"),
        (record(checks=record()["checks"] * 2), "cors stands twice"),
        (record(checks=[{**record()["checks"][0], "id": "corse"}]), "corse is no check"),
        (record(checks=[{**record()["checks"][0], "items": [1]}]), "cors proves [108]"),
        (record(checks=[{**record()["checks"][0], "fix": "x"}]), "a fix goes with what is not proven"),
        (record(checks=[{**record()["checks"][0], "verdict": "fine"}]), "verdict"),
        (record(probedAt="yesterday"), "probedAt"),
    ],
)
def test_a_wrong_record_is_refused(tmp_path: Path, wrong: Any, words: str) -> None:  # noqa: ANN401
    with pytest.raises(InputError) as refused:
        read_probes(write(tmp_path, wrong), today=TODAY)
    assert words in str(refused.value)
    assert all(line.startswith("docs/probes/0.json: ") for line in str(refused.value).splitlines())


def test_each_item_that_a_probe_proves_names_a_check_of_it() -> None:
    assert [check for check, known in CHECKS.items() if not known.items] == ["port"]
