"""What a user changes on the pages reaches the store, and the next drawing shows it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from data.imports import import_file
from data.settings import set_home
from exports.xlsx import catalogue_workbook
from pages import cached
from pages.components.actions import ACTOR, PERSON, now
from pages.components.downloads import noted
from services.audit import record
from tests.pages.conftest import ENTRY, notices, text_of

CHAIN = "auto_parts"


def button(app: AppTest, words: str):
    return next(one for one in app.button if words in one.label)


@pytest.fixture
def gap(database: Path) -> pd.Series:
    """The most urgent gap of the chain that has targets."""
    gaps = cached.state(CHAIN).gaps
    return next(row for _, row in gaps.iterrows() if len(cached.targets(CHAIN, row.segment_id)) >= 10)


def test_the_ten_best_targets_go_on_the_catalogue_and_into_its_workbook(gap, visit):
    app = visit("targets", chain=CHAIN, segment=gap.segment_id)

    button(app, "加入得分最高的 10 家").click().run()

    assert not app.exception
    assert "已把 10 家企业加入" in notices(app, "done")[0]
    content = cached.draft(CHAIN)
    assert content.items.firm_id.tolist() == cached.targets(CHAIN, gap.segment_id).firm_id.head(10).tolist()
    book = openpyxl.load_workbook(io.BytesIO(catalogue_workbook(content)))
    names = [row[5].value for row in book["招商目录"].iter_rows(min_row=3, max_row=12)]
    assert names == content.items.name.tolist()


def test_adding_twice_adds_nothing_and_says_so(gap, visit):
    app = visit("targets", chain=CHAIN, segment=gap.segment_id)
    button(app, "加入得分最高的 10 家").click().run()

    button(app, "加入得分最高的 10 家").click().run()

    assert "已把 0 家企业加入" in notices(app, "done")[0]
    assert "10 家原已在目录中" in notices(app, "done")[0]
    assert len(cached.draft(CHAIN).items) == 10


def test_a_firm_goes_on_the_catalogue_from_its_own_page(gap, visit):
    best = cached.targets(CHAIN, gap.segment_id).iloc[0]
    app = visit("firm", firm=best.firm_id, chain=CHAIN, segment=gap.segment_id)
    assert best["name"] in text_of(app)

    button(app, "加入招商目录").click().run()

    assert cached.draft(CHAIN).items.firm_id.tolist() == [best.firm_id]


def test_an_empty_catalogue_proposes_a_draft_which_can_be_frozen(database, visit):
    app = visit("catalogue", chain=CHAIN)
    assert "目录还是空的" in text_of(app)

    button(app, "生成草稿").click().run()
    assert "已生成草稿" in notices(app, "done")[0]
    button(app, "定稿为新版本").click().run()

    assert not app.exception
    assert "第 1 版" in notices(app, "done")[0]
    assert "第 1 版" in text_of(app)


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What the download buttons of the catalogue would save, by their text; the last drawing holds."""
    made: dict[str, Callable[[], bytes]] = {}

    def note(text: str, make: Callable[[], bytes], name: str, key: str, **_: object) -> None:
        made[f"{text}|{name}"] = make

    monkeypatch.setattr("pages.components.catalogue_versions.save_button", note)
    return made


def test_a_frozen_version_is_downloaded_again_byte_for_byte_whatever_becomes_of_the_draft(database, visit, saved):
    app = visit("catalogue", chain=CHAIN)
    button(app, "生成草稿").click().run()
    button(app, "定稿为新版本").click().run()
    name = "第 1 版 Excel|演示-云溪区-汽车零部件招商目录-第1版-2026-09-30.xlsx"
    first = saved[name]()
    n_items = len(cached.draft(CHAIN).items)
    with cached.store().write() as cursor:
        cursor.execute("DELETE FROM catalogue_item WHERE catalogue_id LIKE '%draft' AND position > 2")
        record(cursor, now(), "t", "catalogue_remove", "")

    app.run()
    button(app, "定稿为新版本").click().run()

    assert saved[name]() == first
    book = openpyxl.load_workbook(io.BytesIO(first))
    assert book["招商目录"].max_row == n_items + 2
    assert "第 1 版，内部版" in [row[1].value for row in book["说明"].iter_rows(min_row=3)]
    second = openpyxl.load_workbook(io.BytesIO(next(make for text, make in saved.items() if "第 2 版" in text)()))
    assert second["招商目录"].max_row == 2 + 2


