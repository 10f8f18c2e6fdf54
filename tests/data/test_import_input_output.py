"""An input–output table of the user's: what is taken, what is sent back and why, and how it is taken back."""

from __future__ import annotations

from datetime import date

import pytest

from data.imports import NothingAccepted, SegmentName, import_file, undo
from data.settings import set_home
from data.store import open_store
from tests.data.import_files import DAY, write_csv

SEGMENTS = (
    SegmentName("cars", "汽车", "c_steel", "钢材"),
    SegmentName("cars", "汽车", "c_axle", "车桥"),
    SegmentName("cars", "汽车", "c_car", "整车"),
    SegmentName("ships", "船舶", "s_steel", "钢材"),
    SegmentName("ships", "船舶", "s_hull", "船体"),
)
COLUMNS = ("供应环节", "使用环节", "直接消耗系数", "产业链", "本地产出（亿元）")


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "io.duckdb") as opened:
        yield opened


@pytest.fixture
def load(store, tmp_path):
    def run(*rows, **options):
        cells = [dict(zip(COLUMNS, [*row, *[None] * (5 - len(row))], strict=True)) for row in rows]
        path = write_csv(tmp_path / "io.csv", cells)
        return import_file(store, path, "io", **{"as_of": DAY, "segments": SEGMENTS, **options})

    return run


def reasons(report) -> list[str]:
    return [issue.reason for issue in report.issues]


def test_segments_are_named_by_id_or_name_and_amounts_are_yuan(store, load):
    set_home(store, "370100")
    report = load(("c_steel", "车桥", "0.4"), ("车桥", "整车", 0.3), ("整车", None, None, None, "12.5"))

    assert (report.n_accepted, report.n_rejected) == (3, 0)
    found = store.rows(
        "SELECT chain_id, supplier_id, user_id, coefficient, as_of FROM io_coefficient ORDER BY supplier_id"
    )
    assert found == [("cars", "c_axle", "c_car", 0.3, DAY), ("cars", "c_steel", "c_axle", 0.4, DAY)]
    outputs = "SELECT segment_id, adcode, local_output_cny, national_output_cny, final_demand_cny FROM io_output"
    assert store.rows(outputs) == [("c_car", "370100", 1.25e9, None, None)]


def test_undoing_takes_both_tables_back(store, load):
    report = load(("车桥", "整车", 0.3), ("整车", None, None, None, "1"), region="370100")
    undo(store, report.batch_id)

    assert store.rows("SELECT count(*) FROM io_coefficient") == store.rows("SELECT count(*) FROM io_output") == [(0,)]


def test_a_name_of_two_chains_needs_the_chain(load):
    report = load(("钢材", "车桥", 0.4), ("钢材", "船体", 0.5, "船舶"), ("车桥", "整车", 0.3, "cars"))

    assert report.n_accepted == 2
    assert reasons(report) == ["环节“钢材”在产业链“汽车”、“船舶”中都有，请填产业链一列，或改用环节编号"]


def test_an_unknown_segment_or_chain_is_named_with_its_row_and_the_closest_name(load):
    report = load(("车轿", "整车", 0.4), ("车桥", "整车厂", 0.3), ("车桥", "整车", 0.1, "汽年"), ("车桥", "整车", 0.1))

    assert [(issue.row_number, issue.column_name, issue.value, issue.reason) for issue in report.issues] == [
        (2, "供应环节", "车轿", "各产业链没有环节“车轿”，是否为“车桥”？"),
        (3, "使用环节", "整车厂", "各产业链没有环节“整车厂”，是否为“整车”？"),
        (4, "供应环节", "车桥", "没有产业链“汽年”，是否为“汽车”？"),
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((None, "整车", 0.3), "没有写明供应环节"),
        (("车桥", None, 0.3), "有系数而没有写明使用环节"),
        (("车桥", "船体", 0.3), "供应环节与使用环节不在同一条产业链"),
        (("车桥", "整车", 1), "投入系数应是 0 以上、1 以下的数（使用环节每一元产出消耗多少元）"),
        (("车桥", "整车", -0.1), "投入系数应是 0 以上、1 以下的数（使用环节每一元产出消耗多少元）"),
        (("车桥", "整车", "三成"), "投入系数应是 0 以上、1 以下的数（使用环节每一元产出消耗多少元）"),
        (("车桥", "整车", None), "投入系数应是 0 以上、1 以下的数（使用环节每一元产出消耗多少元）"),
        (("车桥", "整车", 0.3, None, "1"), "产出与最终需求请另写一行，只填环节，不填使用环节和系数"),
        (("车桥", None, None), "既没有系数，也没有产出或最终需求"),
        (("车桥", None, None, None, "1"), "本地产出与最终需求要写明地区：请用 --region，或先设定本地区域"),
        (("车桥", None, None, None, "1亿美元"), "产出与最终需求请折成人民币"),
        (("c_steel", "车桥", 0.2), "同样的环节（或供应、使用环节）在本文件中重复"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(load, row, reason):
    report = load(("c_steel", "车桥", 0.1), row)

    assert (report.n_accepted, report.n_rejected) == (1, 1)
    assert reasons(report) == [reason]


def test_a_user_that_would_take_more_than_it_makes_is_sent_back_whole(store, load):
    report = load(("c_steel", "整车", 0.6), ("车桥", "整车", 0.45), ("c_steel", "车桥", 0.999))

    assert (report.n_accepted, report.n_rejected) == (1, 2)
    assert set(reasons(report)) == {"使用环节“整车”的投入系数之和为 1.05，应小于 1"}
    assert store.rows("SELECT user_id FROM io_coefficient") == [("c_axle",)]


def test_a_file_without_one_usable_row_is_refused_with_the_reason(store, load):
    with pytest.raises(NothingAccepted, match="没有环节“轮船”"):
        load(("轮船", "整车", 0.4))
    assert store.rows("SELECT count(*) FROM import_batch") == [(0,)]


def test_the_year_says_the_date_where_no_other_does(store, tmp_path):
    path = write_csv(tmp_path / "y.csv", [{"供应环节": "车桥", "使用环节": "整车", "系数": "0.1", "年份": "2020年"}])
    import_file(store, path, "io", segments=SEGMENTS)

    assert store.rows("SELECT as_of FROM io_coefficient") == [(date(2020, 12, 31),)]
