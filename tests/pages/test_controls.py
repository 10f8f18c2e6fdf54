"""Every control is moved: the rows follow, the address follows, and the address alone gives the same rows."""

from __future__ import annotations

import re

import pytest

from analysis.targets import TargetParams
from chains.load import load_chain
from chains.model import Kind
from pages import cached
from pages.components.url import link
from tests.pages.conftest import notices, text_of

CHAIN = "powder_metallurgy"


def test_links_leave_out_what_is_not_said():
    assert link("gaps", chain="a", stage=None, q="") == "gaps?chain=a"
    assert link("overview") == "./"
    assert link("overview", chain="a") == "./?chain=a"
    assert link("firm", q="轴承 & 齿轮") == "firm?q=%E8%BD%B4%E6%89%BF+%26+%E9%BD%BF%E8%BD%AE"


def test_choosing_a_chain_is_kept_in_the_address(demo, visit):
    app = visit("chain_map")

    app.selectbox(key="url_chain").set_value(CHAIN).run()

    assert not app.exception
    assert app.query_params["chain"] == CHAIN
    assert "关键环节" in text_of(app)


def test_an_unknown_chain_in_the_address_counts_as_none(demo, visit):
    app = visit("chain_map", chain="no_such_chain")

    assert not app.exception
    assert app.selectbox(key="url_chain").value == cached.chains()[0].id


def test_a_segment_of_the_address_opens_its_panel_and_an_unknown_one_does_not(demo, visit):
    segment = load_chain(CHAIN).segments[0]

    opened = text_of(visit("chain_map", chain=CHAIN, segment=segment.id))
    closed = text_of(visit("chain_map", chain=CHAIN, segment="nothing"))

    assert "为什么是这个判定" in opened
    assert segment.definition in opened
    assert "为什么是这个判定" not in closed


def test_researchers_are_named_beside_the_count_only_where_they_are_not_in_it(demo, visit):
    chain = load_chain("auto_parts")
    of = {segment.kind: segment.id for segment in chain.segments}

    production = text_of(visit("chain_map", chain=chain.id, segment=of[Kind.PRODUCTION]))
    research = text_of(visit("chain_map", chain=chain.id, segment=of[Kind.RD]))

    assert "（另有研发类 " in production
    assert "（另有研发类 " not in research
    assert "（研发企业计入）" in research


@pytest.mark.parametrize("label", ["missing", "weak"])
def test_the_gaps_of_one_label_are_as_many_as_the_state_says(label, demo, visit):
    app = visit("gaps", chain=CHAIN)

    app.selectbox(key="url_label").set_value(label).run()

    n = cached.state(CHAIN).counts[label]
    assert app.query_params["label"] == label
    assert f"共 {n} 个缺口" in text_of(app)
    assert f"共 {n} 个缺口" in text_of(visit("gaps", chain=CHAIN, label=label))


def test_critical_gaps_alone(demo, visit):
    app = visit("gaps", chain=CHAIN)

    app.toggle(key="url_critical").set_value(True).run()

    assert app.query_params["critical"] == "1"
    assert f"共 {int(cached.state(CHAIN).gaps.critical.sum())} 个缺口" in text_of(app)


def test_covered_and_uncovered_gaps_add_up(demo, visit):
    gaps = cached.state(CHAIN).gaps

    covered = text_of(visit("gaps", chain=CHAIN, covered="yes"))
    open_ones = text_of(visit("gaps", chain=CHAIN, covered="no"))

    assert f"共 {int((gaps.nominal > 0).sum())} 个缺口" in covered
    assert f"共 {int((gaps.nominal == 0).sum())} 个缺口" in open_ones


def test_sorting_by_the_address_puts_the_largest_first(demo, visit):
    shown = text_of(visit("gaps", chain=CHAIN, sort="-expected"))
    first = cached.state(CHAIN).gaps.sort_values("expected", ascending=False).iloc[0]

    assert 'aria-sort="descending"' in shown
    body = shown.split("<tbody>")[1]
    assert body.index(first["name"]) < 600


@pytest.fixture
def segment(demo) -> str:
    gaps = cached.state(CHAIN).gaps
    return next(key for key in gaps.segment_id if len(cached.targets(CHAIN, key)) >= 30)


def test_a_weight_moved_reorders_the_targets_and_stays_in_the_address(segment, visit):
    app = visit("targets", chain=CHAIN, segment=segment)

    app.slider(key="url_w_access").set_value(100).run()

    assert not app.exception
    assert app.query_params["w_access"] == "100"
    assert text_of(app) == text_of(visit("targets", chain=CHAIN, segment=segment, w_access="100"))


def test_a_control_starts_where_the_address_says_even_if_the_browser_never_hears_of_the_value_set(segment, visit):
    """What is set in a run that is interrupted does not reach the browser: it then starts from the default."""
    app = visit("targets", chain=CHAIN, segment=segment, w_access="40", listed="1", q="轴")

    assert list(app.slider(key="url_w_access").proto.default) == [40]
    assert list(app.slider(key="url_w_fit").proto.default) == [round(TargetParams().weights["fit"] * 100)]
    assert re.search(r'data-facet="listed" data-count="\d+" aria-current="true"', text_of(app))
    assert app.text_input(key="url_q").proto.default == "轴"
    chain = app.selectbox(key="url_chain").proto
    assert chain.options[chain.default] == load_chain(CHAIN).name


