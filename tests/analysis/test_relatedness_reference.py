"""Relatedness of world trade 1998–2000, against the figures of a published library.

The values are averages of the three years already: no cleaning is needed but reading the product codes as text, whose
leading zeros tell 0011 from 11. Binary RCA is the library's in every one of 226 × 785 cells.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.relatedness import proximity, revealed_advantage
from tests.shared import shared_path


@pytest.fixture(scope="module")
def advantage() -> pd.DataFrame:
    rows = pd.read_csv(shared_path("reference/world_trade_avg_1998_2000.csv.gz"), dtype={"product": str})
    exports = rows.pivot_table(index="country", columns="product", values="value", aggfunc="sum", fill_value=0)
    return pd.DataFrame(revealed_advantage(exports) >= 1, index=exports.index, columns=exports.columns)


def test_binary_advantage_is_the_published_one_in_every_cell(advantage):
    published = pd.read_parquet(shared_path("reference/ref_balassa_binary.parquet"))
    assert advantage.shape == (226, 785)
    assert list(advantage.index) == list(published.index)
    assert list(advantage.columns) == list(published.columns)
    assert (advantage.to_numpy() == published.to_numpy()).all()


def test_proximity_is_the_published_one_within_a_millionth(advantage):
    published = pd.read_parquet(shared_path("reference/ref_proximity_product.parquet"))
    assert list(published.columns) == list(published.index) == list(advantage.columns)
    assert np.abs(proximity(advantage) - published.to_numpy()).max() < 1e-6
