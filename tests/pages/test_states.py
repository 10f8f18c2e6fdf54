"""Every page on the first day: it says which step is next and leads there; with one row it reads as well as with many."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from data.imports import undo
from data.settings import set_home
from pages import cached
from pages.registry import PAGES
from services.projects import add_event
from tests.pages.conftest import ENTRY, text_of

CHAIN = "auto_parts"
ALWAYS = {"data_admin", "packages"}
"""Pages that one needs before there is anything."""
ABOUT_DATA = [entry.path for entry in PAGES if entry.path not in ALWAYS]
NEXT = re.compile(r'class="lt-step-next"><b[^>]*>→</b><span>([^<]+)')


@pytest.mark.parametrize("name", [entry.path for entry in PAGES])
def test_on_the_first_day_every_page_opens(name, empty_database, visit):
    app = visit(name)

    assert not app.exception
    assert (name in ALWAYS) or NEXT.findall(text_of(app)) == ["设定本地区域"]


def test_a_page_that_cannot_begin_has_its_title(empty_database):
    shown = text_of(AppTest.from_file(str(ENTRY), default_timeout=60).run())

    assert "<h1>总览</h1>" in shown
    assert 'href="data_admin"' in shown


def test_the_next_step_is_the_first_that_is_not_done(empty_database, visit):
    set_home(cached.store(), "370117")

    shown = text_of(visit("overview"))
    assert NEXT.findall(shown) == ["导入企业名录"]
    assert shown.count("lt-step-done") == 1


def test_firms_without_a_home_ask_for_the_home(database, visit):
    with cached.store().write() as cursor:
        cursor.execute("DELETE FROM setting WHERE key = 'home_adcode'")

    shown = text_of(visit("gaps"))
    assert NEXT.findall(shown) == ["设定本地区域"]
    assert shown.count("lt-step-done") == 2


@pytest.mark.parametrize("name", ["overview", "chain_map", "gaps", "targets", "review"])
def test_firms_that_are_not_matched_ask_for_matching(name, database, visit):
    with cached.store().write() as cursor:
        cursor.execute("DELETE FROM match_run")
        cursor.execute("DELETE FROM city_segment")

    app = visit(name)
    assert not app.exception
    assert NEXT.findall(text_of(app)) == ["匹配企业与产业链环节"]


@pytest.mark.parametrize(
    ("name", "params", "way"),
    [
        ("projects", {"q": "没有这样的项目"}, "清除筛选"),
        (
            "gaps",
            {"chain": CHAIN, "covered": "effective", "label": "missing", "action": "建链", "critical": "1"},
            "清除筛选",
        ),
        ("targets", {"chain": CHAIN, "q": "没有这样的企业"}, "清除筛选"),
        ("firm", {"q": "没有这样的企业"}, "看本地企业"),
        ("catalogue", {"chain": CHAIN}, "去挑目标企业"),
    ],
)
def test_a_filter_that_leaves_nothing_offers_the_way_out(name, params, way, demo, visit):
    shown = text_of(visit(name, **params))

    assert "lt-empty" in shown
    assert way in shown


@pytest.fixture
def one_project(database):
    """The demo district with a single project, of which a single thing is known."""
    undo(cached.store(), "demo-projects")
    with cached.store().write() as cursor:
        cursor.execute(
            "INSERT INTO project (project_id, name, adcode, source_id, as_of) "
            "SELECT 'p1', '一个项目', value, 'demo', DATE '2026-09-30' FROM setting WHERE key = 'home_adcode'"
        )
    add_event(cached.store(), "p1", "signed", on_date=date(2026, 9, 1), actor="t", at=datetime(2026, 10, 2))
    return database


def test_one_project_is_one_row(one_project, visit):
    shown = text_of(visit("projects"))

    assert "共 1 个项目" in shown
    assert not visit("overview").exception


@pytest.fixture
def one_firm(database):
    """The demo district with one firm that counts in one segment."""
    with cached.store().write() as cursor:
        [(firm, city)] = cursor.execute(
            "SELECT s.firm_id, f.city_code FROM segment_firm s JOIN firm f USING (firm_id) JOIN setting h ON h.key = 'home_adcode' "
            "WHERE f.adcode = h.value AND s.verdict = 'confirmed' ORDER BY s.firm_id LIMIT 1"
        ).fetchall()
        for table in ("firm", "segment_firm", "firm_activity"):
            cursor.execute(f"DELETE FROM {table} WHERE firm_id <> ?", [firm])  # noqa: S608 - names of ours
        for table in ("city_segment", "city_total"):
            cursor.execute(f"DELETE FROM {table} WHERE city_code <> ?", [city])  # noqa: S608 - names of ours
    return database


@pytest.mark.parametrize("name", [entry.path for entry in PAGES])
def test_every_page_reads_with_one_firm(name, one_firm, visit):
    app = visit(name, of="firms") if name == "rows" else visit(name)

    assert not app.exception
    assert not re.search(r">\s*(nan|<NA>|None|NaT)\b", text_of(app))


@pytest.mark.parametrize("name", [entry.path for entry in PAGES])
def test_every_page_names_region_date_and_source(name, demo, visit):
    shown = text_of(visit(name, of="firms") if name == "rows" else visit(name))

    assert all(part in shown for part in ("云溪区", "数据截至", "来源", "演示数据（虚构）"))


@pytest.mark.parametrize(
    "name", ["overview", "chain_map", "gaps", "targets", "review", "catalogue", "whatif", "projects"]
)
def test_pages_about_chains_name_the_chain(name, demo, visit):
    assert "<span>产业链 <b>" in text_of(visit(name))
