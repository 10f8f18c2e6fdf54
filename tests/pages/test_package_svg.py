"""The map of a package: every card, every change by shape, and drafts that are not whole."""

from __future__ import annotations

from chains.changes import both, changes
from chains.model import Chain, Edge
from pages.figures.package_svg import drawable, edge_marks, package_svg
from tests.chains.tiny import chain_fields, segment_fields, tiny_chain


def link(segment_id: str) -> str:
    return f"packages?segment={segment_id}"


def changed() -> Chain:
    segments = [
        segment_fields("powder", keywords=["铁粉"], name="粉<末>"),
        segment_fields("part", stage="up"),
        segment_fields("die", definition="制造它；买卖的不算"),
    ]
    edges = [
        {"supplier": "powder", "user": "part", "weight": 0.5, "source": "common"},
        {"supplier": "die", "user": "part", "weight": 0.1, "source": "common"},
    ]
    return tiny_chain(segments=segments, edges=edges, version="1.1.0")


def test_without_a_former_version_every_segment_is_a_plain_card():
    drawing = package_svg(None, tiny_chain(), link)

    assert drawing.count('class="lt-card"') == 3
    assert drawing.count("lt-edge-") == 0


def test_what_changed_is_marked_by_shape_and_what_was_taken_out_is_still_drawn():
    drawing = package_svg(tiny_chain(), changed(), link)

    assert drawing.count('class="lt-card') == 4
    for kind in ("lt-is-added", "lt-is-removed", "lt-is-moved", "lt-is-renamed", "lt-change-keywords"):
        assert kind in drawing
    assert "粉&lt;末&gt;" in drawing
    assert "粉<末>" not in drawing
    assert edge_marks(tiny_chain(), changed()) == {
        ("powder", "part"): "changed", ("die", "part"): "added", ("press", "part"): "removed",
    }  # fmt: skip
    for kind in ("changed", "added", "removed"):
        assert f"lt-edge-{kind}" in drawing


def test_both_versions_on_one_chain_keep_a_stage_that_only_the_old_one_has():
    new = tiny_chain(
        stages=[{"id": "up", "name": "上游"}], segments=[segment_fields("powder"), segment_fields("press")], edges=[]
    )
    merged = both(tiny_chain(), new)

    assert [stage.id for stage in merged.stages] == ["up", "mid"]
    assert [segment.id for segment in merged.segments] == ["powder", "press", "part"]
    assert len(merged.edges) == 2
    assert 'class="lt-card lt-is-removed"' in package_svg(tiny_chain(), new, link)


def test_an_unfinished_draft_is_drawn_as_far_as_it_goes():
    broken = Chain.model_validate(chain_fields()).model_copy(
        update={"edges": (Edge(supplier="powder", user="nowhere", weight=0.5, source="common"),)}
    )
    strange = tiny_chain(segments=[segment_fields("powder"), segment_fields("part", stage="nowhere")], edges=[])

    assert drawable(broken).edges == ()
    assert [segment.id for segment in drawable(strange).segments] == ["powder"]
    assert package_svg(None, strange, link).count('class="lt-card"') == 1


def test_the_same_version_twice_has_no_change():
    assert changes(tiny_chain(), tiny_chain()) == ()
