"""The region map: its ground, its colours, its two views, and the filter of the place."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.settings import set_home
from exports.theme import LABEL_STYLES, MAP_LABELS, MAP_RAMP, MAP_ZERO, contrast
from pages import cached, cached_regions
from pages.components.region_views import strength_told
from pages.figures.city_chart import city_counts
from pages.figures.region_map import CHINA, china, fictional
from pages.figures.region_paths import albers, area_path, line_path, outline_path, snapped
from pages.figures.region_shading import CLICK, count_shading, lower_bounds, strength_shading
from pages.web.shell import asset
from tests.pages.conftest import text_of

CHAIN = "auto_parts"
NAMES = {"370100": "山东省济南市", "420300": "湖北省十堰市", "500000": "重庆市"}


def counts(**n_of: int) -> pd.DataFrame:
    """Candidates by prefecture code (``c370100=3``), none of them listed."""
    rows = [
        {"firm_id": f"{code}{at}", "city_code": code[1:], "stock_code": None}
        for code, n in n_of.items()
        for at in range(n)
    ]
    return city_counts(pd.DataFrame(rows, columns=["firm_id", "city_code", "stock_code"]), NAMES)


def opens(code: str) -> str:
    return f"targets?city={code}"


# --- the ground


def test_equal_areas_stay_equal():
    """One degree square at 30° and at 45° N: their areas are as sin 31° - sin 30° to sin 46° - sin 45°."""

    def area(south: float) -> float:
        x, y = albers([[110, south], [111, south], [111, south + 1], [110, south + 1]]).T
        return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2

    expected = (np.sin(np.radians(31)) - np.sin(np.radians(30))) / (np.sin(np.radians(46)) - np.sin(np.radians(45)))
    assert area(30) / area(45) == pytest.approx(expected, rel=1e-3)
    assert albers([[105, 37]])[0, 1] < 0 < albers([[106, 36]])[0, 0]


def test_a_straight_way_loses_its_middle_points_and_a_ring_stays_closed():
    square = [[0, 0], [5, 0], [10, 0], [10, 10], [0, 10], [0, 0]]

    assert snapped(square).tolist() == [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
    assert area_path([np.array(square)]) == "M0 0l10 0 0 10-10 0z"


def test_an_island_smaller_than_a_unit_is_a_dot_and_no_border():
    island = np.array([[20.1, 20.1], [20.2, 20.1], [20.2, 20.2], [20.1, 20.1]])

    assert area_path([island, island + 1]) == "M19 20l1-1 1 1-1 1z"
    assert area_path([island, island + 30]).count("M") == 2
    assert outline_path([island]) == ""
    assert line_path([island]) == ""


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=20))
def test_simplified_lines_keep_their_ends_and_pass_only_through_given_points(points):
    kept = snapped(np.array(points, dtype=float)).tolist()

    assert kept[0] == list(points[0])
    assert kept[-1] == list(points[-1])
    assert {tuple(point) for point in kept} <= set(points)


def test_the_country_is_drawn_whole_and_is_light():
    found = asset(CHINA)
    assert found is not None
    held = json.loads(found[0])

    assert len(held["areas"]) == 375
    assert held["areas"]["370100"][1] == "济南"
    assert {"710000", "810000", "820000", "460300"} <= set(held["areas"])
    assert held["areas"]["460300"][0].count("M") > 20
    assert held["lines"].count("M") == 9
    assert len(found[0]) < 600_000
    numbers = re.compile(r"(M-?\d+ -?\d+l(-?\d+[ -]?)*z?)+")
    assert all(numbers.fullmatch(path) for path, *_ in held["areas"].values())


def test_islands_far_south_are_inside_the_picture():
    ground = china()
    lowest = max(int(y) for y in re.findall(r"M-?\d+ (-?\d+)", ground.areas["460300"].path + ground.lines))

    assert 0.9 * ground.height < lowest < ground.height


def test_fictional_regions_share_the_plane_by_nearness():
    places = pd.DataFrame(
        [("990100", "甲市", "990000", 117.0, 36.0), ("990200", "乙市", "990000", 118.0, 36.0),
         ("980100", "丙市", "980000", 119.0, 36.0)],
        columns=["adcode", "name", "province_code", "longitude", "latitude"],
    )  # fmt: skip
    ground = fictional(places)

    assert [area.name for area in ground.areas.values()] == ["甲市", "乙市", "丙市"]
    assert ground.areas["990100"].x < ground.areas["990200"].x < ground.areas["980100"].x < ground.width
    assert ground.lines == ""
    assert fictional(places).data() == ground.data()


# --- the colours


def test_classes_begin_with_one_and_are_round():
    assert lower_bounds(98) == [1, 2, 5, 20, 50]
    assert lower_bounds(2) == [1, 2]
    assert lower_bounds(0) == [1]


@given(st.integers(1, 10**6))
def test_every_number_has_a_class(n):
    bounds = lower_bounds(n)

    assert bounds[0] == 1
    assert bounds == sorted(set(bounds))
    assert bounds[-1] <= n
    assert len(bounds) <= len(MAP_RAMP)


def test_no_candidate_is_white_and_no_firm_at_all_is_no_area():
    shading = count_shading(counts(c420300=7, c500000=1), NAMES, {"370100", "420300", "500000"}, opens)

    assert shading.areas["370100"] == {"fill": MAP_ZERO, "tip": ["山东省济南市", "候选企业 0 家"]}
    assert "460300" not in shading.areas
    assert shading.areas["420300"]["href"] == "targets?city=420300"
    assert shading.areas["420300"]["tip"] == ["湖北省十堰市", "候选企业 7 家，占全部 87.5%，其中上市 0 家", CLICK]
    assert [words for _, words in shading.key] == ["0 家", "1 家", "2–4 家", "5 家以上"]
    assert (shading.areas["500000"]["fill"], shading.areas["420300"]["fill"]) == (MAP_RAMP[0], MAP_RAMP[4])
    assert shading.named == ("420300", "500000")


def strengths() -> pd.DataFrame:
    return pd.DataFrame(
        {"region": ["420300", "370100"], "n_local": [98, 0], "expected": [4.3, 2.6], "lq": [20.2, 0.13],
         "lq_low": [17.7, 0.0], "lq_high": [22.9, 0.37], "label": ["strong", "missing"]}
    )  # fmt: skip


def test_a_strong_region_tells_its_quotient_and_opens_its_candidates():
    shading = strength_shading(strengths(), counts(c420300=98), NAMES, opens)

    assert shading.areas["420300"] == {
        "fill": MAP_LABELS["strong"],
        "tip": [
            "湖北省十堰市", "优势：区位商 20.20（区间 17.70–22.90）", "确认企业 98 家，按全国比重应有 4.3 家",
            f"候选企业 98 家，{CLICK}",
        ],
        "href": "targets?city=420300",
    }  # fmt: skip
    assert "href" not in shading.areas["370100"]
    assert [words for _, words in shading.key] == ["优势 1 个", "一般 0 个", "薄弱 0 个", "缺失 1 个", "数据不足 0 个"]
    assert strength_told(strengths()) == "2 个地市有企业数据：优势 1 个，一般 0 个，薄弱 0 个，缺失 1 个，数据不足 0 个"


def test_each_class_is_clearly_darker_than_the_one_before():
    steps = [contrast(a, b) for a, b in zip([MAP_ZERO, *MAP_RAMP], MAP_RAMP, strict=False)]

    assert min(steps) > 1.15
    assert contrast(MAP_ZERO, MAP_RAMP[-1]) > 7
    assert set(MAP_LABELS) == set(LABEL_STYLES)


# --- the page


def component(app: Any) -> dict[str, Any]:
    """What the page gives the map."""
    (found,) = [one for one in app.get("bidi_component") if "named" in one.proto.json]
    held: dict[str, Any] = json.loads(found.proto.json)
    return held


@pytest.fixture
def segment(demo) -> str:
    """A segment of the demo district with candidates."""
    gaps = cached.state(CHAIN).gaps
    return next(one for one in gaps.segment_id if len(cached.targets(CHAIN, one)) >= 10)


def test_the_list_of_targets_comes_without_a_map_until_one_is_asked_for(segment, visit):
    app = visit("targets", chain=CHAIN, segment=segment)

    assert not app.exception
    assert "候选企业在哪里" in text_of(app)
    assert not app.get("plotly_chart")


def test_map_list_and_filter_have_equal_counts(segment, visit):
    app = visit("targets", chain=CHAIN, segment=segment, map="places")
    found = cached.targets(CHAIN, segment)
    city, n = found.city_code.value_counts().index[0], int(found.city_code.value_counts().iloc[0])

    assert not app.exception
    assert component(app)["areas"][city]["tip"][1].startswith(f"候选企业 {n} 家")
    assert f"city={city}" in component(app)["areas"][city]["href"]
    assert len(app.get("plotly_chart")) == 1
    narrowed = visit("targets", chain=CHAIN, segment=segment, map="places", city=city)
    assert f"共 {n} 家企业" in text_of(narrowed)
    assert component(narrowed)["chosen"] == city
    assert "city=" not in component(narrowed)["areas"][city]["href"]
    assert component(narrowed)["areas"][city]["tip"] == component(app)["areas"][city]["tip"]


def test_the_select_of_prefectures_does_what_the_map_does(segment, visit):
    app = visit("targets", chain=CHAIN, segment=segment, map="places")
    found = cached.targets(CHAIN, segment)
    city = str(found.city_code.value_counts().index[-1])

    app.multiselect(key="url_city").set_value([city]).run()

    assert not app.exception
    assert app.query_params["city"] == city
    assert f"共 {(found.city_code == city).sum()} 家企业" in text_of(app)
    assert component(app)["chosen"] == city


def test_another_province_lets_go_of_the_prefecture_and_dims_the_rest(segment, visit):
    found = cached.targets(CHAIN, segment)
    city = str(found.city_code.iloc[0])
    app = visit("targets", chain=CHAIN, segment=segment, map="places", city=city)
    province = str(found.city_code.value_counts().index[0])[:2]

    app.multiselect(key="url_province").set_value([province + "0000"]).run()

    assert "city" not in app.query_params
    dim = set(component(app)["dim"])
    assert dim == {code for code in cached_regions.city_names() if not code.startswith(province)}


def test_the_strength_of_prefectures_is_told_with_measure_date_and_source(segment, visit):
    app = visit("targets", chain=CHAIN, segment=segment, map="strength")

    assert not app.exception
    shown, rows = text_of(app), cached_regions.strength(CHAIN, segment)
    assert strength_told(rows) in shown
    assert "对照全国" in shown
    assert "数据 2026-09-30，来源：演示数据" in shown
    assert set(component(app)["areas"]) == set(rows.region)


def test_a_home_that_is_a_prefecture_has_the_label_it_has_on_every_page(database):
    set_home(cached.store(), "990100")

    for one in cached.state(CHAIN).labels.itertuples():
        seen = cached_regions.strength(CHAIN, one.segment_id).set_index("region").loc["990100"]
        assert (seen.label, seen.n_local, seen.n_anchor) == (one.label, one.n_local, one.n_anchor), one.segment_id
        assert seen.lq == pytest.approx(one.lq)


def test_a_prefecture_without_targets_says_so_and_offers_all_again(segment, visit):
    found = cached.targets(CHAIN, segment)
    none = next(code for code in cached_regions.city_names() if code not in set(found.city_code))
    app = visit("targets", chain=CHAIN, segment=segment, city=none)

    assert not app.exception
    assert "没有符合条件的企业" in text_of(app)
    assert "不限地市" in text_of(app)


def test_an_unknown_view_or_prefecture_is_none(segment, visit):
    app = visit("targets", chain=CHAIN, segment=segment, map="<b>", city="nowhere")

    assert not app.exception
    assert f"共 {len(cached.targets(CHAIN, segment))} 家企业" in text_of(app)


def test_an_unknown_province_is_none_and_a_known_one_without_targets_stays_chosen(segment, visit):
    found = cached.targets(CHAIN, segment)
    unknown = visit("targets", chain=CHAIN, segment=segment, province="<b>")
    gone = sorted(found.city_code.dropna())[0][:2] + "0000"
    kept = visit("targets", chain=CHAIN, segment=segment, province=gone, q="没有这样的企业")

    assert f"共 {len(found)} 家企业" in text_of(unknown)
    assert kept.multiselect(key="url_province").value == [gone]
    assert "没有符合条件的企业" in text_of(kept)


def test_each_chip_tells_how_many_rows_it_leaves(segment, visit):
    shown = text_of(visit("targets", chain=CHAIN, segment=segment))
    chips = re.findall(r'data-facet="(\w+)" data-count="(\d+)" href="[^"?]*\?([^"]*)"', shown)
    assert {name for name, *_ in chips} >= {"capital", "employees", "age", "listed", "growing", "tie"}
    for name, n, query in chips[::4]:
        left = visit("targets", **dict(parse_qsl(unescape(query))))
        assert f"共 {int(n):,} 家企业" in text_of(left), (name, query)
