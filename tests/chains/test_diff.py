"""Two versions of a chain are compared by stable segment id."""

from __future__ import annotations

import pytest

from chains.diff import KeywordChange, Moved, Rewired, diff
from tests.chains.tiny import chain_fields, chain_with, chain_with_edges, segment_fields, tiny_chain


def test_a_chain_does_not_differ_from_itself() -> None:
    assert diff(tiny_chain(), tiny_chain()).empty


def test_added_and_removed_segments_mirror_each_other() -> None:
    larger = tiny_chain(segments=[*chain_fields()["segments"], segment_fields("die")])
    assert diff(tiny_chain(), larger).added == ("die",)
    assert diff(larger, tiny_chain()).removed == ("die",)


def test_a_segment_in_another_stage_has_moved() -> None:
    assert diff(tiny_chain(), chain_with(stage="mid")).moved == (Moved("powder", ("up", "环节"), ("mid", "环节")),)


def test_a_renamed_segment_is_the_same_segment() -> None:
    changes = diff(tiny_chain(), chain_with(name="金属粉末"))
    assert (changes.renamed, changes.added, changes.removed) == (("powder",), (), ())


def test_edges_that_come_go_or_change_weight_are_rewired() -> None:
    new = chain_with_edges(("powder", "part", 0.5), ("powder", "press", 0.1))
    assert diff(tiny_chain(), new).rewired == (
        Rewired("powder", "part", 0.6, 0.5),
        Rewired("powder", "press", None, 0.1),
        Rewired("press", "part", 0.4, None),
    )


def test_changed_keywords_and_exclusions_are_listed() -> None:
    assert diff(tiny_chain(), chain_with(keywords=["铁粉"], exclusions=["烤铁粉"])).keywords == (
        KeywordChange("powder", "keywords", ("铁粉",), ("powder",)),
        KeywordChange("powder", "exclusions", ("烤铁粉",), ()),
    )


def test_two_different_chains_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="不是同一条链"):
        diff(tiny_chain(), tiny_chain(id="other"))
