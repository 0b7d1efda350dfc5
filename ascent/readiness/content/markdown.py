"""Documents in Markdown: guides, decisions, runbooks, notes on a layer."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from ascent.readiness.content.prose import lack_of, same, visible, without_code
from ascent.readiness.content.references import has_command, known_commands, lack_of_references, settings_named
from ascent.readiness.content.sections import lack_of_sections, section, sections
from policies.pack import types
from policies.pack.values import at, is_set
from policies.pack.values import text as text_at

if TYPE_CHECKING:
    from ascent.readiness.content.ground import Ground
    from ascent.readiness.model import FileProof
    from policies.pack.facts import ResourceFacts, StackFacts

_DATED: Final = re.compile(r"\blast (?:reviewed|tested|held)\W{1,6}(\d{4}-\d{2}-\d{2})", re.IGNORECASE)
_DECIDED: Final = re.compile(r"\bstatus\b[*:\s]*\b(?:accepted|decided|superseded)\b", re.IGNORECASE)
_POINT: Final = re.compile(r"^\s*(?:[-*]|\d+\.|\|)\s+", re.MULTILINE)
_LEAST_NAMED: Final = 6
"""Fewest words of a sentence that names something and says something of it."""
_LEAST_ALTERNATIVES: Final = 2
_LEAST_SETTINGS: Final = 3
_RUNBOOK: Final = re.compile(r"[Rr]unbook:?\s+(\S+\.md)")
_PROMPT: Final = "$ "
_PART: Final = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z])|[A-Z][a-z]{2,}|[A-Z]{3,}|\d[A-Z]{2}")
"""A word of a metric's name."""
_ALARMS: Final = (types.CLOUDWATCH_METRIC_ALARM, types.CLOUDWATCH_COMPOSITE_ALARM)


def telling(stack: StackFacts) -> tuple[ResourceFacts, ...]:
    """What tells somebody and names its runbook: alarms, and rules on events that do more than fill a store."""
    return stack.once(_telling)


def _telling(stack: StackFacts) -> tuple[ResourceFacts, ...]:
    stores = (types.KINESIS_FIREHOSE_DELIVERY_STREAM, types.CLOUDWATCH_LOG_GROUP)
    found = list(stack.of_type(*_ALARMS))
    for rule in stack.of_type(types.CLOUDWATCH_EVENT_RULE):
        targets = stack.referring(rule, types.CLOUDWATCH_EVENT_TARGET, "rule", "id", "name")
        kept = [target for target in targets if stack.referred(target, "arn", *stores)]
        if not is_set(at(rule, "scheduleExpression")) and not (kept and len(kept) == len(targets)):
            found.append(rule)
    return tuple(found)


def guide(path: str, text: str, proof: FileProof, ground: Ground) -> str:
    """What a guide lacks: its sections filled, what it is to be about, and nothing in it that does not exist."""
    return (
        lack_of(text)
        or lack_of_sections(text, proof.sections)
        or lack_of_names(text, proof.names)
        or lack_of_references(path, text, ground.repository)
        or lack_of_age(text, proof.days, ground.today)
    )


def howto(path: str, text: str, proof: FileProof, ground: Ground) -> str:
    """What a description of steps lacks: a guide whose sections have commands that exist."""
    lack = guide(path, text, proof, ground)
    if lack:
        return lack
    for heading in proof.sections:
        if not known_commands(section(text, heading) or "", ground.repository):
            return f"names no command that exists under '{heading}'"
    return ""


def decision(path: str, text: str, proof: FileProof, ground: Ground) -> str:
    """What a record of a decision lacks: that it was decided, why, what follows, and what else there was."""
    lack = guide(path, text, proof, ground)
    if lack:
        return lack
    if not _DECIDED.search(visible(text)):
        return "does not say that it was decided; it needs Status: accepted"
    alternatives = section(text, "Alternatives")
    if alternatives is None:
        return ""
    points = [
        point for point in re.split(r"^\s*(?:[-*]|\d+\.|\|)\s+", alternatives, flags=re.MULTILINE) if point.strip()
    ]
    if sum(not lack_of(point, _LEAST_NAMED) for point in points) < _LEAST_ALTERNATIVES:
        return f"weighs fewer than {_LEAST_ALTERNATIVES} alternatives"
    return ""


