"""Output to a file or to standard output."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from common.problems import InputError

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(target: Path, text: str | bytes, option: str) -> None:
    """Write a file so that it appears whole or not at all; directories above it are made.

    A link keeps pointing to what it points to. A device or a pipe is written to, never replaced.

    Args:
        target: the file.
        text: its content; text is written in UTF-8.
        option: what the user gave, such as `ascent check --output report.sarif`, for the error message.

    Raises:
        InputError: it cannot be written.
    """
    draft: Path | None = None
    content = text.encode() if isinstance(text, str) else text
    try:
        target = target.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(content)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        draft.write_bytes(content)
        draft.replace(target)
    except OSError as error:
        if draft is not None:
            with suppress(OSError):
                draft.unlink()
        raise InputError(f"{option}: {error.strerror}; name a place that can be written") from None


def emit(text: str, output: Path | None, command: str) -> None:
    """Write a text to a file, or print it where there is none.

    Args:
        text: what to write; ends with a newline.
        output: the file; None for standard output.
        command: the command, for the error message.
    """
    if output is None:
        print(text, end="")
    else:
        write_whole(output, text, f"ascent {command} --output {output}")
