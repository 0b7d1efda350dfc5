"""What a change does, as Markdown for one comment on a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ascent.catalog.tokens import short
from ascent.diff.change import is_unsure
from ascent.diff.words import counts, differing, money, readiness, verdicts
from ascent.output.formats.comment import LIMIT, Bounded, escaped
from ascent.verdicts.findings import meaning_of
from policies.pack.verdict import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ascent.diff.change import Change
    from ascent.readiness.model import Item
    from policies.pack.evaluate import Result

MARK: Final = "<!-- ascent diff -->"
"""First line of the comment, by which the next run finds it."""

_VERDICTS: Final = "| rule | | resource | finding |\n|---|---|---|---|"
_RESOURCES: Final = "| | type | name | |\n|---|---|---|---|"


def to_comment(names: tuple[str, str], changes: Sequence[Change], stopped: Sequence[str], limit: int = LIMIT) -> str:
    """A comment on a change, no longer than `limit` characters.

    Args:
        names: what is compared, as it was named.
        changes: what it does to each stack.
        stopped: what it must not do.
        limit: most characters.
    """
    text = Bounded(limit, "lines", "`ascent diff --json` has them all")
    text.always(MARK)
    before, after = map(escaped, names)
    said = "**must not pass**" if stopped else "nothing changes" if all(one.nothing for one in changes) else "changes"
    text.always(f"### Ascent: {said}, {before} → {after}")
    text.table("**What stops it**\n", (f"- {escaped(line)}" for line in stopped))
    head = "| stack | resources | loses data | verdicts | readiness | expected cost |\n|---|---|---|---|---|---|"
    text.table(head, map(_row, changes))
    for one in changes:
        _stack(text, one)
    return text.whole()


def _row(one: Change) -> str:
    lost = f"**{len(one.lost)}**" if one.lost else "none"
    kind = " (new)" if one.before is None else " (goes)" if one.after is None else ""
    cells = (f"{one.stack}{kind} ({one.tier})", counts(one))
    rest = map(escaped, (verdicts(one), readiness(one), money(one)))
    return f"| {' | '.join(map(escaped, cells))} | {lost} | {' | '.join(rest)} |"


def _stack(text: Bounded, one: Change) -> None:
    stack = escaped(one.stack)
    care = (
        f"| **{note.kind.value}** | {escaped(note.name)} | {escaped(note.why)} | {escaped(note.fix)} |"
        for note in one.care
    )
    text.table(f"**{stack}: needs care**\n\n| | resource | why | first |\n|---|---|---|---|", care)
    text.table(f"**{stack}: new mandatory failures**\n\n{_VERDICTS}", map(_verdict, one.failures))
    for title, found in (("new findings", one.warnings), ("mended", one.mended)):
        opening = f"<details><summary>{stack}: {len(found)} {title}</summary>\n\n{_VERDICTS}"
        text.table(opening, map(_verdict, found), "\n</details>")
    rows = list(_resources(one))
    opening = f"<details><summary>{stack}: {len(rows)} resources</summary>\n\n{_RESOURCES}"
    text.table(opening, rows, "\n</details>")
    items = [*_items(one.gained, "met in addition"), *_items(one.missed, "met no longer")]
    opening = f"<details><summary>{stack}: {len(items)} items of the checklist</summary>\n"
    text.table(opening, items, "\n</details>")


def _verdict(result: Result) -> str:
    verdict = result.verdict
    name = verdict.urn.rpartition("::")[2]
    message = verdict.message if verdict.status is Status.PASS else result.message
    return f"| {escaped(verdict.rule)} | {meaning_of(result).value} | {escaped(name)} | {escaped(message)} |"


def _resources(one: Change) -> Iterator[str]:
    found = one.resources
    for new in one.replaced:
        changed = new.changed
        said = f"by {', '.join(new.by)}: {differing(changed)}"
        yield f"| replaced | {escaped(short(changed.after.type))} | {escaped(changed.name)} | {escaped(said)} |"
    for gone in found.removed:
        yield f"| removed | {escaped(short(gone.resource.type))} | {escaped(gone.name)} | |"
    for added in found.added:
        yield f"| added | {escaped(short(added.resource.type))} | {escaped(added.name)} | |"
    for changed in one.updated:
        word = "changed or replaced" if is_unsure(changed) else "changed"
        cells = (short(changed.after.type), changed.name, differing(changed))
        yield f"| {word} | {' | '.join(map(escaped, cells))} |"


def _items(items: Sequence[Item], word: str) -> Iterator[str]:
    return (f"- {word}: {item.number} {escaped(item.title)}" for item in items)
