"""Coverage on the page of projects: by number, by priority, and by the layer of money that is chosen."""

from __future__ import annotations

from exports.formats import money
from pages import cached
from services.projects import chain_coverage
from tests.pages.conftest import text_of

CHAIN = "powder_metallurgy"


def covered(layer: str):
    state = cached.state(CHAIN)
    return chain_coverage(state.coverage.projects, state.labels, state.gaps, layer)


def test_another_layer_of_money_is_named_and_stays_in_the_address(demo, visit):
    app = visit("projects", chain=CHAIN)
    agreed = covered("agreement_cny").whole.iloc[0]
    assert "签约协议额" in text_of(app)
    assert money(agreed.signed_cny) in text_of(app)

    app.selectbox(key="url_layer").set_value("paid_in_cny").run()

    paid = covered("paid_in_cny").whole.iloc[0]
    shown = text_of(app)
    assert app.query_params["layer"] == "paid_in_cny"
    assert "签约到位资金" in shown
    assert money(paid.signed_cny) in shown
    assert f"{paid.n_signed} 个项目，{paid.n_without_amount} 个金额不详" in shown


def test_shares_stand_by_number_and_by_priority(demo, visit):
    whole = covered("agreement_cny").whole.iloc[0]
    shown = text_of(visit("projects", chain=CHAIN))

    assert f"<b>{whole.nominal_share:.0%}</b>　{whole.n_nominal} 个" in shown
    assert f"按优先级 {whole.nominal_priority_share:.0%}" in shown
    assert f"按优先级 {whole.effective_priority_share:.0%}" in shown


def test_strong_segments_that_are_still_served_are_listed_with_their_projects(demo, visit):
    over = covered("agreement_cny").over
    shown = text_of(visit("projects", chain=CHAIN))

    assert len(over) == int(covered("agreement_cny").whole.n_over.iloc[0])
    for row in over.to_dict("records"):
        assert row["name"] in shown
        assert all(project in shown for project in row["projects"])


def test_where_none_is_over_served_the_page_says_so(demo, visit):
    state = cached.state("prefab_building")
    assert state.coverage.over.empty
    assert "没有：签约项目都不在优势环节上" in text_of(visit("projects", chain="prefab_building"))
