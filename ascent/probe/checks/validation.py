"""Validation of requests."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, not_asked, proven
from ascent.probe.openapi import Operation, document_of, operations_of

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_BROKEN: Final = (b"{", b"[]", b'"text"', b"null", b'{"\\u0000": "\\u0000"}', b"\xff\xfe", b"[" * 2000)
_FIX: Final = "validate every request before it is worked on, and answer 4xx with what is wrong"
_SECONDS: Final = 180
_EXAMPLES: Final = 10


def ask(subject: Subject) -> Said:
    """Broken bodies to every operation that takes one; then whatever schemathesis makes of the OpenAPI document."""
    about, document = subject.about, document_of(subject)
    described = [about.write, about.sign_in, about.limited]
    operations = operations_of(document) if document else []
    operations += [Operation(r.method, r.path_with("probe"), True) for r in described if r and r.body is not None]
    if not operations and document is None:
        return not_asked(
            f"there is no OpenAPI document at {about.paths.openapi}, and no request with a body is known",
            "name the document under paths.openapi, or describe write",
        )
    for operation in dict.fromkeys(operations):
        wrong = _broken(subject, operation)
        if wrong:
            return failed(wrong, _FIX)
    sent = f"{len(_BROKEN)} broken bodies to each of {len(set(operations))} operations are refused"
    if document is None:
        return proven(f"{sent}; there is no OpenAPI document to make more of")
    if find_spec("schemathesis") is None:
        return not_asked("schemathesis is missing", "pip install '.[probe]' in a checkout, or pip install schemathesis")
    wrong = _generated(subject)
    if wrong:
        return failed(wrong, _FIX)
    return proven(f"{sent}; nothing that schemathesis makes of {about.paths.openapi} is answered with 5xx")


def _broken(subject: Subject, operation: Operation) -> str:
    """What is wrong with answers to broken bodies; empty for nothing."""
    headers = {**subject.authorization(), "Content-Type": "application/json"}
    for body in _BROKEN:
        if body == b"null" and not operation.required:
            continue
        answer = subject.client.request(operation.method, subject.url + operation.path, content=body, headers=headers)
        if not 400 <= answer.status_code < 500:
            shown = body[:20].decode("utf-8", "replace")
            return f"{operation.method} {operation.path} answers {answer.status_code} to the body {shown}"
    return ""


def _generated(subject: Subject) -> str:
    """What schemathesis finds; empty for nothing."""
    about = subject.about
    signed = [word for key, value in subject.authorization().items() for word in ("--header", f"{key}: {value}")]
    with TemporaryDirectory() as directory:
        found = subprocess.run(
            [
                str(Path(sys.executable).parent / "schemathesis"), "run", subject.url + about.paths.openapi,
                "--checks", "not_a_server_error", "--max-examples", str(_EXAMPLES),
                "--phases", "examples,coverage,fuzzing",
                "--generation-deterministic", "--no-color", "--exclude-method", "DELETE",
                "--request-timeout", "10", *signed,
            ],
            cwd=directory, capture_output=True, text=True, check=False, timeout=_SECONDS,
        )  # fmt: skip
    if found.returncode == 0:
        return ""
    said = found.stdout + found.stderr
    curl = re.search(r"curl -X (\S+).*?(https?://\S+?)['\s]", said)
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    what = re.search(r"\[(5\d\d)\][^\n]*", said)
    if curl:
        place = f"{curl[1]} {curl[2].removeprefix(subject.url)}"
        return f"{place} answers {what[0] if what else '5xx'}"[:300]
    return f"schemathesis: {lines[-1] if lines else found.returncode}"[:300]
