"""The shared files map themselves; figures are those of the files as they are (real data, not shipped)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.imports import AsOfMissing, import_file
from data.store import Store, open_store
from tests.shared import shared_path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "facts.duckdb") as opened:
        yield opened


def test_projects_of_the_seeds_load_by_themselves(store: Store) -> None:
    days = {"S0": date(2021, 12, 31), "S3": date(2013, 12, 31), "S4": date(2023, 6, 30)}
    report = import_file(store, shared_path("projects_seeds.csv"), "projects", as_of=days)
    assert (report.n_accepted, report.n_rejected, report.unmapped) == (46, 0, ())
    assert report.n_flagged == 7  # the seven of "S3 某区"
    assert store.rows("SELECT adcode, count(*) FROM project GROUP BY adcode ORDER BY adcode") == [
        ("370117", 31),
        ("500114", 8),
        (None, 7),
    ]
    stages = dict(store.rows("SELECT coalesce(stage, '-'), count(*) FROM project_event GROUP BY ALL"))
    assert stages == {"signed": 7, "started": 1, "negotiating": 3, "-": 35}
    paid = store.rows(
        "SELECT sum(amount), sum(amount_cny) FROM project_money WHERE layer = 'paid_in' AND currency = 'USD'"
    )
    assert paid == [(13_200_000.0, pytest.approx(13_200_000 * 6.4515))]  # 120 + 100 + 1000 + 100 = 1320 万美元
    [(layer, amount)] = store.rows(
        "SELECT layer, amount_cny FROM project_money JOIN project USING (project_id) WHERE name LIKE '城市大峡谷%'"
    )
    assert (layer, amount) == ("agreement", 5.5e9)


def test_listed_firms_load_by_themselves_as_of_the_end_of_their_year(store: Store) -> None:
    report = import_file(store, shared_path("listed_firms.csv"), "targets")
    assert (report.n_read, report.n_accepted, report.unmapped) == (4366, 4366, ("short_name",))
    assert store.rows("SELECT as_of, count(*) FROM firm GROUP BY as_of ORDER BY as_of") == [
        (date(2019, 12, 31), 24), (date(2020, 12, 31), 74), (date(2021, 12, 31), 4268),
    ]  # fmt: skip
    assert store.rows("SELECT count(*) FROM firm WHERE firm_id LIKE 'stock:%'") == [(2809,)]
    [row] = store.rows(
        "SELECT name, employees, revenue_cny, products IS NOT NULL FROM firm WHERE stock_code = '000005'"
    )
    assert row == ("深圳世纪星源股份有限公司", 563, 383_536_205.94, True)


@pytest.fixture
def laiwu(tmp_path: Path) -> Path:
    """The registry's firms registered in 莱芜 (3712xx), and a thousand others."""
    frame = pl.scan_parquet(shared_path("registry_1m.parquet"))
    here = frame.filter(pl.col("county_code").str.starts_with("3712"))
    rest = frame.filter(~pl.col("county_code").str.starts_with("3712")).head(1000)
    path = tmp_path / "registry.parquet"
    pl.concat([here.collect(), rest.collect()]).write_parquet(path)
    return path


def test_the_registry_proposes_its_last_day_and_follows_abolished_codes(store: Store, laiwu: Path) -> None:
    with pytest.raises(AsOfMissing) as caught:
        import_file(store, laiwu, "firms")
    assert caught.value.proposal is not None
    report = import_file(store, laiwu, "firms", as_of="2019-05-01")
    assert report.n_rejected == 0 and report.unmapped == ()
    found = store.rows(
        "SELECT registered_code, adcode, count(*) FROM firm WHERE registered_code LIKE '3712%' AND city_code = '370100' GROUP BY ALL ORDER BY 1"
    )
    assert found == [
        ("371200", "370100", 531),
        ("371202", "370116", 301),
        ("371203", "370117", 148),
        ("371223", "370100", 23),
    ]
    # ten firms that moved to 德州 lie there, though they are registered under 莱芜
    assert store.rows("SELECT count(*) FROM firm WHERE registered_code LIKE '3712%' AND city_code = '371400'") == [
        (10,)
    ]


def test_a_firm_of_both_files_is_one_firm_with_the_facts_of_both(store: Store, tmp_path: Path) -> None:
    uscc = "914403006188470942"
    registered = pl.scan_parquet(shared_path("registry_1m.parquet")).filter(pl.col("uscc") == uscc).collect()
    if registered.is_empty():
        pytest.fail(f"{uscc} is no longer in the registry file: choose another firm of both")
    registered.write_parquet(tmp_path / "r.parquet")
    import_file(store, tmp_path / "r.parquet", "firms", as_of="2019-05-01")
    import_file(store, shared_path("listed_firms.csv"), "firms")
    [row] = store.rows("SELECT scope IS NOT NULL, employees, n_records, as_of FROM firm WHERE firm_id = ?", [uscc])
    assert row == (True, 563, 2, date(2021, 12, 31))
