"""Readiness as Markdown, for pull requests and wikis."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ascent.readiness.assess import Readiness, Score
    from ascent.readiness.evidence import Evidence
    from ascent.readiness.prove import JudgedItem


def to_markdown(stacks: Sequence[Readiness]) -> str:
    """Several stacks, one after the other."""
    return "\n".join(line for readiness in stacks for line in _lines(readiness)) + "\n"


def _lines(readiness: Readiness) -> Iterator[str]:
    score = readiness.score
    yield f"# Readiness of {readiness.stack}: {readiness.points:.1f} of 100"
    yield ""
    yield f"Tier {readiness.tier}, {score.met} of {score.counted} items met, as of {readiness.today}."
    yield ""
    if readiness.broken:
        yield f"{score.taken} points are taken by broken mandatory rules: {', '.join(readiness.broken)}."
        yield ""
    for finding in readiness.findings:
        yield f"- {_text(finding)}"
    if readiness.findings:
        yield ""
    yield "## How far it can go"
    yield ""
    yield "| part | score | by settings | ceiling | met |"
    yield "|---|---|---|---|---|"
    for one in readiness.prospects:
        figures = (_figure(score) for score in (one.score, one.by_settings, one.ceiling))
        yield f"| {one.name} | {' | '.join(figures)} | {one.score.met} of {one.score.counted} |"
    yield ""
    yield "By settings: with the best settings of this program. Ceiling: with all that Ascent can build and that can be"
    yield "proven: documents, drills, tests, a deployment."
    yield ""
    yield "## Milestones"
    yield ""
    yield "| milestone | when | met | missing |"
    yield "|---|---|---|---|"
    for stage in readiness.milestones:
        missing = ", ".join(f"{j.item.number}. {_text(j.item.title)}" for j in stage.missing) or "nothing"
        milestone = stage.milestone
        said = missing if stage.counted else f"not asked at {readiness.tier}"
        yield f"| {milestone.title} | {milestone.when} | {len(stage.met)} of {stage.counted} | {said} |"
    yield ""
    yield "## Critical gaps"
    yield ""
    gaps = readiness.critical_gaps
    yield from _gaps(gaps) if gaps else ("None.",)
    yield ""
    yield "## By area"
    yield ""
    yield from _table("area", [(area.title, score) for area, score in readiness.scored_areas])
    yield ""
    yield "## By phase"
    yield ""
    yield from _table("phase", [(phase.value, s) for phase, s in readiness.by_phase.items()])
    yield ""
    yield "## Items"
    for area in readiness.areas:
        yield ""
        yield f"### {area.title}"
        yield ""
        yield "| item | what | weight | phase | status | evidence |"
        yield "|---|---|---|---|---|---|"
        for judged in readiness.items:
            if judged.item.area == area.name:
                yield _row(judged)
    yield ""


def _table(heading: str, rows: Sequence[tuple[str, Score]]) -> Iterator[str]:
    yield f"| {heading} | score | met | points |"
    yield "|---|---|---|---|"
    for name, score in rows:
        counts = f"{score.met} of {score.counted} | {score.earned} of {score.possible}"
        yield f"| {_text(name)} | {_figure(score)} | {counts} |"


def _figure(score: Score) -> str:
    return "-" if score.value is None else f"{score.value:.1f}"


def _gaps(gaps: Sequence[JudgedItem]) -> Iterator[str]:
    for judged in gaps:
        said = f": {_said(judged.against)}" if judged.against else ""
        yield f"- **{judged.item.number}. {_text(judged.item.title)}** ({judged.status.value}){said}"


def _row(judged: JudgedItem) -> str:
    item = judged.item
    said = judged.reason or "<br>".join(f"{e.status.value}: {_said(e)}" for e in judged.evidence)
    said = _text(said) if judged.reason else said
    cells = (str(item.number), _text(item.title), item.weight, item.phase.value, judged.status.value, said)
    return f"| {' | '.join(cells)} |"


def _said(evidence: Evidence) -> str:
    name = f"`{evidence.id}` " if evidence.kind in ("rule", "query", "file", "test") else ""
    about = [urn.rpartition("::")[2] for urn in evidence.urns]
    names = [f"`{_text(n)}`" for n in (*about, *evidence.files) if n != evidence.id]
    where = f" ({', '.join(names[:3])}{f' and {len(names) - 3} more' if len(names) > 3 else ''})" if names else ""
    return f"{name}{_text(evidence.found)}{where}"


def _text(text: str) -> str:
    """A text that no Markdown table breaks on."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
