"""The catalogue's page gives the draft out for a reader and in a format; the choice is in the address."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest

from pages import cached
from pages.components import catalogue_downloads
from pages.components.downloads import XLSX
from tests.pages.conftest import text_of
from tests.pages.test_actions import button

CHAIN = "powder_metallurgy"
Made = dict[str, Callable[[], bytes]]


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> Made:
    """What the buttons would save, by the name of the file; of the last drawing."""
    made: Made = {}

    def note(_text: str, make: Callable[[], bytes], name: str, _key: str, **_: object) -> None:
        made[name] = make

    monkeypatch.setattr(catalogue_downloads, "recorded_button", note)
    return made


def test_a_draft_is_given_out_in_four_formats_each_beginning_as_its_kind_does(database, visit, offered):
    button(visit("catalogue", chain=CHAIN), "生成草稿").click().run()

    begins = {name.rsplit(".", 1)[1]: make()[:5] for name, make in offered.items()}

    assert begins == {"xlsx": b"PK\x03\x04\x14", "docx": b"PK\x03\x04\x14", "pdf": b"%PDF-", "html": b"<!doc"}
    assert all("内部版" in name for name in offered)


def test_the_reader_and_the_pages_of_a_trip_are_chosen_and_stay_in_the_address(database, visit, offered):
    app = button(visit("catalogue", chain=CHAIN), "生成草稿").click().run()
    offered.clear()

    app.selectbox(key="url_reader").set_value("outside").run()
    app.selectbox(key="url_trip").set_value("yes").run()

    assert not app.exception
    assert (app.query_params["reader"], app.query_params["trip"]) == ("outside", "yes")
    page = next(make().decode() for name, make in offered.items() if "对外版" in name and name.endswith(".html"))
    assert "拜访记录" in page
    assert "推荐理由" not in page


def test_the_workbook_filled_in_on_the_trip_is_brought_back_and_kept_when_asked(database, visit, offered):
    button(visit("catalogue", chain=CHAIN), "生成草稿").click().run()
    book = openpyxl.load_workbook(BytesIO(next(make() for name, make in offered.items() if name.endswith(".xlsx"))))
    sheet = book["招商目录"]
    at = {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(3, at["对接状态"]).value = "有意向"
    buffer = BytesIO()
    book.save(buffer)

    app = visit("catalogue", chain=CHAIN)
    app.file_uploader(key="homecoming_file").set_value(("回.xlsx", buffer.getvalue(), XLSX)).run()
    assert "待联系 → 有意向" in text_of(app).replace("<b>", "")
    assert (cached.draft(CHAIN).items.contact_state == "待联系").all()
    button(app, "保存 1 家的改动").click().run()

    assert not app.exception
    assert cached.draft(CHAIN).items.contact_state.tolist()[0] == "有意向"


def test_firms_with_an_intention_become_projects_only_when_ticked(database, visit, offered):
    button(visit("catalogue", chain=CHAIN), "生成草稿").click().run()
    book = openpyxl.load_workbook(BytesIO(next(make() for name, make in offered.items() if name.endswith(".xlsx"))))
    sheet = book["招商目录"]
    at = {cell.value: cell.column for cell in sheet[2]}
    for row in (3, 4):
        sheet.cell(row, at["对接状态"]).value = "有意向"
    sheet.cell(3, at["责任单位/责任人"]).value = "投促局 / 李工"
    buffer = BytesIO()
    book.save(buffer)
    before = len(cached.projects())

    app = visit("catalogue", chain=CHAIN)
    app.file_uploader(key="homecoming_file").set_value(("回.xlsx", buffer.getvalue(), XLSX)).run()
    possible = [box for box in app.checkbox if str(box.key).startswith("homecoming_lead-")]
    assert [box.value for box in possible] == [False, False]
    possible[0].check().run()
    button(app, "保存 2 家的改动").click().run()

    assert not app.exception
    assert "立了 1 个在谈项目" in text_of(app)
    assert len(cached.projects()) == before + 1
    assert cached.draft(CHAIN).items.responsible.tolist()[0] == "投促局 / 李工"


def test_every_file_taken_out_is_in_the_audit_log_with_its_number(database, visit, offered):
    button(visit("catalogue", chain=CHAIN), "生成草稿").click().run()

    pages = {name: make() for name, make in offered.items()}

    told = [row[0] for row in cached.store().rows("SELECT detail FROM audit_event WHERE action = 'export_catalogue'")]
    assert len(told) == len(pages) == 4
    numbers = {re.search(r"编号 ([0-9a-f]{8})", one)[1] for one in told}
    [page] = [page.decode() for name, page in pages.items() if name.endswith(".html")]
    assert any(f"编号 {number}" in page for number in numbers)


def test_a_template_is_edited_checked_kept_and_taken_back(database, visit, offered):
    button(visit("catalogue", chain=CHAIN), "生成草稿").click().run()
    app = visit("catalogue", chain=CHAIN, template="internal")
    area = app.text_area(key="template_internal")

    area.set_value(area.value.replace("产业链招商目录", "{没有}")).run()
    assert "模板第 3 行：标题里的占位词 {没有} 不存在" in text_of(app)
    assert app.button(key="template_keep").disabled
    app.text_area(key="template_internal").set_value('标题: "{本地}{产业链}名录"').run()
    app.button(key="template_keep").click().run()
    assert "已保存模板" in text_of(app)
    offered.clear()
    visit("catalogue", chain=CHAIN)
    [page] = [make().decode() for name, make in offered.items() if name.endswith(".html")]
    assert "粉末冶金名录" in page
    app.button(key="template_forget").click().run()

    assert not app.exception
    assert "产业链招商目录" in app.text_area(key="template_internal").value


def test_the_methods_page_says_of_every_band_that_nothing_is_known_yet_and_why(database, visit):
    said = text_of(visit("methods", view="checks"))

    assert "往期目录的命中率" in said
    assert "高分" in said and "无数据" in said
    assert "还没有冻结过招商目录" in said and "还没有从定稿的目录带回拜访结果" in said


def test_a_pdf_of_many_firms_is_made_with_its_progress_before_it_is_saved(database, visit, offered, monkeypatch):
    monkeypatch.setattr(catalogue_downloads, "LONG", 5)
    app = button(visit("catalogue", chain=CHAIN), "生成草稿").click().run()
    offered.clear()

    app.button(key="make_catalogue_pdf").click().run()

    assert not app.exception
    assert next(make() for name, make in offered.items() if name.endswith(".pdf")).startswith(b"%PDF-")
