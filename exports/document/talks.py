"""Talking points for a visit: templates with placeholders, the usual ones or those given for a segment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Any

from exports import formats

PLACEHOLDERS: dict[str, str] = {
    "企业": "name",
    "环节": "segment_name",
    "产业链": "chain_name",
    "段": "stage_name",
    "所在地": "region",
    "行动": "action",
    "理由": "reason",
    "投资动向": "expansion_text",
    "关联": "tie_text",
}
"""Word in a template → what it stands for."""
USUAL = (
    "本地“{环节}”{行动}：了解企业在这一环节的产能、客户与布局打算。",
    "请教近年在外布局的考虑（已知：{投资动向}）。",
    "从与本地的联系谈起（已知：{关联}）。",
)


class BrokenTalk(ValueError):
    """A talking point with a placeholder that does not exist, or with a brace left open."""

    def __init__(self, text: str, wrong: str) -> None:
        known = "、".join(f"{{{word}}}" for word in PLACEHOLDERS)
        super().__init__(f"谈话要点“{text}”里的{wrong}；可用的占位词：{known}")


@dataclass(frozen=True)
class Talks:
    """Talking points: by segment id, and ``usual`` for every other segment."""

    usual: tuple[str, ...] = USUAL
    by_segment: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for text in (*self.usual, *(one for texts in self.by_segment.values() for one in texts)):
            check_talk(text)


def check_talk(text: str) -> None:
    """Raises BrokenTalk where the text has a placeholder that does not exist, or a brace left open."""
    try:
        words = [word for _, word, _, _ in Formatter().parse(text) if word is not None]
    except ValueError as problem:
        raise BrokenTalk(text, "花括号不成对") from problem
    wrong = [word for word in words if word not in PLACEHOLDERS]
    if wrong:
        raise BrokenTalk(text, f"占位词 {{{wrong[0]}}} 不存在")


def talking_points(item: Mapping[str, Any], talks: Talks) -> list[str]:
    """The points for a firm; what is not known is said to be so.

    >>> talking_points({"name": "甲", "segment_id": "s"}, Talks(usual=("拜访{企业}，{关联}",)))
    ['拜访甲，无数据']
    """
    facts = {word: formats.text(item.get(key)) for word, key in PLACEHOLDERS.items()}
    chosen: Iterable[str] = talks.by_segment.get(str(item.get("segment_id")), talks.usual)
    return [text.format(**facts) for text in chosen]
