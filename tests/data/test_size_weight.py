"""The weight of a firm by its size, as the store counts it."""

from __future__ import annotations

import pytest

from data.store import open_store


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("weight") / "w.duckdb") as opened:
        yield opened


@pytest.mark.parametrize(
    ("employees", "revenue", "capital", "flag", "weight"),
    [
        (120, None, None, None, 2.0),  # √(120/30)
        (None, 8e7, 1e12, None, 2.0),  # revenue before capital: √(8000 万 / 2000 万)
        (None, None, 2e6, None, 1.0),
        (None, None, 5e5, None, 0.5),
        (0, 0, 0, None, 1.0),  # zeros are not sizes: unknown
        (None, None, 8e6, "疑似单位错误", 1.0),
        (None, None, None, None, 1.0),
        (None, None, 1e12, None, 5.0),
        (1, None, None, None, 0.2),  # √(1/30) = 0.18, not below 0.2
    ],
)
def test_weight_is_the_root_of_the_size_within_bounds(store, employees, revenue, capital, flag, weight):
    [(found,)] = store.rows(
        "SELECT size_weight(?::BIGINT, ?::DOUBLE, ?::DOUBLE, ?)", [employees, revenue, capital, flag]
    )
    assert found == pytest.approx(weight)
