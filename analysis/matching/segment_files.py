"""Segments read from json and yaml files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import yaml

from analysis.matching.rules import KINDS, SegmentRule


class SegmentError(ValueError):
    """A segment file cannot be used; the message names file, entry and field."""


def read_segments(path: Path | str) -> list[SegmentRule]:
    """Segments of a json or yaml file: a list, a mapping with ``segments``, or a chain package.

    Each entry has id, name, definition and keywords; exclusions, kind and gb4754 may be left out.
    Raises SegmentError naming the file, the entry and the field.
    """
    path = Path(path)
    text = path.read_text(encoding="utf-8-sig")
    try:
        found = json.loads(text) if path.suffix.lower() == ".json" else yaml.safe_load(text)
    except (json.JSONDecodeError, yaml.YAMLError) as error:
        raise SegmentError(f"{path.name}：不是有效的 {path.suffix.lstrip('.')} 文件：{error}") from error
    entries = found.get("segments") if isinstance(found, Mapping) else found
    if not isinstance(entries, list) or not entries:
        raise SegmentError(f"{path.name}：应为环节列表，或含有 segments 列表")
    rules = [_rule(path.name, number, entry) for number, entry in enumerate(entries, start=1)]
    twice = {rule.id for rule in rules if sum(rule.id == other.id for other in rules) > 1}
    if twice:
        raise SegmentError(f"{path.name}：环节编号重复：{'、'.join(sorted(twice))}")
    return rules


def _rule(file: str, number: int, entry: object) -> SegmentRule:
    """One entry as a rule."""
    if not isinstance(entry, Mapping):
        raise SegmentError(f"{file}：第 {number} 个环节应是对象，得到 {type(entry).__name__}")
    for field in ("id", "name", "definition"):
        if not isinstance(entry.get(field), str) or not entry[field].strip():
            raise SegmentError(f"{file}：第 {number} 个环节缺少文字字段 {field}")
    words = {field: _words(file, number, field, entry.get(field, ())) for field in ("keywords", "exclusions", "gb4754")}
    if not words["keywords"]:
        raise SegmentError(f"{file}：第 {number} 个环节缺少 keywords")
    kind = str(entry.get("kind") or "")
    if kind and kind not in KINDS:
        raise SegmentError(f"{file}：第 {number} 个环节 kind 应为 {'、'.join(KINDS)} 之一，得到 {kind}")
    return SegmentRule(entry["id"], entry["name"], entry["definition"], kind=kind, **words)


def _words(file: str, number: int, field: str, value: object) -> tuple[str, ...]:
    if isinstance(value, str) or not isinstance(value, (list, tuple)) or not all(isinstance(v, str) for v in value):
        raise SegmentError(f"{file}：第 {number} 个环节的 {field} 应是文字列表")
    return tuple(value)
