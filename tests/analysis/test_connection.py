"""The shortest path from a firm to the region, held to networkx on random graphs."""

from __future__ import annotations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.connection import local_paths, path_text

FIRMS = tuple("abcdefgh")
LOCAL = {"a", "b"}
link_lists = st.lists(
    st.tuples(st.sampled_from(FIRMS), st.sampled_from(FIRMS), st.booleans()).filter(lambda link: link[0] != link[1]),
    min_size=1,
    max_size=14,
)


def frame(links: list[tuple[str, str, bool]]) -> pd.DataFrame:
    rows = pd.DataFrame(links, columns=["from_id", "to_id", "inferred"])
    return rows.assign(from_local=rows.from_id.isin(LOCAL), to_local=rows.to_id.isin(LOCAL))


def best_by_networkx(links: list[tuple[str, str, bool]], firm: str) -> float | None:
    """The best value over all simple paths of at most three links to any local firm."""
    graph = nx.Graph()
    for one, other, inferred in links:
        known = graph.get_edge_data(one, other, {"cost": 9})["cost"]
        graph.add_edge(one, other, cost=min(known, 1 + inferred))
    if firm not in graph:
        return None
    paths = [path for end in LOCAL & set(graph) for path in nx.all_simple_paths(graph, firm, end, cutoff=3)]
    costs = [nx.path_weight(graph, path, "cost") for path in paths]
    return 0.5 ** (min(costs) - 1) if costs else None


@settings(max_examples=50, deadline=None)
@given(links=link_lists)
def test_values_are_those_of_the_best_of_all_paths_of_three_links(links):
    found = local_paths(frame(links)).of(pd.Index(FIRMS)).set_index("firm_id").value
    wanted = {firm: best_by_networkx(links, firm) for firm in FIRMS if firm not in LOCAL}
    assert found.to_dict() == {firm: value for firm, value in wanted.items() if value is not None}


@settings(max_examples=50, deadline=None)
@given(links=link_lists)
def test_a_path_leads_from_the_firm_along_its_links_into_the_region(links):
    rows = frame(links)
    for found in local_paths(rows).of(pd.Index(FIRMS)).itertuples():
        place = found.firm_id
        for row, onward in found.path:
            begin, end = rows.loc[row, ["from_id", "to_id"]] if onward else rows.loc[row, ["to_id", "from_id"]]
            assert begin == place
            place = end
        assert place in LOCAL
        assert len(found.path) == found.n_steps <= 3
        assert found.value == pytest.approx(0.5 ** (found.n_steps - 1 + found.n_inferred))


@settings(max_examples=50, deadline=None)
@given(links=link_lists, more=link_lists)
def test_another_link_never_takes_a_firm_farther_away(links, more):
    before = local_paths(frame(links)).of(pd.Index(FIRMS)).set_index("firm_id").value
    after = local_paths(frame(links + more)).of(pd.Index(FIRMS)).set_index("firm_id").value
    assert all(after[firm] >= value for firm, value in before.items())


def test_no_links_tie_no_firm():
    assert local_paths(frame([])).of(pd.Index(["a", "c"])).empty
    assert local_paths(frame([("c", "d", False)])).of(pd.Index(["c", "x"])).empty


LINKS = {
    0: {"kind": "owns", "from_name": "甲", "to_name": "乙", "since": pd.Timestamp("2015-03-01"), "source_title": "年报", "inferred": False},
    1: {"kind": "branch", "from_name": "乙", "to_name": "乙济南分公司", "since": None, "source_title": "工商登记", "inferred": False},
    2: {"kind": "brand", "from_name": "甲", "to_name": "甲（山东）", "since": None, "source_title": None, "inferred": True, "confidence": 0.853},
    3: {"kind": "project", "from_name": "甲", "to_name": "轴承项目", "since": None, "source_title": "汇报", "inferred": False},
    4: {"kind": "同学", "from_name": "甲", "to_name": "丙", "since": None, "source_title": "走访", "inferred": False},
}  # fmt: skip


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (((0, True), (1, True)), "投资“乙”（来源：年报，2015 年），“乙”设有分支机构“乙济南分公司”（来源：工商登记），在本地"),
        (((0, False),), "由“甲”投资（来源：年报，2015 年），在本地"),
        (((2, True),), "与“甲（山东）”同字号（推断，把握 85%），在本地"),
        (((3, True),), "在本地有项目“轴承项目”（来源：汇报）"),
        (((4, True),), "与“丙”有“同学”关系（来源：走访），在本地"),
    ],
)  # fmt: skip
def test_a_path_is_a_sentence_with_a_source_for_every_link(path, text):
    assert path_text(path, LINKS) == text
