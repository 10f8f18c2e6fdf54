"""匹配复核: one uncertain firm–segment pair after the other, those that would change a label first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from chains.model import Chain
from pages import cached, cached_review
from pages.components import review_actions, review_card, review_queue
from pages.components.actions import actor, now, say_what_happened
from pages.components.chain_bar import ALL, pick_chain
from pages.components.chain_told import one_chain
from pages.components.frame import empty, header
from pages.components.html import esc
from pages.components.url import choose, link, param
from services.review import Pair, n_decided
from services.review_queue import prospect, review_pair, say_target

VIEWS = {"local": "本地企业", "targets": "外地目标候选"}
LEAD = "程序拿不准的企业，最能改变判定的排在前面；一键确认或判为不符，记名、可撤销，重新匹配和导入后仍然有效。"


def page() -> None:
    """Draw the page."""
    header("匹配复核", LEAD, cached.context(), one_chain())
    chain, view, segment_id = _filters()
    queue = review_queue.queue_of(chain, view, segment_id)
    asked = _asked(chain)
    shown = asked or review_queue.next_pair(chain, queue)
    st.html(_progress(queue))
    if shown is None:
        _finished(chain, view, segment_id, queue)
    else:
        pair, row = shown
        sentence, settled_by = _worth(chain, pair, row, queue)
        st.html(review_card.card(chain, chain.segment(pair[0]), row, sentence))
        review_actions.buttons(chain, pair, row, settled_by)
    say_what_happened()
    review_actions.show_log(chain)


def _filters() -> tuple[Chain, str, str | None]:
    one, two, three, four = st.columns([1.2, 1, 2, 0.9], vertical_alignment="bottom")
    with one:
        chain = pick_chain()
    with two:
        view = choose("范围", "view", VIEWS, resets=("segment", "firm"))
    with three:
        segment_id = choose("环节", "segment", _segments(chain, view), resets=("firm",))
    with four:
        st.button("重新排序", on_click=review_queue.start_again, help="按已有判定重新计算先后，并取回跳过的企业")
    return chain, view, None if segment_id == ALL else segment_id


def _segments(chain: Chain, view: str) -> dict[str, str]:
    """Segments by name, local ones with their number of waiting firms; those with most come first."""
    waiting = cached_review.waiting(chain.id) if view == "local" else {}
    ordered = sorted(chain.segments, key=lambda segment: -waiting.get(segment.id, 0))
    counted = {one.id: f"{one.name}（待核 {waiting[one.id]}）" if one.id in waiting else one.name for one in ordered}
    return {ALL: f"全部环节（待核 {sum(waiting.values())}）" if view == "local" else "最急的缺口", **counted}


def _asked(chain: Chain) -> tuple[Pair, pd.Series] | None:
    """The pair of the address (``segment`` and ``firm``), whatever was decided of it."""
    segment_id, firm_id = param("segment"), param("firm")
    if not firm_id or segment_id not in {segment.id for segment in chain.segments}:
        return None
    row = review_pair(cached.store(), chain, (str(segment_id), firm_id), cached.context().home)
    return None if row is None else ((str(segment_id), firm_id), row)


def _worth(chain: Chain, pair: Pair, row: pd.Series, queue: review_queue.Queue) -> tuple[str, str | None]:
    """Why the pair is worth deciding, and the verdict that would change the label by itself (None: neither)."""
    if not row.is_local:
        return say_target(cached.store(), chain, pair[0], queue.gaps), None
    label = cached.state(chain.id, "nation", "count").params.label
    found = prospect(cached.store(), chain, pair, cached.context().home, cached_review.ground(), label)
    if found.change is None or found.change.n > 1:
        return found.sentence, None
    return found.sentence, "confirmed" if row.verdict == "uncertain" else "rejected"


def _progress(queue: review_queue.Queue) -> str:
    done = n_decided(cached.store(), actor(), now().date())
    skipped = f"，跳过 <b>{len(queue.skipped)}</b>" if queue.skipped else ""
    return (
        f'<p class="lt-note lt-progress">{esc(actor())} 今日已判 <b>{done}</b>，'
        f"本列剩余 <b>{len(queue.waiting)}</b>{skipped}</p>"
    )


def _finished(chain: Chain, view: str, segment_id: str | None, queue: review_queue.Queue) -> None:
    if queue.skipped:
        empty(f"看完了，另有 {len(queue.skipped)} 家跳过", "可以再看一遍跳过的企业，或换一个范围、环节。")
        st.button("再看跳过的企业", type="primary", on_click=review_queue.look_again)
    elif segment_id:
        empty(
            "这个环节没有待核的企业了",
            "可以看其他环节，或回到链图看新的判定。",
            ("看全部环节", link("review", chain=chain.id, view=view if view != "local" else None)),
        )
    elif view == "local":
        empty(
            "本地没有待核的企业了",
            "接着可以复核外地目标候选：确认后即进入目标企业清单。",
            ("复核外地目标候选", link("review", chain=chain.id, view="targets")),
        )
    else:
        empty(
            "最急的缺口没有待核的外地企业了",
            "可以去目标企业页挑选招商对象，或导入更多外地企业后重新匹配。",
            ("看目标企业", link("targets", chain=chain.id)),
        )
    with st.container(horizontal=True):
        review_actions.undo_button(chain)
