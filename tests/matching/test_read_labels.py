"""Quality on segments and firms beyond the labelled sample: read by two people apart, only what both say alike.

Segments are in ``read_segments.json``; labels (segment, firm, does it belong, role) in ``read_labels.csv``; the firms' texts
are those of the shared registry. Pairs were drawn at random among firms whose name or scope holds a keyword, some more
among those with a making verb as well.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl

from analysis.matching import match, read_segments
from tests.shared import shared_path

HERE = Path(__file__).parent


def test_firms_of_segments_beyond_the_sample_are_found_and_others_left_out() -> None:
    labels = pl.read_csv(HERE / "read_labels.csv")
    wanted = labels["uscc"].unique().to_list()
    firms = pl.scan_parquet(shared_path("registry_1m.parquet")).filter(pl.col("uscc").is_in(wanted)).collect()
    pairs = match(
        firms.select(pl.col("uscc").alias("firm_id"), "name", "scope"), read_segments(HERE / "read_segments.json")
    )
    found = labels.join(pairs.pairs, left_on=["uscc", "segment_id"], right_on=["firm_id", "segment_id"], how="left")
    said, truth = (found["verdict"] == "confirmed").fill_null(value=False), found["label"] == "Y"
    right = int((said & truth).sum())
    assert right / int(said.sum()) >= 0.95
    assert right / int(truth.sum()) >= 0.92
