"""Mind-maps and lists of leaves become drafts that say what is still to be filled in."""

from __future__ import annotations

import doctest
from datetime import date

import pytest

from chains import draft, outline
from chains.checks import check_chain
from chains.draft import DraftInvalid, Leaf, draft_fields, leaves_of, to_fill
from chains.load import load_text
from chains.outline import OutlineInvalid, read_outline
from chains.write import fields_yaml

DAY = date(2026, 11, 1)
MARKDOWN = """# 粉末冶金
## 上游
- 金属粉末
  - 铁粉：还原铁粉、雾化铁粉
  - 铜粉（电解铜粉，青铜粉）
- 压机
## 中游
1. 零件
   - **含油轴承**
      - 粉末冶金轴承
      - 烧结轴承
"""
MIND_MAP = """<map version="1.0.1"><node TEXT="粉末冶金"><node TEXT="上游"><node TEXT="金属粉末">
<node TEXT="铁粉：还原铁粉、雾化铁粉"/><node><richcontent TYPE="NODE"><html><body>铜粉（电解铜粉，青铜粉）</body></html></richcontent></node>
</node><node TEXT="压机"/></node><node TEXT="中游"><node TEXT="零件"><node TEXT="含油轴承"><node TEXT="粉末冶金轴承"/>
<node TEXT="烧结轴承"/></node></node></node></node></map>"""
OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body><outline text="粉末冶金">
<outline text="上游"><outline text="金属粉末"><outline text="铁粉：还原铁粉、雾化铁粉"/><outline text="铜粉（电解铜粉，青铜粉）"/></outline>
<outline text="压机"/></outline><outline text="中游"><outline text="零件"><outline text="含油轴承">
<outline text="粉末冶金轴承"/><outline text="烧结轴承"/></outline></outline></outline></outline></body></opml>"""
BOMB = '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><map><node TEXT="&b;"/></map>'


def leaf(**changes: str) -> Leaf:
    words = {"chain": "粉末冶金", "stage": "上游", "group": "粉末", "name": "铁粉", "place": "第 2 行"} | changes
    return Leaf(words["chain"], words["stage"], words["group"], words["name"], ("还原铁粉",), words["place"])


@pytest.mark.parametrize(("text", "suffix"), [(MARKDOWN, ".md"), (MIND_MAP, ".mm"), (OPML, ".opml")])
def test_a_mind_map_of_any_kind_gives_the_same_leaves(text: str, suffix: str) -> None:
    found = [(one.stage, one.group, one.name, one.keywords) for one in leaves_of(read_outline(text, suffix))]

    assert found == [
        ("上游", "金属粉末", "铁粉", ("还原铁粉", "雾化铁粉")),
        ("上游", "金属粉末", "铜粉", ("电解铜粉", "青铜粉")),
        ("上游", "压机", "压机", ()),
        ("中游", "零件", "含油轴承", ("粉末冶金轴承", "烧结轴承")),
    ]


def test_a_draft_is_a_package_that_says_what_is_missing() -> None:
    fields = draft_fields(leaves_of(read_outline(MARKDOWN, ".md")), DAY)
    chain = load_text(fields_yaml(fields, to_fill(fields)), "draft.yaml")

    assert (chain.id, chain.name, chain.version) == ("fenmoyejin", "粉末冶金", "0.1.0")
    assert [one.id for one in chain.segments] == ["fmyj_tiefen", "fmyj_tongfen", "fmyj_yaji", "fmyj_hanyouzhoucheng"]
    assert chain.segments[2].keywords == ("压机",)
    assert {one.check for one in check_chain(chain)} == {
        "nothing_unfilled", "definitions_bounded", "no_orphan", "stages_reachable",
    }  # fmt: skip
    assert "1 个环节没有关键词" in to_fill(fields)


def test_the_order_of_leaves_changes_no_id_and_one_name_in_two_groups_is_told_apart() -> None:
    leaves = [leaf(), leaf(group="辅料"), leaf(name="铜粉")]
    ids = {one["name"]: one["id"] for one in draft_fields(leaves, DAY)["segments"]}

    assert set(ids) == {"铁粉（粉末）", "铁粉（辅料）", "铜粉"}
    assert {one["name"]: one["id"] for one in draft_fields(leaves[::-1], DAY)["segments"]} == ids


@pytest.mark.parametrize(
    ("text", "suffix", "reason"),
    [
        (BOMB, ".mm", "第 1 行：文件带有文档类型声明"),
        ("<map>\n<node", ".mm", "第 2 行：XML 写法有误"),
        ("只有一段话", ".md", "没有读到任何节点"),
        ("<map></map>", ".mm", "没有读到任何节点"),
        ("<map>" + '<node TEXT="a">' * 50 + "</node>" * 50 + "</map>", ".mm", "层级超过 40 层"),
        ("- a\n" * 20_001, ".md", "第 20001 行：节点超过 20,000 个"),
    ],
)
def test_a_file_that_is_no_mind_map_says_the_line_and_the_reason(text: str, suffix: str, reason: str) -> None:
    with pytest.raises(OutlineInvalid, match=reason):
        read_outline(text, suffix)


@pytest.mark.parametrize(
    ("text", "reason"), [("- a\n- b\n", "最上层应只有一个节点"), ("- a\n  - b\n", "这张导图层级不够")]
)
def test_a_mind_map_without_the_levels_says_so(text: str, reason: str) -> None:
    with pytest.raises(DraftInvalid, match=reason):
        leaves_of(read_outline(text, ".md"))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"stage": ""}, "第 2 行：段没有写"), ({"name": "长" * 41}, "第 2 行：细分“长+…”有 41 个字，不像名称")],
)
def test_a_leaf_without_a_usable_name_says_where(changes: dict[str, str], reason: str) -> None:
    with pytest.raises(DraftInvalid, match=reason):
        draft_fields([leaf(**changes)], DAY)


@pytest.mark.parametrize("module", [draft, outline], ids=lambda module: module.__name__)
def test_the_examples_hold(module) -> None:
    assert doctest.testmod(module).failed == 0
