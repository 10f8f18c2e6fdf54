"""YAML read with the line of every value, as plain text: no tags, no objects, nothing that runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import yaml

LONGEST = 64_000
"""Signs that a template may have."""


@dataclass(frozen=True)
class Line:
    """A value of a YAML text and the number of its line, from 1."""

    number: int
    node: yaml.Node


class BrokenTemplate(ValueError):
    """A template that says something that it cannot say: the line, what is wrong there, and what may stand there."""

    def __init__(self, line: Line | int, wrong: str, allowed: Sequence[str] = ()) -> None:
        number = line if isinstance(line, int) else line.number
        known = f"；可用：{'、'.join(allowed)}" if allowed else ""
        super().__init__(f"模板第 {number} 行：{wrong}{known}")


def mapping_of(text: str, allowed: Sequence[str]) -> dict[str, Line]:
    """The parts of a YAML text by their name. Raises BrokenTemplate."""
    if len(text) > LONGEST:
        raise BrokenTemplate(1, f"模板超过 {LONGEST:,} 字")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise BrokenTemplate(mark.line + 1 if mark else 1, "写法不合 YAML：检查缩进、冒号后的空格与引号") from problem
    except yaml.YAMLError as problem:
        raise BrokenTemplate(1, "含有 YAML 不能有的控制字符") from problem
    if not isinstance(root, yaml.MappingNode):
        raise BrokenTemplate(1, "模板要写成“名称: 内容”", allowed)
    found: dict[str, Line] = {}
    for name, value in _pairs(root):
        if name not in allowed:
            raise BrokenTemplate(value.number, f"没有“{name}”这一项", allowed)
        if name in found:
            raise BrokenTemplate(value, f"“{name}”写了两次")
        found[name] = value
    return found


def lines_of(line: Line) -> list[Line]:
    """The members of a list."""
    if not isinstance(line.node, yaml.SequenceNode) or not line.node.value:
        raise BrokenTemplate(line, "这里要列出若干行，每行以“- ”开头")
    return [_line(node) for node in line.node.value]


def pair_of(line: Line) -> tuple[str, Line] | None:
    """The one pair “name: value” of a member of a list; None where it is a text."""
    if not isinstance(line.node, yaml.MappingNode):
        return None
    pairs = _pairs(line.node)
    if len(pairs) != 1:
        raise BrokenTemplate(line, "一行只写一个“名称: 值”，前面加“- ”")
    return pairs[0]


def entries_of(line: Line) -> list[tuple[str, Line]]:
    """The pairs of a mapping, in order."""
    if not isinstance(line.node, yaml.MappingNode):
        raise BrokenTemplate(line, "这里要写成“名称: 内容”")
    return _pairs(line.node)


def text_of(line: Line) -> str:
    """The text of a value as it is written."""
    if not isinstance(line.node, yaml.ScalarNode):
        raise BrokenTemplate(line, "这里要写一段文字")
    return str(line.node.value)


def _pairs(node: yaml.MappingNode) -> list[tuple[str, Line]]:
    return [(text_of(_line(name)), Line(name.start_mark.line + 1, value)) for name, value in node.value]


def _line(node: yaml.Node) -> Line:
    return Line(node.start_mark.line + 1, node)
