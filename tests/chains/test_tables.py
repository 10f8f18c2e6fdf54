"""A chain as tables and back: nothing is lost, and what is wrong is said at its row."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chains import naming, tables
from chains.load import chain_ids, load_chain
from chains.tables import HEAD, TablesInvalid, chain_of, joined, parted, tables_of
from chains.write import as_written
from tests.chains.tiny import tiny_chain

WORDS = st.lists(st.text(min_size=1).map(str.strip).filter(bool), max_size=4)


def numbered(rows):
    return {title: list(enumerate(lines, 2)) for title, lines in rows.items()}


@pytest.mark.parametrize("chain_id", chain_ids())
def test_a_shipped_package_as_tables_and_back_is_the_same(chain_id):
    chain = load_chain(chain_id)

    assert chain_of(numbered(tables_of(chain))) == as_written(chain)


@given(WORDS)
def test_a_list_as_one_cell_and_back_is_the_same(words):
    assert parted(joined(words)) == words


def test_stages_and_segments_are_shown_by_name():
    chain = tiny_chain(stages=[{"id": "up", "name": "上游"}, {"id": "mid", "name": "中游"}])
    rows = tables_of(chain)

    assert rows["环节"][0]["段"] == "上游"
    assert rows["供应关系"][0] == {"供应环节": "powder", "使用环节": "part", "权重": 0.6, "来源": "common"}
    assert rows[HEAD][1] == {"字段": "名称", "内容": "小链"}


def test_a_new_row_without_an_id_gets_one_from_its_name_and_the_same_one_again():
    rows = tables_of(tiny_chain())
    rows["环节"].append(rows["环节"][0] | {"编号": "", "细分": "还原铁粉"})

    first, again = (chain_of(numbered(rows)).segments[-1].id for _ in range(2))

    assert first == again == "xl_huanyuantiefen"


def test_every_wrong_cell_is_named_with_table_row_and_column():
    rows = tables_of(tiny_chain())
    rows["环节"][1] |= {"关键词": "", "定义": None}
    rows["供应关系"][0] |= {"权重": "很多"}
    with pytest.raises(TablesInvalid) as refused:
        chain_of(numbered(rows))

    assert [str(problem) for problem in refused.value.problems] == [
        "“环节”第 3 行“定义”：缺少字段 定义",
        "“环节”第 3 行“关键词”：缺少字段 关键词",
        "“供应关系”第 2 行“权重”：权重 应是数字，却是 很多",
    ]


def test_a_word_that_is_no_kind_names_those_that_are():
    rows = tables_of(tiny_chain())
    rows["环节"][0] |= {"类型": "制造"}
    with pytest.raises(TablesInvalid, match="“环节”第 2 行“类型”：是“制造”，只能是 生产、服务、研发、配套"):
        chain_of(numbered(rows))


def test_an_empty_row_is_no_row():
    rows = tables_of(tiny_chain())
    rows["环节"].insert(0, dict.fromkeys(rows["环节"][0], ""))

    assert chain_of(numbered(rows)) == tiny_chain()


def test_a_package_without_any_stage_says_so():
    rows = tables_of(tiny_chain()) | {"段": []}
    with pytest.raises(TablesInvalid, match="“段”第 1 行：缺少字段 段"):
        chain_of(numbered(rows))


@pytest.mark.parametrize("module", [naming, tables], ids=lambda module: module.__name__)
def test_the_examples_hold(module):
    assert doctest.testmod(module).failed == 0


def test_ids_are_short_plain_and_unique():
    long = naming.pinyin_id("超高强度" * 20, "x_")

    assert len(long) == 48
    assert long != naming.pinyin_id("超高强度" * 21, "x_")
    assert naming.pinyin_id("铁粉", "x_", {"x_tiefen"}) == "x_tiefen_2"
    assert naming.pinyin_id("3D打印") == "s_3ddayin"
    assert naming.pinyin_id("（）", "x_").startswith("x_")
