"""Panels read from files, and results kept in a store."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from data.imports.errors import UnreadableFile
from services.table_file import ColumnAbsent
from services.validation import keep_validation, newest_validations, read_panel

ROWS = pd.DataFrame(
    [(r, s, year, value) for year in (2017, 2021) for r, s, value in (("A", "p", 9), ("A", "q", 1), ("B", "p", 1), ("B", "q", 9))],
    columns=["地区", "行业", "年份", "数值"],
)  # fmt: skip


def test_a_panel_is_read_by_the_usual_names_of_its_columns(tmp_path):
    ROWS.to_csv(tmp_path / "p.csv", index=False, encoding="gb18030")
    ROWS.rename(columns={"地区": "FIPS", "行业": "naics4", "年份": "year", "数值": "est"}).to_parquet(
        tmp_path / "p.parquet"
    )
    for name in ("p.csv", "p.parquet"):
        assert read_panel(tmp_path / name).before.tolist() == [[9, 1], [1, 9]]


def test_a_panel_is_read_by_the_names_that_are_given(tmp_path):
    ROWS.assign(n=1.0).to_csv(tmp_path / "p.csv", index=False)
    assert read_panel(tmp_path / "p.csv", {"value": "数值"}).before.tolist() == [[9, 1], [1, 9]]
    assert read_panel(tmp_path / "p.csv").before.tolist() == [[1, 1], [1, 1]]


def test_a_column_that_is_absent_is_named_beside_those_there_are(tmp_path):
    ROWS.drop(columns="年份").to_csv(tmp_path / "p.csv", index=False)
    with pytest.raises(ColumnAbsent, match="现有列：地区、行业、数值；请用 --year-column 指明"):
        read_panel(tmp_path / "p.csv")
    with pytest.raises(ColumnAbsent, match="没有列“统计年”"):
        read_panel(tmp_path / "p.csv", {"year": "统计年"})


@pytest.mark.parametrize(
    ("name", "content"), [("p.csv", b""), ("p.parquet", b"PAR1 and no more"), ("p.xlsx", b"PK\x03\x04")]
)
def test_a_file_that_is_no_table_says_so(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UnreadableFile):
        read_panel(tmp_path / name)


def test_the_newest_result_of_each_kind_is_shown(store):
    assert newest_validations(store) == {}
    for day, share in ((1, 0.5), (3, float("nan")), (2, 0.7)):
        keep_validation(
            store, "clusters", {"share": share}, source="clusters.csv", as_of=date(2019, 5, 1), actor="t",
            at=datetime(2026, 1, day),
        )  # fmt: skip
    kept = newest_validations(store)["clusters"]
    assert (kept.ran_at, kept.ran_by, kept.input, kept.data_as_of) == (
        datetime(2026, 1, 3), "t", "clusters.csv", date(2019, 5, 1),
    )  # fmt: skip
    assert kept.result == {"share": None}
    assert store.rows("SELECT count(*) FROM audit_event WHERE action = 'validate'") == [(3,)]