def test_a_version_frozen_before_files_were_kept_says_so(database, visit, saved):
    app = visit("catalogue", chain=CHAIN)
    button(app, "生成草稿").click().run()
    button(app, "定稿为新版本").click().run()
    with cached.store().write() as cursor:
        cursor.execute("DELETE FROM catalogue_file")
    saved.clear()

    app.run()

    assert "定稿较早，未保存文件" in text_of(app)
    assert [text for text in saved if "版|" in text] == []


def test_a_signed_project_attached_to_a_gap_covers_it(database, visit):
    state = cached.state(CHAIN)
    segment = state.gaps[state.gaps.nominal == 0].iloc[0]
    projects = cached.projects()
    signed = projects[projects.nominal & (projects.n_segments == 0)].iloc[0]
    before = int(state.coverage.whole.iloc[0].n_nominal)
    app = visit("projects", chain=CHAIN, segment=segment.segment_id, project=signed.project_id)

    button(app, "挂接").click().run()

    assert not app.exception
    after = cached.state(CHAIN)
    assert int(after.coverage.whole.iloc[0].n_nominal) == before + 1
    assert int(after.labels.set_index("segment_id").nominal[segment.segment_id]) == 1

    button(app, "取消挂接").click().run()
    assert int(cached.state(CHAIN).coverage.whole.iloc[0].n_nominal) == before


def test_a_recorded_start_turns_nominal_coverage_into_effective(database, visit):
    projects = cached.projects()
    waiting = projects[projects.nominal & ~projects.effective].iloc[0]
    app = visit("projects", project=waiting.project_id)

    app.selectbox(key="event_stage").set_value("started")
    button(app, "登记进展").click().run()

    assert not app.exception
    row = cached.projects().set_index("project_id").loc[waiting.project_id]
    assert row.stage == "started"
    assert row.effective


def test_another_home_region_changes_every_figure(database, visit):
    before = cached.context()
    app = visit("data_admin")

    app.text_input(key="home_search").set_value("370100").run()
    button(app, "设为本地区域").click().run()

    assert not app.exception
    assert before.home.adcode != "370100"
    assert cached.context().home.full_name == "山东省济南市"
    assert cached.store().rows("SELECT actor, detail FROM audit_event WHERE action = 'home'") == [
        ("本机用户", "370100")
    ]
    assert "山东省济南市" in text_of(app)


@pytest.fixture
def own_data(empty_database: Path, tmp_path: Path) -> Path:
    """A store of one's own with a home and a single firm."""
    path = tmp_path / "first.csv"
    path.write_text("企业名称,统一社会信用代码\n钢城测试轧辊有限公司,9144030071526726XG\n", encoding="utf-8")
    import_file(cached.store(), path, "firms", as_of="2026-05-31")
    set_home(cached.store(), "370117")
    return empty_database


def test_real_data_are_not_imported_into_the_demo(database, visit):
    before = cached.context().n_firms
    app = visit("data_admin")
    app.date_input(key="import_as_of").set_value(pd.Timestamp("2026-06-30").date())
    content = "企业名称,统一社会信用代码\n济南测试轴承有限公司,914403001922038216\n"
    app.file_uploader(key="import_file").set_value(("名录.csv", content.encode("utf-8"), "text/csv")).run()

    assert not app.exception
    assert "这个库里是虚构的演示数据，不能混入真实数据" in notices(app, "failed")[0]
    assert "import_do" not in [one.key for one in app.button]
    assert cached.context().n_firms == before


def test_a_file_is_checked_then_imported_then_taken_back(own_data, visit):
    before = cached.context().n_firms
    content = "企业名称,统一社会信用代码,注册资本(万元),经营范围\n济南测试轴承有限公司,914403001922038216,500,轴承制造\n无代码公司,9144030019,1,轴承销售\n"
    app = visit("data_admin")
    app.date_input(key="import_as_of").set_value(pd.Timestamp("2026-06-30").date())
    app.text_input(key="import_region").set_value("370117")
    app.file_uploader(key="import_file").set_value(("名录.csv", content.encode("utf-8"), "text/csv")).run()
    assert not app.exception
    assert "可采纳" in text_of(app)

    button(app, "导入 ").click().run()
    assert "批次 b" in notices(app, "done")[0]
    assert cached.context().n_firms > before

    batch = notices(app, "done")[0].split("批次 ")[1].split("。")[0]
    app = visit("data_admin", batch=batch)
    app.checkbox(key=f"sure_{batch}").check().run()
    app.button(key="undo").click().run()
    assert f"批次 {batch} 已撤回" in notices(app, "done")[0]
    assert cached.context().n_firms == before


