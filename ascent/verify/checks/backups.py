"""Whether backups are made."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from ascent.verify.answer import Said, not_asked, not_well, well
from ascent.verify.aws import NotAnsweredError
from ascent.verify.reads import Read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ascent.verify.deployed import Found
    from ascent.verify.subject import Subject

_DUE: Final = timedelta(hours=32)
"""A day, and the hours within which a daily backup starts and ends."""


def check_vault(vault: Found, subject: Subject) -> Iterator[Said]:
    """A vault: its last recovery point is not older than a daily backup may be."""
    name, region, aws = vault.text("name") or vault.id, vault.region, subject.aws
    created = aws.ask(Read.VAULT, region, BackupVaultName=name)["CreationDate"]
    command = aws.command(
        "backup", "list-backup-jobs", "--by-backup-vault-name", name, "--max-results", "20", region=region
    )
    try:
        found = aws.ask_all(Read.RECOVERY_POINTS, "RecoveryPoints", region, BackupVaultName=name)
    except NotAnsweredError as error:
        yield not_asked(f"its last recovery point: {error}")
        return
    ended = [one["CreationDate"] for one in found if one.get("Status") == "COMPLETED"]
    if not ended:
        due = created + _DUE
        if subject.now <= due:
            yield well(f"no recovery point yet: the first is due by {due:%Y-%m-%d %H:%M} UTC")
        else:
            yield not_well("no recovery point, a day after it was made", runbook="verify.md#backups", command=command)
        return
    last = max(ended)
    hours = int((subject.now - last).total_seconds() // 3600)
    text = f"{len(ended)} recovery points, the last one {hours} h old"
    yield well(text) if subject.now - last <= _DUE else not_well(text, runbook="verify.md#backups", command=command)
