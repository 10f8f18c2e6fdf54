"""Leaves of a spreadsheet or a mind-map as the draft of a package, which says what people still have to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from chains.checks import UNFILLED
from chains.naming import pinyin_id, prefix_of
from chains.outline import Node
from chains.tables import parted

MAX_NAME = 40
_NAMED = re.compile(
    r"(?P<name>[^：:（(\[【]+)\s*(?:[：:]\s*(?P<after>.+)|[（(\[【](?P<inside>[^）)\]】]+)[）)\]】]\s*)$", re.DOTALL
)
_SOURCE = "common"


class DraftInvalid(ValueError):
    """Rows of which no draft can be made; the sentence names the place."""


@dataclass(frozen=True)
class Leaf:
    """One leaf: chain, stage, group and segment by name, its keywords, and where it stands (工作表 … 第 … 行)."""

    chain: str
    stage: str
    group: str
    name: str
    keywords: tuple[str, ...]
    place: str


def split_keywords(text: str) -> tuple[str, tuple[str, ...]]:
    """The name and the keywords of a leaf, which stand after a colon or in brackets.

    >>> split_keywords("铁粉：还原铁粉、雾化铁粉")
    ('铁粉', ('还原铁粉', '雾化铁粉'))
    >>> split_keywords("轴承（滚动轴承，滑动轴承）")
    ('轴承', ('滚动轴承', '滑动轴承'))
    >>> split_keywords("轴承")
    ('轴承', ())
    """
    found = _NAMED.fullmatch(text.strip())
    if found is None:
        return text.strip(), ()
    return found["name"].strip(), tuple(parted(found["after"] or found["inside"]))


def leaves_of(root: Node) -> list[Leaf]:
    """The leaves of a mind-map: 链 at the root, then 段, 环节, 细分; a leaf higher up is its own group, a node lower
    down is a keyword. Raises DraftInvalid.
    """
    if not root.text:
        raise DraftInvalid("最上层应只有一个节点，写产业链的名称；请在各段之上加一个总节点")
    found: list[Leaf] = []
    for stage in root.children:
        for group in stage.children:
            words = [(segment, tuple(_words_below(segment))) for segment in group.children] or [(group, ())]
            for node, below in words:
                name, said = split_keywords(node.text)
                keywords = tuple(dict.fromkeys((*said, *below)))
                found.append(
                    Leaf(root.text, stage.text, split_keywords(group.text)[0], name, keywords, f"第 {node.line} 行")
                )
    if not found:
        raise DraftInvalid("应有“链 → 段 → 环节 → 细分”几层，至少到环节；这张导图层级不够")
    return found


def _words_below(node: Node) -> Iterable[str]:
    for child in node.children:
        yield from parted(child.text)
        yield from _words_below(child)


def draft_fields(leaves: Sequence[Leaf], today: date) -> dict[str, Any]:
    """A package's plain values from leaves of one chain; what only people know is marked ``UNFILLED``.

    Leaves of one name in one group are one segment; the same name elsewhere is told apart by its group. The same names
    give the same ids, whatever their order. Raises DraftInvalid.
    """
    for leaf in leaves:
        _refuse_unusable(leaf)
    name = leaves[0].chain
    stages = {stage: f"stage_{at}" for at, stage in enumerate(dict.fromkeys(leaf.stage for leaf in leaves), 1)}
    merged: dict[tuple[str, str, str], list[str]] = {}
    for leaf in leaves:
        words = merged.setdefault((leaf.stage, leaf.group, leaf.name), [])
        words += [word for word in leaf.keywords if word not in words]
    return {
        "id": pinyin_id(name),
        "name": name,
        "version": "0.1.0",
        "valid_from": today.isoformat(),
        "definition": UNFILLED,
        "sources": [{"id": _SOURCE, "title": "领域常识"}],
        "stages": [{"id": key, "name": stage} for stage, key in stages.items()],
        "segments": list(_segments(merged, stages, prefix_of([], name))),
    }


def _segments(
    merged: dict[tuple[str, str, str], list[str]], stages: dict[str, str], prefix: str
) -> Iterable[dict[str, Any]]:
    counts: dict[str, int] = {}
    for _, _, name in merged:
        counts[name] = counts.get(name, 0) + 1
    taken: set[str] = set()
    for (stage, group, name), words in merged.items():
        shown = name if counts[name] == 1 else f"{name}（{group}）"
        key = pinyin_id(shown, prefix, taken)
        taken.add(key)
        yield {
            "id": key,
            "name": shown,
            "stage": stages[stage],
            "group": group,
            "definition": UNFILLED,
            "keywords": words or [name],
            "criticality": {"level": "medium", "reason": UNFILLED},
            "sources": [_SOURCE],
        }


def _refuse_unusable(leaf: Leaf) -> None:
    for title, text in (("链", leaf.chain), ("段", leaf.stage), ("环节", leaf.group), ("细分", leaf.name)):
        if not text:
            raise DraftInvalid(f"{leaf.place}：{title}没有写")
        if len(text) > MAX_NAME:
            raise DraftInvalid(
                f"{leaf.place}：{title}“{text[:20]}…”有 {len(text)} 个字，不像名称（最多 {MAX_NAME} 字）"
            )


def to_fill(fields: dict[str, Any]) -> str:
    """What is still to be filled in, as lines for the head of a draft."""
    segments = fields["segments"]
    lonely = sum(len(one["keywords"]) == 1 and one["keywords"][0] == one["name"] for one in segments)
    edges = len(fields.get("edges", ()))
    lines = [
        f"草稿：{fields['name']}，{len(segments)} 个环节。还须补充：",
        f"1. 标有“{UNFILLED}”之处：产业链定义，各环节的定义（写明不算什么）和关键性理由",
        f"2. 供应关系 edges：现有 {edges} 条；每个环节至少一条，各段之间要连通",
        "3. 来源 sources：现为领域常识，有标准、年报、教材的请写明",
        "4. 类型 kind：服务、研发、配套环节请写 service、rd、support；行业代码 gb4754、排除词 exclusions 视需要填写",
    ]
    if lonely:
        lines.append(f"5. 关键词：{lonely} 个环节没有关键词，暂以名称代替，请补同义词")
    return "\n".join([*lines, f"补好后运行 chains check {fields['id']}.yaml"])
