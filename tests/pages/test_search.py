"""Searching all firms: counts and rows against pandas and plain substrings, one filter for page, command line and export."""

from __future__ import annotations

import json
import re
import sys
from html import unescape
from urllib.parse import parse_qsl

import openpyxl
import pandas as pd
import pytest

from analysis.search.filter import FACETS, NONE, Filter
from analysis.search.index import search
from commands.app import run
from pages import cached, cached_search
from pages.components.ticks import ticks
from services.target_search import UnknownChoice, in_ids
from tests.pages.conftest import notices, text_of

CHAIN = "powder_metallurgy"


@pytest.fixture
def firms(demo) -> pd.DataFrame:
    return cached.store().query(
        "SELECT f.*, d.province_code AS province FROM firm f "
        "LEFT JOIN division d ON d.adcode = coalesce(f.adcode, f.city_code) AND d.valid_to IS NULL ORDER BY firm_id"
    )


def left(**query: str) -> set[str]:
    """Ids of the firms that a filter leaves."""
    index = cached_search.universe().index
    found = search(index, Filter.from_query({"base": "all", **query}))
    return set(index.firm_id.gather(found.ordered(index)).to_list())


def counts(**query: str) -> dict[str, dict[str, int]]:
    found = search(cached_search.universe().index, Filter.from_query({"base": "all", **query})).counts
    return {name: {key: n for key, n in one.items() if n} for name, one in found.items()}


def known(values: pd.Series) -> dict[str, int]:
    return {str(key): int(n) for key, n in values.fillna(NONE).value_counts().items()}


def test_every_count_is_that_of_a_group_by(firms):
    told = counts()
    assert told["province"] == known(firms.province)
    assert told["city"] == known(firms.city_code)
    assert told["listed"] == known(firms.stock_code.notna().map({True: "1", False: NONE}))
    assert told["year"] == known(firms.as_of.dt.year.astype(str))
    bands = pd.cut(
        firms.employees.astype(float), [0, 20, 300, 1000, float("inf")], right=False, labels=["e1", "e2", "e3", "e4"]
    )
    assert told["employees"] == known(bands.astype("str").where(firms.employees.notna()))
    pairs = cached.store().query("SELECT * FROM segment_firm WHERE verdict = 'confirmed'")
    assert told["role"] == dict(pairs.groupby("role").firm_id.nunique())
    by_chain = dict(pairs.groupby("chain_id").firm_id.nunique()) | {NONE: len(firms) - pairs.firm_id.nunique()}
    assert told["chain"] == by_chain
    tags = cached.store().query(
        "SELECT DISTINCT firm_id, list_name, year FROM firm_tag WHERE expires_on >= '2026-09-30'"
    )
    by_list = (tags.list_name + "|" + tags.year.astype(str)).value_counts()
    assert told["tag"] == known(tags.list_name + "|" + tags.year.astype(str)) | {
        NONE: len(firms) - tags.firm_id.nunique()
    }
    assert by_list.sum() > 500


def test_a_count_is_what_the_choice_leaves_under_all_other_conditions(firms):
    asked = {"q": "轴承", "chain": CHAIN, "capital": "c3,c4", "province": "990000,970000"}
    told = counts(**asked)
    for name in FACETS:
        for choice, n in list(told[name].items())[:4]:
            others = {key: value for key, value in asked.items() if key != name}
            assert len(left(**others, **{name: choice})) == n, (name, choice)
    for segment, n in list(told["segment"].items())[:5]:
        assert len(left(**asked, segment=segment)) == n


@pytest.mark.parametrize("word", ["轴承", "云溪", "五金 销售", "（演示）", "没有这样的词"])
def test_a_search_finds_what_plain_substrings_find(word, firms):
    texts = firms.name + "\n" + firms.scope.fillna("") + "\n" + firms.products.fillna("")
    wanted = pd.Series(True, index=firms.index)
    for part in word.split():
        wanted &= texts.str.contains(part, regex=False)
    assert left(q=word) == set(firms.firm_id[wanted])


def test_every_firm_that_grew_or_is_tied_is_found_by_it(firms):
    steps = cached_search.universe().beside.tie_steps
    assert left(tie="1,2,3") == set(steps.index[steps.notna()])
    assert len(left(tie="1")) == (steps == 1).sum() > 100
    assert left(growing="y3") <= left(growing="y5") <= left(growing="1")
    assert left(growing="1").isdisjoint(left(growing=NONE))
    assert len(left(growing="1")) + len(left(growing=NONE)) == len(firms)


def shown_names(app) -> list[str]:
    """Names in the table of ticks, in order."""
    data = next(json.loads(one.proto.json) for one in app.get("bidi_component") if "data-pick" in one.proto.json)
    return [unescape(name) for name in re.findall(r'aria-label="选择 ([^"]*)"', data["html"])]


