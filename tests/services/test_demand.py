"""Local demand from the store: by the chain's own edges, and by an input–output table while one is in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.imports import SegmentName, import_file, undo
from services.context import read_context
from services.loop import Params, chain_state
from services.presence import load_cube

SEGMENTS = tuple(SegmentName("tiny", "小链", key, key) for key in ("powder", "press", "part"))
HEADER = "供应环节,使用环节,系数,本地产出（元）,全国产出（元）\n"


@pytest.fixture
def demand(store, chain):
    """Demand by segment in Shiyan, which has 12 of the nation's 20 part makers and no powder or press."""

    def read(region: str = "420300"):
        state = chain_state(store, chain, read_context(store, region), load_cube(store, [chain]))
        return state.labels.set_index("segment_id"), state

    return read


@pytest.fixture
def load(store, tmp_path):
    def run(name: str, text: str, as_of: date, region: str = "420300"):
        path = tmp_path / f"{name}.csv"
        path.write_text(HEADER + text, encoding="utf-8")
        return import_file(store, path, "io", as_of=as_of, source=name, segments=SEGMENTS, region=region).batch_id

    return run


def test_demand_goes_by_edges_and_firms(demand):
    rows, state = demand()

    # 0.6 of the purchases of 12 part makers; 10 powder makers serve 20 of them, so 6 would be needed here
    assert rows.requirement["powder"] == pytest.approx(7.2)
    assert rows.suppliers_needed["powder"] == pytest.approx(6.0)
    assert rows.supply_share["powder"] == rows.supply_share_pool["powder"] == 0.0
    assert state.gaps.set_index("segment_id").demand_tier.to_dict() == {"powder": "A", "press": "A"}
    assert dict(state.parameters())["需求与本地配套"].endswith("（证据等级 A）")


def test_by_size_demand_goes_by_weights(store, chain, demand):

    _, state = demand()
    params = Params(label=replace(state.params.label, measure="size"))
    sized = chain_state(store, chain, read_context(store, "420300"), load_cube(store, [chain]), params).labels
    rows = sized.set_index("segment_id")

    assert rows.requirement["powder"] == pytest.approx(0.6 * rows["size"]["part"])


def test_a_table_in_force_replaces_the_edges_and_undoing_brings_them_back(store, demand, load):
    batch = load("表", "powder,part,0.3,,\n", date(2022, 12, 31))

    rows, state = demand()
    assert rows.requirement["powder"] == pytest.approx(0.3 * 12)
    assert rows.requirement.isna()["press"]  # the table names no user of presses
    assert set(state.gaps.demand_tier) == {"C"}
    assert "表（2022-12-31）" in dict(state.parameters())["需求与本地配套"]

    undo(store, batch)
    assert demand()[0].requirement["powder"] == pytest.approx(7.2)


def test_the_newest_table_holds_whichever_was_imported_last(demand, load):
    load("新", "powder,part,0.3,,\n", date(2023, 12, 31))
    load("旧", "powder,part,0.1,,\n", date(2017, 12, 31))

    assert demand()[0].requirement["powder"] == pytest.approx(3.6)


def test_local_outputs_count_in_their_own_region_only(demand, load):
    outputs = "powder,,,0,1000\npart,,,500,2000\n"
    load("产出", f"powder,part,0.3,,\n{outputs}", date(2023, 12, 31))

    rows, state = demand()
    assert rows.requirement["powder"] == pytest.approx(0.3 * 500)
    assert set(state.gaps.demand_method) == {"output"}
    # Wuhan has 8 of 20 part makers: the national output by their share, 2000·8/20
    assert demand("420100")[0].requirement["powder"] == pytest.approx(0.3 * 800)
