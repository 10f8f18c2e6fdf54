"""The page of the map: a firm of the address is marked, the map is taken away and the audit log says so."""

from __future__ import annotations

from functools import partial

import pytest

from exports.chain_map import picture
from pages import cached, cached_map
from pages.components import map_search
from pages.components.downloads import file_name, noted
from services.map_file import FORMATS, map_file
from services.map_search import Entry, Place
from tests.pages.conftest import notices, text_of

CHAIN = "auto_parts"


def firm_of(chain_id: str) -> Entry:
    """A local firm that the index knows to make something of the chain."""
    entries = cached_map._index(cached.versions().facts).entries
    return next(
        one.nearest(chain_id)
        for one in entries
        if one.kind == "firm" and any(place.chain == chain_id for place in one.places)
    )


def test_a_firm_of_the_address_is_marked_with_its_segments(demo, visit):
    firm = firm_of(CHAIN)
    own = [place.segment for place in firm.places if place.chain == CHAIN]

    shown = text_of(visit("chain_map", chain=CHAIN, firm=firm.id))

    assert f"在本链属于 {len(own)} 个环节" in shown
    assert firm.name in shown
    assert all(cached.chain(CHAIN).segment(key).name in shown for key in own)


def test_a_firm_that_does_not_exist_is_said_and_not_marked(demo, visit):
    app = visit("chain_map", chain=CHAIN, firm="nobody")

    assert not app.exception
    assert "库里没有编号为 nobody 的企业" in notices(app, "warned")[0]


def test_found_by_initials_a_segment_opens_on_its_map(demo, visit):
    visit("chain_map", chain=CHAIN)
    chain = cached.chain(CHAIN)
    wanted = next(segment for segment in chain.segments if segment.name == "离合器")

    found = cached_map.found("lhq", CHAIN, whole=False)

    assert (found[0].kind, found[0].id) == ("segment", wanted.id)


def test_what_is_on_no_map_opens_a_page_of_its_own(demo):
    firm, project = Entry("firm", "f1", "某厂", "某区", ()), Entry("project", "p1", "某项目", "", ())

    assert map_search.address(firm) == "firm?firm=f1"
    assert map_search.address(project) == "projects?project=p1"
    assert map_search.hit(firm)["note"] == "某区 · 没有确认的环节，打开企业档案"


def test_a_firm_opens_its_best_segment_and_stays_marked(demo):
    firm = Entry("firm", "f1", "某厂", "某区", (Place("a", "best"), Place("a", "other")))

    assert map_search.address(firm) == "chain_map?chain=a&segment=best&firm=f1"
    assert map_search.hit(firm)["note"] == "某区 · 属于 2 个环节"


def test_every_format_is_offered_and_without_a_font_why_not(demo, visit, monkeypatch):
    app = visit("chain_map", chain=CHAIN)
    offered = [button.key for button in app.get("download_button")]
    assert [str(key).rsplit("save_map_")[-1] for key in offered] == [suffix[1:] for suffix in FORMATS]

    picture.chinese_font.cache_clear()
    monkeypatch.setattr(picture, "FONTS", ("No Such Font",))
    bare = visit("chain_map", chain=CHAIN)
    picture.chinese_font.cache_clear()

    assert [str(button.key).rsplit("save_map_")[-1] for button in bare.get("download_button")] == ["html", "svg"]
    assert "没有找到中文字体" in notices(bare, "warned")[0]


@pytest.mark.parametrize("suffix", [".svg"])
def test_a_map_taken_away_is_in_the_audit_log(database, visit, suffix):
    visit("chain_map", chain=CHAIN, measure="size")
    context, state = cached.context(), cached.state(CHAIN, None, "size")
    make = partial(map_file, cached.store(), cached.chain(CHAIN), context, state, suffix)
    name = file_name("汽车零部件链图", context, suffix=suffix)

    content = noted(make, name, "甲")

    assert content.decode("utf-8").startswith("<svg")
    assert name.endswith(".svg") and name.startswith("演示-")
    assert cached.store().rows("SELECT actor, detail FROM audit_event WHERE action = 'export'") == [("甲", name)]


def test_the_big_screen_shows_one_chain_after_the_other_and_nothing_to_operate(demo, visit):
    app = visit("chain_map", kiosk="1", chain=CHAIN)
    names = [chain.id for chain in cached.matched()]

    shown = [chain_of(app)]
    for _ in names[1:]:
        shown.append(chain_of(app.run()))

    at = names.index(CHAIN)
    assert shown == names[at:] + names[:at]
    assert not app.exception
    assert [*app.selectbox, *app.toggle, *app.button] == []


def chain_of(app) -> str:
    return text_of(app).split('class="lt-kiosk" data-chain="')[1].split('"')[0]


def test_the_big_screen_says_the_figures_of_the_page(demo, visit):
    state = cached.state(CHAIN)
    shown = text_of(visit("chain_map", kiosk="1", chain=CHAIN))

    assert f"<b>{len(state.gaps)} 个</b>" in shown
    assert f"缺失 {state.counts['missing']}，薄弱 {state.counts['weak']}" in shown
    assert str(state.gaps.sort_values("priority", ascending=False)["name"].iloc[0]) in shown


def test_signed_projects_that_wait_are_looked_ahead_to(demo, visit):
    projects = cached.state(CHAIN).coverage.projects
    waiting = projects[projects.nominal & ~projects.effective].project_id.nunique()

    assert waiting > 0
    assert f"如果签约未开工的 {waiting} 个项目都开工" in text_of(visit("chain_map", chain=CHAIN))
