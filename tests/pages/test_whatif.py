"""推演 and 按缺口选企: every control moved, its effect in the address, the figures as the services compute them."""

from __future__ import annotations

import pytest

from data.imports import undo
from pages import cached, cached_ahead
from services.catalogue_draft import add_items, draft_keys
from services.scenario import Scenario
from services.visits import NothingToVisit, visit_plan
from tests.pages.conftest import notices, text_of
from tests.services.conftest import AT

CHAIN = "powder_metallurgy"


@pytest.fixture
def gap(demo) -> str:
    """The most urgent gap."""
    return str(cached.state(CHAIN).gaps.segment_id[0])


@pytest.fixture
def firm(gap) -> str:
    """Its best target."""
    return str(cached.targets(CHAIN, gap).firm_id[0])


def test_without_a_choice_the_page_says_what_to_do_and_computes_no_difference(demo, visit):
    app = visit("whatif", chain=CHAIN)

    assert not app.exception
    assert "还没有选落地企业，也没有选项目" in text_of(app)
    assert "环节前后对照" not in text_of(app)


def test_a_link_reproduces_the_what_if(gap, firm, visit):
    found, _ = cached_ahead.what_if(CHAIN, Scenario(land=(f"{firm}:{gap}",)))
    shown = text_of(visit("whatif", chain=CHAIN, land=f"{firm}:{gap}"))

    assert found.told.startswith("如果落地 1 家企业")
    assert found.told in shown
    assert f"{len(found.changed)} 个环节有变化" in shown
    assert "只是推算，不改动任何数据" in shown


def test_the_projects_that_are_chosen_stand_in_the_address_and_start(demo, visit):
    app = visit("whatif", chain=CHAIN)
    first, second, *_ = app.multiselect(key="url_start").options
    ids = cached.state(CHAIN).coverage.projects.drop_duplicates("project_id")
    by_text = {f"{row['name']}": row.project_id for _, row in ids.iterrows()}

    app.multiselect(key="url_start").set_value(
        [by_text[first.rpartition("（")[0]], by_text[second.rpartition("（")[0]]]
    ).run()

    assert len(app.query_params["start"].split(",")) == 2
    assert "开工 2 个项目" in text_of(app)


def test_the_best_targets_of_the_most_urgent_gaps_land_at_once_and_all_is_cleared_at_once(demo, visit):
    app = visit("whatif", chain=CHAIN)

    app.button(key="land_best").click().run()

    assert len(app.query_params["land"].split(",")) == 5
    assert "如果落地" in text_of(app)
    assert len(app.multiselect(key="url_land").value) == 5

    app.button(key="clear_scenario").click().run()

    assert "land" not in app.query_params
    assert "还没有选落地企业" in text_of(app)


def test_taking_a_firm_out_of_the_box_takes_it_out_of_the_address(gap, firm, visit):
    other = str(cached.targets(CHAIN, gap).firm_id[1])
    app = visit("whatif", chain=CHAIN, land=f"{firm},{other}")

    app.multiselect(key="url_land").set_value([other]).run()

    assert app.query_params["land"] == other


def test_the_whole_draft_lands_each_firm_in_its_segment(database, visit):
    gap = str(cached.state(CHAIN).gaps.segment_id[0])
    firms = [str(one) for one in cached.targets(CHAIN, gap).firm_id[:2]]
    chain, home = cached.chain(CHAIN), cached.context().home.adcode
    app = visit("whatif", chain=CHAIN)
    assert app.button(key="land_catalogue").disabled
    for firm in firms:
        add_items(cached.store(), chain, home, [(gap, firm)], actor="t", at=AT)

    app = visit("whatif", chain=CHAIN)
    app.button(key="land_catalogue").click().run()

    assert app.query_params["land"] == ",".join(f"{firm}:{gap}" for firm in firms)


def test_a_firm_that_is_searched_for_can_land(firm, visit):
    name = cached.firm(firm).firm["name"]
    app = visit("whatif", chain=CHAIN)

    app.text_input(key="url_firm_name").set_value(name).run()

    shown = text_of(app)
    assert name in shown
    assert f"land={firm}" in shown
    assert "落地 →" in shown


