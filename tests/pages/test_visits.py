"""Every page opens on the demo district, with the frame that figures need, and says what to do on an empty store."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages import cached
from pages.registry import PAGES
from tests.pages.conftest import ENTRY, notices, text_of

NAMES = [entry.path for entry in PAGES]


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_with_region_date_source_and_the_mark_of_the_demo(name, demo, visit):
    app = visit(name)

    assert not app.exception
    shown = text_of(app)
    assert "演示数据（虚构）" in shown
    assert "2026-09-30" in shown
    assert "云溪区" in shown


def test_the_entry_shows_the_overview_first(demo):
    app = AppTest.from_file(str(ENTRY), default_timeout=60).run()

    assert not app.exception
    assert "<h1>总览</h1>" in text_of(app)


def test_on_an_empty_store_the_entry_says_what_to_do_and_leads_there(empty_database):
    app = AppTest.from_file(str(ENTRY), default_timeout=60).run()

    assert not app.exception
    assert "还差一步" in text_of(app)
    assert 'href="data_admin"' in text_of(app)


def test_the_data_page_works_on_an_empty_store(empty_database, visit):
    app = visit("data_admin")

    assert not app.exception
    assert "还没有设定本地区域" in notices(app, "warned")[0]
    assert "还没有导入过数据" in text_of(app)


def test_titles_are_chinese_and_paths_are_ascii():
    assert [entry.title for entry in PAGES] == [
        "总览", "链图", "缺口清单", "目标企业", "企业档案", "匹配复核", "招商目录", "名单与行程", "推演",
        "签约项目与覆盖", "数据管理", "链图谱维护", "方法与可信度", "明细",
    ]  # fmt: skip
    assert all(entry.path.isascii() for entry in PAGES)


def test_a_chain_without_matching_is_named_and_the_others_are_shown(database, visit):
    with cached.store().write() as cursor:
        cursor.execute("DELETE FROM match_run WHERE chain_id = 'prefab_building'")

    shown = text_of(visit("overview"))

    assert "装配式建筑还没有与企业匹配" in shown
    assert "汽车零部件" in shown
    assert "还差一步" in text_of(visit("chain_map", chain="prefab_building"))
    assert not visit("gaps", chain="all").exception
