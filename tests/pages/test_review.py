"""The review page: one pair at a time, decided by a button, taken back by another; the label follows as promised."""

from __future__ import annotations

import shutil

import pytest

from chains.load import load_chain
from data.cube import rebuild_cube
from pages import cached
from pages.components.review_card import folded, marked
from pages.components.review_queue import Queue
from services.review import decide
from tests.pages.conftest import text_of
from tests.untraced import untraced

CHAIN = "auto_parts"
DOUBT = (
    "UPDATE segment_firm SET verdict = 'uncertain', rule_verdict = 'uncertain', score = 0.5 "
    "WHERE chain_id = $chain AND segment_id = $segment AND list_contains($firms, firm_id)"
)


def button(app, words):
    return next(one for one in app.button if words in one.label)


def make_uncertain(segment_id, firms):
    with cached.store().write() as cursor:
        cursor.execute(DOUBT, {"chain": CHAIN, "segment": segment_id, "firms": list(firms)})
        rebuild_cube(cursor)
        cursor.execute("UPDATE match_run SET matched_at = matched_at + INTERVAL 1 SECOND")


@pytest.fixture(scope="session")
def doubted_file(demo_file, tmp_path_factory):
    """A copy of the demo district with a segment of which one local firm was confirmed, now uncertain; and one with three."""
    path = tmp_path_factory.mktemp("review") / "doubted.duckdb"
    shutil.copy(demo_file, path)
    with pytest.MonkeyPatch.context() as patch, untraced():
        patch.setenv(cached.DATABASE, str(path))
        found = doubt()
        cached.store().close()
    return path, found


@pytest.fixture
def doubted(doubted_file, database):
    """The segments that are doubted in the database of the test, with their firms."""
    path, found = doubted_file
    shutil.copy(path, database)
    return found


def doubt():
    """Make segments uncertain; the firms of each."""
    found = {}
    labels = cached.state(CHAIN).labels
    for n in (1, 3):
        for row in labels[
            (labels.n_local == n) & (labels.n_rd == 0) & ~labels.segment_id.isin(list(found))
        ].itertuples():
            firms = cached.local_firms(CHAIN, row.segment_id)
            confirmed = firms[(firms.verdict == "confirmed") & (firms.role != "rd")]
            if len(firms) == len(confirmed) == n and row.label != "unknown":
                found[row.segment_id] = confirmed.firm_id.tolist()
                break
    for segment_id, firms in found.items():
        make_uncertain(segment_id, firms)
    return found


def label(segment_id):
    return cached.state(CHAIN).labels.set_index("segment_id").label[segment_id]


def shown_name(app):
    return text_of(app).split('<div class="lt-review-two"><section><h2>')[1].split(">")[1].split("<")[0]


def decisions():
    return cached.store().rows(
        "SELECT segment_id, verdict, decided_by, note, undone_by FROM segment_decision ORDER BY decided_at"
    )


def test_confirming_the_pair_on_top_brings_the_label_that_was_promised(doubted, visit):
    app = visit("review", chain=CHAIN)
    shown = text_of(app)
    segment_id = next(key for key in doubted if f'segment={key}"' in shown)
    before = label(segment_id)
    promise = shown.split('class="lt-worth">')[1].split("</p>")[0]
    assert "再确认 1 家" in promise

    button(app, "确认（A）").click().run()

    assert not app.exception
    assert decisions() == [(segment_id, "confirmed", "本机用户", None, None)]
    assert label(segment_id) != before
    words = {"missing": "缺失", "weak": "薄弱", "fair": "一般", "strong": "优势", "unknown": "数据不足"}
    assert promise == f"再确认 1 家，“{words[before]}”将变为“{words[label(segment_id)]}”"
    assert "已记录：确认" in text_of(app)
    assert "今日已判 <b>1</b>" in text_of(app)


def test_rejecting_skipping_and_taking_back(doubted, visit):
    app = visit("review", chain=CHAIN)
    first = shown_name(app)
    button(app, "不算（R）").click().run()
    second = shown_name(app)
    assert first != second
    assert decisions()[0][1] == "rejected"

    button(app, "跳过（S）").click().run()
    assert shown_name(app) not in (first, second)
    assert "跳过 <b>1</b>" in text_of(app)

    button(app, "撤销上一条（U）").click().run()
    assert not app.exception
    assert shown_name(app) == first
    assert decisions()[0][-1] == "本机用户"
    assert button(app, "撤销上一条（U）").disabled
    assert cached.store().rows("SELECT count(*) FROM segment_firm WHERE decided_by <> 'rule'") == [(0,)]


def test_whatever_is_pressed_twice_before_the_page_is_drawn_anew_counts_once(doubted, visit):
    app = visit("review", chain=CHAIN)
    first = shown_name(app)
    button(app, "确认（A）").click().run()
    second = shown_name(app)

    button(app, "不算（R）").click()
    button(app, "跳过（S）").click()
    button(app, "撤销上一条（U）").click().run()

    assert [row[1] for row in decisions()] == ["confirmed", "rejected"]
    assert [row[-1] for row in decisions()] == [None, None]
    assert app.session_state["review_queue"].skipped == []
    assert shown_name(app) not in (first, second)


def test_the_end_of_the_list_says_what_next_and_offers_the_skipped_again(doubted, visit):
    segment_id = next(key for key, firms in doubted.items() if len(firms) == 1)
    app = visit("review", chain=CHAIN, segment=segment_id)
    name = shown_name(app)

    button(app, "跳过（S）").click().run()
    assert "另有 1 家跳过" in text_of(app)
    button(app, "再看跳过的企业").click().run()
    assert shown_name(app) == name
    button(app, "确认（A）").click().run()

    assert "这个环节没有待核的企业了" in text_of(app)
    assert f'href="review?chain={CHAIN}"' in text_of(app)
    button(app, "撤销上一条（U）").click().run()
    assert shown_name(app) == name


