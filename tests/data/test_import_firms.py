"""Firms: which rows are taken, what is doubtful, where the firm lies, what its capital is worth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data.imports import AsOfMissing, ImportReport, MappingInvalid, NothingAccepted, import_file, issues_frame
from data.imports.capital import ASSUMED, LIMIT, ROUND, ZERO
from data.imports.firms import TINY
from data.regions import UnknownRegion, resolve_region
from data.store import Store, open_store
from tests.data.import_files import DAY, VALID, code, firm, load, load_firms, write_csv, write_xlsx


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "facts.duckdb") as opened:
        yield opened


def facts(store: Store, *columns: str) -> list[tuple[Any, ...]]:
    return store.query_polars("SELECT * FROM firm ORDER BY name").select(columns).rows()


def reasons(report: ImportReport, severity: str) -> dict[int, str]:
    return {issue.row_number: issue.reason for issue in report.issues if issue.severity == severity}


def test_a_row_becomes_a_firm_with_its_source_and_day(store: Store, tmp_path: Path) -> None:
    row = firm(
        1, 成立日期="2010-03-02", 经营范围="生产：钢结构件。", 登记状态="存续", 参保人数="120人", 法定代表人="某某"
    )
    report = load_firms(store, tmp_path / "a.csv", [row], source="样例名录")
    assert (report.n_read, report.n_accepted, report.n_rejected, report.n_flagged) == (1, 1, 0, 0)
    assert report.unmapped == ("法定代表人",)
    assert facts(store, "firm_id", "name", "founded_on", "scope", "status", "employees", "as_of", "n_records") == [
        (code(1), "样例1号有限公司", date(2010, 3, 2), "生产：钢结构件。", "存续", 120, DAY, 1)
    ]
    assert store.rows("SELECT title FROM source JOIN import_batch USING (source_id)") == [("样例名录",)]
    assert store.rows("SELECT row_number, batch_id FROM firm_record") == [(2, report.batch_id)]


def test_a_revenue_too_small_for_its_people_is_left_unknown_and_said(store: Store, tmp_path: Path) -> None:
    # 50 people: the line is 500,000; 49 people are too few to tell, and nothing sold is no fault
    stated = [("499999", "50"), ("500000", "50"), ("10", "49"), ("0", "50"), ("10", None)]
    rows = [
        firm(at, **{"营业收入（元）": revenue, "参保人数": people}) for at, (revenue, people) in enumerate(stated, 1)
    ]
    report = load_firms(store, tmp_path / "a.csv", rows)

    assert [row[0] for row in facts(store, "revenue_cny")] == [None, 5e5, 10.0, 0.0, 10.0]
    assert reasons(report, "flagged") == {2: TINY}


def test_rows_that_cannot_be_told_apart_are_rejected_with_row_column_value_and_reason(
    store: Store, tmp_path: Path
) -> None:
    rows = [
        firm(1),
        firm(2, 统一社会信用代码="9.14E+17"),
        firm(3, 统一社会信用代码="91350100M000100Y44"),
        firm(4, 统一社会信用代码=None),
        firm(5, 企业名称=" "),
        firm(1),
        firm(6, 企业名称="长" * 201),
    ]
    report = load_firms(store, tmp_path / "a.csv", rows)
    assert (report.n_accepted, report.n_rejected) == (1, 6)
    said = reasons(report, "rejected")
    assert "Excel 已把代码变成科学计数" in said[3]
    assert "校验位不符：应为 3，给的是 4" in said[4]
    assert said[5] == "没有统一社会信用代码，也没有股票代码，无法确定是哪家企业"
    assert said[6] == "名称为空"
    assert said[7] == "与第 2 行是同一家企业，重复"
    assert said[8] == "名称超过 200 字，不是企业名称"
    frame = issues_frame(store, str(report.batch_id))
    assert frame.columns.tolist() == ["处理", "行号", "列", "值", "原因"]
    assert frame.iloc[0].tolist()[:4] == ["退回", 3, "统一社会信用代码", "9.14E+17"]


def test_doubtful_values_are_flagged_and_the_row_is_taken(store: Store, tmp_path: Path) -> None:
    rows = [
        firm(1, 成立日期="2030-01-01"),
        firm(2, 成立日期="不详"),
        firm(3, 企业名称="=1+1"),
        firm(4, 经营范围="经" * 1_000_000),
    ]
    report = load_firms(store, tmp_path / "a.csv", [{"成立日期": None, "经营范围": None, **row} for row in rows])
    assert (report.n_accepted, report.n_flagged) == (4, 4)
    assert reasons(report, "flagged") == {
        2: "日期晚于数据截止日期，记为无数据",
        3: "不是可识别的日期，记为无数据",
        4: "以公式符号开头，按文字保存，不会执行",
        5: "文字超过 20000 字，只保留前 20000 字",
    }
    assert facts(store, "founded_on") == [(None,)] * 4


def test_nothing_is_written_where_no_row_can_be_taken(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NothingAccepted, match="2 行没有一行可以采纳，未写入。没有统一社会信用代码") as caught:
        load_firms(store, tmp_path / "a.csv", [firm(1, 统一社会信用代码=None), firm(2, 统一社会信用代码="-")])
    assert caught.value.report.n_rejected == 2
    assert store.rows("SELECT count(*) FROM import_batch") == [(0,)]


def test_a_dry_run_reports_the_same_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [firm(1), firm(1), firm(2, 企业名称="=1")])
    dry, wet = load(store, path, dry_run=True), load(store, path)
    assert dry.batch_id is None and dry.dry_run
    assert (dry.n_accepted, dry.n_rejected, dry.n_flagged, dry.issues) == (2, 1, 1, wet.issues)
    assert store.rows("SELECT count(*) FROM import_batch") == [(1,)]


# capital


@pytest.mark.parametrize(
    ("header", "value", "original", "currency", "yuan"),
    [
        ("注册资本（万元）", "1000", 1e7, "CNY", 1e7),
        ("注册资本（元）", "1000", 1e3, "CNY", 1e3),
        ("注册资本", "1000万元人民币", 1e7, "CNY", 1e7),
        ("注册资本(万美元)", "100", 1e6, "USD", 7_121_700.0),
        ("注册资本", "500万美元", 5e6, "USD", 35_608_500.0),
        ("注册资本（万元）", None, None, None, None),
    ],
)
def test_capital_is_in_yuan_at_the_rate_of_the_year_of_the_data(
    store: Store, tmp_path: Path, header: str, value: str, original: float, currency: str, yuan: float
) -> None:
    load_firms(store, tmp_path / "a.csv", [firm(1, **{header: value}, 登记状态="存续")])
    [(got_original, got_currency, got_yuan, flag)] = facts(
        store, "capital_original", "capital_currency", "capital_cny", "capital_flag"
    )
    assert (got_original, got_currency, flag) == (original, currency, None)
    assert got_yuan == pytest.approx(yuan) if yuan else got_yuan is None


@pytest.mark.parametrize(
    ("wan", "currency", "yuan", "flag"),
    [
        (0, "CNY", 0.0, ZERO),
        (300_000, "CNY", 3e9, ROUND),
        (290_000, "CNY", 2.9e9, None),
        (558_314.7471, "CNY", 5_583_147_471.0, None),
        (12_345_678.5, "CNY", 123_456_785_000.0, LIMIT),
        (100, "OTHER", None, "没有币种 OTHER 的汇率，未折算"),
        (100, None, 1e6, ASSUMED),
    ],
)
def test_doubtful_capital_keeps_its_value_beside_a_flag(
    store: Store, tmp_path: Path, wan: float, currency: str | None, yuan: float | None, flag: str | None
) -> None:
    path = tmp_path / "a.parquet"
    row = {"uscc": VALID[0], "name": "样例", "capital_wan": float(wan), "capital_cur": currency}
    pl.DataFrame([row], schema_overrides={"capital_cur": pl.String}).write_parquet(path)
    report = load(store, path)
    assert facts(store, "capital_cny", "capital_flag") == [(yuan, flag)]
    assert report.n_flagged == (0 if flag is None else 1)


def test_a_capital_column_without_unit_is_refused_and_the_cure_is_named(store: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [firm(1, 注册资本="1000")])
    with pytest.raises(MappingInvalid, match=r"“注册资本”没有写明单位。请把表头改为“注册资本（万元）”.*capital_wan"):
        load(store, path)
    load(store, path, mapping={"capital_wan": "注册资本"})
    assert facts(store, "capital_cny") == [(1e7,)]


# days


def test_without_a_day_the_import_is_refused_and_one_is_proposed(store: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [firm(1, 成立日期="2018-01-31"), firm(2, 成立日期="2019-05-01")])
    with pytest.raises(AsOfMissing, match="请给出 --as-of") as caught:
        import_file(store, path, "firms")
    assert caught.value.proposal == date(2019, 5, 1)
    assert "2019-05-01" in str(caught.value)


def test_a_year_column_dates_its_rows_to_the_end_of_the_year(store: Store, tmp_path: Path) -> None:
    rows = [firm(1, 年份="2020", **{"营业收入（万元）": "50"}), firm(1, 年份="2021", **{"营业收入（万元）": None})]
    report = import_file(store, write_csv(tmp_path / "a.csv", rows), "firms")
    assert report.n_accepted == 2
    assert facts(store, "as_of", "revenue_cny", "revenue_year", "n_records") == [(date(2021, 12, 31), 5e5, 2020, 2)]


def test_a_day_of_the_future_is_refused(store: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [firm(1)])
    with pytest.raises(MappingInvalid, match="晚于今天"):
        load(store, path, as_of="2999-01-01")
    with pytest.raises(MappingInvalid, match="不是 年-月-日"):
        load(store, path, as_of="去年")


# places


def test_an_abolished_code_is_followed_and_kept(store: Store, tmp_path: Path) -> None:
    rows = [{"uscc": code(1, "371203"), "name": "样例一"}, {"uscc": code(2, "370117"), "name": "样例二"}]
    load_firms(store, tmp_path / "a.csv", rows)
    assert facts(store, "registered_code", "city_code", "adcode") == [
        ("371203", "370100", "370117"),
        ("370117", "370100", "370117"),
    ]
    for home, found in (("370117", 2), ("371203", 1), ("370100", 2)):
        region = resolve_region(store, home)
        assert store.rows(f"SELECT count(*) FROM firm f WHERE {region.where_sql}", region.params) == [(found,)]  # noqa: S608


def test_unknown_codes_are_listed_once_and_their_firms_keep_the_city(store: Store, tmp_path: Path) -> None:
    rows = [{"uscc": code(n, "370199"), "name": f"样例{n}", "city_code": "370100"} for n in (1, 2)]
    report = load_firms(store, tmp_path / "a.csv", rows)
    assert report.unknown_codes == {"370199": 2}
    assert (report.n_accepted, report.n_flagged) == (2, 0)
    assert facts(store, "registered_code", "city_code", "adcode") == [("370199", "370100", "370100")] * 2
    assert store.rows("SELECT row_number, value, reason FROM import_issue") == [
        (2, "370199", "区划代码 370199 不是现行或已撤并的行政区划，共 2 行，首见于本行；企业保留在所在城市")
    ]


def test_an_abolished_city_code_is_followed(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "a.csv", [{"uscc": code(1, "371200"), "name": "样例", "city_code": "371200"}])
    assert facts(store, "city_code") == [("370100",)]


def test_place_names_stand_in_for_codes(store: Store, tmp_path: Path) -> None:
    rows = [
        firm(1, 统一社会信用代码=code(1, "110000"), 所属省份="山东省", 所属城市="济南市", 所属区县="钢城区"),
        firm(2, 统一社会信用代码=code(2, "110000"), 所属省份="山东", 所属城市="济南市", 所属区县="无此区"),
    ]
    report = load_firms(store, tmp_path / "a.csv", rows)
    assert facts(store, "adcode", "city_code", "registered_code")[0] == ("370117", "370100", "110000")
    assert "没有这个地名" in reasons(report, "flagged")[3]


@pytest.mark.parametrize(
    ("address", "city", "adcode"),
    [
        ("山东省济南市钢城区某路1号", "370100", "370117"),
        ("钢城区某路1号", "370100", "370117"),
        ("山东省济南市某路1号", None, "370100"),
        ("山东省济南市钢城区某路1号", None, "370117"),
        ("钢城区与莱芜区交界", "370100", "370100"),
        ("北京市朝阳区某路1号", "370100", "370100"),
        ("某路1号", None, None),
    ],
)
def test_an_address_names_the_county_within_the_city_and_the_city_where_none_is_known(
    store: Store, tmp_path: Path, address: str, city: str | None, adcode: str | None
) -> None:
    row = {"证券代码": "000001", "企业名称": "甲", "注册地址": address, "城市代码": city}
    load_firms(store, tmp_path / "a.csv", [row])
    assert facts(store, "adcode") == [(adcode,)]


def test_an_address_in_the_registered_city_is_nearer_than_the_code_of_registration(
    store: Store, tmp_path: Path
) -> None:
    load_firms(store, tmp_path / "a.csv", [firm(1, 统一社会信用代码=code(1, "370112"), 地址="济南市钢城区某路1号")])
    assert facts(store, "registered_code", "adcode") == [("370112", "370117")]


def test_the_region_is_the_place_of_rows_that_name_none(store: Store, tmp_path: Path) -> None:
    rows = [
        {"证券代码": "000001", "企业名称": "甲", "city_code": None},
        {"证券代码": "000002", "企业名称": "乙", "city_code": "420300"},
    ]
    load_firms(store, tmp_path / "a.csv", rows, region="370117")
    assert sorted(facts(store, "firm_id", "adcode")) == [("stock:000001", "370117"), ("stock:000002", "420300")]
    with pytest.raises(UnknownRegion):
        load_firms(store, tmp_path / "b.csv", [firm(1)], region="999999")


# listed firms and targets


def test_a_listed_firm_without_uscc_is_known_by_its_stock_code(store: Store, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [["股票代码", "公司名称", "主营产品", "营业收入（亿元）"], [2594, "样例", "电池、整车", 12.5]],
    )
    report = load(store, path, "targets")
    assert report.kind == "firms"
    assert facts(store, "firm_id", "uscc", "stock_code", "products", "revenue_cny") == [
        ("stock:002594", None, "002594", "电池、整车", 1.25e9)
    ]
    assert reasons(report, "flagged")[2] == "股票代码不足六位，按丢失前导零补为 002594"


def test_wrong_types_in_every_column_reject_or_flag_but_never_crash(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    frame = {
        "uscc": [VALID[0], VALID[1]], "name": [12345, None], "founded_on": [True, False], "capital_wan": ["很多", "1,0,0"],
        "scope": [date(2020, 1, 1), None], "employees": [float("nan"), float("inf")], "city_code": [370100, None],
        "revenue_cny": [-1.0, None], "year": ["去年", "2020年"],
    }  # fmt: skip
    pl.DataFrame(frame).write_parquet(path)
    report = load(store, path)
    assert (report.n_accepted, report.n_rejected, report.n_flagged) == (1, 1, 1)
    assert facts(store, "name", "scope", "employees", "revenue_cny", "city_code") == [
        ("12345", "2020-01-01", None, None, "370100")
    ]
