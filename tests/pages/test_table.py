"""Tables: escaped, sorted with missing last, paged, counted."""

from __future__ import annotations

import pandas as pd
import pytest

from pages.components import table
from pages.components.html import esc, facts, meter, parts, spread_bar, tags

ROWS = pd.DataFrame({"name": ["甲", "乙<script>", "丙"], "score": [2.0, None, 7.0], "capital": [1e8, 3e4, None]})
COLUMNS = (
    table.link_column("企业", "name", lambda row: f"firm?firm={row['name']}"),
    table.decimal_column("得分", "score"),
    table.money_column("注册资本", "capital"),
)


def test_a_name_cannot_bring_script_or_attributes_in():
    shown = table.html_table(ROWS, COLUMNS)

    assert "<script>" not in shown
    assert "乙&lt;script&gt;" in shown
    assert esc('"><img src=x onerror=alert(1)>') == "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"
    assert '"><img' not in tags(['"><img src=x>'])


def test_missing_cells_say_so():
    shown = table.html_table(ROWS, COLUMNS)

    assert shown.count("无数据") == 2
    assert "1 亿元" in shown


def test_missing_values_come_last_in_both_directions():
    up, _ = table.sorted_rows(ROWS, COLUMNS, "score")
    down, _ = table.sorted_rows(ROWS, COLUMNS, "-score")

    assert up.name.tolist() == ["甲", "丙", "乙<script>"]
    assert down.name.tolist() == ["丙", "甲", "乙<script>"]


def test_a_sort_by_no_column_leaves_the_order():
    rows, sort = table.sorted_rows(ROWS, COLUMNS, "-password")

    assert sort is None
    assert rows.name.tolist() == ROWS.name.tolist()


def test_a_title_sorts_down_first_then_up():
    shown = table.html_table(ROWS, COLUMNS, sort="-score", sort_link=lambda sort: f"gaps?sort={sort}")

    assert 'aria-sort="descending"' in shown
    assert 'href="gaps?sort=score"' in shown
    assert 'href="gaps?sort=-capital"' in shown


@pytest.mark.parametrize(
    ("asked", "number", "first"), [(None, 1, 0), ("2", 2, 2), ("99", 3, 4), ("0", 1, 0), ("x", 1, 0), ("-3", 1, 0)]
)
def test_a_page_is_cut_and_an_impossible_one_is_the_nearest(asked, number, first):
    rows = pd.DataFrame({"n": range(5)})

    shown, page, n_pages = table.page_of(rows, asked, size=2)

    assert (page, n_pages) == (number, 3)
    assert shown.n.iloc[0] == first


def test_no_row_is_one_empty_page():
    shown, page, n_pages = table.page_of(pd.DataFrame({"n": []}), "7", size=2)

    assert (len(shown), page, n_pages) == (0, 1, 1)


def test_the_foot_counts_all_rows_and_links_the_pages():
    foot = table.table_foot(1234, 2, 50, lambda n: f"gaps?p={n}", "个缺口", "口径")

    assert "共 1,234 个缺口，第 2 / 50 页" in foot
    assert "口径" in foot
    assert 'aria-current="page">2<' in foot
    assert 'href="gaps?p=50"' in foot


def test_long_texts_are_given_twice_for_wide_and_narrow_screens():
    rows = pd.DataFrame({"why": ["理由" * 50]})

    shown = table.html_table(rows, (table.text_column("理由", "why"), table.long_column("依据", "why")))

    assert shown.count('class="lt-below"') == 1


def test_an_unknown_part_is_hatched_and_never_a_zero():
    shown = parts({"匹配": 0.5, "扩张": None})

    assert "匹配：50%" in shown
    assert "扩张：无数据" in shown
    assert meter(None, "0") == '<span class="lt-none">无数据</span>'


def test_the_bar_of_labels_says_all_five_and_draws_those_there_are():
    bar = spread_bar({"strong": 3, "fair": 0, "weak": 1, "missing": 0, "unknown": 2})

    assert 'aria-label="优势 3 个，一般 0 个，薄弱 1 个，缺失 0 个，数据不足 2 个"' in bar
    assert "lt-spread-fair" not in bar


def test_facts_escape_their_words():
    assert facts([("<b>", "值")]) == '<dl class="lt-facts"><dt>&lt;b&gt;</dt><dd>值</dd></dl>'
