"""What a firm's page says: facts with sources and differences, fit with gaps, other firms, events; one page of paper."""

from __future__ import annotations

import io
from datetime import date, datetime

import pandas as pd
import pytest
from pypdf import PdfReader

from data.regions import resolve_region
from exports.document.dossier import Dossier, Part, dossier_pdf
from services.context import read_context
from services.firm import firm_profile
from services.firm_facts import differing, facts_of
from services.firm_fit import gap_fit
from services.firm_history import add_note, firm_history
from services.firm_sheet import Insight, firm_sheet
from services.firm_spread import by_city, by_year, spread_of
from services.lists import UnusableText, add_firms, new_list
from services.loop import chain_state, targets_of
from services.outreach import Outreach, tell_outreach
from services.presence import load_cube
from services.ties import read_ties, referral
from services.trips import Stop, add_stops, new_trip

HOME, FIRM = "370100", "420100-1"
AT = datetime(2026, 3, 2, 9, 0)
RECORD = (
    "INSERT INTO firm_record (batch_id, row_number, source_id, as_of, firm_id, name, capital_cny, capital_flag, employees) "
    "VALUES (?, 1, ?, ?, '420100-1', ?, ?, ?, ?)"
)
BATCH = "INSERT INTO import_batch VALUES (?, 'firms', ?, ?, ?, ?, ?, '导入人', '{}', 1, 1, 0, 0, NULL, NULL)"


@pytest.fixture
def told(store):
    """Two sources that differ on the capital, and a third batch that was taken back."""
    with store.write() as cursor:
        cursor.execute("INSERT INTO source VALUES ('y', '年报', NULL, NULL, NULL)")
        for batch, source, on in (
            ("r", "s", date(2019, 5, 1)),
            ("y", "y", date(2018, 12, 31)),
            ("u", "y", date(2025, 1, 1)),
        ):
            cursor.execute(BATCH, [batch, f"{batch}.csv", batch, source, on, AT])
        cursor.execute("UPDATE import_batch SET undone_at = ? WHERE batch_id = 'u'", [AT])
        cursor.execute(RECORD, ["r", "s", date(2019, 5, 1), "420100第1厂", 1e7, None, None])
        cursor.execute(RECORD, ["y", "y", date(2018, 12, 31), "420100第1厂", 8e6, None, 120])
        cursor.execute(RECORD, ["u", "y", date(2025, 1, 1), "错的", 1.0, None, 1])
        cursor.execute("UPDATE firm SET employees = 120 WHERE firm_id = '420100-1'")
    return store


def test_every_fact_says_its_source_and_day_and_who_says_otherwise(told):
    profile = firm_profile(told, FIRM)
    facts = {fact.word: fact for fact in facts_of(profile.firm, profile.records)}

    capital = facts["注册资本"]
    assert (capital.value, capital.holds.source, capital.holds.as_of) == ("1,000 万元", "测试来源", "2019-05-01")
    assert [(one.value, one.source, one.as_of) for one in capital.others] == [("800 万元", "年报", "2018-12-31")]
    assert (facts["员工"].value, facts["员工"].holds.source) == ("120 人", "年报")
    assert (facts["企业名称"].n_same, facts["企业名称"].others) == (2, ())
    assert (facts["营业收入"].value, facts["营业收入"].holds) == ("无数据", None)
    assert differing(tuple(facts.values())) == 1


def test_gaps_that_the_firm_could_fill_say_how_it_ranks_there(store, chain):
    context = read_context(store)
    state = chain_state(store, chain, context, load_cube(store, (chain,)))
    ranked = targets_of(store, chain, "part", context)

    def fit(firm_id: str) -> pd.DataFrame:
        segments = firm_profile(store, firm_id).segments
        return gap_fit(
            segments, (chain,), lambda _: state, lambda _, segment: targets_of(store, chain, segment, context), firm_id
        )

    # 420100-1 makes powder, presses and parts; parts alone are a gap here
    [row] = fit(FIRM).to_dict("records")
    assert (row["segment_id"], row["label"], row["verdict"], row["n_targets"]) == ("part", "missing", "confirmed", 20)
    assert row["rank"] == ranked.firm_id.to_list().index(FIRM) + 1
    assert row["score"] == pytest.approx(ranked.score[row["rank"] - 1])
    assert fit("420100-50").empty


def test_other_firms_are_counted_once_by_place_and_year_recorded_before_inferred(store):
    with store.write() as cursor:
        for other, since in (("420300-1", "2017-06-01"), ("370100-2", None)):
            cursor.execute(
                "INSERT INTO relation VALUES (NULL, '420100-1', ?, 'branch', '登记', ?, 's', '2019-05-01')",
                [other, since],
            )
        cursor.execute(
            "INSERT INTO relation VALUES (NULL, '420100-1', '420300-9', 'supplies', '合同', NULL, 's', '2019-05-01')"
        )
        for other in ("420300-1", "420300-2"):
            cursor.execute(
                "INSERT INTO firm_affiliate VALUES ('420100-1', ?, '甲', '机械', 0.9, 0.01, '字号相同')", [other]
            )
        cursor.execute("UPDATE firm SET founded_on = NULL WHERE firm_id IN ('420300-1', '370100-2')")
    rows = spread_of(firm_profile(store, FIRM))

    assert rows.set_index("firm_id").kind.to_dict() == {"420300-1": "登记", "420300-2": "推断", "370100-2": "登记"}
    assert by_city(rows).to_numpy().tolist() == [["420300", 2, 1], ["370100", 1, 1]]
    # founded 2010; the branch whose founding is unknown since 2017; the third has no year
    assert by_year(rows).to_numpy().tolist() == [[2010, "推断", 1], [2017, "登记", 1]]
    assert spread_of(firm_profile(store, "420100-9")).empty


