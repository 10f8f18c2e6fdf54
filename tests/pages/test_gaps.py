"""The list of gaps: weights move its order at once, ranks say how firm they are, supply shares stand by both methods."""

from __future__ import annotations

import re
from datetime import date, datetime
from math import nan

import pandas as pd

from analysis.gaps import GapParams, rank_gaps
from data.imports import SegmentName, import_file
from data.settings import DEMO
from pages import cached
from pages.components.demand import apart, share_cell, shares
from services.saved_weights import save_weights
from tests.pages.conftest import notices, text_of

CHAIN = "powder_metallurgy"
ONLY_OPEN = {"w_criticality": "0", "w_demand_pull": "0", "w_feasibility": "0", "w_openness": "100"}


def names(app) -> list[str]:
    """The segments of the table, in the order shown."""
    return re.findall(r'<td class="lt-main"><a[^>]*>([^<]+)</a>', text_of(app))


def ranked(**weights: float) -> pd.DataFrame:
    return rank_gaps(cached.state(CHAIN).gaps, GapParams(weights={**GapParams().weights, **weights}))


def test_a_weight_moved_reorders_the_gaps_and_stays_in_the_address(demo, visit):
    app = visit("gaps", chain=CHAIN)
    assert names(app) == cached.state(CHAIN).gaps.name.tolist()

    app.slider(key="url_w_feasibility").set_value(100).run()

    assert not app.exception
    assert app.query_params["w_feasibility"] == "100"
    assert names(app) == ranked(feasibility=1.0).name.tolist()
    assert names(app) == names(visit("gaps", chain=CHAIN, w_feasibility="100"))


def test_moving_weights_computes_no_chain_again(demo, visit, monkeypatch):
    app = visit("gaps", chain=CHAIN)
    monkeypatch.setattr("pages.cached.chain_state", None)

    app.slider(key="url_w_openness").set_value(90).run()

    assert not app.exception
    assert len(names(app)) == len(cached.state(CHAIN).gaps)


def test_the_rank_says_between_which_places_it_stays_and_keeps_its_place_under_a_filter(demo, visit):
    rows = ranked()
    moved = rows[rows.rank_best < rows.rank_worst].iloc[0]

    for shown in (text_of(visit("gaps", chain=CHAIN)), text_of(visit("gaps", chain=CHAIN, label=moved.label))):
        told = f"名次 {moved['rank']}，±10% 权重时 {moved.rank_best}–{moved.rank_worst}"
        assert told in shown


def test_a_saved_set_of_weights_for_gaps_is_chosen_on_the_page(database, visit):
    weights = {"criticality": 0.0, "demand_pull": 0.0, "feasibility": 0.0, "openness": 1.0}
    save_weights(cached.store(), "gaps", "只看未覆盖", weights, actor="甲", at=datetime(2026, 1, 2, 8, 0))
    app = visit("gaps", chain=CHAIN)

    app.selectbox(key="weights_gaps_set").set_value("只看未覆盖").run()

    assert not app.exception
    assert {key: app.query_params[key] for key in ONLY_OPEN} == ONLY_OPEN
    assert "已用权重方案“只看未覆盖”" in notices(app, "done")[0]
    assert names(app) == ranked(**weights).name.tolist()


def test_weights_of_zero_are_said_and_the_default_order_kept(demo, visit):
    app = visit("gaps", chain=CHAIN, **{**ONLY_OPEN, "w_openness": "0"})

    assert "权重不能全为零" in notices(app, "warned")[0]
    assert names(app) == cached.state(CHAIN).gaps.name.tolist()


def test_every_segment_s_panel_shows_both_shares_and_what_they_go_by(demo, visit):
    labels = cached.state(CHAIN).labels
    needed = labels[labels.requirement > 0].iloc[0]
    shown = text_of(visit("chain_map", chain=CHAIN, segment=needed.segment_id))

    assert "本地需求与配套" in shown
    assert re.search(r"供需池法 <b>\d+%</b>.*采用.*区位商法 <b>\d+%</b>", shown)
    assert "A（企业家数）" in shown

    unused = text_of(visit("chain_map", chain=CHAIN, segment=labels[labels.requirement.isna()].iloc[0].segment_id))
    assert "链内没有登记它的下游环节" in unused


def test_with_a_table_of_the_user_s_the_page_names_it_and_its_tier(database, visit, tmp_path):
    with cached.store().write() as cursor:  # the demo takes no real facts
        cursor.execute("DELETE FROM setting WHERE key = ?", [DEMO])
    chain = next(one for one in cached.chains() if one.id == CHAIN)
    gap = cached.state(CHAIN).gaps.dropna(subset=["unmet"]).iloc[0]
    edge = next(one for one in chain.edges if one.supplier == gap.segment_id)
    path = tmp_path / "io.csv"
    path.write_text(f"供应环节,使用环节,系数\n{edge.supplier},{edge.user},0.2\n", encoding="utf-8")
    segments = [SegmentName(chain.id, chain.name, one.id, one.name) for one in chain.segments]
    import_file(cached.store(), path, "io", as_of=date(2023, 12, 31), source="本市投入产出表", segments=segments)

    shown = text_of(visit("chain_map", chain=CHAIN, segment=edge.supplier))
    assert "C（投入产出）" in shown
    assert "FLQ 法" in shown
    assert "本市投入产出表（2023-12-31）" in shown
    assert "投入产出表的直接消耗系数与完全需要量" in shown
    assert not visit("gaps", chain=CHAIN).exception


ROW = {"supply_share_pool": 0.1, "supply_share_slq": 0.8, "supply_share_flq": nan, "demand_method": "edges"}


def test_shares_that_differ_much_are_said_to_and_an_unknown_one_is_no_zero():
    assert apart(ROW)
    assert not apart({**ROW, "supply_share_slq": 0.3})
    assert not apart({**ROW, "supply_share_pool": nan})
    assert shares({**ROW, "supply_share_pool": None}).startswith("供需池法 <b>无数据</b>")
    cell = share_cell({**ROW, "supply_share_pool": nan, "demand_tier": "A"})
    assert "无数据" in cell
    assert "区位商 80%" in cell


def test_a_chain_without_any_firm_has_no_gaps_and_no_page_says_nan(database, visit):
    with cached.store().write() as cursor:
        cursor.execute("DELETE FROM city_segment WHERE chain_id = ?", [CHAIN])
        cursor.execute("DELETE FROM segment_firm WHERE chain_id = ?", [CHAIN])

    gaps = visit("gaps", chain=CHAIN)
    segment = next(one for one in cached.chains() if one.id == CHAIN).segments[0].id
    opened = visit("chain_map", chain=CHAIN, segment=segment)

    assert "没有薄弱或缺失的环节" in text_of(gaps)
    assert not gaps.exception and not opened.exception
    assert not re.search(r">\s*(nan|<NA>|None)\b", text_of(gaps) + text_of(opened))
