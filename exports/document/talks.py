"""Talking points for a visit: templates with placeholders, the usual ones or those given for a segment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exports import formats
from exports.placeholders import wrong_placeholder
from exports.yaml_lines import BrokenTemplate, Line, entries_of, lines_of, mapping_of, text_of

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
REMARK, WORD = re.compile(r"（[^（）]*）"), re.compile(r"\{(\w+)\}")
USUAL_NAME, SEGMENTS_NAME = "通用", "各环节"
USUAL = (
    "本地“{环节}”{行动}：了解企业在这一环节的产能、客户与布局打算。",
    "请教近年在外布局的考虑（已知：{投资动向}）。",
    "请教与本地企业的往来（已知：{关联}）。",
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
    wrong = wrong_placeholder(text, PLACEHOLDERS)
    if wrong:
        raise BrokenTalk(text, wrong)


def read_talks(text: str, segments: Mapping[str, str]) -> Talks:
    """Talking points from their YAML text; a part that is left out is as it comes with the program.

    segments : id of each segment of the chain by its name

    Raises
    ------
    BrokenTemplate : says in which line what is wrong, and what may stand there
    """
    given = mapping_of(text, (USUAL_NAME, SEGMENTS_NAME))
    usual = tuple(_points(given[USUAL_NAME])) if USUAL_NAME in given else USUAL
    by_segment: dict[str, tuple[str, ...]] = {}
    for name, points in entries_of(given[SEGMENTS_NAME]) if SEGMENTS_NAME in given else []:
        if name not in segments:
            raise BrokenTemplate(points, f"本链没有“{name}”这个环节", list(segments))
        if segments[name] in by_segment:
            raise BrokenTemplate(points, f"“{name}”写了两次")
        by_segment[segments[name]] = tuple(_points(points))
    return Talks(usual, by_segment)


def usual_talks(names: Iterable[str]) -> str:
    """The YAML text to begin with: the usual points, and how those of a segment are written."""
    example = next(iter(names), "环节名称")
    points = "".join(f'  - "{point}"\n' for point in USUAL)
    return (
        "# 谈话要点：拜访手册每家企业一页，要点逐条列出；双引号内可用的占位词：\n"
        f"# {'、'.join(f'{{{word}}}' for word in PLACEHOLDERS)}\n"
        f"{USUAL_NAME}:  # 没有另写的环节都用这几条\n{points}"
        f'# {SEGMENTS_NAME}:  # 去掉行首的“# ”即启用\n#   {example}:\n#     - "请教{{企业}}在{{环节}}上的布局。"\n'
    )


def _points(line: Line) -> Iterable[str]:
    for point in lines_of(line):
        text = text_of(point)
        wrong = wrong_placeholder(text, PLACEHOLDERS)
        if wrong:
            raise BrokenTemplate(point, f"谈话要点里的{wrong}", [f"{{{word}}}" for word in PLACEHOLDERS])
        yield text


def talking_points(item: Mapping[str, Any], talks: Talks) -> list[str]:
    """The points for a firm; what is not known is said to be so, but a remark in brackets on it is left out.

    >>> talking_points({"name": "甲", "segment_id": "s"}, Talks(usual=("拜访{企业}，{关联}", "请教往来（已知：{关联}）。")))
    ['拜访甲，无数据', '请教往来。']
    """
    unknown = {word for word, key in PLACEHOLDERS.items() if formats.is_missing(item.get(key))}
    facts = {word: formats.text(item.get(key)) for word, key in PLACEHOLDERS.items()}
    chosen: Iterable[str] = talks.by_segment.get(str(item.get("segment_id")), talks.usual)
    return [_without(text, unknown).format(**facts) for text in chosen]


def _without(text: str, unknown: set[str]) -> str:
    """The text without the remarks in brackets that an unknown word stands in."""
    return REMARK.sub(lambda found: "" if unknown & set(WORD.findall(found[0])) else found[0], text)
