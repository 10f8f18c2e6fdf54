"""The network around a segment: who stands where, what is left out, and that it tells what the table lists."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages import cached, cached_regions
from pages.figures.network_document import LIBRARY, MOST, VIEWER
from pages.figures.network_layout import ROOM, lay_out_groups
from pages.figures.segment_network import GROUPS, SegmentNetwork, firms_of, segment_network
from tests.pages.conftest import text_of
from tests.pages.test_firm_network import HOSTILE, Tags

SCRIPTS = {LIBRARY: "./a.js", VIEWER: "./b.js"}
KINDS = {"local": (True, True), "near": (False, True), "away": (True, False), "far": (False, False)}
"""Whether a firm of a group is confirmed in the segment, and whether it is local."""


def tie(begin: str, end: str, kind: str = "supplies", **changes: object) -> dict[str, object]:
    """One relation between firms named by their group: ``local1``, ``far2``."""
    row: dict[str, object] = {
        "kind": kind, "since": pd.NaT, "evidence": "合同", "source_id": "s", "source_title": "台账",
        "as_of": pd.Timestamp("2026-09-30"),
    }  # fmt: skip
    for side, firm in (("from", begin), ("to", end)):
        member, local = KINDS[firm.rstrip("0123456789")]
        row |= {f"{side}_id": firm, f"{side}_name": f"企业{firm}", f"{side}_region": "甲省乙市",
                f"{side}_member": member, f"{side}_local": local}  # fmt: skip
    return row | changes


def drawn(*ties: dict[str, object]) -> SegmentNetwork:
    return segment_network(pd.DataFrame(ties), SCRIPTS)


def held(network: SegmentNetwork) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(Tags(network.html).block)
    return found


def test_groups_stand_from_far_makers_over_local_firms_to_far_partners():
    network = drawn(tie("away1", "near1"), tie("near1", "local1"), tie("far1", "local1"))

    across = {str(node["id"]): node["x"] for node in held(network)["nodes"]}
    firms = sorted((x, name) for name, x in across.items() if not name.startswith("\n"))
    assert [name for _, name in firms] == ["away1", "near1", "local1", "far1"]
    heads = [node["label"] for node in held(network)["nodes"] if str(node["id"]).startswith("\n")]
    assert heads == [f"{word} 1 家" for word in GROUPS.values()]
    assert set(held(network)["closed"]) == {f"\n{word}" for word in GROUPS.values()}


def test_a_line_says_its_kinds_with_basis_and_source():
    network = drawn(tie("away1", "near1"), tie("away1", "near1", "owns", evidence="持股 51%"))

    (edge,) = held(network)["edges"]
    assert (edge["from"], edge["to"], edge["label"]) == ("away1", "near1", "供应、投资")
    assert edge["title"] == (
        "供应：合同\n来源：台账，数据日期 2026-09-30\n\n投资：持股 51%\n来源：台账，数据日期 2026-09-30"
    )


def test_lines_within_a_group_and_back_and_forth_are_bent():
    edges = held(drawn(tie("local1", "local2"), tie("near1", "away1"), tie("away1", "near1"), tie("local1", "far1")))

    bent = {(edge["from"], edge["to"]): "smooth" in edge for edge in edges["edges"]}
    assert bent == {
        ("local1", "local2"): True, ("near1", "away1"): True, ("away1", "near1"): True, ("local1", "far1"): False,
    }  # fmt: skip


def test_the_three_hundred_firms_with_most_relations_are_drawn_and_the_rest_counted():
    ties = [tie("local1", f"far{at}") for at in range(400)] + [tie("local1", "far399", "owns")]
    network = drawn(*ties)

    assert (len(network.firms), network.n_left_out) == (MOST, 101)
    assert [firm.id for firm in network.firms[:2]] == ["local1", "far399"]
    assert (network.firms[0].n, network.firms[1].n) == (401, 2)
    places = [(node["x"], node["y"]) for node in held(network)["nodes"]]
    assert len(places) == len(set(places))
    assert network.height <= ROOM[1] + 60


def test_the_same_relations_give_the_same_document():
    ties = [tie(f"local{at % 7}", f"far{at}") for at in range(40)]

    assert drawn(*ties) == drawn(*ties)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30))
def test_no_two_firms_stand_upon_each_other(pairs):
    left, right = [f"a{at}" for at in range(10)], [f"b{at}" for at in range(10)]
    places = lay_out_groups([left, [], right], [(f"a{one}", f"b{other}") for one, other in pairs])

    assert len(set(places.values())) == len(places) == 20


def test_neighbours_stand_at_one_height_when_that_can_be():
    places = lay_out_groups([["a", "b", "c"], ["x", "y", "z"]], [("a", "z"), ("b", "y"), ("c", "x")])

    assert [places["a"][1], places["b"][1], places["c"][1]] == [places["z"][1], places["y"][1], places["x"][1]]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_text(name):
    network = drawn(tie("away1", "near1", from_name=name, evidence=name, source_title=name, from_region=name))
    plain = Tags(drawn(tie("away1", "near1")).html)

    assert [tag for tag, _ in Tags(network.html).found] == [tag for tag, _ in plain.found]
    assert any(name in str(node["title"]) for node in held(network)["nodes"])


def test_a_firm_without_name_goes_by_its_id():
    (firm, _) = firms_of(pd.DataFrame([tie("away1", "near1", from_name=None, from_region=pd.NA)]))

    assert (firm.name, firm.region) == ("away1", "无数据")


# --- the page


@pytest.fixture
def tied(demo) -> tuple[str, str]:
    """Chain and segment of the demo district with relations."""
    chain = cached.chains()[0]
    return next((chain.id, one.id) for one in chain.segments if len(cached_regions.relations(chain.id, one.id)) > 5)


def test_the_page_draws_and_lists_the_same_relations(tied, visit):
    rows = cached_regions.relations(*tied)
    app = visit("firm", list="network", chain=tied[0], segment=tied[1])

    assert not app.exception
    shown = text_of(app)
    assert f"共 {len(rows)} 条关联：" in shown
    assert re.search(rf"共 {len(rows)} 条关联(，第 1 / \d+ 页)?</span>", shown)
    (frame,) = [one for one in app.get("bidi_component") if "links" in one.proto.json]
    assert set(json.loads(frame.proto.json)["links"]) == set(rows.from_id) | set(rows.to_id)


def test_every_relation_ties_a_firm_of_the_segment_to_a_local_one(tied):
    rows = cached_regions.relations(*tied)

    assert (rows.from_member | rows.to_member).all()
    assert (rows.from_local | rows.to_local).all()
    assert rows.source_title.notna().all()
    local = set(cached.local_firms(*tied).query("verdict == 'confirmed'").firm_id)
    assert set(rows[rows.from_member & rows.from_local].from_id) <= local


def test_a_segment_without_relations_says_what_that_means(demo, visit, monkeypatch):
    chain = cached.chains()[0]
    none = cached_regions.relations(chain.id, chain.segments[0].id).head(0)
    monkeypatch.setattr("pages.cached_regions.relations", lambda *_: none)
    app = visit("firm", list="network", chain=chain.id, segment=chain.segments[0].id)

    assert not app.exception
    assert "没有登记不等于没有" in text_of(app)


def test_targets_lead_to_the_network(tied, visit):
    app = visit("targets", chain=tied[0], segment=tied[1])

    assert f"firm?list=network&amp;chain={tied[0]}&amp;segment={tied[1]}" in text_of(app)
