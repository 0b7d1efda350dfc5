"""The shop passes its own probe. How fast it answers says how busy the machine is: `make probe` asks that too."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from servers import MissingError, cache_program, postgres_programs

ROOT = Path(__file__).parents[2]
ASCENT = ROOT / ".venv" / "bin" / "ascent"
OF_IMAGES = {"non-root", "read-only-root"}


@pytest.mark.skipif(not ASCENT.is_file(), reason="ascent is not set up here: make preview")
def test_it_passes_its_own_probe() -> None:
    try:
        postgres_programs(), cache_program()
    except MissingError as missing:
        pytest.skip(str(missing))
    command = f"env PYTHONPATH={ROOT / 'app'} {sys.executable} -m shop"
    stage = [sys.executable, Path(__file__).with_name("stage.py")]
    found = subprocess.run(
        [*stage, ASCENT, "probe", "--about", "{about}", "--command", command, "--json"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert '"schemaVersion"' in found.stdout, found.stderr
    text = found.stdout[found.stdout.index('{\n  "schemaVersion"') :]
    checks = {check["id"]: check for check in json.loads(text)["checks"]}
    wrong = {name: check["evidence"] for name, check in checks.items() if check["verdict"] != "proven"}
    assert set(wrong) - {"load"} == OF_IMAGES, wrong
    assert len(checks) > 25
