"""The chain map: no overlap, no cut name, the same every time, safe and reachable."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from datetime import date
from random import Random

import pandas as pd
import pytest

from chains.load import chain_ids, load_chain
from chains.model import Chain, Criticality, Edge, Segment, Source, Stage
from exports.chain_map.edges import THICK, THIN, curves
from exports.chain_map.lanes import Sizes, choose_lanes, lane_height
from exports.chain_map.layout import MAX_CARD, MIN_CARD, lay_out
from exports.chain_map.order import order_segments
from exports.chain_map.svg import chain_svg
from exports.chain_map.text import text_width, wrap
from pages.components.chain_map import WIDTHS

SVG = "{http://www.w3.org/2000/svg}"
SIZES = Sizes(stage=10.0, group=2.0, row=10.0)


def made_chain(n_segments: int, n_stages: int, seed: int = 7) -> Chain:
    """A chain of random shape, the same for the same seed."""
    chance = Random(seed)
    stages = [Stage(id=f"stage{at}", name=f"第{at}段") for at in range(n_stages)]
    segments = [
        Segment(
            id=f"part_{at}",
            name="零件" * chance.randint(1, 6),
            stage=chance.choice(stages).id if at >= n_stages else stages[at].id,
            group=f"组{chance.randint(1, 4)}",
            definition="定义",
            keywords=("词",),
            criticality=Criticality(level=chance.choice(["high", "medium", "low"]), reason="理由"),
            sources=("common",),
        )
        for at in range(n_segments)
    ]
    pairs = itertools.combinations(segments, 2)
    edges = [
        Edge(supplier=a.id, user=b.id, weight=round(chance.uniform(0.05, 1.0), 2), source="common")
        for a, b in pairs
        if chance.random() < 2 / n_segments
    ]
    return Chain(
        id="made",
        name="样链",
        version="1.0.0",
        valid_from=date(2026, 1, 1),
        definition="定义",
        sources=(Source(id="common", title="领域常识"),),
        stages=tuple(stages),
        segments=tuple(segments),
        edges=tuple(edges),
    )


def made_labels(chain: Chain, **changes: object) -> pd.DataFrame:
    """One row a segment, every label in turn."""
    words = ("strong", "fair", "weak", "missing", "unknown")
    rows = [
        {
            "segment_id": segment.id,
            "name": segment.name,
            "stage": segment.stage,
            "label": words[at % 5],
            "n_local": at,
            "expected": at + 0.5,
            "nominal": at % 3,
            "effective": at % 2 if at % 3 else 0,
            "critical": segment.criticality.level == "high",
            "reason": "理由",
        }
        for at, segment in enumerate(chain.segments)
    ]
    return pd.DataFrame(rows).assign(**changes)


CHAINS = [
    *(pytest.param(load_chain(key), id=key) for key in chain_ids()),
    pytest.param(made_chain(10, 3), id="10"),
    pytest.param(made_chain(60, 5), id="60"),
    pytest.param(made_chain(150, 4), id="150"),
]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chain", CHAINS)
def test_no_card_overlaps_another_and_each_lies_in_its_stage(chain, width):
    layout = lay_out(chain, float(width))
    boxes = list(layout.cards.values())
    stage_of = {member: stage.box for stage in layout.stages for member in stage.members}

    assert set(layout.cards) == {segment.id for segment in chain.segments}
    assert not any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))
    assert not any(a.box.overlaps(b.box) for a, b in itertools.combinations(layout.stages, 2))
    for key, box in layout.cards.items():
        stage = stage_of[key]
        assert stage.x <= box.x and box.x + box.w <= stage.x + stage.w + 0.01
        assert stage.y < box.y and box.y + box.h <= stage.y + stage.h


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chain", CHAINS)
def test_no_name_is_cut_and_every_line_fits_its_card(chain, width):
    layout = lay_out(chain, float(width))

    for segment in chain.segments:
        lines, box = layout.names[segment.id], layout.cards[segment.id]
        assert "".join(lines).replace(" ", "") == segment.name.replace(" ", "")
        assert MIN_CARD <= box.w <= MAX_CARD
        mark = 21.0 if segment.criticality.level == "high" else 0.0
        assert max(text_width(line, 13.5) for line in lines) <= box.w - 38.0 - 8.0 - mark


@pytest.mark.parametrize("chain", CHAINS)
def test_stages_never_run_backwards_and_small_maps_fit_their_width(chain):
    layout = lay_out(chain, 1360.0)
    places = [(stage.box.x, stage.box.y) for stage in layout.stages]

    assert [stage.id for stage in layout.stages] == [stage.id for stage in chain.stages]
    assert places == sorted(places)
    assert layout.width <= 1360.01


def test_the_same_chain_gives_the_same_drawing():
    first, again = made_chain(60, 5), made_chain(60, 5)

    assert chain_svg(first, made_labels(first), str, 1360) == chain_svg(again, made_labels(again), str, 1360)


def test_sweeps_keep_groups_together_and_never_lengthen_edges():
    chain = made_chain(60, 5)

    ordered = order_segments(chain)

    listed = [member for groups in ordered.values() for _, members in groups for member in members]
    assert sorted(listed) == sorted(segment.id for segment in chain.segments)
    for stage, groups in ordered.items():
        own = {s.group for s in chain.segments if s.stage == stage}
        assert sorted(name for name, _ in groups) == sorted(own)


def test_crossed_suppliers_are_put_level_with_their_users():
    chain = made_chain(4, 2).model_copy(update={"segments": tuple(_level_segments()), "edges": tuple(_crossed_edges())})

    ordered = order_segments(chain)

    assert [name for name, _ in ordered["stage0"]] == ["甲组", "乙组"]
    assert [name for name, _ in ordered["stage1"]] == ["丁组", "丙组"]


def _level_segments() -> list[Segment]:
    base = made_chain(1, 1).segments[0]
    places = [("a", "stage0", "甲组"), ("b", "stage0", "乙组"), ("c", "stage1", "丙组"), ("d", "stage1", "丁组")]
    return [base.model_copy(update={"id": f"part_{i}", "stage": stage, "group": group}) for i, stage, group in places]


def _crossed_edges() -> list[Edge]:
    return [
        Edge(supplier="part_a", user="part_d", weight=0.5, source="common"),
        Edge(supplier="part_b", user="part_c", weight=0.5, source="common"),
    ]


def test_small_neighbouring_stages_share_a_lane_where_columns_are_few():
    groups = {"a": [("g", ["1"])], "b": [("g", ["2"])], "c": [("g", [str(n) for n in range(80)])]}

    lanes = choose_lanes(groups, capacity=2, sizes=SIZES)

    assert [lane.stages for lane in lanes] == [("a", "b"), ("c",)]
    assert sum(lane.columns for lane in lanes) == 2


def test_a_lane_is_as_high_as_its_stages_groups_and_rows():
    groups = {"a": [("g", ["1", "2", "3"]), ("h", ["4"])]}

    assert lane_height(["a"], 1, groups, SIZES) == 10 + 2 * 2 + 4 * 10
    assert lane_height(["a"], 2, groups, SIZES) == 10 + 2 * 2 + 3 * 10


def test_an_edge_is_thickest_where_most_local_users_draw_on_it():
    chain = made_chain(12, 3)
    layout = lay_out(chain, 1360.0)
    busiest = max(chain.edges, key=lambda edge: edge.weight * (100 if edge.user == chain.edges[0].user else 1))

    drawn = {
        (c.supplier, c.user): c for c in curves(chain, layout, {chain.edges[0].user: 100.0, busiest.supplier: 0.0})
    }

    assert drawn[busiest.supplier, busiest.user].width == pytest.approx(THICK)
    assert min(curve.width for curve in drawn.values()) == pytest.approx(THIN)


def test_the_drawing_is_well_formed_and_every_card_is_a_labelled_link():
    chain = made_chain(10, 3)

    root = ET.fromstring(chain_svg(chain, made_labels(chain), lambda key: f"chain_map?segment={key}&x=1", 1360))

    cards = list(root.iter(f"{SVG}a"))
    assert len(cards) == 10
    assert cards[3].get("href") == "chain_map?segment=part_3&x=1"
    assert "缺失" in str(cards[3].get("aria-label"))
    assert all(card.get("tabindex") == "0" for card in cards)


def test_what_the_data_say_cannot_become_markup():
    chain = made_chain(10, 3)

    drawn = chain_svg(chain, made_labels(chain, reason='"><script>alert(1)</script>'), str, 1360)

    assert "<script>" not in drawn


def test_unknown_counts_are_dashes_and_not_zeros():
    chain = made_chain(10, 3)

    drawn = chain_svg(chain, made_labels(chain, n_local=None, expected=None), str, 1360)

    assert drawn.count('class="lt-count">—<') == 10
    assert "本地企业 未知 家" in drawn


def test_a_segment_without_a_label_is_an_error():
    chain = made_chain(10, 3)

    with pytest.raises(KeyError, match="part_9"):
        chain_svg(chain, made_labels(chain).head(9), str, 1361)


def test_lines_break_between_characters_but_not_inside_words_nor_before_marks():
    assert wrap("汽车轮毂轴承单元", 40, 10) == ("汽车轮毂", "轴承单元")
    assert wrap("3D打印金属粉末", 60, 10) == ("3D打印金", "属粉末")
    assert wrap("铁粉（还原、雾化）", 60, 10) == ("铁粉（还原、", "雾化）")
    assert wrap("永磁材料（氧体）", 70, 10) == ("永磁材料（氧", "体）")
    assert wrap("轴承", 40, 10) == ("轴承",)
