"""What `ascent check` takes for a state of 50,000 resources of the kinds that could be quadratic.

Run: .venv/bin/python benchmarks/check_size.py [RESOURCES]

Stores that each have a backup selection, and a star of security groups; references are ids and ARNs, none is recorded.
Prints seconds of CPU (at most 15) and peak memory (at most 900 MB).
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def entry(kind: str, name: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
    """A resource of a state."""
    return {"urn": f"urn:pulumi:live::shop::{kind}::{name}", "type": kind, "custom": True, "id": name, **fields}


def state(count: int) -> dict[str, Any]:
    """A state of about `count` resources: a quarter a star of groups, the others stores and selections."""
    found = []
    for i in range(count // 8):
        rule = {"securityGroupId": "sg-0", "referencedSecurityGroupId": f"sg-{i}", "ipProtocol": "tcp"}
        found.append(entry("aws:ec2/securityGroup:SecurityGroup", f"sg-{i}", inputs={"name": f"g{i}"}))
        found.append(entry("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", f"rule-{i}", inputs=rule))
    for i in range(count * 3 // 8):
        arn = f"arn:aws:dynamodb:eu-west-1:123456789012:table/t{i}"
        table = {"name": f"t{i}", "tags": {"backup": str(i)}}
        tags = [{"type": "STRINGEQUALS", "key": "backup", "value": str(i)}]
        found.append(entry("aws:dynamodb/table:Table", f"t{i}", inputs=table, outputs={"arn": arn}))
        found.append(
            entry("aws:backup/selection:Selection", f"s{i}", inputs={"resources": [arn], "selectionTags": tags})
        )
    return {"version": 3, "deployment": {"resources": found}}


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "state.json"
        path.write_text(json.dumps(state(count)))
        command = [sys.executable, "-m", "ascent", "check", "--state", str(path), "--output", f"{folder}/out.txt"]
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{count} resources: {used.ru_utime + used.ru_stime:.1f} s of CPU, {used.ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
