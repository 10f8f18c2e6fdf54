"""目标企业 and 企业档案: stability, inferred firms of one brand, and why a firm is not on the list."""

from __future__ import annotations

import pytest

from data.store import open_store
from pages import cached
from tests.pages.conftest import text_of

CHAIN = "powder_metallurgy"
AFFILIATE = (
    "INSERT INTO firm_affiliate VALUES (?, ?, '甲', '机械', 0.91, 0.02, '字号“甲”相同，名称同属机械行业；把握 91%')"
)


@pytest.fixture
def segment(demo) -> str:
    gaps = cached.state(CHAIN).gaps
    return next(key for key in gaps.segment_id if len(cached.targets(CHAIN, key)) >= 30)


def test_every_target_says_between_which_ranks_it_moves(segment, visit):
    shown = text_of(visit("targets", chain=CHAIN, segment=segment))
    assert "名次稳定性" in shown
    ranked = cached.targets(CHAIN, segment)
    first = cached.rank_ranges(CHAIN, segment, tuple(ranked.firm_id[:25]))
    assert first["rank"].tolist() == list(range(1, 26))
    assert (first.rank_best <= first["rank"]).all()
    assert (first["rank"] <= first.rank_worst).all()


def test_a_firm_asked_for_is_told_its_rank_and_the_box_is_kept_in_the_address(segment, visit):
    name = cached.targets(CHAIN, segment).name[2]
    app = visit("targets", chain=CHAIN, segment=segment)
    assert "逐家说明它排第几" in text_of(app)
    app.text_input(key="url_why").set_value(name).run()
    assert app.query_params["why"] == name
    assert "中排第 3" in text_of(app)
    app.text_input(key="url_why").set_value("没有这样的企业").run()
    assert "库里没有名称含“没有这样的企业”的企业" in text_of(app)


def test_a_local_firm_is_told_to_be_here_already(segment, visit):
    listed = next(key for key in cached.state(CHAIN).labels.segment_id if len(cached.local_firms(CHAIN, key)))
    local = cached.local_firms(CHAIN, listed)
    assert "已在本地" in text_of(visit("targets", chain=CHAIN, segment=segment, why=local.name[0]))


def test_saved_weights_are_offered_beside_the_sliders(segment, visit):
    app = visit("targets", chain=CHAIN, segment=segment)
    assert app.text_input(key="weights_targets_name").label == "存为方案"


def test_firms_of_one_brand_are_shown_as_inferred_with_year_and_evidence(database, visit):
    with open_store(database) as store:
        one, other = store.query(
            "SELECT firm_id, name FROM firm WHERE founded_on IS NOT NULL ORDER BY firm_id LIMIT 2"
        ).values
        with store.write() as cursor:
            cursor.execute("DELETE FROM firm_affiliate")
            cursor.execute(AFFILIATE, [one[0], other[0]])
    shown = text_of(visit("firm", firm=one[0]))
    assert "同字号企业（推断）" in shown
    assert other[1] in shown
    assert "91%" in shown
    assert "其中已知最大" in text_of(visit("firm", firm=other[0]))


def test_a_firm_without_others_of_its_brand_says_what_that_means(demo, visit):
    alone = cached.store().rows(
        "SELECT firm_id FROM firm WHERE firm_id NOT IN (SELECT home_id FROM firm_affiliate UNION SELECT affiliate_id FROM firm_affiliate) "
        "ORDER BY firm_id LIMIT 1"
    )[0][0]
    assert "没有推断出同字号企业" in text_of(visit("firm", firm=alone))
