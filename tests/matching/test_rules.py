"""Segments read from files, and what their definitions are taken to mean."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analysis.matching import SegmentError, SegmentRule, read_segments
from analysis.matching.verbs import DESIGN, GROW, MAKE, MOVE, PROCESS, RD, SERVE, STORE


def rule(definition: str, *keywords: str) -> SegmentRule:
    return SegmentRule("x", "某环节", definition, keywords or ("某物",))


@pytest.mark.parametrize(
    ("definition", "kind", "counted"),
    [
        ("制造阀门；只销售/维修不算", "production", MAKE | PROCESS),
        ("种植或加工食用菌；只销售不算", "production", MAKE | PROCESS | GROW),
        ("从事生猪养殖；只销售、屠宰不算", "production", MAKE | GROW),
        ("从事芯片设计研发；只销售的不算", "rd", RD | DESIGN),
        ("提供冷藏仓储或冷链运输服务；制造冷库设备的不算", "service", MOVE | STORE | SERVE),
    ],
)
def test_a_definition_says_which_verbs_count(definition: str, kind: str, counted: int) -> None:
    assert rule(definition).resolved_kind == kind
    assert rule(definition).counted == counted


def test_a_definition_names_things_that_do_not_belong() -> None:
    assert rule("制造钢管；只销售的不算，塑钢管不算", "钢管").denied == ("塑钢管",)
    assert rule("制造电路板；只销售或只做其设备/化学品的不算", "电路板").denied == ("设备", "化学品")


def test_segments_are_read_from_json_and_yaml(tmp_path: Path) -> None:
    entry = {"id": "a", "name": "甲", "definition": "制造甲", "keywords": ["甲"], "exclusions": ["乙"]}
    json_file, yaml_file = tmp_path / "s.json", tmp_path / "s.yaml"
    json_file.write_text(json.dumps([entry], ensure_ascii=False), encoding="utf-8")
    yaml_file.write_text(
        "segments:\n- {id: a, name: 甲, definition: 制造甲, keywords: [甲], exclusions: [乙]}\n", encoding="utf-8"
    )
    assert read_segments(json_file) == read_segments(yaml_file) == [SegmentRule("a", "甲", "制造甲", ("甲",), ("乙",))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "不是有效的"),
        ("[]", "应为环节列表"),
        ('[{"id": "a", "name": "甲", "definition": "制造甲"}]', "第 1 个环节缺少 keywords"),
        ('[{"id": "a", "name": "", "definition": "制造甲", "keywords": ["甲"]}]', "缺少文字字段 name"),
        ('[{"id": "a", "name": "甲", "definition": "制造甲", "keywords": "甲"}]', "keywords 应是文字列表"),
        ('["a"]', "应是对象"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "s.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SegmentError, match=message):
        read_segments(file)


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    entry = {"id": "a", "name": "甲", "definition": "制造甲", "keywords": ["甲"]}
    file.write_text(json.dumps([entry, entry], ensure_ascii=False), encoding="utf-8")
    with pytest.raises(SegmentError, match="重复：a"):
        read_segments(file)
