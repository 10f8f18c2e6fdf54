"""The supply graph points from supplier to user and cannot be changed."""

from __future__ import annotations

import networkx as nx
import pytest

from chains.graph import supply_graph
from tests.chains.tiny import chain_with_edges, tiny_chain


def test_edges_point_from_supplier_to_user_with_their_weight() -> None:
    graph = supply_graph(tiny_chain())
    assert sorted(graph.edges(data="weight")) == [("powder", "part", 0.6), ("press", "part", 0.4)]
    assert nx.ancestors(graph, "part") == {"powder", "press"}


def test_nodes_carry_what_a_map_needs() -> None:
    assert supply_graph(tiny_chain()).nodes["part"] == {
        "name": "part",
        "stage": "mid",
        "stage_order": 1,
        "group": "环节",
        "kind": "production",
        "criticality": "low",
    }


def test_the_graph_is_frozen() -> None:
    with pytest.raises(nx.NetworkXError):
        supply_graph(tiny_chain()).add_node("more")


def test_an_edge_to_an_unknown_segment_is_refused() -> None:
    with pytest.raises(ValueError, match="powder → ghost 指向不存在的环节"):
        supply_graph(chain_with_edges(("powder", "ghost", 0.5)))