def runbook(path: str, text: str, proof: FileProof, ground: Ground) -> str:
    """What a runbook lacks: a guide with commands that exist. What its alarms watch is held against each stack."""
    lack = guide(path, text, proof, ground)
    if lack:
        return lack
    return "" if known_commands(text, ground.repository) else "names no command that exists"


def watched(path: str, text: str, ground: Ground) -> str:
    """What a runbook does not tell of: the metrics of the stack's alarms that send somebody to it."""
    for alarm in telling(ground.facts):
        if path not in named_runbooks(text_at(alarm, "alarmDescription") or text_at(alarm, "description")):
            continue
        metric = text_at(alarm, "metricName")
        if metric and not any(part.lower() in text.lower() for part in _PART.findall(metric) or [metric]):
            return f"does not say what {metric} is, which {alarm.name} watches"
    return ""


def note(path: str, text: str, proof: FileProof, ground: Ground) -> str:
    """What a note on a layer lacks: a guide whose settings are those of the layer, by name."""
    lack = guide(path, text, proof, ground)
    layer = path.rpartition("/")[2].removesuffix(".md")
    named = settings_named(section(text, "Settings") or "", layer)
    if lack or named >= _LEAST_SETTINGS:
        return lack
    return f"names {named} settings of {layer} under 'Settings'"


def named_runbooks(description: str) -> tuple[str, ...]:
    """Paths that the description of an alarm names as its runbook."""
    return tuple(path.rstrip(".,;)") for path in _RUNBOOK.findall(description))


def copies(texts: list[tuple[str, str]]) -> str:
    """Which two of several documents say the same; empty for none."""
    for number, (path, text) in enumerate(texts):
        for other, said in texts[:number]:
            if same(text, said):
                return f"{path} says the same as {other}"
    return ""


def lack_of_names(text: str, names: tuple[str, ...]) -> str:
    """What a text is not about: each name stands in a sentence that says something of it; `$ …` is a command."""
    said = without_code(visible(text))
    titles = {title for title, _ in sections(text)}
    lines = [line for line in said.splitlines() if line.lstrip("# ").rstrip(" #") not in titles]
    parts = re.split(r"(?<=[.!?:;])\s+|\n\s*\n|\n(?=\s*[-*|\d])", "\n".join(lines))
    for name in names:
        if name.startswith(_PROMPT):
            if not has_command(text, name.removeprefix(_PROMPT)):
                return f"does not give the command {name.removeprefix(_PROMPT)}"
            continue
        wanted = re.compile(rf"\b(?:{'|'.join(map(re.escape, name.split('|')))})\b", re.IGNORECASE)
        about = [number for number, part in enumerate(parts) if wanted.search(part)]
        # A bold name may be a sentence of its own; what follows it says what there is to say.
        if not any(not lack_of("\n".join(parts[n : n + 2]), _LEAST_NAMED) for n in about):
            return f"says nothing of {name.replace('|', ' or ')}"
    return ""


def lack_of_age(text: str, days: int | None, today: date) -> str:
    """What is wrong with a text's date; empty for nothing."""
    if days is None:
        return ""
    written = []
    for match in _DATED.finditer(visible(text)):
        try:
            written.append(date.fromisoformat(match[1]))
        except ValueError:
            return f"is dated {match[1]}, which is no day"
    if not written:
        return "has no line 'Last reviewed: YYYY-MM-DD'"
    newest = max(written)
    if newest > today:
        return f"is dated {newest}, after today"
    age = (today - newest).days
    return f"is {age} days old, more than {days}" if age > days else ""
