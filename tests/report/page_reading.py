"""What a page holds, read with the parser of the standard library."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "source", "area", "base", "col", "embed", "wbr"}


@dataclass
class Element:
    """A start tag with what stands in it."""

    tag: str
    attributes: dict[str, str]
    above: tuple[str, ...]
    inside: list[Element] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """Elements of these tags in it, at any depth."""
        return [e for e in self.inside if e.tag in tags]


class Page(HTMLParser):
    """A page as a list of elements in order; every end tag must match a start tag."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "elements stay open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with those around it."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute of <{tag}> comes twice"
        element = Element(tag, {k: v or "" for k, v in attrs}, tuple(e.tag for e in self._open))
        self.elements.append(element)
        for outer in self._open:
            outer.inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element of SVG that is closed at once."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be of that tag."""
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        """Note the text that a reader sees."""
        if not self._open or self._open[-1].tag not in ("style", "script"):
            self.words.append(data)

    @property
    def text(self) -> str:
        """All that a reader sees."""
        return "".join(self.words)

    def all(self, *tags: str) -> list[Element]:
        """Elements of these tags, in order."""
        return [e for e in self.elements if e.tag in tags]

    @property
    def ids(self) -> list[str]:
        """All ids, in order."""
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]
