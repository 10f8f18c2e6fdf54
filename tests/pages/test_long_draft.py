"""A draft of many firms: sums in the head, one segment at a time, no address too long for a link."""

from __future__ import annotations

from datetime import datetime

from pages import cached
from services.catalogue_draft import add_items
from tests.pages.conftest import text_of

CHAIN = "auto_parts"
AT = datetime(2026, 10, 2, 9, 0)


def test_a_draft_of_several_pages_is_counted_and_looked_at_by_segment(database, visit):
    gaps = cached.state(CHAIN).gaps.segment_id
    keys = [(segment, firm) for segment in gaps for firm in cached.targets(CHAIN, segment).firm_id]
    add_items(cached.store(), cached.chain(CHAIN), cached.context().home.adcode, keys, actor="甲", at=AT, reason="商定")
    items = cached.draft(CHAIN).items
    assert len(items) > 200

    app = visit("catalogue", chain=CHAIN)
    shown = text_of(app)
    assert f"{len(items):,} 家次，{items.firm_id.nunique():,} 家企业，{items.segment_id.nunique()} 个环节" in shown
    assert f"共 {len(items):,} 家企业，第 1 / {-(-len(items) // 100)} 页" in shown
    assert "推演（先从草稿选出 200 家以内）" in shown
    assert "land=" not in shown

    segment = items.segment_id.value_counts().index[-1]
    app.selectbox(key="url_segment").set_value(segment).run()

    assert not app.exception
    n = int((items.segment_id == segment).sum())
    assert f"共 {n:,} 家企业" in text_of(app)
    assert app.query_params["segment"] == segment
