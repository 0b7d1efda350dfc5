"""A full disk, a reader who has seen enough, Ctrl-C: one line or none, never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.cli_project import ROOT

COMMAND = [sys.executable, "-m", "ascent"]


@pytest.mark.parametrize("arguments", [["--help"], ["rules"], ["rules", "--json"], ["explain", "dev"]])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_line(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run([*COMMAND, *arguments], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 2
    assert run.stderr.decode() == "ascent: standard output: No space left on device\n"


@pytest.mark.parametrize("arguments", [["--help"], ["rules"], ["rules", "--json"], ["explain", "dev"]])
def test_a_reader_who_has_seen_enough_is_no_error(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run([*COMMAND, *arguments], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (run.returncode, run.stderr) == (0, b"")


def as_from_a_terminal() -> None:
    """What a shell starts in the background ignores Ctrl-C, and so would whatever it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize("seconds", [0.3, 0.7])
def test_ctrl_c_ends_the_command_and_its_planning_processes(seconds: float) -> None:
    """As a terminal sends it: to all processes of the group."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*COMMAND, "plan"],
        cwd=ROOT,
        stdout=pipe,
        stderr=pipe,
        start_new_session=True,
        preexec_fn=as_from_a_terminal,
    ) as process:
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        # The planning processes hold the other ends of these pipes: both end only when all are gone.
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")