def test_a_note_is_kept_and_hostile_text_stays_text(doubted, visit):
    note = "<img src=x onerror=alert(1)>**粗**"
    app = visit("review", chain=CHAIN)
    with cached.store().write() as cursor:
        cursor.execute("UPDATE firm SET name = '<script>甲</script>', scope = '<b>轴承</b>'")
    app.run()
    assert "<script>" not in text_of(app)
    app.text_input[0].set_value(note).run()

    button(app, "确认（A）").click().run()

    assert decisions()[0][3] == note
    assert "<img" not in text_of(app)
    assert "&lt;img src=x" in text_of(app)
    assert "<script>" not in text_of(app)


def test_a_decision_bears_the_name_that_was_given(doubted, visit):
    app = visit("review", chain=CHAIN)
    app.session_state["person"] = "王芳<b>"

    button(app, "确认（A）").click().run()

    assert decisions()[0][2] == "王芳<b>"
    assert "王芳&lt;b&gt; 今日已判" in text_of(app)


def test_a_pair_that_another_person_decides_meanwhile_is_passed_over(doubted, visit):
    segment_id, firms = next((key, firms) for key, firms in doubted.items() if len(firms) == 3)
    app = visit("review", chain=CHAIN, segment=segment_id)
    order = [firm for _, firm in app.session_state["review_queue"].waiting]
    assert set(order) == set(firms)
    decide(cached.store(), cached_chain(), (segment_id, order[1]), "rejected", actor="李明", at=cached.now())

    button(app, "确认（A）").click().run()

    names = dict(cached.store().rows("SELECT firm_id, name FROM firm"))
    assert shown_name(app) == names[order[2]]
    assert "李明" in text_of(app)


def cached_chain():
    return load_chain(CHAIN)


def test_a_decision_is_taken_back_from_the_list_below(doubted, visit):
    app = visit("review", chain=CHAIN)
    button(app, "确认（A）").click().run()

    next(one for one in app.button if one.label == "撤销").click().run()

    assert not app.exception
    assert "已撤销，恢复程序的判读" in text_of(app)
    assert decisions()[0][-1] == "本机用户"
    assert "最近的判定" not in text_of(app)


def test_a_link_shows_one_pair_even_when_it_is_decided_and_lets_it_be_decided_anew(doubted, visit):
    segment_id, firms = next(iter(doubted.items()))
    decide(cached.store(), cached_chain(), (segment_id, firms[0]), "confirmed", actor="李明", at=cached.now())
    app = visit("review", chain=CHAIN, segment=segment_id, firm=firms[0])
    assert "人工确认：李明" in text_of(app)

    button(app, "不算（R）").click().run()

    assert "firm" not in app.query_params
    assert [row[1:3] for row in decisions()] == [("confirmed", "李明"), ("rejected", "本机用户")]
    profile = text_of(visit("firm", firm=firms[0]))
    assert "人工不符" in profile
    assert "本机用户" in profile


def test_the_filters_move_and_stay_in_the_address(doubted, visit):
    segment_id = next(iter(doubted))
    app = visit("review", chain=CHAIN)

    app.selectbox(key="url_segment").set_value(segment_id).run()
    assert app.query_params["segment"] == segment_id
    assert f'segment={segment_id}"' in text_of(app)
    app.selectbox(key="url_view").set_value("targets").run()
    assert not app.exception
    assert app.query_params["view"] == "targets"
    assert "segment" not in app.query_params
    app.selectbox(key="url_chain").set_value("powder_metallurgy").run()
    assert not app.exception


def test_ordering_anew_fetches_the_skipped_back(doubted, visit):
    app = visit("review", chain=CHAIN)
    button(app, "跳过（S）").click().run()

    button(app, "重新排序").click().run()

    held = app.session_state["review_queue"]
    assert isinstance(held, Queue)
    assert held.skipped == []


def test_map_and_gaps_lead_to_the_pairs_that_wait(doubted, visit):
    segment_id = next(key for key, firms in doubted.items() if len(firms) == 1)

    panel = text_of(visit("chain_map", chain=CHAIN, segment=segment_id))
    gaps = text_of(visit("gaps", chain=CHAIN))

    address = f'href="review?chain={CHAIN}&amp;segment={segment_id}"'
    assert address in panel
    assert "复核待核的 1 家 →" in panel
    assert (address in gaps) == (segment_id in set(cached.state(CHAIN).gaps.segment_id))


@pytest.mark.parametrize(("length", "opened"), [(160, True), (161, False), (1_000_000, False)])
def test_a_short_scope_is_open_and_a_huge_one_is_cut(length, opened):
    segment = cached_chain().segments[0]
    shown = folded("经营范围全文", "造" * length, segment)
    assert ("<details open>" in shown) == opened
    assert f"经营范围全文（{length:,} 字）" in shown
    assert len(shown) < 7_000
    assert folded("经营范围全文", None, segment) == folded("经营范围全文", " ", segment) == ""


@pytest.mark.parametrize(
    ("text", "keywords", "shown"),
    [
        ("轴承、轴承钢", ["轴承", "轴承钢"], "<mark>轴承</mark>、<mark>轴承钢</mark>"),
        ("PCB制造", ["pcb"], "<mark>PCB</mark>制造"),
        ("a+b(c)", ["b(c"], "a+<mark>b(c</mark>)"),
        ("<b>轴承", [], "&lt;b&gt;轴承"),
    ],
)
def test_keywords_are_marked_and_everything_else_is_text(text, keywords, shown):
    assert marked(text, keywords) == shown