def test_a_referral_is_told_link_by_link_with_what_it_leads_to(store):
    with store.write() as cursor:
        cursor.execute(
            "INSERT INTO relation VALUES (NULL, '420100-2', '420100-1', 'owns', '年报', NULL, 's', '2019-05-01')"
        )
        cursor.execute(
            "INSERT INTO firm_affiliate VALUES ('420100-2', '370100-3', '甲', '机械', 0.9, 0.01, '字号相同')"
        )
    ties = read_ties(store, resolve_region(store, HOME))
    steps = referral(store, ties, FIRM)
    assert [(step.to_id, step.inferred) for step in steps] == [("420100-2", False), ("370100-3", True)]
    assert steps[0].text == "“420100第1厂”由“420100第2厂”投资（来源：测试来源）"
    assert steps[1].text == "“420100第2厂”与“370100第3厂”同字号（推断，把握 90%）"
    assert referral(store, ties, "420100-9") == ()


def history(store, actor="甲") -> list[tuple[str, str]]:
    rows = firm_history(store, FIRM, HOME, actor, {"tiny": "小链"}, {"press": "压机"})
    return list(zip(rows.word, rows.text, strict=True))


def test_the_time_line_tells_everything_newest_first_and_keeps_private_names(told):
    private = new_list(told, HOME, "底牌", actor="甲", at=AT, shared=False)
    add_firms(told, private.list_id, [FIRM], "press", "tiny", "甲", datetime(2026, 3, 3))
    trip = new_trip(told, HOME, "湖北行", date(2026, 3, 9), date(2026, 3, 9), actor="甲", at=AT)
    add_stops(told, trip, [Stop(FIRM, "420100", "tiny", "press")], actor="甲", at=datetime(2026, 3, 4))
    visited = Outreach("有意向", date(2026, 3, 9), "愿意来看", "寄资料")
    tell_outreach(told, "tiny", HOME, [("press", FIRM, visited)], actor="甲", at=datetime(2026, 3, 10))
    add_note(told, HOME, FIRM, "换了负责人", actor="乙", at=datetime(2026, 3, 11))

    assert history(told) == [
        ("备注", "换了负责人"),
        ("对接", "状态登记为有意向；愿意来看；下一步：寄资料"),
        ("拜访", "拜访：愿意来看"),
        ("行程", "排入行程“湖北行”，定于 2026-03-09 拜访"),
        ("名单", "列入名单“底牌”"),
        ("数据", "导入“年报”（y.csv），数据日期 2018-12-31"),
        ("数据", "导入“测试来源”（r.csv），数据日期 2019-05-01"),
        ("匹配", "在小链匹配到 3 个环节"),
    ]
    assert ("名单", "列入未共享的名单") in history(told, "丙")
    with pytest.raises(UnusableText):
        add_note(told, HOME, FIRM, " ", actor="乙", at=AT)


def pages_of(pdf: bytes) -> tuple[int, str]:
    reader = PdfReader(io.BytesIO(pdf))
    return len(reader.pages), "".join(page.extract_text() for page in reader.pages).replace("\n", "")


def test_the_page_is_one_page_however_much_is_known_and_says_what_it_leaves_out():
    long = "经营范围很长" * 300
    parts = tuple(Part(f"第{n}部分", (("甲", 1), ("乙", 3)), ((f"{n}", long),) * 40, 400, "没有") for n in range(7))
    facts = tuple((f"事实{n}", long) for n in range(11))
    n_pages, text = pages_of(dossier_pdf(Dossier("某公司", "某地", facts, parts, "来源：甲。", "脚", "印")))
    assert n_pages == 1
    assert text.count("共 400 条，另有") == 7
    assert "截短" in text and "来源：甲。" in text


def test_a_firm_of_which_little_is_known_has_a_page_too(told):
    profile, context = firm_profile(told, FIRM), read_context(told)
    fit = gap_fit(profile.segments, (), lambda _: pytest.fail(), lambda *_: pytest.fail(), FIRM)
    events = firm_history(told, FIRM, HOME, "甲", {}, {})
    insight = Insight(fit, (), spread_of(profile), events, (), {}, {})
    n_pages, text = pages_of(dossier_pdf(firm_sheet(profile, insight, context, "甲", AT)))
    assert n_pages == 1
    assert "1,000 万元（2019-05-01；1 个来源说法不同）" in text
    assert "没有登记：本地没有它的项目，也没有人跟进。" in text
    assert "无数据" in text and "没有登记相符的载体" in text
