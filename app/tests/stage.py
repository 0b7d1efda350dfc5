"""Starts a database and a cache, prepares them for a probe, and runs a command: `stage.py COMMAND …`.

`{about}` in the command stands for probe.yaml with their addresses. The command's exit status is this one's.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from servers import PASSWORD, USER, MissingError, cache, postgres

APP = Path(__file__).parents[1]


def main(command: list[str]) -> int:
    """Run a command."""
    try:
        with postgres() as database_port, cache() as cache_port, TemporaryDirectory() as directory:
            environment = {
                **os.environ,
                "DATABASE_HOST": "127.0.0.1",
                "DATABASE_PORT": str(database_port),
                "DATABASE_USER": USER,
                "DATABASE_PASSWORD": PASSWORD,
                "DATABASE_TLS": "disable",
                "JWT_SECRET": "only-on-this-machine-0123456789abcdef",
            }
            subprocess.run([sys.executable, "-m", "alembic", "upgrade", "head"], cwd=APP, env=environment, check=True)
            subprocess.run([sys.executable, "-c", ACCOUNT], cwd=APP, env=environment, check=True)
            text = (APP / "probe.yaml").read_text(encoding="utf-8")
            text = text.replace("127.0.0.1:5432", f"127.0.0.1:{database_port}")
            about = Path(directory) / "probe.yaml"
            about.write_text(text.replace("127.0.0.1:6379", f"127.0.0.1:{cache_port}"), encoding="utf-8")
            return subprocess.run([part.replace("{about}", str(about)) for part in command], check=False).returncode
    except MissingError as missing:
        print(missing, file=sys.stderr)
        return 2


ACCOUNT = """
from shop.core.settings import settings
from shop.data.database import Database
from shop.data.models import Account
from shop.web.passwords import hashed

with Database(settings()).session() as rows:
    password = hashed("correct-horse-battery-staple")
    rows.add(Account(id=1, email="probe@shop.example.com", name="Probe", password=password))
    rows.commit()
"""
"""Adds the account that probe.yaml speaks of."""

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
