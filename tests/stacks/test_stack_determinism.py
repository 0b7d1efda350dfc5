"""The same stack gives the same bytes in every process, whatever is around it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.stacks.planning import ROOT


def start(directory: Path, seed: str, extra: dict[str, str]) -> subprocess.Popen[bytes]:
    """`ascent plan prod` in a new process with its own hash seed, working directory and home."""
    home = directory / f"home-{seed}"
    home.mkdir()
    environment = {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": seed,
        "HOME": str(home),
        **extra,
    }
    command = [sys.executable, "-m", "ascent", "plan", "prod", "-C", str(ROOT), "--json", "--out", str(home / "out")]
    return subprocess.Popen(command, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_two_processes_agree_to_the_byte(tmp_path: Path) -> None:
    strange = {"AWS_REGION": "eu-west-3", "AWS_PROFILE": "nobody", "TZ": "Pacific/Apia", "LC_ALL": "C", "COLUMNS": "40"}
    processes = [start(tmp_path, "1", {}), start(tmp_path, "4711", strange)]
    answers = [(*process.communicate(timeout=120), process.returncode) for process in processes]
    assert answers[0][0] == answers[1][0]
    assert [(stderr, status) for _, stderr, status in answers] == [(b"", 0)] * 2
    files = [(tmp_path / f"home-{seed}" / "out" / "prod" / "plan.json").read_bytes() for seed in ("1", "4711")]
    assert files[0] == files[1]
    (printed,) = json.loads(answers[0][0])["stacks"]
    assert printed["plan"] == json.loads(files[0])
    assert len(printed["plan"]["resources"]) > 150
    assert str(ROOT).encode() not in files[0], "a machine's paths are no part of a plan"
