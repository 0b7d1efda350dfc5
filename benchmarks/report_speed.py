"""What the report of all stacks takes, against planning them.

Run: .venv/bin/python benchmarks/report_speed.py [RUNS]

Prints medians over RUNS (5) of cold processes, and the median of their ratios, pair by pair.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOUND = 1.5


def timed(*arguments: str) -> float:
    """Seconds that a command of Ascent takes as a whole process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "ascent", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as out:
        pairs = [(timed("plan"), timed("report", "--out", out)) for _ in range(runs)]
    plans, reports = zip(*pairs, strict=True)
    ratio = statistics.median(report / plan for plan, report in pairs)
    print(f"planning all stacks        {statistics.median(plans):6.2f} s")
    print(f"their report               {statistics.median(reports):6.2f} s")
    print(f"ratio                      {ratio:6.2f} (bound {BOUND:.2f})")


if __name__ == "__main__":
    main()
