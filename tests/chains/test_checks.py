"""Each check stays silent on a valid chain and names the row on a chain broken in one place."""

from __future__ import annotations

import pytest

from chains import checks
from chains.model import Chain
from tests.chains.tiny import chain_fields, chain_with, chain_with_edges, segment_fields, tiny_chain

CODES = {"3393"}


def _extra_segment(**changes: object) -> Chain:
    segments = [*chain_fields()["segments"], segment_fields("spare", stage="mid") | changes]
    edges = [*chain_fields()["edges"], {"supplier": "spare", "user": "part", "weight": 0.0001, "source": "common"}]
    edges[0]["weight"] = 0.5
    return tiny_chain(segments=segments, edges=edges)


BROKEN: dict[str, tuple[Chain, str]] = {
    "ids_unique": (tiny_chain(segments=[*chain_fields()["segments"], segment_fields("part", name="x")]), "part"),
    "names_unique": (chain_with(name="part"), "part"),
    "stages_exist": (chain_with(stage="nowhere"), "powder"),
    "sources_exist": (chain_with(sources=["rumour"]), "powder"),
    "edges_exist": (chain_with_edges(("powder", "ghost", 0.5)), "powder → ghost"),
    "no_self_edge": (chain_with_edges(("part", "part", 0.5)), "part"),
    "no_cycle": (chain_with_edges(("powder", "part", 0.5), ("part", "powder", 0.5)), "powder → part → powder"),
    "weights_bounded": (chain_with_edges(("powder", "part", 0.7), ("press", "part", 0.4)), "part"),
    "no_orphan": (chain_with_edges(("powder", "part", 0.5)), "press"),
    "stages_reachable": (chain_with_edges(("powder", "press", 0.5)), "mid"),
    "no_one_character_keyword": (chain_with(keywords=["粉"]), "powder"),
    "keywords_once": (chain_with(keywords=["铁粉", "铁粉"]), "powder"),
    "keywords_survive_exclusions": (chain_with(keywords=["烤铁粉"], exclusions=["铁粉"]), "powder"),
    "keywords_told_apart": (chain_with(keywords=["par"]), "powder"),
    "no_vague_segment": (chain_with(name="其他粉末"), "powder"),
    "definitions_bounded": (chain_with(definition="制造粉末"), "powder"),
    "rare_explained": (chain_with(rare="少"), "powder"),
    "nothing_unfilled": (chain_with(criticality={"level": "low", "reason": checks.UNFILLED}), "powder"),
}


def test_every_check_has_a_broken_example() -> None:
    assert set(BROKEN) == {check.__name__ for check in checks.CHECKS}


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_a_valid_chain_has_no_finding(check: checks.Check) -> None:
    assert check(tiny_chain()) == []


@pytest.mark.parametrize("check", checks.CHECKS, ids=lambda check: check.__name__)
def test_a_broken_chain_is_found_and_the_row_named(check: checks.Check) -> None:
    chain, row = BROKEN[check.__name__]
    assert [(found.check, found.row) for found in check(chain)] == [(check.__name__, row)]


def test_an_edge_written_twice_is_found() -> None:
    chain = chain_with_edges(("powder", "part", 0.2), ("powder", "part", 0.3), ("press", "part", 0.1))
    assert [found.row for found in checks.edges_exist(chain)] == ["powder → part"]


def test_weights_that_sum_to_one_in_floating_point_pass() -> None:
    segments = [*chain_fields()["segments"], segment_fields("die")]
    edges = [
        {"supplier": name, "user": "part", "weight": weight, "source": "common"}
        for name, weight in (("powder", 0.1), ("press", 0.2), ("die", 0.7))
    ]
    assert checks.weights_bounded(tiny_chain(segments=segments, edges=edges)) == []


def test_a_stage_without_segments_is_found() -> None:
    stages = [*chain_fields()["stages"], {"id": "down", "name": "下游"}]
    found = checks.stages_reachable(tiny_chain(stages=stages))
    assert [finding.message for finding in found] == ["段“下游”里没有环节"]


def test_a_stage_is_reached_through_other_stages() -> None:
    stages = [*chain_fields()["stages"], {"id": "down", "name": "下游"}]
    segments = [*chain_fields()["segments"], segment_fields("car", stage="down")]
    edges = [*chain_fields()["edges"], {"supplier": "part", "user": "car", "weight": 0.1, "source": "common"}]
    assert checks.stages_reachable(tiny_chain(stages=stages, segments=segments, edges=edges)) == []


def test_a_shorter_keyword_is_told_apart_by_excluding_the_longer_one() -> None:
    assert checks.keywords_told_apart(chain_with(keywords=["par"], exclusions=["part"])) == []


def test_equal_keywords_are_told_apart_by_an_exclusion_that_contains_them() -> None:
    shared = chain_with(keywords=["part"])
    assert {found.row for found in checks.keywords_told_apart(shared)} == {"powder", "part"}
    assert checks.keywords_told_apart(chain_with(keywords=["part"], exclusions=["part washer"])) == []


def test_codes_are_looked_up_in_the_given_table() -> None:
    assert checks.codes_exist(tiny_chain(), CODES) == []
    assert [found.row for found in checks.codes_exist(chain_with(gb4754=["9999"]), CODES)] == ["powder"]


def test_all_findings_come_in_one_list_and_codes_only_with_a_table() -> None:
    chain = chain_with(definition="制造粉末", gb4754=["9999"])
    assert [found.check for found in checks.check_chain(chain)] == ["definitions_bounded"]
    assert [found.check for found in checks.check_chain(chain, CODES)] == ["definitions_bounded", "codes_exist"]


def test_an_id_used_by_two_chains_is_found() -> None:
    other = tiny_chain(id="other", segments=[segment_fields("part"), segment_fields("wheel")], edges=[])
    found = checks.ids_unique_across([tiny_chain(), other])
    assert [(finding.row, finding.message) for finding in found] == [
        ("part", "环节 id part 出现在多条链里：other、tiny")
    ]


def test_a_published_id_that_vanishes_is_found() -> None:
    assert [found.row for found in checks.ids_kept({"powder", "gone"}, tiny_chain())] == ["gone"]
