"""Where a firm's scope names a segment's product, and what else it lists; worked by hand."""

from __future__ import annotations

import polars as pl
import pytest

from analysis.listing import place_pairs
from analysis.matching import SegmentRule

POWDER = SegmentRule("powder", "粉末", "金属粉末", ("铁粉", "铜粉"))


def placed(scope: str | None, products: str | None = None) -> tuple[float | None, int | None]:
    texts = pl.DataFrame(
        {"firm_id": ["a"], "scope": [scope], "products": [products]},
        schema={"firm_id": pl.String, "scope": pl.String, "products": pl.String},
    )
    pairs = pl.DataFrame({"firm_id": ["a"], "segment_id": ["powder"], "score": [0.9]})
    row = place_pairs(pairs, texts, [POWDER])
    return row["position"][0], row["n_other"][0]


def test_the_first_of_four_things_stands_at_the_head_with_three_others():
    assert placed("铁粉、钢材、齿轮；轴承") == (0.0, 3)


def test_two_keywords_are_both_the_segment_s_own():
    # 钢材、 are three of ten characters, as bytes nine of thirty
    assert placed("钢材、铁粉、铜粉和") == (pytest.approx(9 / 27), 1)


def test_brackets_list_nothing():
    assert placed("铁粉（不含钢材、齿轮、轴承）制造") == (0.0, 0)


def test_a_product_list_counts_where_there_is_no_scope_and_has_no_order():
    assert placed(None, "齿轮、平衡项目、铁粉") == (None, 1)


def test_a_firm_known_by_name_only_says_neither():
    assert placed(None) == (None, None)


def test_no_pairs_are_no_rows():
    none = pl.DataFrame(schema={"firm_id": pl.String, "segment_id": pl.String})
    texts = pl.DataFrame(schema={"firm_id": pl.String, "scope": pl.String, "products": pl.String})
    assert place_pairs(none, texts, [POWDER]).columns == ["firm_id", "segment_id", "position", "n_other"]
