"""The switches of the map: how far it is opened, which state, which tier of evidence, beside which place or date."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from chains.model import Chain
from exports.chain_map.fold import groups_of
from pages import cached_view
from pages.components import scenario_form
from pages.components.url import choose, listed, param
from services.counting import TIER_NOTES, TIERS
from services.map_view import STATES, View

NOT = "none"
STATE_HELP = (
    "含签约项目：已签约未投产的项目都算建成；推演：在“推演”页选的企业落地、项目开工。改变判定的卡片加粗框，下沿写着今天"
)
TIER_HELP = f"哪些企业算数。确认：{TIER_NOTES['confirmed']}；从严：{TIER_NOTES['strict']}；从宽：{TIER_NOTES['all']}。应有数按同一档计"
VERSUS_HELP = "卡片下沿写另一地区或当年年末的判定与家数；可直接输入地名查找"
LEVEL_HELP = "按环节收起时，一张卡片是一组细分，图形和数字是各判定的个数；点卡片展开，点组名收起"


def pick_view(chain: Chain, judged: tuple[str | None, str | None]) -> View:
    """Draw the switches and say what the address asks for."""
    groups = groups_of(chain)
    with st.container(key="map_switches", horizontal=True, vertical_alignment="bottom"):
        levels = {"segment": f"细分（{len(chain.segments)} 个）", "group": f"环节（{len(groups)} 组）"}
        level = _box("显示到", "level", levels, LEVEL_HELP, ("open",))
        state = _box("状态", "state", STATES, STATE_HELP, ("vs",))
        tier = _box("证据档", "tier", TIERS, TIER_HELP)
        versus = _box("对比", "vs", {NOT: "不对比", **cached_view.others()}, VERSUS_HELP, ("state", "sort", "p"))
    return View(
        chain.id,
        *judged,
        tier=tier,
        state=state,
        scenario=scenario_form.asked(),
        versus="" if versus == NOT or state != "today" else versus,
        folded=level == "group",
        opened=_opened(chain) if level == "group" else (),
    )


def _box(label: str, name: str, options: Mapping[str, str], help: str, resets: tuple[str, ...] = ()) -> str:
    with st.container(width=168):
        return choose(label, name, options, help=help, resets=resets)


def _opened(chain: Chain) -> tuple[str, ...]:
    """Groups that are shown by segment: those of the address, and that of the chosen segment."""
    asked, chosen = listed("open"), param("segment")
    return tuple(sorted(group.id for group in groups_of(chain) if group.id in asked or chosen in group.members))