def test_a_file_is_checked_once_and_again_only_when_something_of_it_changes(own_data, visit, monkeypatch):
    checked = []

    def counting(store, path, kind, **options):
        checked.append((path.name, kind, options["dry_run"]))
        return import_file(store, path, kind, **options)

    monkeypatch.setattr("pages.components.import_form.import_file", counting)
    app = visit("data_admin")
    app.date_input(key="import_as_of").set_value(pd.Timestamp("2026-06-30").date())
    content = "企业名称,统一社会信用代码,甲\n济南测试轴承有限公司,914403001922038216,轴承\n"
    app.file_uploader(key="import_file").set_value(("名录.csv", content.encode("utf-8"), "text/csv")).run()
    assert checked == [("名录.csv", "firms", True)]

    app.text_input(key="home_search").set_value("济南").run()
    app.run()
    assert len(checked) == 1
    assert "可采纳" in text_of(app)

    app.selectbox(key="map_firms_products").set_value("甲").run()
    assert len(checked) == 2
    app.text_input(key="import_region").set_value("370117").run()
    assert len(checked) == 3
    app.file_uploader(key="import_file").set_value(("名录.csv", content.replace("测试", "试验").encode(), "text/csv"))
    app.run()
    assert len(checked) == 4
    assert not app.exception


def test_a_file_without_a_date_asks_for_one(own_data, visit):
    app = visit("data_admin")

    app.file_uploader(key="import_file").set_value(
        ("名录.csv", "企业名称,统一社会信用代码\n甲公司,914403001922038216\n".encode(), "text/csv")
    ).run()

    assert not app.exception
    assert "请先填写数据截止日期" in "".join(notices(app, "warned"))


def test_a_file_without_names_says_which_column_is_missing(own_data, visit):
    app = visit("data_admin")

    app.file_uploader(key="import_file").set_value(("x.csv", "甲,乙\n1,2\n".encode(), "text/csv")).run()

    assert not app.exception
    assert "缺少必需的列" in notices(app, "failed")[0]


def test_the_name_given_in_the_sidebar_stands_beside_every_change(gap, visit):
    app = visit("targets", chain=CHAIN, segment=gap.segment_id)
    app.session_state[PERSON] = " 李科长 "

    button(app, "加入得分最高的 10 家").click().run()

    assert cached.store().rows("SELECT DISTINCT added_by FROM catalogue_item") == [("李科长",)]
    assert cached.store().rows("SELECT DISTINCT actor FROM audit_event WHERE action = 'catalogue_add'") == [("李科长",)]


def test_a_name_is_asked_for_once_and_kept_on_every_page(database):
    app = AppTest.from_file(str(ENTRY), default_timeout=60).run()
    assert app.sidebar.text_input(key=PERSON).proto.placeholder == ACTOR

    app.sidebar.text_input(key=PERSON).set_value("李科长").run()
    app.run()

    assert app.sidebar.text_input(key=PERSON).value == "李科长"


def test_what_a_change_did_is_said_again_when_the_page_was_not_drawn_to_its_end(demo):
    """A rerun in the middle of the drawing (a tick, a window resized) must not swallow the sentence."""
    script = (
        "import streamlit as st\n"
        "from pages.components.actions import carry_out, drawn, say_what_happened\n"
        "st.button('改', on_click=carry_out, args=(lambda: '改好了。',))\n"
        "say_what_happened()\n"
        "if not st.session_state.get('interrupted'):\n"
        "    drawn()\n"
    )
    app = AppTest.from_string(script).run()
    app.session_state["interrupted"] = True
    button(app, "改").click().run()
    assert "改好了。" in notices(app, "done")[0]

    app.session_state["interrupted"] = False
    assert "改好了。" in notices(app.run(), "done")[0]
    assert notices(app.run(), "done") == []


def test_what_is_taken_out_is_recorded(database):
    content = noted(lambda: b"file", "目录.xlsx", "张三")

    assert content == b"file"
    rows = cached.store().rows("SELECT actor, action, detail FROM audit_event WHERE action = 'export'")
    assert rows == [("张三", "export", "目录.xlsx")]


def test_nothing_is_recorded_of_a_file_that_could_not_be_made(database):
    def fail() -> bytes:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        noted(fail, "目录.xlsx", "张三")

    assert cached.store().rows("SELECT count(*) FROM audit_event WHERE action = 'export'") == [(0,)]
