"""Firms are merged from records: for every fact the newest known; and branches follow from names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import data.merge
from data.imports import undo
from data.store import Store, open_store
from tests.data.import_files import code, firm, load, load_firms, write_csv

OLD, NEW = date(2019, 5, 1), date(2021, 12, 31)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "facts.duckdb") as opened:
        yield opened


def only(store: Store, *columns: str) -> tuple[Any, ...]:
    [row] = store.query_polars("FROM firm").select(columns).rows()
    return tuple(row)


def test_every_fact_is_the_newest_known_and_an_empty_cell_hides_nothing(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "a.csv", [firm(1, 经营范围="生产：轴承。", 地址="甲路", 参保人数="10")], as_of=OLD)
    load_firms(
        store,
        tmp_path / "b.csv",
        [firm(1, 企业名称="改名有限公司", 地址="乙路", 主营产品="轴承", 参保人数=None)],
        as_of=NEW,
    )
    assert only(store, "name", "scope", "address", "products", "employees", "as_of", "n_records") == (
        "改名有限公司", "生产：轴承。", "乙路", "轴承", 10, NEW, 2,
    )  # fmt: skip


def test_the_order_of_the_imports_does_not_matter_but_that_of_the_days(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "b.csv", [firm(1, 地址="乙路")], as_of=NEW)
    load_firms(store, tmp_path / "a.csv", [firm(1, 地址="甲路")], as_of=OLD)
    assert only(store, "address") == ("乙路",)


def test_of_two_sources_of_one_day_the_later_import_counts(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "a.csv", [firm(1, 地址="甲路")], as_of=OLD)
    load_firms(store, tmp_path / "b.csv", [firm(1, 地址="乙路")], as_of=OLD)
    assert only(store, "address") == ("乙路",)


def test_capital_and_revenue_come_whole_from_one_record(store: Store, tmp_path: Path) -> None:
    load_firms(
        store, tmp_path / "a.csv", [firm(1, 注册资本="0万美元", 年份="2019", **{"营业收入（万元）": "5"})], as_of=OLD
    )
    load_firms(
        store, tmp_path / "b.csv", [firm(1, 注册资本="10万元", 年份="2021", **{"营业收入（万元）": None})], as_of=NEW
    )
    assert only(store, "capital_cny", "capital_currency", "capital_flag") == (1e5, "CNY", None)
    assert only(store, "revenue_cny", "revenue_year") == (5e4, 2019)


def test_the_county_stays_while_the_newest_city_is_the_same_and_goes_when_the_firm_moves(
    store: Store, tmp_path: Path
) -> None:
    load_firms(store, tmp_path / "a.csv", [firm(1)], as_of=OLD)
    by_stock = {"统一社会信用代码": code(1), "企业名称": "样例", "区县代码": "370100", "城市代码": "370100"}
    load_firms(store, tmp_path / "b.csv", [by_stock], as_of=NEW)
    assert only(store, "city_code", "adcode") == ("370100", "370117")
    moved = {**by_stock, "区县代码": "420300", "城市代码": "420300"}
    load_firms(store, tmp_path / "c.csv", [moved], as_of=date(2022, 1, 1))
    assert only(store, "registered_code", "city_code", "adcode") == ("370117", "420300", "420300")


def test_undoing_gives_back_what_the_others_say_and_touches_no_other_firm(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "a.csv", [firm(1, 地址="甲路"), firm(2, 地址="丙路")], as_of=OLD)
    before = store.query_polars("FROM firm ORDER BY firm_id")
    report = load_firms(store, tmp_path / "b.csv", [firm(1, 地址="乙路"), firm(3, 地址="丁路")], as_of=NEW)
    undo(store, str(report.batch_id), "test")
    assert store.query_polars("FROM firm ORDER BY firm_id").equals(before)


@pytest.mark.parametrize("per_part", [1, 3, 1000])
def test_merging_in_portions_gives_what_one_by_one_gives(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, per_part: int
) -> None:
    """Oracle: the newest non-null value, found in Python."""
    monkeypatch.setattr(data.merge, "FIRMS_PER_PART", per_part)
    days = [date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1)]
    expected: dict[str, dict[str, str]] = {}
    for turn, day in enumerate(days):
        rows = []
        for serial in range(1, 9):
            if (serial + turn) % 4 == 0:
                continue
            facts = {
                "地址": f"{serial}-{turn}" if serial % 3 != turn else None,
                "经营范围": f"s{turn}" if serial % 2 == turn % 2 else None,
            }
            rows.append(firm(serial, **facts))
            expected.setdefault(code(serial), {}).update({key: value for key, value in facts.items() if value})
        load_firms(store, tmp_path / f"{turn}.csv", rows, as_of=day)
    found = store.query_polars("SELECT firm_id, address, scope FROM firm ORDER BY firm_id")
    wanted = [(key, facts.get("地址"), facts.get("经营范围")) for key, facts in sorted(expected.items())]
    assert found.rows() == wanted


# one firm under two names


LISTED = {"股票代码": "600001", "企业名称": "样例1号有限公司", "主营产品": "轴承"}


@pytest.mark.parametrize("listed_first", [True, False])
def test_a_listed_firm_without_uscc_is_the_registered_firm_of_its_name_whichever_came_first(
    store: Store, tmp_path: Path, listed_first: bool
) -> None:
    files = [("a.csv", [firm(1, 经营范围="生产：轴承。")], OLD), ("b.csv", [LISTED], NEW)]
    for name, rows, day in reversed(files) if listed_first else files:
        load_firms(store, tmp_path / name, rows, as_of=day)
    assert only(store, "firm_id", "uscc", "stock_code", "scope", "products", "n_records") == (
        code(1), code(1), "600001", "生产：轴承。", "轴承", 2,
    )  # fmt: skip


def test_a_stock_code_given_beside_a_uscc_joins_the_two_under_different_names(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "a.csv", [{**LISTED, "企业名称": "曾用名股份有限公司"}], as_of=OLD)
    load_firms(store, tmp_path / "b.csv", [firm(1, 股票代码="600001")], as_of=NEW)
    assert only(store, "firm_id", "name", "n_records") == (code(1), "样例1号有限公司", 2)


def test_two_registered_firms_of_the_name_leave_the_listed_one_alone(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "a.csv", [firm(1), firm(2, 企业名称="样例1号有限公司")])
    load_firms(store, tmp_path / "b.csv", [LISTED])
    assert store.rows("SELECT count(*) FROM firm") == [(3,)]


def test_undoing_the_registry_gives_the_listed_firm_its_own_name_and_tags_back(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "b.csv", [LISTED], as_of=NEW)
    load(store, write_csv(tmp_path / "t.csv", [{"股票代码": "600001", "名单名称": "上市"}]), "tags")
    tagged = "SELECT firm_id FROM firm_tag JOIN firm USING (firm_id)"
    before = store.query_polars("FROM firm")
    report = load_firms(store, tmp_path / "a.csv", [firm(1)], as_of=OLD)
    assert store.rows(tagged) == [(code(1),)]
    undo(store, str(report.batch_id), "test")
    assert store.query_polars("FROM firm").equals(before)
    assert store.rows(tagged) == [("stock:600001",)]


# branches


def branches(store: Store) -> pl.DataFrame:
    return store.query_polars(
        "SELECT p.name AS parent, b.name AS branch, r.evidence, r.since, r.as_of FROM relation r "
        "JOIN firm p ON p.firm_id = r.from_firm JOIN firm b ON b.firm_id = r.to_firm WHERE r.kind = 'branch' ORDER BY b.name"
    )


def named(*names: str, founded: str = "2015-06-01") -> list[dict[str, Any]]:
    return [{"统一社会信用代码": code(n), "企业名称": name, "成立日期": founded} for n, name in enumerate(names, 1)]


def test_a_firm_named_after_another_in_full_is_its_branch(store: Store, tmp_path: Path) -> None:
    rows = named(
        "样例钢构有限公司",
        "样例钢构有限公司济南分公司",
        "样例钢构有限公司济南分公司第二营业部",
        "别家有限公司济南分公司",
    )
    report = load_firms(store, tmp_path / "a.csv", rows, as_of=OLD)
    assert report.n_branches == 2
    assert branches(store).rows() == [
        ("样例钢构有限公司", "样例钢构有限公司济南分公司", "样例钢构有限公司济南分公司", date(2015, 6, 1), OLD),
        ("样例钢构有限公司济南分公司", "样例钢构有限公司济南分公司第二营业部", "样例钢构有限公司济南分公司第二营业部", date(2015, 6, 1), OLD),
    ]  # fmt: skip


def test_brackets_may_be_of_either_width_in_the_name_of_the_parent(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "a.csv", named("样例（中国）有限公司", "样例(中国)有限公司上海分公司"))
    assert branches(store)["parent"].to_list() == ["样例（中国）有限公司"]


@pytest.mark.parametrize(
    "names",
    [
        ("样例集团公司", "样例集团公司钢构有限公司"),  # a company of its own
        ("样例有限公司", "样例有限公司"),  # no name goes beyond the other
        ("样例有限公司", "样例有限公司", "样例有限公司济南分公司"),  # two parents
        ("样例厂", "样例厂门市部"),
    ],
)
def test_other_names_make_no_branch(store: Store, tmp_path: Path, names: tuple[str, ...]) -> None:
    assert load_firms(store, tmp_path / "a.csv", named(*names)).n_branches == 0


def test_a_parent_that_comes_later_finds_its_branches_and_loses_them_when_undone(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "a.csv", named("样例有限公司济南分公司"))
    assert branches(store).is_empty()
    report = load_firms(store, tmp_path / "b.csv", [{"统一社会信用代码": code(9), "企业名称": "样例有限公司"}])
    assert branches(store)["parent"].to_list() == ["样例有限公司"]
    undo(store, str(report.batch_id), "test")
    assert branches(store).is_empty()
