"""A chain has segments of another package as its own, written once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from chains.checks import check_chain
from chains.load import ChainInvalid, load_file
from tests.chains.tiny import chain_fields, segment_fields


def _write(folder: Path, **fields: object) -> Path:
    path = folder / f"{fields['id']}.yaml"
    path.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def _folder(tmp_path: Path, **reference: str) -> Path:
    helpers = [segment_fields("mould", name="模具"), segment_fields("heat", sources=["book"])]
    sources = [{"id": "common", "title": "领域常识"}, {"id": "book", "title": "热处理手册"}]
    _write(tmp_path, **chain_fields(id="helpers", name="配套", segments=helpers, edges=[], sources=sources))
    wanted = {"id": "tiny_heat", "package": "helpers", "segment": "heat", "stage": "up"} | reference
    edges = [*chain_fields()["edges"], {"supplier": "tiny_heat", "user": "press", "weight": 0.1, "source": "common"}]
    return _write(tmp_path, **chain_fields(shared=[wanted], edges=edges))


def test_a_shared_segment_has_the_words_of_its_package_and_the_place_of_the_chain(tmp_path: Path) -> None:
    chain = load_file(_folder(tmp_path, stage="mid", group="协作"))
    heat = chain.segment("tiny_heat")
    assert (heat.stage, heat.group, heat.keywords) == ("mid", "协作", ("heat",))
    assert heat.shared_from == "helpers.heat"
    assert [chain_source.title for chain_source in chain.sources if chain_source.id in heat.sources] == ["热处理手册"]


def test_a_chain_with_shared_segments_keeps_every_rule(tmp_path: Path) -> None:
    assert check_chain(load_file(_folder(tmp_path))) == []


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ({"package": "nowhere"}, "引用的产业链 nowhere 不存在"),
        ({"segment": "nothing"}, "产业链“配套”没有环节 nothing"),
        ({"package": "tiny", "segment": "press"}, "请直接写在 segments 里"),
        ({"colour": "red"}, "不认识字段 shared[1].colour"),
    ],
)
def test_a_reference_to_nothing_is_named_with_its_line(tmp_path: Path, reference: dict[str, str], reason: str) -> None:
    path = _folder(tmp_path, **reference)
    with pytest.raises(ChainInvalid) as caught:
        load_file(path)
    assert reason in caught.value.reason
    lines = path.read_text(encoding="utf-8").splitlines()
    assert caught.value.line > lines.index("shared:")
