"""Projects, their stages and their money; and money, tags and relations that come by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.imports import AsOfMissing, ImportReport, NothingAccepted, UndoRefused, undo
from data.store import Store, open_store
from tests.data.import_files import VALID, code, firm, load, load_firms, write_csv

DAY = date(2024, 6, 30)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "facts.duckdb") as opened:
        yield opened


def project(name: str = "样例钢构项目", **facts: Any) -> dict[str, Any]:
    return {"项目名称": name, "所在地": "钢城区", **facts}


def load_projects(store: Store, path: Path, *rows: dict[str, Any], **options: Any) -> ImportReport:
    return load(store, write_csv(path, rows), "projects", **options)


def said(report: ImportReport) -> list[tuple[str, int, str]]:
    return [(issue.severity, issue.row_number, issue.reason) for issue in report.issues]


def money(store: Store) -> list[tuple[Any, ...]]:
    return store.rows(
        "SELECT layer, layer_text, amount, currency, amount_cny FROM project_money ORDER BY layer, amount"
    )


def events(store: Store) -> list[tuple[Any, ...]]:
    return store.rows("SELECT stage, stage_text, on_date FROM project_event ORDER BY on_date NULLS FIRST, stage_text")


def test_a_row_becomes_a_project_an_event_and_an_amount(store: Store, tmp_path: Path) -> None:
    row = project(
        产业="装配式建筑",
        阶段="签约",
        进展="6月签约",
        金额口径="计划投资",
        金额="7.8",
        金额单位="亿元",
        责任单位="某局",
    )
    report = load_projects(store, tmp_path / "a.csv", row)
    assert (report.n_accepted, report.n_flagged, report.unmapped) == (1, 0, ())
    assert store.rows("SELECT name, place, adcode, industry_text, unit, as_of FROM project") == [
        ("样例钢构项目", "钢城区", "370117", "装配式建筑", "某局", DAY)
    ]
    assert events(store) == [("signed", "6月签约", None)]
    assert money(store) == [("planned", "计划投资", 7.8e8, "CNY", 7.8e8)]


def test_foreign_money_is_converted_at_the_rate_of_the_day_of_its_source(store: Store, tmp_path: Path) -> None:
    rows = [project("甲", 来源=source, 金额口径="到位", 金额="100", 金额单位="万美元") for source in ("S0", "S3")] + [
        project("乙", 来源="S0", 金额口径="到位", 金额="*", 金额单位="万美元")
    ]
    mapping = {"as_of": {"S0": "2021-12-31", "S3": "2013-12-31"}}
    report = load_projects(store, tmp_path / "a.csv", *rows, as_of=None, mapping=mapping, source="汇报材料")
    assert money(store) == [("paid_in", "到位", 1e6, "USD", 6_451_500.0), ("paid_in", "到位", 1e6, "USD", 6_193_200.0)]
    assert said(report) == [("flagged", 4, "来源以 * 遮蔽，记为无数据")]
    titles = {title for (title,) in store.rows("SELECT title FROM source")}
    assert {"汇报材料：S0", "汇报材料：S3", "汇报材料"} <= titles


def test_without_a_day_the_sources_that_need_one_are_named(store: Store, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [project(来源="S0"), project("乙", 来源="S3")])
    with pytest.raises(AsOfMissing, match=r"各来源（S0、S3）日期不同的，可在列名对应表里写 as_of"):
        load(store, path, "projects", as_of=None)


def test_an_empty_stage_column_says_that_the_source_names_no_stage(store: Store, tmp_path: Path) -> None:
    rows = [
        project("甲", 阶段=None, 进展="现场签约协议"),
        project("乙", 阶段="签约", 进展=None),
        project("丙", 阶段="进度很快", 进展=None),
    ]
    report = load_projects(store, tmp_path / "a.csv", *rows)
    assert sorted(events(store), key=str) == [
        ("signed", "签约", None),
        (None, "现场签约协议", None),
        (None, "进度很快", None),
    ]
    assert [(row, reason[:4]) for _, row, reason in said(report)] == [(4, "阶段用语")]


def test_without_a_stage_column_only_a_word_that_names_a_stage_is_one(store: Store, tmp_path: Path) -> None:
    rows = [project("甲", 进展="开工"), project("乙", 进展="准备签约"), project("丙", 进展="投产")]
    load_projects(store, tmp_path / "a.csv", *rows)
    assert sorted(events(store), key=str) == [
        ("operating", "投产", None),
        ("started", "开工", None),
        (None, "准备签约", None),
    ]


def test_days_of_stages_are_events_unless_they_lie_after_the_data(store: Store, tmp_path: Path) -> None:
    row = project(签约日期="2023-03-01", 开工日期="2024/5/6", 投产日期="2025-12-01")
    report = load_projects(store, tmp_path / "a.csv", row)
    assert events(store) == [("signed", "签约", date(2023, 3, 1)), ("started", "开工", date(2024, 5, 6))]
    assert said(report) == [("flagged", 2, "日期晚于数据截止日期，记为无数据")]


def test_layers_of_money_stay_apart(store: Store, tmp_path: Path) -> None:
    row = project(
        **{"总投资（亿元）": "10", "协议投资额（亿元）": "8", "合同额（万元）": "60000", "到位资金（万元）": "500"}
    )
    load_projects(store, tmp_path / "a.csv", row)
    assert [(layer, amount) for layer, _, amount, _, _ in money(store)] == [
        ("agreement", 8e8), ("contract", 6e8), ("paid_in", 5e6), ("planned", 1e9),
    ]  # fmt: skip


def test_an_amount_without_a_layer_is_not_taken(store: Store, tmp_path: Path) -> None:
    row = project(**{"金额口径": "大概", "金额（亿元）": "3"})
    report = load_projects(store, tmp_path / "a.csv", row)
    assert money(store) == [] and report.n_accepted == 1
    assert said(report) == [("flagged", 2, "没有写明资金口径（协议、合同、到位、计划），金额未采纳")]


def test_several_rows_may_speak_of_one_project_but_not_twice_alike(store: Store, tmp_path: Path) -> None:
    rows = [project(阶段=stage) for stage in ("签约", "开工", "开工")]
    report = load_projects(store, tmp_path / "a.csv", *rows)
    assert (report.n_accepted, report.n_rejected) == (2, 1)
    assert store.rows("SELECT count(*) FROM project") == [(1,)]
    assert len(events(store)) == 2


def test_places_that_are_not_clear_stay_empty_and_flagged(store: Store, tmp_path: Path) -> None:
    rows = [
        {"项目名称": name, "所在地": place}
        for name, place in (("甲", "S3 某区"), ("乙", "鼓楼区"), ("丙", None), ("丁", "黔江区"))
    ]
    report = load_projects(store, tmp_path / "a.csv", *rows)
    assert store.rows("SELECT name, adcode FROM project ORDER BY name") == [
        ("丁", "500114"),
        ("丙", None),
        ("乙", None),
        ("甲", None),
    ]
    assert report.n_flagged == 3
    undo(store, str(report.batch_id), "test")
    load_projects(store, tmp_path / "a.csv", *rows, region="320100")
    found = dict(store.rows("SELECT name, adcode FROM project"))
    assert found == {"丁": "500114", "丙": "320100", "乙": "320106", "甲": None}


def test_a_later_import_adds_stages_to_a_known_project_and_must_be_undone_first(store: Store, tmp_path: Path) -> None:
    first = load_projects(store, tmp_path / "a.csv", project(阶段="签约"))
    second = load_projects(store, tmp_path / "b.csv", project(阶段="开工"))
    assert store.rows("SELECT count(*) FROM project") == [(1,)]
    assert said(second) == [("flagged", 2, "项目已在库中，只追加阶段与资金")]
    with pytest.raises(UndoRefused, match=str(second.batch_id)):
        undo(store, str(first.batch_id), "test")
    undo(store, str(second.batch_id), "test")
    assert [stage for stage, _, _ in events(store)] == ["signed"]
    undo(store, str(first.batch_id), "test")
    assert store.rows("SELECT count(*) FROM project") == [(0,)]


def test_attachments_made_by_people_outlive_an_import_that_is_done_again(store: Store, tmp_path: Path) -> None:
    first = load_projects(store, tmp_path / "a.csv", project())
    with store.write() as cursor:
        cursor.execute(
            "INSERT INTO project_segment SELECT project_id, 'c', 's', 'me', now()::TIMESTAMP, 'why', NULL FROM project"
        )
    undo(store, str(first.batch_id), "test")
    load_projects(store, tmp_path / "a.csv", project())
    assert store.rows("SELECT segment_id FROM project JOIN project_segment USING (project_id)") == [("s",)]


def test_the_investor_is_a_firm_of_the_store_or_a_word_in_the_note(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "f.csv", [firm(1)])
    rows = [project("甲", 投资方="样例1号有限公司", 备注=None), project("乙", 投资方="外地有限公司", 备注="一期")]
    report = load_projects(store, tmp_path / "a.csv", *rows)
    assert store.rows("SELECT name, firm_id, note FROM project ORDER BY name") == [
        ("乙", None, "一期；投资方：外地有限公司"),
        ("甲", code(1), None),
    ]
    assert report.n_flagged == 1


# money by itself


def test_money_finds_its_project_by_id_or_by_name(store: Store, tmp_path: Path) -> None:
    load_projects(store, tmp_path / "p.csv", project("甲", 项目编号="P1"), project("乙", 项目编号="P2"))
    rows = [
        {"项目编号": "P1", "项目名称": None, "金额口径": "到位", "金额（万元）": "100", "日期": "2024-03-01"},
        {"项目编号": None, "项目名称": "乙", "金额口径": "合同", "金额（万元）": "5", "日期": None},
        {"项目编号": None, "项目名称": "丙", "金额口径": "合同", "金额（万元）": "5", "日期": None},
        {"项目编号": "P1", "项目名称": None, "金额口径": "到位", "金额（万元）": "100", "日期": "2024-03-01"},
        {"项目编号": "P1", "项目名称": None, "金额口径": "到位", "金额（万元）": "*", "日期": "2024-04-01"},
        {"项目编号": "P1", "项目名称": None, "金额口径": "大概", "金额（万元）": "1", "日期": "2024-04-01"},
    ]
    report = load(store, write_csv(tmp_path / "m.csv", rows), "money")
    assert store.rows("SELECT project_id, layer, amount, on_date FROM project_money ORDER BY 1") == [
        ("P1", "paid_in", 1e6, date(2024, 3, 1)),
        ("P2", "contract", 5e4, None),
    ]
    reasons = {row: reason for severity, row, reason in said(report) if severity == "rejected"}
    assert reasons[4].startswith("库中没有这个项目")
    assert reasons[5] == "同一项目、口径、日期、金额的记录已有，重复"
    assert reasons[6] == "来源以 * 遮蔽，记为无数据"
    assert reasons[7].startswith("没有写明资金口径")
    with pytest.raises(NothingAccepted, match="同一项目、口径、日期、金额的记录已有"):
        load(store, write_csv(tmp_path / "again.csv", [{**rows[0], "备注": "一"}]), "money")


# tags and relations


def test_a_tag_finds_its_firm_by_code_or_by_full_name(store: Store, tmp_path: Path) -> None:
    load_firms(
        store,
        tmp_path / "f.csv",
        [firm(1), firm(2), firm(3, 企业名称="样例2号有限公司"), {"统一社会信用代码": VALID[0], "企业名称": "样例四"}],
    )
    rows = [
        {
            "企业名称": "样例1号有限公司",
            "统一社会信用代码": None,
            "级别": "国家级",
            "年份": "2023",
            "有效期至": "2026-12-31",
        },
        {"企业名称": "改了名", "统一社会信用代码": VALID[0], "级别": None, "年份": None, "有效期至": None},
        {"企业名称": "样例2号有限公司", "统一社会信用代码": None, "级别": None, "年份": None, "有效期至": None},
        {"企业名称": "库外有限公司", "统一社会信用代码": None, "级别": None, "年份": None, "有效期至": None},
        {"企业名称": "样例1号有限公司", "统一社会信用代码": None, "级别": "国家级", "年份": "2023年", "有效期至": None},
    ]
    report = load(store, write_csv(tmp_path / "t.csv", rows), "tags", mapping={"list_name": "=小巨人"})
    assert store.rows("SELECT firm_id, list_name, level, year, expires_on FROM firm_tag ORDER BY level NULLS LAST") == [
        (code(1), "小巨人", "国家级", 2023, date(2026, 12, 31)),
        (VALID[0], "小巨人", None, None, None),
    ]
    reasons = {row: reason for _, row, reason in said(report)}
    assert "同名企业不止一家" in reasons[4] and "库中没有这家企业" in reasons[5]
    assert reasons[6] == "同一企业、名单、级别、年份在本文件中重复"


def test_a_relation_needs_both_ends_and_a_kind(store: Store, tmp_path: Path) -> None:
    load_firms(store, tmp_path / "f.csv", [firm(1), firm(2)])
    a, b = "样例1号有限公司", "样例2号有限公司"
    rows = [
        {"供方": a, "需方": b, "关系": "供应", "依据": "2023 年报", "起始日期": "2023-01-01"},
        {"供方": a, "需方": "库外", "关系": "供应", "依据": None, "起始日期": None},
        {"供方": a, "需方": a, "关系": "供应", "依据": None, "起始日期": None},
        {"供方": a, "需方": b, "关系": "认识", "依据": None, "起始日期": None},
        {"供方": b, "需方": a, "关系": "投资", "依据": None, "起始日期": None},
    ]
    report = load(store, write_csv(tmp_path / "r.csv", rows), "relations", source="样例名录")
    assert store.rows("SELECT from_firm, to_firm, kind, evidence, since FROM relation ORDER BY kind DESC") == [
        (code(1), code(2), "supplies", "2023 年报", date(2023, 1, 1)),
        (code(2), code(1), "owns", "样例名录 第 6 行", None),
    ]
    assert report.n_rejected == 3
    undo(store, str(report.batch_id), "test")
    assert store.rows("SELECT count(*) FROM relation") == [(0,)]
