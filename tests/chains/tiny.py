"""A chain small enough to read at a glance: powder → part ← press."""

from __future__ import annotations

from typing import Any

from chains.model import Chain


def segment_fields(segment_id: str, **changes: Any) -> dict[str, Any]:
    """Fields of a valid segment; the id is also its name and only keyword."""
    fields: dict[str, Any] = {
        "id": segment_id,
        "name": segment_id,
        "stage": "up",
        "group": "环节",
        "definition": "制造它；只销售的不算",
        "keywords": [segment_id],
        "gb4754": ["3393"],
        "criticality": {"level": "low", "reason": "供应商众多"},
        "sources": ["common"],
    }
    return fields | changes


def chain_fields(**changes: Any) -> dict[str, Any]:
    """Fields of a valid chain of three segments and two edges; keyword arguments replace top-level fields."""
    fields: dict[str, Any] = {
        "id": "tiny",
        "name": "小链",
        "version": "1.0.0",
        "valid_from": "2026-01-01",
        "definition": "用于测试的链",
        "sources": [{"id": "common", "title": "领域常识"}],
        "stages": [{"id": "up", "name": "上游"}, {"id": "mid", "name": "中游"}],
        "segments": [
            segment_fields("powder"),
            segment_fields("press"),
            segment_fields("part", stage="mid"),
        ],
        "edges": [
            {"supplier": "powder", "user": "part", "weight": 0.6, "source": "common"},
            {"supplier": "press", "user": "part", "weight": 0.4, "source": "common"},
        ],
    }
    return fields | changes


def tiny_chain(**changes: Any) -> Chain:
    """The valid chain with top-level fields replaced."""
    return Chain.model_validate(chain_fields(**changes))


def chain_with(**changes: Any) -> Chain:
    """The valid chain with fields of its first segment (powder) replaced."""
    segments = chain_fields()["segments"]
    segments[0] |= changes
    return tiny_chain(segments=segments)


def chain_with_edges(*edges: tuple[str, str, float]) -> Chain:
    """The valid chain with these edges (supplier, user, weight) instead of its own."""
    return tiny_chain(
        edges=[{"supplier": a, "user": b, "weight": weight, "source": "common"} for a, b, weight in edges]
    )
