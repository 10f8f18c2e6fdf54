"""The page that keeps the chain packages: look, change, check, try out, save, compare, restore, and files from outside."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from chains.load import load_all, load_chain
from chains.write import chain_yaml
from exports.package_xlsx import package_workbook
from pages import cached
from pages.components.actions import now
from services.packages import installed_chain, package_versions, save_version
from tests.pages.conftest import notices, text_of

CHAIN = "powder_metallurgy"
SEGMENTS = f"package_segments_{CHAIN}_1"
EDGES = f"package_edges_{CHAIN}_1"


@pytest.fixture
def dictionary(demo_file: Path, database: Path) -> None:
    """The phrase dictionary that matching left beside the demo district, beside its copy."""
    shutil.copytree(f"{demo_file}.phrases", f"{database}.phrases")


def frame_of(app: AppTest) -> Any:
    return app.data_editor[0].value


def change(app: AppTest, key: str, *, edited: dict[int, dict[str, Any]] | None = None, added=(), deleted=()) -> AppTest:
    """Cells changed, rows added and deleted in an editor, as the browser tells it."""
    app.session_state[key] = {"edited_rows": edited or {}, "added_rows": list(added), "deleted_rows": list(deleted)}
    return app.run()


def key_of(app: AppTest, editor: str) -> str:
    """Key of an editor as it stands: another one each time it begins anew."""
    return f"package_{editor}_{CHAIN}_{app.session_state['package_work'][CHAIN].stamp}"


def go(app: AppTest, view: str) -> AppTest:
    return app.selectbox(key="url_view").set_value(view).run()


def row_of(segment_id: str) -> int:
    return [one.id for one in load_chain(CHAIN).segments].index(segment_id)


def with_keyword(app: AppTest, word: str = "铁基粉料") -> AppTest:
    words = "；".join([*load_chain(CHAIN).segment("pm_iron_powder").keywords, word])
    return change(app, SEGMENTS, edited={row_of("pm_iron_powder"): {"关键词": words}})


def test_the_map_shows_every_segment_of_the_chain_that_is_chosen(demo, visit):
    app = visit("packages", chain=CHAIN)

    assert not app.exception
    drawing = cached_svg(app)
    assert drawing.count('class="lt-card') == len(load_chain(CHAIN).segments)
    app.selectbox(key="url_chain").set_value("auto_parts").run()
    assert cached_svg(app).count('class="lt-card') == len(load_chain("auto_parts").segments)


def cached_svg(app: AppTest) -> str:
    [part] = app.get("bidi_component")
    return json.loads(part.proto.json)["svg"] if part.proto.json else str(part.proto)


@pytest.mark.parametrize("view", ["map", "segments", "edges", "check", "history", "upload"])
@pytest.mark.parametrize("chain", ["auto_parts", "prefab_building"])
def test_every_view_opens(view, chain, demo, visit):
    app = visit("packages", chain=chain, view=view)

    assert not app.exception
    assert "链图谱维护" in text_of(app)


def test_the_tables_hold_the_package(demo, visit):
    app = visit("packages", chain=CHAIN, view="segments")
    rows = frame_of(app)

    assert rows["细分"].tolist() == [one.name for one in load_chain(CHAIN).segments]
    assert rows["段"][1] == "上游·矿产与冶炼原料"
    assert frame_of(go(app, "edges")).shape[0] == len(load_chain(CHAIN).edges)


def test_a_changed_keyword_is_checked_tried_out_and_saved_with_author_and_reason(database, dictionary, visit):
    app = with_keyword(visit("packages", chain=CHAIN, view="segments"))
    assert "1 处不同，尚未保存" in text_of(app)

    app = go(app, "check")
    shown = text_of(app)
    assert "“铁粉（还原、雾化）”关键词：加 铁基粉料" in shown
    assert "没有问题，可以保存" in shown
    assert "写到的企业" in shown
    assert "十个样本" in shown
    assert "比现行版本多确认" in shown
    assert app.button(key="package_save").disabled

    app.text_input(key="package_reason").set_value("补同义词").run()
    app.button(key="package_save").click().run()

    assert "已保存“粉末冶金”1.0.1" in notices(app, "done")[0]
    assert any("去数据管理重新匹配" in said for said in notices(app, "warned"))
    saved = package_versions(cached.store(), CHAIN)
    assert saved[["version", "reason", "saved_by"]].values.tolist() == [["1.0.1", "补同义词", "本机用户"]]
    assert "铁基粉料" in installed_chain(cached.store(), CHAIN).segment("pm_iron_powder").keywords


def test_what_was_changed_stays_while_one_looks_at_other_views_and_can_be_given_up(demo, visit):
    app = with_keyword(visit("packages", chain=CHAIN, view="segments"))
    for view in ("map", "edges", "history", "segments"):
        app = go(app, view)
        assert "1 处不同，尚未保存" in text_of(app)
    assert frame_of(app)["关键词"].iloc[row_of("pm_iron_powder")].endswith("；铁基粉料")

    app.button(key="package_give_up").click().run()

    assert "尚未保存" not in text_of(app)
    assert not frame_of(app)["关键词"].iloc[row_of("pm_iron_powder")].endswith("；铁基粉料")


def test_a_wrong_cell_is_named_with_its_row_and_nothing_can_be_saved(demo, visit):
    at = row_of("pm_iron_powder")
    app = change(
        visit("packages", chain=CHAIN, view="segments"), SEGMENTS, edited={at: {"关键词": "粉", "定义": "做铁粉"}}
    )
    shown = text_of(app)

    assert f"环节 第 {at + 1} 行" in shown
    assert "环节“铁粉（还原、雾化）”的词“粉”只有一个字，会命中过多" in shown
    assert "环节“铁粉（还原、雾化）”的定义没有说明什么不算" in shown
    app = go(app, "check")
    app.text_input(key="package_reason").set_value("试").run()
    assert app.button(key="package_save").disabled

    app = go(app, "segments")
    editor = key_of(app, "segments")
    app = change(app, editor, edited={at: {"关键词": ""}})
    assert "缺少字段 关键词" in text_of(app)
    assert not app.exception


def test_a_segment_and_its_edges_come_and_go(demo, visit):
    app = visit("packages", chain=CHAIN, view="segments")
    new = {"细分": "球形钨粉", "段": "上游·金属粉末与辅料", "环节": "合金粉末", "关键词": "球形钨粉", "定义": "制造它；买卖的不算",
           "关键性": "低", "关键性理由": "量小", "类型": "生产", "来源": "common"}  # fmt: skip
    gone = row_of("pm_lubricant")
    app = change(app, SEGMENTS, added=[new], deleted=[gone])
    shown = text_of(app)

    assert "删去了环节，连带去掉" in shown
    assert "环节“球形钨粉”没有任何供应关系" in shown

    app = go(app, "edges")
    editor = key_of(app, "edges")
    edge = {"供应环节": "pm_qiuxingwufen", "使用环节": "pm_mim", "权重": 0.01, "来源": "common"}
    user = next(one.id for one in load_chain(CHAIN).segments if one.stage == "product")
    app = change(app, editor, added=[edge | {"使用环节": user}])
    assert "环节“球形钨粉”没有任何供应关系" not in text_of(app)
    app = go(app, "map")
    assert "lt-is-added" in cached_svg(app)
    assert "lt-is-removed" in cached_svg(app)
    assert "lt-edge-added" in cached_svg(app)
    assert "lt-edge-removed" in cached_svg(app)


def test_of_two_who_save_at_once_the_second_is_told(database, visit):
    app = go(with_keyword(visit("packages", chain=CHAIN, view="segments")), "check")
    app.text_input(key="package_reason").set_value("我的").run()
    other = load_chain(CHAIN).model_copy(update={"version": "1.0.1"})
    save_version(cached.store(), chain_yaml(other), actor="乙", reason="抢先", at=now())

    app.button(key="package_save").click().run()

    assert "乙 在" in notices(app, "failed")[0]
    assert "已保存 1.0.1（抢先），而这份修改是在 1.0.0 上做的" in notices(app, "failed")[0]
    assert package_versions(cached.store(), CHAIN).saved_by.tolist() == ["乙"]
    assert any("已有人保存了 1.0.1" in said for said in notices(app, "warned"))
    assert "在 1.0.0 上修改" in text_of(app)


def test_two_versions_are_compared_and_the_old_one_restored(database, visit):
    chain = load_chain(CHAIN)
    changed = [
        one.model_copy(update={"keywords": (*one.keywords, "新词甲")}) if one.id == "pm_press" else one
        for one in chain.segments
    ]
    new = chain.model_copy(update={"version": "1.0.1", "segments": tuple(changed)})
    save_version(cached.store(), chain_yaml(new), actor="甲", reason="加词", at=now())

    app = visit("packages", chain=CHAIN, view="history")
    shown = text_of(app)
    assert "加词" in shown
    assert "随程序提供" in shown
    assert f"“{chain.segment('pm_press').name}”关键词：加 新词甲" in shown
    assert "lt-is-keywords" in cached_svg(app)

    app.button(key="package_restore").click().run()

    assert "已把 1.0.0 的内容存为 1.0.2" in notices(app, "done")[0]
    assert installed_chain(cached.store(), CHAIN).segment("pm_press").keywords == chain.segment("pm_press").keywords
    assert package_versions(cached.store(), CHAIN).version.tolist() == ["1.0.2", "1.0.1"]


def test_a_workbook_that_was_changed_outside_is_loaded_and_saved(database, visit):
    chain = load_chain(CHAIN)
    shorter = chain.model_copy(update={"definition": chain.definition + "（改）", "segments": tuple(
        one.model_copy(update={"exclusions": (*one.exclusions, "排除甲")}) if one.id == "pm_press" else one for one in chain.segments)})  # fmt: skip
    app = visit("packages", chain="auto_parts", view="upload")

    app.file_uploader(key="package_file").set_value(("改.xlsx", package_workbook(shorter), "")).run()
    assert "读到“粉末冶金”1.0.0" in notices(app, "done")[0]
    app.button(key="package_load").click().run()

    assert app.query_params["chain"] == CHAIN
    assert "（读自 改.xlsx）" in text_of(app)
    assert "排除词：加 排除甲" in text_of(app)
    app.text_input(key="package_reason").set_value("表里改的").run()
    app.button(key="package_save").click().run()
    assert "已保存“粉末冶金”1.0.1" in notices(app, "done")[0]


def test_a_new_chain_from_a_mind_map_is_a_draft_with_findings_until_it_is_filled(database, visit):
    outline = "# 试验链\n- 上游\n  - 粉\n    - 某粉：某某粉\n- 中游\n  - 件\n    - <b>某件</b>：某某件\n"
    app = visit("packages", view="upload")

    app.file_uploader(key="package_file").set_value(("试.md", outline.encode(), "")).run()
    app.button(key="package_load").click().run()

    shown = text_of(app)
    assert not app.exception
    assert "新产业链（读自 试.md）" in shown
    assert "环节“某粉”的定义还没有填写" in shown
    assert "环节“某件”没有任何供应关系" in shown  # a mark of Markdown outlines is taken off
    assert "（未保存）" in app.selectbox(key="url_chain").options[-1] or any(
        "（未保存）" in one for one in app.selectbox(key="url_chain").options
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("坏.yaml", "id: x1\nname: [", "产业链文件 坏.yaml 第"),
        ("坏.mm", "<map><node", "坏.mm：第 1 行：XML 写法有误"),
        ("坏.csv", "甲,乙\n1,2\n", "坏.csv：没有找到列名 链、段、环节、细分、关键词"),
        ("坏.xlsx", "不是工作簿", "坏.xlsx：扩展名是 .xlsx，内容却是"),
    ],
)
def test_a_broken_file_says_place_and_reason_and_nothing_is_loaded(name, content, reason, demo, visit):
    app = visit("packages", chain=CHAIN, view="upload")

    app.file_uploader(key="package_file").set_value((name, content.encode("utf-8"), "")).run()

    assert reason in notices(app, "failed")[0]
    assert not [one for one in app.button if one.key == "package_load"]


def test_markup_in_a_name_stays_text(demo, visit):
    at = row_of("pm_iron_powder")
    hostile = "<img src=x onerror=alert(1)>**铁**"
    app = change(
        visit("packages", chain=CHAIN, view="segments"), SEGMENTS, edited={at: {"细分": hostile, "关键词": hostile}}
    )

    for view in ("segments", "check", "map"):
        shown = text_of(go(app, view))
        assert "<img" not in shown
        assert "<img" not in (cached_svg(app) if view == "map" else "")


def test_without_a_dictionary_the_page_says_where_to_make_one(database, visit):
    app = visit("packages", chain=CHAIN, view="check")

    assert "库里还没有短语词典" in notices(app, "warned")[0]
    assert "写到的企业" not in text_of(app)


def test_packages_can_be_kept_before_there_is_any_data(empty_database, visit):
    app = visit("packages", chain=CHAIN, view="segments")

    assert not app.exception
    assert frame_of(app).shape[0] == len(load_chain(CHAIN).segments)


def test_a_borrowed_segment_says_where_it_comes_from_and_is_in_no_editor(demo, visit):
    chain = next(one for one in load_all() if one.shared)
    borrowed = next(one for one in chain.segments if one.shared_from)
    app = visit("packages", chain=chain.id, view="segments")

    assert borrowed.name not in frame_of(app)["细分"].tolist()
    owner, segment = borrowed.shared_from.split(".")
    assert (
        f'href="packages?chain={owner}&amp;segment={segment}&amp;view=check">{load_chain(owner).name}</a>'
        in text_of(app)
    )
