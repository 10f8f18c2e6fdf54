"""Mind-maps as trees: FreeMind (.mm), OPML and indented Markdown, each node with the line on which it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

MAX_CHARACTERS = 5_000_000
MAX_NODES = 20_000
MAX_DEPTH = 40
_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"([ \t]*)(?:[-*+]|\d{1,4}[.)、])\s+(.*)")
_FENCE = re.compile(r"\s*(```|~~~)")
_TAG = re.compile(r"<[^>]*>")


class OutlineInvalid(ValueError):
    """A mind-map that cannot be read: the line and the reason."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(f"第 {line} 行：{reason}")


@dataclass
class Node:
    """A node of a mind-map with the line (1-based) on which it begins."""

    text: str
    line: int
    children: list[Node] = field(default_factory=list)


def read_outline(text: str, suffix: str) -> Node:
    """The root of a mind-map. Raises OutlineInvalid.

    Parameters
    ----------
    suffix : .mm, .opml or .md; several nodes at the top of an outline stand below a root without text
    """
    if len(text) > MAX_CHARACTERS:
        raise OutlineInvalid(1, f"文件超过 {MAX_CHARACTERS // 1_000_000} 百万字，不像一张思维导图，未读取")
    root = _markdown(text) if suffix == ".md" else _xml(text, "node" if suffix == ".mm" else "outline")
    if not root.children:
        raise OutlineInvalid(1, "没有读到任何节点；请确认选对了文件")
    return root.children[0] if len(root.children) == 1 else root


def _xml(text: str, tag: str) -> Node:
    reader = _Reader(tag)
    parser = reader.parser
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise OutlineInvalid(error.lineno, "XML 写法有误，文件可能已损坏；请从思维导图软件重新导出") from error
    return reader.root


class _Reader:
    """Collects the nodes of an XML mind-map; a document type, with which entities come, is refused."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.root = Node("", 1)
        self._open = [self.root]
        self._count = 0
        self._rich: list[str] | None = None
        self.parser: Any = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if name == self.tag:
            self._count += 1
            _refuse_size(self._count, len(self._open), line)
            said = next((value for key, value in attributes.items() if key.lower() == "text"), "")
            node = Node(" ".join(said.split()), line)
            self._open[-1].children.append(node)
            self._open.append(node)
        elif name == "richcontent" and attributes.get("TYPE") == "NODE":
            self._rich = []

    def _end(self, name: str) -> None:
        if name == self.tag:
            self._open.pop()
        elif name == "richcontent" and self._rich is not None:
            self._open[-1].text = self._open[-1].text or " ".join("".join(self._rich).split())
            self._rich = None

    def _text(self, said: str) -> None:
        if self._rich is not None:
            self._rich.append(said)

    def _refuse(self, *_: object) -> None:
        reason = "文件带有文档类型声明（可能含实体炸弹，正常的思维导图没有），未读取；请从思维导图软件重新导出"
        raise OutlineInvalid(self.parser.CurrentLineNumber, reason)


def _markdown(text: str) -> Node:
    """Headings by their level, list items below them by their indent; other lines are no nodes."""
    root = Node("", 1)
    open_at: list[tuple[int, Node]] = [(-1, root)]
    fenced, count = False, 0
    for line, said in enumerate(text.splitlines(), 1):
        fenced ^= bool(_FENCE.match(said))
        found = None if fenced else _depth(said)
        if found is None:
            continue
        depth, words = found
        while open_at[-1][0] >= depth:
            open_at.pop()
        count += 1
        _refuse_size(count, len(open_at), line)
        node = Node(words, line)
        open_at[-1][1].children.append(node)
        open_at.append((depth, node))
    return root


def _depth(line: str) -> tuple[int, str] | None:
    """How deep a line stands, and its words without marks; None for a line that is no node."""
    if heading := _HEADING.match(line):
        return len(heading[1]), _plain(heading[2])
    if item := _ITEM.match(line):
        return 10 + len(item[1].expandtabs(4)), _plain(item[2])
    return None


def _plain(words: str) -> str:
    return _TAG.sub("", words).replace("**", "").replace("`", "").strip()


def _refuse_size(count: int, depth: int, line: int) -> None:
    if count > MAX_NODES:
        raise OutlineInvalid(line, f"节点超过 {MAX_NODES:,} 个，不像一张产业链导图，未读取")
    if depth > MAX_DEPTH:
        raise OutlineInvalid(line, f"层级超过 {MAX_DEPTH} 层，不像一张产业链导图，未读取")
