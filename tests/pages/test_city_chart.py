"""The prefectures of a segment's candidates: counted exactly, drawn in order, told in words."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from exports.theme import COLOURS, FONT
from pages import cached
from pages.figures.city_chart import MOST, city_chart, city_counts, told
from tests.pages.conftest import text_of

NAMES = {"370100": "山东省济南市", "420300": "湖北省十堰市", "500000": "重庆市"}


def targets(**firms_of: int) -> pd.DataFrame:
    """Firms by prefecture code (``c370100=3``); the first of each is listed, ``unknown`` ones have no prefecture."""
    rows = [
        {"firm_id": f"{code}-{at}", "city_code": None if code == "unknown" else code[1:],
         "stock_code": "600000" if at == 0 else None}
        for code, n in firms_of.items() for at in range(n)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["firm_id", "city_code", "stock_code"])


def test_candidates_are_counted_by_prefecture_most_first():
    counts = city_counts(targets(c370100=1, c420300=4, c500000=2, unknown=1), NAMES)

    assert counts.city.tolist() == ["湖北省十堰市", "重庆市", "山东省济南市"]
    assert counts.n.tolist() == [4, 2, 1]
    assert counts.n_listed.tolist() == [1, 1, 1]
    assert counts.share.tolist() == [0.5, 0.25, 0.125]


def test_equal_counts_stand_by_code_and_a_code_without_name_stands_for_itself():
    counts = city_counts(targets(c999999=2, c370100=2), NAMES)

    assert counts.city.tolist() == ["山东省济南市", "999999"]


def test_the_bars_are_the_counts_with_share_and_listed_firms_on_hover():
    figure = city_chart(city_counts(targets(c370100=1, c420300=3), NAMES))

    (bars,) = figure.data
    assert bars.orientation == "h"
    assert list(bars.y) == ["湖北省十堰市", "山东省济南市"]
    assert list(bars.x) == [3, 1]
    assert [tuple(one) for one in bars.customdata] == [(0.75, 1), (0.25, 1)]
    assert "其中上市 %{customdata[1]:,} 家" in bars.hovertemplate
    assert figure.layout.yaxis.autorange == "reversed"


def test_only_the_first_twelve_prefectures_are_drawn():
    counts = city_counts(targets(**{f"c{100000 + at}": 20 - at for at in range(15)}), {})

    figure = city_chart(counts)

    assert list(figure.data[0].x) == list(range(20, 8, -1))
    assert len(figure.data[0].y) == MOST == 12
    assert told(counts, 195) == "前 12 个地市，共 174 家候选企业，占全部 195 家的 89%"


def test_few_prefectures_and_unknown_places_are_told_as_they_are():
    found = targets(c370100=2, unknown=2)

    assert (
        told(city_counts(found, NAMES), len(found))
        == "1 个地市，共 2 家候选企业，占全部 4 家的 50%；另有 2 家所在地不明"
    )
    assert told(city_counts(targets(c370100=2), NAMES), 2) == "1 个地市，共 2 家候选企业"


def test_colours_and_font_are_the_themes():
    figure = city_chart(city_counts(targets(c370100=2), NAMES))

    assert figure.data[0].marker.color == COLOURS["brand"]
    assert figure.layout.font.family == FONT
    assert figure.layout.paper_bgcolor == COLOURS["card"]


def test_a_name_is_text_and_nothing_is_loaded_from_outside():
    figure = city_chart(city_counts(targets(c370100=2), {"370100": "<a href='https://x.test'>市</a>"}))

    assert list(figure.data[0].y) == ["&lt;a href='https://x.test'&gt;市&lt;/a&gt;"]
    plain = city_chart(city_counts(targets(c370100=2), NAMES)).to_json()
    assert "http" not in plain
    assert "mathjax" not in json.dumps(json.loads(plain)).lower()


def test_no_candidates_are_no_rows():
    assert city_counts(targets(), NAMES).empty
    assert len(city_chart(city_counts(targets(), NAMES)).data[0].x) == 0


@pytest.fixture
def segment(demo) -> str:
    """A segment of the demo district with candidates."""
    gaps = cached.state("auto_parts").gaps
    return next(one for one in gaps.segment_id if len(cached.targets("auto_parts", one)) >= 10)


def test_the_page_of_targets_shows_the_chart_of_the_firms_it_lists(segment, visit):
    app = visit("targets", chain="auto_parts", segment=segment, map="places")

    assert not app.exception
    assert app.get("plotly_chart")
    assert "个地市，共" in text_of(app)
