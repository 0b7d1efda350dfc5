"""What pricing a stack adds to planning it.

Run: .venv/bin/python benchmarks/cost_speed.py [RUNS]

Prints medians over RUNS (5): pricing prod in a fresh process with its plan at hand, imports and price book included;
and the share of that which is the pricing alone.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BOUND = 0.5
TIMED = """
import sys, time
from pathlib import Path
from ascent.plan.serialize import from_json
plan = from_json(Path(sys.argv[1]).read_text())
start = time.perf_counter()
from ascent.cost.costing import cost_of
from ascent.cost.document import to_document
from ascent.cost.book.prices import load_prices
book = load_prices()
loaded = time.perf_counter()
to_document([cost_of(plan, book)])
print(time.perf_counter() - start, time.perf_counter() - loaded)
"""


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as directory:
        subprocess.run(
            [sys.executable, "-m", "ascent", "plan", "prod", "--out", directory],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        command = [sys.executable, "-c", TIMED, str(Path(directory) / "prod" / "plan.json")]
        outputs = [
            subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout for _ in range(runs)
        ]
    whole, alone = zip(*(map(float, line.split()) for line in outputs), strict=True)
    print(f"cost of prod on top of its plan  {statistics.median(whole):6.3f} s (bound {BOUND:.2f})")
    print(f"of that, pricing alone           {statistics.median(alone):6.3f} s")


if __name__ == "__main__":
    main()
