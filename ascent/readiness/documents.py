"""Files of the repository as evidence: there, and saying what the item asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ascent.readiness.content.kinds import DOCUMENTS, KINDS, OF_THE_STACK
from ascent.readiness.content.markdown import copies
from ascent.readiness.evidence import Evidence
from ascent.readiness.model import FileProof, Status

if TYPE_CHECKING:
    from ascent.readiness.content.ground import Ground


def prove(proof: FileProof, ground: Ground) -> Evidence:
    """What a file proof finds.

    Args:
        proof: what must be there.
        ground: the project's files, and what they are held against.
    """
    repository = ground.repository
    matching = repository.matching(proof.path)
    if len(matching) < proof.count:
        said = "is not there" if proof.count == 1 else f"{len(matching)} of {proof.count} files or more"
        return Evidence("file", proof.path, Status.UNMET, said)
    for path in matching:
        lack = _lack(path, proof, ground)
        if lack:
            return Evidence("file", proof.path, Status.UNMET, f"{path} {lack}", files=(path,))
    if proof.kind in DOCUMENTS:
        lack = copies([(path, repository.text(path)) for path in matching])
        if lack:
            return Evidence("file", proof.path, Status.UNMET, lack, files=matching)
    return Evidence("file", proof.path, Status.MET, "there, and says what it must", files=matching)


def _lack(path: str, proof: FileProof, ground: Ground) -> str:
    """What a file lacks; what does not depend on the stack is looked for once."""
    asked, judged = (path, proof, ground.today), ground.repository.judged
    text = ground.repository.text(path)
    if asked not in judged:
        judged[asked] = KINDS[proof.kind](path, text, proof, ground) if text.strip() else "is empty"
    if judged[asked] or proof.kind not in OF_THE_STACK:
        return judged[asked]
    return OF_THE_STACK[proof.kind](path, text, ground)
