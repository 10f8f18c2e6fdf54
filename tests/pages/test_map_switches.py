"""The switches of the map: every one moved, its effect in the address and on the cards, as the services compute it."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from exports.chain_map.fold import groups_of
from pages import cached, cached_view
from services.map_file import map_file
from services.map_view import View
from services.scenario import Scenario
from tests.pages.conftest import notices, text_of

CHAIN = "powder_metallurgy"


def moved(app: AppTest, name: str, value: str) -> AppTest:
    """The page after a choice in the box of a parameter."""
    app.selectbox(key=f"url_{name}").select(value)
    return app.run()


def drawn(**changes: Any) -> str:
    """The map of a view."""
    return cached_view.drawing(View(CHAIN, **changes), 1360)


def other_city() -> str:
    return next(key for key in cached_view.others() if len(key) == 6)


def test_each_switch_writes_its_choice_and_its_usual_place_leaves_the_address(demo, visit):
    app = visit("chain_map", chain=CHAIN)

    for name, value, usual in (
        ("level", "group", "segment"),
        ("tier", "strict", "confirmed"),
        ("state", "signed", "today"),
    ):
        app = moved(app, name, value)
        assert not app.exception
        assert app.query_params[name] == value
        app = moved(app, name, usual)
        assert name not in app.query_params


def test_a_comparison_is_of_today(demo, visit):
    app = moved(visit("chain_map", chain=CHAIN, state="signed"), "vs", other_city())

    assert app.query_params["vs"] == other_city()
    assert "state" not in app.query_params
    assert "vs" not in moved(app, "state", "signed").query_params


def test_folded_the_map_has_a_card_a_group_and_opened_the_segments_of_one(demo):
    groups = groups_of(cached.chain(CHAIN))
    most = max(groups, key=lambda group: len(group.members))

    folded, opened = drawn(folded=True), drawn(folded=True, opened=(most.id,))

    assert folded.count('class="lt-card') == len(groups)
    assert opened.count('class="lt-card') == len(groups) - 1 + len(most.members)
    assert f"level=group&amp;open={most.id}" in folded.replace("%2C", ",")


def test_the_group_of_the_chosen_segment_is_open_and_the_panel_says_the_segment(demo, visit):
    segment = cached.chain(CHAIN).segments[0]

    app = visit("chain_map", chain=CHAIN, level="group", segment=segment.id)

    assert not app.exception
    assert f"<h2>{segment.name}</h2>" in text_of(app)


def test_with_what_is_signed_the_line_says_how_many_labels_change(demo, visit):
    view = View(CHAIN, state="signed")
    found, _ = cached_view.outcome(view) or pytest.fail("no outcome")
    flips = found.changes[found.changes.label_before != found.changes.label_after]

    shown = text_of(visit("chain_map", chain=CHAIN, state="signed"))

    assert f"与今天相比，{len(flips)} 个环节的判定改变" in shown
    assert all(f'aria-label="{name}，' in drawn(state="signed") for name in flips["name"])
    assert drawn(state="signed").count("lt-changed") == len(flips)


def test_a_what_if_of_the_address_is_drawn_on_the_map(demo, visit):
    gap = str(cached.state(CHAIN).gaps.segment_id[0])
    firms = tuple(f"{firm}:{gap}" for firm in cached.targets(CHAIN, gap).firm_id[:12])
    view = View(CHAIN, state="whatif", scenario=Scenario(land=firms))
    label = cached_view.state(view).labels.set_index("segment_id").label[gap]

    shown = text_of(visit("chain_map", chain=CHAIN, state="whatif", land=",".join(firms), segment=gap))

    assert label in ("fair", "strong")
    assert f'lt-{label} lt-changed" href=' in cached_view.drawing(view, 1360)
    assert "1 个环节的判定改变" in shown
    assert '<span class="lt-tag ">推演</span>' in shown  # the panel says of which state it speaks


def test_a_what_if_without_firms_says_where_to_choose_them(demo, visit):
    shown = text_of(visit("chain_map", chain=CHAIN, state="whatif"))

    assert "还没有选落地企业或开工项目，图上仍是今天" in shown
    assert f'href="whatif?chain={CHAIN}"' in shown


def test_the_page_of_the_what_if_leads_to_its_map(demo, visit):
    gap = str(cached.state(CHAIN).gaps.segment_id[0])
    firm = f"{cached.targets(CHAIN, gap).firm_id[0]}:{gap}"

    shown = text_of(visit("whatif", chain=CHAIN, land=firm))

    assert f'href="chain_map?chain={CHAIN}&amp;state=whatif&amp;land={firm.replace(":", "%3A")}"' in shown


def test_what_does_not_exist_in_a_what_if_is_said(demo, visit):
    app = visit("chain_map", chain=CHAIN, state="whatif", land="nobody")

    assert not app.exception
    assert "库里没有编号为 nobody 的企业" in notices(app, "warned")[0]


def test_the_figures_open_rows_only_where_the_rows_are_of_the_same_state(demo, visit):
    usual, ahead = (text_of(visit("chain_map", chain=CHAIN, state=state)) for state in ("today", "signed"))

    assert f'class="lt-tile" data-nav="" href="gaps?chain={CHAIN}"' in usual
    assert f'class="lt-tile" data-nav="" href="gaps?chain={CHAIN}"' not in ahead


def test_beside_a_region_the_table_lists_the_segments_that_differ_by_difference(demo, visit):
    there = other_city()
    found = cached_view.comparison(View(CHAIN, versus=there)) or pytest.fail("no comparison")
    rows = found.rows[found.rows.differs]

    shown = text_of(visit("chain_map", chain=CHAIN, vs=there))

    assert found.told in shown
    names = re.findall(r'<td class="lt-main"><a data-nav="" href="chain_map[^"]*">([^<]+)</a>', shown)
    assert names == rows["name"].tolist()[:15]
    assert f"共 {len(rows)} 个环节" in shown
    assert drawn(versus=there).count('class="lt-strip') == len(found.rows)


def test_all_segments_are_listed_when_asked(demo, visit):
    app = visit("chain_map", chain=CHAIN, vs=other_city())

    app.toggle(key="url_all").set_value(True)
    app.run()

    assert app.query_params["all"] == "1"
    assert f"共 {len(cached.chain(CHAIN).segments)} 个环节" in text_of(app)


def test_beside_a_year_fewer_firms_are_here_and_the_note_says_whom_that_leaves_out(demo, visit):
    found = cached_view.comparison(View(CHAIN, versus="2012")) or pytest.fail("no comparison")

    shown = text_of(visit("chain_map", chain=CHAIN, vs="2012"))

    assert (found.rows.n_local_other <= found.rows.n_local).all()
    assert found.rows.n_local_other.sum() < found.rows.n_local.sum()
    assert "当年在、后来注销或迁走的不在当年的数里" in shown
    assert "成立日期不详" in shown


def test_the_strict_tier_counts_no_more_than_the_usual_and_the_wide_no_fewer(demo):
    strict, usual, wide = (
        cached_view.state(View(CHAIN, tier=tier)).labels.n_local for tier in ("strict", "confirmed", "all")
    )

    assert (strict <= usual).all() and (usual <= wide).all()
    assert strict.sum() < usual.sum() <= wide.sum()


def test_an_address_that_makes_no_sense_is_the_usual_map(demo, visit):
    app = visit("chain_map", chain=CHAIN, vs="1066", tier="x", state="y", level="z", open="nothing")

    assert not app.exception
    assert "对比" not in "".join(notices(app, "warned"))
    assert "与今天相比" not in text_of(app)


def test_the_file_says_of_which_state_it_is_and_shows_what_the_screen_shows(demo):
    view = View(CHAIN, tier="strict", versus=other_city(), folded=True)
    seen, chain = cached_view.look(view), cached.chain(CHAIN)

    drawing, page = (
        map_file(cached.store(), chain, cached.context(), cached_view.state(view), suffix, nobody, seen).decode("utf-8")
        for suffix in (".svg", ".html")
    )

    assert seen.beside is not None
    caption = seen.beside.caption
    assert seen.told == ("证据档从严", f"对比{caption}")
    assert drawing.count('class="lt-card lt-grouped') == len(groups_of(chain))
    assert page.count('class="lt-card') == len(chain.segments)  # the page to click shows every segment
    assert "证据档从严" in page and f"对比{caption}" in page


def nobody(segment_id: str) -> pd.DataFrame:
    """No targets."""
    return cached.targets(CHAIN, str(cached.state(CHAIN).gaps.segment_id[0])).head(0)
