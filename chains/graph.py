"""The supply graph of a chain: who supplies whom."""

from __future__ import annotations

import networkx as nx

from chains.model import Chain


def supply_graph(chain: Chain) -> nx.DiGraph[str]:
    """Frozen graph of a chain in the direction of material flow (supplier → user).

    Nodes are segment ids with the attributes name, stage, stage_order (0 = first column), group, kind and
    criticality; edges carry weight (share 0–1 of the user's purchased inputs) and source. Changing the
    result raises networkx.NetworkXError. Raises ValueError for an edge to an unknown segment.
    """
    graph: nx.DiGraph[str] = nx.DiGraph(chain_id=chain.id)
    order = {stage.id: position for position, stage in enumerate(chain.stages)}
    for segment in chain.segments:
        graph.add_node(
            segment.id,
            name=segment.name,
            stage=segment.stage,
            stage_order=order.get(segment.stage),
            group=segment.group,
            kind=segment.kind.value,
            criticality=segment.criticality.level.value,
        )
    for edge in chain.edges:
        if edge.supplier not in graph or edge.user not in graph:
            raise ValueError(f"产业链“{chain.name}”的供应关系 {edge.supplier} → {edge.user} 指向不存在的环节")
        graph.add_edge(edge.supplier, edge.user, weight=edge.weight, source=edge.source)
    return nx.freeze(graph)