def test_weights_of_zero_are_refused_in_words(segment, visit):
    zeros = {f"w_{part}": "0" for part in TargetParams().weights}

    app = visit("targets", chain=CHAIN, segment=segment, **zeros)

    assert not app.exception
    assert "权重不能全为零" in notices(app, "warned")[0]


def test_filters_of_targets_leave_what_they_say(segment, visit):
    found = cached.targets(CHAIN, segment)
    word = str(found.name.iloc[0])[:4]
    said = cached.store().query(
        "SELECT firm_id FROM firm WHERE contains(concat_ws(' ', name, products, scope), $word)", {"word": word}
    )
    n = int(found.firm_id.isin(said.firm_id).sum())
    app = visit("targets", chain=CHAIN, segment=segment)

    app.text_input(key="url_q").set_value(word).run()

    assert app.query_params["q"] == word
    told = int(re.sub(r"\D", "", app.multiselect(key="url_province").options[0]))
    most = str(found[found.firm_id.isin(said.firm_id)].city_code.str[:2].value_counts().index[0])
    app.multiselect(key="url_province").set_value([most + "0000"]).run()
    assert not app.exception
    assert f"下载 Excel（{told} 行）" in [one.proto.label for one in app.get("download_button")]
    shown = visit("targets", chain=CHAIN, segment=segment, q=word)
    assert n > 0
    assert f"下载 Excel（{n} 行）" in [one.proto.label for one in shown.get("download_button")]


def test_a_filter_that_leaves_nothing_offers_to_clear_it(segment, visit):
    shown = text_of(visit("targets", chain=CHAIN, segment=segment, q="没有这样的企业名"))

    assert "没有符合条件的企业" in shown
    assert "清除筛选" in shown


@pytest.mark.parametrize("state", ["nominal", "effective", "waiting", "loose"])
def test_every_number_above_the_projects_opens_as_many_rows(state, demo, visit):
    rows = cached.projects()
    n = {
        "nominal": int(rows.nominal.sum()),
        "effective": int(rows.effective.sum()),
        "waiting": int((rows.nominal & ~rows.effective).sum()),
        "loose": int((rows.n_segments == 0).sum()),
    }[state]

    shown = text_of(visit("projects", state=state))

    assert f"共 {n} 个项目" in shown
    assert f"<b>{n}<small>个</small></b>" in shown


def test_a_firm_is_found_by_part_of_its_name_and_by_its_code(demo, visit):
    firm = (
        cached.store()
        .query("SELECT firm_id, name, uscc FROM firm WHERE uscc IS NOT NULL ORDER BY firm_id LIMIT 1")
        .iloc[0]
    )

    by_name = text_of(visit("firm", q=firm["name"]))
    by_code = text_of(visit("firm", q=firm.uscc))

    assert firm["name"] in by_name
    assert firm["name"] in by_code
    assert "没有找到" in text_of(visit("firm", q="没有这样的企业名"))


def test_an_unknown_firm_is_a_sentence_and_not_a_crash(demo, visit):
    app = visit("firm", firm="no-such-firm")

    assert not app.exception
    assert "库里没有编号为 no-such-firm 的企业" in text_of(app)


def test_a_search_leaves_the_firm_that_was_open(demo, visit):
    firm = cached.store().query("SELECT firm_id, name FROM firm ORDER BY firm_id LIMIT 2")
    app = visit("firm", firm=firm.firm_id[0])

    app.text_input(key="url_q").set_value(firm.name[1]).run()

    assert "firm" not in app.query_params
    assert firm.name[1] in text_of(app)


def test_the_local_firms_of_a_segment_are_listed_in_full(demo, visit):
    labels = cached.state(CHAIN).labels
    segment = labels[labels.n_local > 5].iloc[0]

    shown = text_of(visit("firm", list="local", chain=CHAIN, segment=segment.segment_id))

    n = len(cached.local_firms(CHAIN, segment.segment_id))
    assert n >= segment.n_local
    assert f"共 {n} 家企业" in shown
    assert f"全部 {n} 家 →" in text_of(visit("chain_map", chain=CHAIN, segment=segment.segment_id))


def test_the_numbers_of_the_overview_open_as_many_rows(demo, visit):
    states = [cached.state(chain.id) for chain in cached.chains()]
    n_gaps = sum(len(state.gaps) for state in states)
    n_covered = sum(int(state.coverage.whole.iloc[0].n_nominal) for state in states)
    overview = text_of(visit("overview"))

    assert f"<b>{n_gaps}<small>个环节</small></b>" in overview
    assert f"共 {n_gaps} 个缺口" in text_of(visit("gaps", chain="all"))
    assert f"共 {n_covered} 个缺口" in text_of(visit("gaps", chain="all", covered="yes"))
