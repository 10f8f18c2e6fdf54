"""Sites come from tables, with areas in ㎡ or 亩, and go with their import."""

from __future__ import annotations

import pytest

from data.imports import NothingAccepted, import_file, undo
from data.regions import resolve_region
from data.settings import set_home
from data.store import open_store
from services.sites import sites_of
from tests.data.import_files import write_csv


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "s.duckdb") as opened:
        set_home(opened, "370117")
        yield opened


def load(store, path, rows, as_of="2026-01-31"):
    header, *others = rows
    file = write_csv(path, [dict(zip(header, row, strict=True)) for row in others])
    return import_file(store, file, "sites", as_of=as_of, source="载体台账")


def test_areas_are_square_metres_whatever_the_heading_says_and_full_sites_are_not_offered(store, tmp_path):
    rows = [
        ["载体名称", "所在地", "载体类型", "总面积（平方米）", "可用面积（亩）", "适用环节"],
        ["一号厂房", "钢城区", "标准厂房", "12,000", "15", "轴承、齿轮"],
        ["二号厂房", "", "标准厂房", "8000", "0", ""],
        ["三号地", "不知何处", "净地", "", "", ""],
        ["四号地", "钢城区", "净地", "-5", "3", ""],
        ["", "钢城区", "净地", "1", "1", ""],
        ["一号厂房", "钢城区", "标准厂房", "1", "1", ""],
    ]
    report = load(store, tmp_path / "s.csv", rows)

    # the last two have no name, and a name twice
    assert (report.n_accepted, report.n_rejected) == (4, 2)
    found = sites_of(store, resolve_region(store, "370117")).set_index("name")
    assert found.index.to_list() == ["一号厂房", "三号地", "四号地"]
    # 15 亩 are 10,000 ㎡, 3 亩 are 2,000
    assert found.free_area_m2.to_dict() == pytest.approx(
        {"一号厂房": 10_000, "三号地": float("nan"), "四号地": 2_000}, nan_ok=True
    )
    assert found.area_m2["一号厂房"] == 12_000
    assert found.area_m2.isna()["四号地"]
    assert set(found.adcode) == {"370117"}
    assert set(found.source_title) == {"载体台账"}


def test_the_newest_word_on_a_site_holds_until_its_import_is_taken_back(store, tmp_path):
    header = ["编号", "名称", "可用面积（平方米）"]
    load(store, tmp_path / "a.csv", [header, ["s1", "一号厂房", "5000"]])
    later = load(store, tmp_path / "b.csv", [header, ["s1", "一号厂房", "3000"]], "2026-02-28")
    home = resolve_region(store, "370117")
    assert sites_of(store, home).free_area_m2.to_list() == [3000]
    undo(store, later.batch_id)
    assert sites_of(store, home).free_area_m2.to_list() == [5000]
    assert sites_of(store, resolve_region(store, "370000")).site_id.to_list() == ["s1"]
    assert sites_of(store, resolve_region(store, "420100")).empty


def test_a_file_without_a_single_name_brings_nothing(store, tmp_path):
    with pytest.raises(NothingAccepted):
        load(store, tmp_path / "n.csv", [["载体名称", "类型"], ["", "净地"]])
