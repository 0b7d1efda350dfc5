"""From what was found to HTML."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ascent.catalog.tokens import short
from ascent.cost.amounts import dollars
from ascent.cost.amounts import plain as quantity
from ascent.cost.charges import Status as Priced
from ascent.cost.estimate import fixed_of, total_of
from ascent.output.console.values import KNOWN_LATER, readable
from ascent.output.formats.places import plain
from ascent.plan.model import UNKNOWN
from ascent.report.page.anchors import Anchors
from ascent.report.page.chart import layer_bars, stack_bars
from ascent.verdicts.findings import Meaning
from policies.pack.rule import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ascent.plan.model import Resource
    from ascent.report.page.subject import Subject

_TEMPLATES: Final = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """The templates. Whatever they print is escaped, and holds no character that HTML forbids."""
    found = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_allowed,
    )
    style, script = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    found.filters.update(dollars=dollars, quantity=quantity, inputs=_inputs, folder=_folder, short=short)
    # Any, because the library types the values by what it puts there itself.
    known: dict[str, Any] = {
        "style": Markup(style),
        "script": Markup(script),
        "script_hash": f"sha256-{digest}",
        "Meaning": Meaning,
        "Priced": Priced,
        "Severity": Severity,
        "total_of": total_of,
        "fixed_of": fixed_of,
    }
    found.globals.update(known)
    return found


def stack_page(subject: Subject, drawing: str) -> str:
    """A stack's page; the same stack always gives the same text.

    Args:
        subject: the stack.
        drawing: its architecture, an <svg> whose texts are escaped.
    """
    return (
        environment()
        .get_template("stack.html")
        .render(
            one=subject,
            anchors=Anchors(subject),
            bars=layer_bars(subject.costing.estimate),
            drawing=Markup(drawing),
        )
    )


def index_page(subjects: Sequence[Subject]) -> str:
    """The page that compares stacks and leads to their own.

    Args:
        subjects: the stacks, in the order in which they are shown.
    """
    bars = stack_bars([subject.costing.estimate for subject in subjects])
    layers = dict.fromkeys(layer for subject in subjects for layer in subject.layers)
    return environment().get_template("index.html").render(subjects=subjects, bars=bars, layers=list(layers))


def _allowed(value: Any) -> Any:  # noqa: ANN401 - anything that a template prints
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _inputs(resource: Resource) -> str:
    """A resource's inputs for people: secrets hidden, unknowns in words."""
    text = json.dumps(readable(resource.inputs), indent=2, ensure_ascii=False, sort_keys=True)
    return text.replace(UNKNOWN, KNOWN_LATER)


def _folder(stack: str) -> str:
    """A stack's directory as a part of a link."""
    return quote(plain(stack), safe="")
