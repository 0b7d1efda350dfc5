"""`ascent probe`: proves an application from outside."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from urllib.parse import urlsplit

import typer

from ascent.cli.shared.options import AsJson, Directory
from ascent.output.console import console
from ascent.probe.table import CHECKS
from common.problems import InputError, closest

if TYPE_CHECKING:
    from ascent.probe.answer import Answer
    from ascent.probe.asking import Probed
    from ascent.probe.subject import Start

_FILE: Final = "probe.yaml"
_RECORDS: Final = Path("docs/probes")


def _complete(incomplete: str) -> list[str]:
    return [name for name in CHECKS if name.startswith(incomplete)]


def run(
    url: Annotated[str, typer.Option(metavar="URL", help="Probe what answers there.")] = "",
    command: Annotated[
        str, typer.Option(metavar="COMMAND", help="Start this, and probe it: a command without a shell's features.")
    ] = "",
    image: Annotated[
        str, typer.Option(metavar="IMAGE", help="Start this image, and probe it: needs docker, podman or finch.")
    ] = "",
    about: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="What is known of the application: docs/probe.md.", show_default="probe.yaml, if there"
        ),
    ] = None,
    digest: Annotated[
        str, typer.Option(metavar="sha256:…", help="Digest of the image that runs there; with --url or --command.")
    ] = "",
    check: Annotated[
        list[str] | None,
        typer.Option(metavar="CHECK", help="Ask these checks only.", autocompletion=_complete),
    ] = None,
    items: Annotated[bool, typer.Option("--items", help="Print the checklist's items after the checks.")] = False,
    as_json: AsJson = False,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="FILE", help="Write the verdicts as JUnit XML too.")
    ] = None,
    record: Annotated[
        bool, typer.Option("--record", help="Write a record to docs/probes, as evidence for `ascent readiness`.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 also if something could not be asked.")] = False,
    cwd: Directory = Path(),
) -> bool:
    """Exit status: 0 nothing failed, 1 a check failed, 2 bad input.

    It sends what attackers send, and a bounded load. Probe your own application only.
    """
    given = {"--url": url, "--command": command, "--image": image}
    chosen = [option for option, value in given.items() if value]
    if len(chosen) != 1:
        said = " and ".join(chosen) or "nothing"
        raise InputError(f"ascent probe: {said} is given; give one of {', '.join(given)}")
    checks = _checks(check or [])
    digest = _digest(digest, url, record=record, image=image)
    for package, module in (("httpx", "httpx"), ("pyjwt", "jwt")):
        if find_spec(module) is None:
            raise InputError(
                f"ascent probe: {package} is missing: pip install '.[probe]' in a checkout, "
                f"or pip install {package} beside ascent"
            )
    from ascent.probe.about import About, read_about

    file = about or cwd / _FILE
    known = read_about(file) if about or file.is_file() else About()
    start = _start(command, image)
    if record and start and start.image and not start.image.digest:
        raise InputError(
            f"ascent probe --record: {image} has no digest until a registry has it; push it, then probe it again"
        )
    from ascent.probe.asking import probe

    def tell(answer: Answer) -> None:
        if not as_json:
            from ascent.output.console.probe import print_answer

            print_answer(console(), answer)

    probed = probe(known, start or url.rstrip("/"), checks, digest=digest, tell=tell)
    if as_json:
        from ascent.document import text_of
        from ascent.probe.document import values_of

        print(text_of(values_of(probed)), end="")
    else:
        from ascent.output.console.probe import print_items, print_summary

        if items:
            print_items(console(), probed)
        print_summary(console(), probed)
    _write(probed, junit, cwd / _RECORDS if record else None)
    from ascent.probe.answer import Verdict

    return probed.fine and not (strict and probed.count(Verdict.NOT_ASKED))


def _checks(named: list[str]) -> list[str]:
    for name in named:
        if name not in CHECKS:
            near = closest(name, CHECKS)
            fix = f"did you mean {near}?" if near else f"must be one of {', '.join(CHECKS)}"
            raise InputError(f"ascent probe --check {name}: there is no such check; {fix}")
    return named or list(CHECKS)


def _digest(digest: str, url: str, *, record: bool, image: str) -> str:
    from ascent.probe.document import DIGEST

    if digest and not re.match(DIGEST, digest):
        raise InputError(f"ascent probe --digest {digest}: must be sha256: and 64 hexadecimal digits; copy it whole")
    if digest and image:
        raise InputError("ascent probe --digest: goes with --url or --command; an image tells its own")
    if record and not (digest or image):
        raise InputError("ascent probe --record: evidence is about an image; give --image, or say which with --digest")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment):
        raise InputError(f"ascent probe --url {url}: must be http:// or https:// and a host; correct it")
    return digest


def _start(command: str, image: str) -> Start | None:
    from ascent.probe.subject import Start

    if image:
        from ascent.probe.image import image_of

        return Start(image=image_of(image))
    if command:
        from ascent.probe.process import arguments_of

        return Start(arguments=tuple(arguments_of(command)), shown=command)
    return None


def _write(probed: Probed, junit: Path | None, records: Path | None) -> None:
    from ascent.output.files import write_whole

    if junit:
        from ascent.probe.junit import render

        write_whole(junit, render(probed), "ascent probe --junit")
    if records is None:
        return
    from ascent.document import text_of
    from ascent.probe.document import values_of

    name = f"{probed.when:%Y-%m-%d}-{probed.digest.removeprefix('sha256:')[:12]}-{probed.how}.json"
    write_whole(records / name, text_of(values_of(probed)), "ascent probe --record")
