"""How fast `ascent plan` is, against the least that any Python program using the same AWS classes must pay.

Run: .venv/bin/python benchmarks/plan_speed.py [RUNS]

Prints medians over RUNS (5) of cold processes: a bare process that imports pulumi and touches the classes of the prod
plan with the garbage collector off; `ascent plan prod`; their ratio, pair by pair; all stacks; the rules alone
on 300 resources; and peak memory.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from keyword import iskeyword
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BARE = """
import gc, os, sys
gc.disable()
import pulumi, pulumi_aws, pulumi_awsx
for name in sys.argv[1:]:
    package, module, cls = name.split(".")
    getattr(getattr(sys.modules[package], module), cls)
os._exit(0)
"""


def timed(*command: str) -> float:
    """Seconds that a command takes as a whole process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def classes(plan: Path) -> list[str]:
    """Dotted names of the SDK classes behind a plan's resources."""
    types = {r["type"] for r in json.loads(plan.read_text())["resources"]}
    found = []
    for token in sorted(types):
        package, module, name = token.split(":")
        if package in ("aws", "awsx"):
            module = module.partition("/")[0]
            found.append(f"pulumi_{package}.{module}{'_' if iskeyword(module) else ''}.{name}")
    return found


def rules_seconds(plan: Path, wanted: int) -> float:
    """Seconds that all rules take on the plan, its resources repeated until there are `wanted`."""
    sys.path.insert(0, str(ROOT))
    from ascent.plan.serialize import from_dict
    from ascent.verdicts.judge import judge

    small = from_dict(json.loads(plan.read_text()))
    resources = []
    for copy in range(wanted // len(small.resources) + 1):
        resources += [replace(r, urn=f"{r.urn}-{copy}") for r in small.resources]
    large = replace(small, resources=tuple(resources[:wanted]))
    start = time.perf_counter()
    judge(large)
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    python = sys.executable
    with tempfile.TemporaryDirectory() as directory:
        plan = Path(directory) / "prod" / "plan.json"
        subprocess.run(
            [python, "-m", "ascent", "plan", "prod", "--out", directory],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        names = classes(plan)
        bare, prod, every = [], [], []
        for _ in range(runs):
            bare.append(timed(python, "-c", BARE, *names))
            prod.append(timed(python, "-m", "ascent", "plan", "prod"))
            every.append(timed(python, "-m", "ascent", "plan"))
        ratios = [p / b for p, b in zip(prod, bare, strict=True)]
        print(f"bare process, {len(names)} classes  {statistics.median(bare):6.2f} s")
        print(f"ascent plan prod            {statistics.median(prod):6.2f} s")
        print(f"ratio, pair by pair         {statistics.median(ratios):6.2f}   (bound 1.40)")
        print(f"ascent plan (all stacks)    {statistics.median(every):6.2f} s")
        print(f"all rules, 300 resources    {rules_seconds(plan, 300):6.2f} s (bound 0.30)")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of a process    {peak:6.0f} MB (bound 600)")


if __name__ == "__main__":
    main()
