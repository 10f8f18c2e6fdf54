"""What the packages and the matching say of a million real firms, against what people know."""

from __future__ import annotations

import pytest

from chains.load import chain_ids, load_all, load_chain
from data.store import Store
from services.context import read_context
from services.loop import ChainState, chain_state, targets_of
from services.package_figures import chain_pairs, known_firms, nobody_in
from services.presence import Cube


def state(store: Store, cube: Cube, chain_id: str, region: str) -> ChainState:
    return chain_state(store, load_chain(chain_id), read_context(store, region), cube)


@pytest.mark.parametrize("chain_id", chain_ids())
def test_every_segment_has_a_firm_or_says_why_it_has_none(registry, chain_id):
    chain = load_chain(chain_id)
    assert [finding.message for finding in nobody_in(chain, chain_pairs(registry, chain))] == []


def test_well_known_firms_land_in_their_segments(registry):
    found = {chain.id: known_firms(registry, chain, chain_pairs(registry, chain)) for chain in load_all()}
    rates = {chain_id: round(one.hit / one.found, 3) for chain_id, one in found.items() if one.found}
    assert sum(one.hit for one in found.values()) >= 0.85 * sum(one.found for one in found.values()), rates


@pytest.mark.parametrize(
    ("region", "chain_id"),
    [
        ("420300", "auto_parts"),  # 十堰: cars since 1969
        ("371200", "powder_metallurgy"),  # 莱芜: iron powder beside the steel works
        ("430200", "powder_metallurgy"),  # 株洲: hard metal
    ],
)
def test_cities_known_for_an_industry_are_strong_in_it(registry, cube, region, chain_id):
    assert state(registry, cube, chain_id, region).presence.label == "strong"


def test_no_figure_of_a_city_is_missing_where_it_is_known_nor_known_where_it_is_missing(registry, cube):
    for chain in load_all():
        labels = state(registry, cube, chain.id, "370100").labels
        assert labels[["n_local", "expected", "lq", "lq_low", "lq_high"]].notna().all(axis=None)
        assert (labels.lq_low <= labels.lq).all() and (labels.lq <= labels.lq_high).all()
        assert labels[["nominal", "effective"]].isna().all(axis=None)  # no register of projects was imported


def test_targets_of_the_first_gap_are_makers_elsewhere_with_a_reason(registry, cube):
    context = read_context(registry, "370100")
    chain = load_chain("auto_parts")
    found = state(registry, cube, chain.id, "370100")
    targets = found.explain(targets_of(registry, chain, found.gaps.segment_id[0], context).head(20), context)
    assert len(targets) == 20
    assert (targets.city_code != "370100").all() and targets.reason.str.contains("依据").all()
