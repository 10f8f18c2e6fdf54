"""Packages load into the model; a broken file says where and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from chains.load import ChainInvalid, chain_ids, load_all, load_chain, load_file
from tests.chains.tiny import chain_fields, segment_fields, tiny_chain


def _written(folder: Path, fields: dict[str, Any] | str, encoding: str = "utf-8") -> Path:
    text = fields if isinstance(fields, str) else yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)
    path = folder / "tiny.yaml"
    path.write_text(text, encoding=encoding)
    return path


def _refused(path: Path) -> ChainInvalid:
    with pytest.raises(ChainInvalid) as caught:
        load_file(path)
    assert caught.value.file == path
    return caught.value


def test_a_file_loads_into_the_same_chain(tmp_path: Path) -> None:
    assert load_file(_written(tmp_path, chain_fields())) == tiny_chain()


def test_shipped_chains_are_loaded_once_and_by_id() -> None:
    assert [chain.id for chain in load_all()] == list(chain_ids())
    assert all(load_chain(chain_id) is load_chain(chain_id) for chain_id in chain_ids())


def test_an_unknown_id_names_the_known_ones() -> None:
    with pytest.raises(KeyError, match="没有产业链 no_such_chain"):
        load_chain("no_such_chain")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "trade"}, "segments[2].kind 是 trade，只能是"),
        ({"colour": "red"}, "不认识字段 segments[2].colour"),
        ({"keywords": []}, "segments[2].keywords 至少要有一项"),
        ({"gb4754": [3393]}, "segments[2].gb4754[1] 应是文字，却是 3393（数字代码请加引号）"),
        ({"id": "Press 1"}, "segments[2].id 的写法不对：Press 1"),
        ({"definition": " "}, "segments[2].definition 不能为空"),
        ({"criticality": "high"}, "segments[2].criticality 应有自己的字段，却是 high"),
    ],
)
def test_a_wrong_field_is_named_with_its_reason(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    segments = [segment_fields("powder"), segment_fields("press", **change)]
    assert reason in _refused(_written(tmp_path, chain_fields(segments=segments))).reason


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    fields = chain_fields()
    del fields["valid_from"]
    assert _refused(_written(tmp_path, fields)).reason == "缺少字段 valid_from"


def test_a_weight_out_of_range_points_to_its_own_line(tmp_path: Path) -> None:
    fields = chain_fields()
    fields["edges"][1]["weight"] = 1.5
    path = _written(tmp_path, fields)
    error = _refused(path)
    assert path.read_text(encoding="utf-8").splitlines()[error.line - 1].strip() == "weight: 1.5"
    assert error.reason == "edges[2].weight 是 1.5，应不超过 1.0"


def test_broken_yaml_names_the_line(tmp_path: Path) -> None:
    error = _refused(_written(tmp_path, "id: tiny\nname: [小链\nversion: 1.0.0\n"))
    assert error.line == 3
    assert str(error).startswith("产业链文件 tiny.yaml 第 3 行：YAML 写法有误")


def test_a_field_written_twice_is_refused(tmp_path: Path) -> None:
    error = _refused(_written(tmp_path, "id: tiny\nsources:\n- id: a\n  title: b\n  id: c\n"))
    assert (error.line, error.reason) == (5, "字段 id 写了两次")


@pytest.mark.parametrize("text", ["", "只是一句话", "- 一\n- 二\n"])
def test_a_file_without_fields_is_refused(tmp_path: Path, text: str) -> None:
    assert "没有读到字段" in _refused(_written(tmp_path, text)).reason


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    assert "不是 UTF-8" in _refused(_written(tmp_path, chain_fields(), encoding="gbk")).reason


def test_a_control_character_is_refused(tmp_path: Path) -> None:
    assert "无法读取" in _refused(_written(tmp_path, "id: \x07tiny")).reason
