"""Every number of 总览 opens as many rows; what changed and what waits is told, and what is not known is said."""

from __future__ import annotations

import re
from datetime import date, datetime
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from data.imports import undo
from exports.formats import money
from pages import cached, cached_news
from pages.components import moments
from services.label_history import keep_labels
from services.projects import add_event
from tests.pages.conftest import text_of

COUNTED = re.compile(r'<a [^>]*?data-count="(\d+)"[^>]*?href="([^"]+)"')
LATER = datetime(2026, 11, 20, 10, 0)


@pytest.fixture(autouse=True)
def a_day_in_november(monkeypatch):
    for place in ("pages.cached_news.now", "pages.components.moments.now"):
        monkeypatch.setattr(place, lambda: LATER)


def numbers(shown: str) -> set[tuple[int, str]]:
    """Every number that is a link, with where it leads."""
    return {(int(n), unescape(href)) for n, href in COUNTED.findall(shown)}


def rows_of(visit, href: str) -> int:
    """How many rows the address opens; none where the page says so in words."""
    parts = urlsplit(href)
    app = visit(parts.path, **dict(parse_qsl(parts.query)))
    assert not app.exception
    found = re.findall(r'data-rows="(\d+)"', text_of(app))
    assert found or "lt-empty" in text_of(app)
    return int(found[-1]) if found else 0


def kinds(shown: str) -> dict[str, int]:
    """The lines of what changed and what waits, by kind."""
    return {dict(parse_qsl(urlsplit(href).query)).get("of", ""): n for n, href in numbers(shown)}


def standing_numbers(shown: str) -> list[str]:
    """Numbers that are no links: neither shares, priorities, dates nor parts of a sentence."""
    rest = re.sub(
        r"<a\b.*?</a>|<small>.*?</small>|<p\b.*?</p>|<header.*?</h1>|<b title=.*?</b>", " ", shown, flags=re.S
    )
    rest = re.sub(r"<[^>]+>", " ", rest)
    return [
        n for n in re.findall(r"[\d,.%-]*\d[\d,.%-]*", rest) if not n.endswith("%") and not re.fullmatch(r"\d{4}-.*", n)
    ]


def test_every_number_opens_as_many_rows(demo, visit):
    found = numbers(text_of(visit("overview", since="30")))
    chains = {chain.id for chain in cached.chains()}
    of_one = [href for _, href in found if any(f"chain={chain}" in href for chain in chains)]

    assert len(of_one) == len(chains) * 8  # five labels, gaps, signed, effective
    assert {href: n for n, href in found} == {href: rows_of(visit, href) for _, href in found}


def test_no_number_stands_without_its_rows(demo, visit):
    assert standing_numbers(text_of(visit("overview"))) == []


def test_what_waits_is_counted_on_the_day(demo, visit, monkeypatch):
    found = kinds(text_of(visit("overview")))
    assert found["review"] == 40
    assert "stale" not in found  # the demo is of 2026-09-30

    monkeypatch.setattr("pages.cached_news.now", lambda: datetime(2027, 4, 1))
    assert kinds(text_of(visit("overview")))["stale"] == 5


def test_what_was_not_kept_is_said_not_to_be_known(demo, visit):
    shown = text_of(visit("overview", since="batch"))

    assert "环节的判定变了：那时的判定没有留存" in shown
    assert "那时的判定没有留存" in text_of(visit("rows", of="labels", since="batch"))
    assert kinds(shown)["batches"] == 5
    assert "最近一批数据（2026-10-01 09:00）以来" in shown


def test_labels_that_changed_are_named_with_both_labels(database, visit):
    keep_labels(cached.store(), datetime(2026, 11, 1))
    with cached.store().write() as cursor:  # one strong segment is said to have been missing
        [(segment, chain)] = cursor.execute(
            "SELECT segment_id, chain_id FROM label_snapshot WHERE label = 'strong' ORDER BY ALL LIMIT 1"
        ).fetchall()
        cursor.execute("UPDATE label_snapshot SET label = 'missing', n_local = 0 WHERE segment_id = ?", [segment])
    name = cached.chain(chain).segment(segment).name

    assert f"{name} 缺失→优势" in text_of(visit("overview", since="7"))
    assert rows_of(visit, "rows?of=labels&since=7") == 1


def test_a_project_of_which_something_new_is_heard_has_moved(database, visit):
    add_event(cached.store(), "demo-001", "operating", on_date=date(2026, 11, 18), actor="t", at=datetime(2026, 11, 19))
    found = kinds(text_of(visit("overview", since="7")))

    assert found["moved_projects"] == 1
    assert "new_projects" not in found


def test_the_last_visit_of_this_browser_comes_first_where_it_is_known(demo, visit, monkeypatch):
    at = datetime(2026, 11, 18, 9, 30)
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {moments.COOKIE: f"{at.timestamp():.0f}"})

    assert "上次来访（2026-11-18 09:30）以来" in text_of(visit("overview"))
    assert "最近一批数据（" in text_of(visit("overview", since="batch"))


@pytest.mark.parametrize("nonsense", ["", "x", "-1", "99999999999999999999", "1e9"])
def test_a_cookie_that_is_no_moment_is_no_visit(nonsense, demo, visit, monkeypatch):
    monkeypatch.setattr("streamlit.runtime.context.ContextProxy.cookies", {moments.COOKIE: nonsense})

    assert "上次来访" not in text_of(visit("overview"))


def test_without_a_register_nothing_is_said_of_projects(database, visit):
    undo(cached.store(), "demo-projects")
    shown = text_of(visit("overview"))

    assert "未导入项目台账，项目有没有进展无从判断" in shown
    assert not kinds(shown).keys() & {"quiet", "unstarted", "unfinished", "loose"}
    assert "没有：签约满" not in shown


@pytest.mark.parametrize("of", ["", "nonsense", "versions"])
def test_rows_that_are_not_there_lead_back(of, demo, visit):
    shown = text_of(visit("rows", of=of, since="7"))

    assert "lt-empty" in shown
    assert "回到总览" in shown


def test_firms_are_listed_a_page_at_a_time_and_sorted_in_the_store(demo, visit):
    first = text_of(visit("rows", of="firms", sort="-capital_cny"))
    n = cached.context().n_local

    assert f"共 {n} 家企业，第 1 / {-(-n // 40)} 页" in first
    assert first.count("firm?firm=") == 40
    last = text_of(visit("rows", of="firms", p="9999"))
    assert last.count("firm?firm=") == n % 40


def test_projects_that_a_number_opens_are_added_up(demo, visit):
    rows = cached_news.attention()["loose"].planned_cny.dropna()

    assert f"总投资合计 {money(rows.sum())}（{len(rows)} 个有数）" in text_of(visit("rows", of="loose"))