def test_a_search_says_what_it_does_not_find_and_which_firms_cannot_land(demo, visit):
    assert "库里没有名称含这几个字的企业" in text_of(visit("whatif", chain=CHAIN, firm_name="没有这样的名字"))
    segment = next(row.segment_id for row in cached.state(CHAIN).labels.itertuples() if row.n_local > 0)
    here = str(cached.local_firms(CHAIN, segment)["name"].iloc[0])
    assert "已在本地" in text_of(visit("whatif", chain=CHAIN, firm_name=here))


def test_unknown_ids_are_named_and_left_out(firm, visit):
    app = visit("whatif", chain=CHAIN, land=f"nobody,{firm}", start="p0")

    assert not app.exception
    [warning] = [one for one in notices(app, "warned") if "没有编号" in one]
    assert "库里没有编号为 nobody 的企业；本地没有编号为 p0 的项目" in warning
    assert "如果落地 1 家企业" in text_of(app)


def test_segments_without_a_change_are_listed_on_request(firm, visit):
    app = visit("whatif", chain=CHAIN, land=firm)

    app.toggle(key="url_all").set_value(True).run()

    assert app.query_params["all"] == "1"
    assert f"共 {len(cached.state(CHAIN).labels)} 个环节" in text_of(app)


def test_another_chain_drops_the_scenario_of_the_first(firm, visit):
    app = visit("whatif", chain=CHAIN, land=firm)

    app.selectbox(key="url_chain").set_value("auto_parts").run()

    assert "land" not in app.query_params
    assert "还没有选落地企业" in text_of(app)


def test_without_a_register_coverage_reads_no_data(database, visit):
    undo(cached.store(), "demo-projects")
    firm = str(cached.targets(CHAIN, cached.state(CHAIN).gaps.segment_id[0]).firm_id[0])

    shown = text_of(visit("whatif", chain=CHAIN, land=firm))

    assert "未导入项目台账" in shown
    assert "没有待开工的项目" not in shown or "无数据" in shown


# --- visits


def test_visits_are_chosen_for_the_cities_and_stay_in_the_address(demo, visit):
    app = visit("trips", view="plan", chain=CHAIN)
    assert "选定拜访家数后" in text_of(app)

    app.selectbox(key="url_visits").set_value("8").run()
    app.selectbox(key="url_cities").set_value("2").run()

    assert (app.query_params["visits"], app.query_params["cities"]) == ("8", "2")
    found = cached_ahead.visits(CHAIN, 8, 2)
    assert len(found.cities) <= 2
    assert found.told in text_of(app)
    assert "距最优不超过" in found.told


def test_a_contribution_is_what_is_lost_without_the_visit(demo):
    found = cached_ahead.visits(CHAIN, 5, None)
    rows = found.rows

    assert (rows.contribution > 0).all()
    assert rows.contribution.sum() <= found.plan.value + 1e-9
    by_city = rows.groupby("city", sort=False).contribution.sum()
    assert by_city.is_monotonic_decreasing


def test_the_visits_go_to_the_draft_with_one_click(database, visit):
    app = visit("trips", view="plan", chain=CHAIN, visits="5", cities="2")
    rows = cached_ahead.visits(CHAIN, 5, 2).rows

    app.button(key="add_visits").click().run()

    kept = draft_keys(cached.store(), cached.chain(CHAIN), cached.context().home.adcode)
    assert kept[["segment_id", "firm_id"]].to_numpy().tolist() == rows[["segment_id", "firm_id"]].to_numpy().tolist()
    assert "已把行程中的 5 家企业加入" in notices(app, "done")[0]


def test_where_there_is_nothing_to_visit_the_page_says_why_and_stands(demo, visit, monkeypatch):
    def none(chain_id: str, n_visits: int, n_cities: int | None, *_: object):
        raise NothingToVisit("粉末冶金在云溪区没有薄弱或缺失的环节，不需要安排拜访")

    monkeypatch.setattr(cached_ahead, "visits", none)
    app = visit("trips", view="plan", chain=CHAIN, visits="5")

    assert not app.exception
    assert "没有薄弱或缺失的环节" in notices(app, "warned")[0]


def test_firms_whose_registration_has_ended_are_no_candidates(demo):
    def ended(segment_id: str):
        return cached.targets(CHAIN, segment_id).head(3).assign(status="注销")

    state = cached.state(CHAIN)
    with pytest.raises(NothingToVisit, match="没有所在城市明确的目标企业"):
        visit_plan(cached.store(), cached.chain(CHAIN), cached.context(), state, ended, 2)
