"""Compression."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.probe.answer import Said, failed, not_asked, proven

if TYPE_CHECKING:
    from ascent.probe.subject import Subject

_WORTH: Final = 1500
"""Bytes from which an answer is worth compressing: more than a packet."""
_CODINGS: Final = ("gzip", "br", "zstd")


def ask(subject: Subject) -> Said:
    """Long answers, for those who read gzip, and for those who read nothing."""
    about = subject.about
    paths = [about.paths.openapi, about.paths.page, *([about.listing.path] if about.listing else [])]
    small = []
    for path in paths:
        plain = subject.get(path, headers={"Accept-Encoding": "identity"})
        if plain.status_code != 200 or len(plain.content) < _WORTH:
            small.append(path)
            continue
        if plain.headers.get("Content-Encoding", "identity") != "identity":
            return failed(f"{path} is compressed for those who cannot read it", "compress as Accept-Encoding says")
        packed = subject.get(path, headers={"Accept-Encoding": "gzip, br"})
        coding = packed.headers.get("Content-Encoding", "")
        if coding not in _CODINGS:
            return failed(
                f"{path} sends {len(plain.content)} bytes as they are", "compress answers with gzip or brotli"
            )
        if "accept-encoding" not in packed.headers.get("Vary", "").lower():
            return failed(f"{path} is compressed without Vary: Accept-Encoding", "send Vary: Accept-Encoding with it")
        length = int(packed.headers.get("Content-Length") or 0) or packed.num_bytes_downloaded
        return proven(f"{path}: {len(plain.content)} bytes go as {length}, {coding}")
    return not_asked(
        f"no answer has {_WORTH} bytes: {', '.join(small)}", "name a path with a long answer as paths.page"
    )