@pytest.mark.parametrize(
    "asked",
    [
        {"chain": CHAIN, "segment": "", "province": "990000", "capital": "c3,c4"},
        {"base": "all", "q": "轴承", "chain": CHAIN, "age": "a10"},
        {"base": "all", "tag": "高新技术企业|2025", "sort": "-capital_cny"},
    ],
)
def test_page_command_line_and_export_hold_the_same_rows(asked, database, tmp_path, visit, monkeypatch, capsys):
    segments = cached.state(CHAIN).gaps.segment_id
    most = max(segments, key=lambda one: len(cached.targets(CHAIN, one)))
    query = {key: value or most for key, value in asked.items()}
    app = visit("targets", **query)
    on_page, total = shown_names(app), int(re.findall(r'data-rows="(\d+)"', text_of(app))[-1])
    cached.store().close()
    out = tmp_path / "rows.xlsx"
    words = [f"--where={key}={value}" for key, value in query.items()]
    monkeypatch.setattr(
        sys, "argv", ["cli.py", "targets", "--db", str(database), *words, "--top", "50", "--out", str(out), "--json"]
    )
    assert run() == 0
    from_cli = [row["name"] for row in json.loads(capsys.readouterr().out)]
    sheet = openpyxl.load_workbook(out).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(at for at, row in enumerate(rows) if "企业全称" in row)
    exported = [row[rows[head].index("企业全称")] for row in rows[head + 1 :]]
    assert on_page
    assert on_page == from_cli == [name for name in exported if name][:50]
    assert len([name for name in exported if name]) == total


def test_unknown_choices_are_said_on_the_page_and_refused_on_the_command_line(demo, visit):
    app = visit("targets", base="all", status="flying", q="轴承")
    assert "没有这样的选项，未用于筛选：登记状态=flying" in text_of(app)
    with pytest.raises(UnknownChoice, match="筛选项“登记状态”没有“flying”这个选项；可用：running（存续）"):
        in_ids(cached_search.universe(), Filter.from_words(["登记状态=flying"]))


def test_choices_are_understood_by_word(demo):
    told = Filter.from_words(["角色=制造", "登记状态=存续", "员工人数=20–299 人", "listed=1"])
    assert in_ids(cached_search.universe(), told).query() == {
        "role": "maker", "employees": "e2", "listed": "1", "status": "running",
    }  # fmt: skip


def test_firms_side_by_side_say_facts_scores_and_what_is_missing(demo, visit):
    segment = str(cached.state(CHAIN).gaps.segment_id.iloc[0])
    ranked = cached.targets(CHAIN, segment)
    local = cached.store().rows("SELECT firm_id FROM firm WHERE adcode = '990101' LIMIT 1")[0][0]
    app = visit("targets", chain=CHAIN, segment=segment, compare=",".join([*ranked.firm_id[:2], local, "nobody"]))
    shown = text_of(app)
    assert not app.exception
    assert "并列比较 3 家" in shown
    assert all(name in shown for name in ranked.name[:2])
    assert "匹配度（权重 35%）" in shown
    assert "不在本环节候选中" in shown
    assert "无数据" in shown
    assert "已在本地" in shown


def test_ticked_firms_of_all_are_added_at_their_best_segment_and_compared(database, visit):
    app = visit("targets", base="all", chain=CHAIN, place="away")
    rows = cached_search.firms(Filter.from_query({"base": "all", "chain": CHAIN, "place": "away"}), 0, 3)
    assert app.button(key="add_picked").disabled
    app.session_state["ticks"] = {"firms": ticks_of(rows.firm_id)}
    app.run()
    assert not app.button(key="compare_picked").disabled
    app.button(key="add_picked").click().run()
    assert "已把 3 家企业按各自匹配分最高的环节加入" in notices(app, "done")[0]
    kept = cached.store().rows("SELECT firm_id, segment_id FROM catalogue_item ORDER BY position")
    assert kept == [(row.firm_id, next(s for c, s, _ in row.pairs if c == CHAIN)) for row in rows.itertuples()]
    app.session_state["ticks"] = {"firms": ticks_of(rows.firm_id)}
    app.run()
    app.button(key="compare_picked").click().run()
    assert app.query_params["compare"] in (",".join(rows.firm_id), [",".join(rows.firm_id)])
    assert "并列比较 3 家" in text_of(app)


def ticks_of(ids):
    held = type(ticks("any"))()
    held.ids = list(ids)
    return held


def test_a_view_is_saved_opened_shared_and_deleted(database, visit):
    app = visit("targets", base="all", q="轴承", capital="c5", p="2")
    app.text_input(key="view_name").set_value("大轴承厂").run()
    app.button(key="view_save").click().run()
    assert "已保存视图“大轴承厂”，只有你可打开" in notices(app, "done")[0]
    href = re.search(r'href="([^"]*)">大轴承厂', text_of(app))
    assert dict(parse_qsl(unescape(href[1]).split("?")[1])) == {"base": "all", "q": "轴承", "capital": "c5"}
    app.text_input(key="view_name").set_value("大轴承厂").run()
    app.button(key="view_save").click().run()
    assert "你已有视图“大轴承厂”" in notices(app, "failed")[0]
    app.toggle(key="view_shared").set_value(True).run()
    app.button(key="view_save").click().run()
    assert "已替换视图“大轴承厂”，所有人可打开" in notices(app, "done")[0]
    app.button(key="view_delete_0").click().run()
    assert "已删除视图“大轴承厂”" in notices(app, "done")[0]
    assert cached.store().rows("SELECT count(*) FROM saved_view") == [(0,)]
