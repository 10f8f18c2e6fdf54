"""Quality on the labelled sample; the measured figures and how they were got are in docs/matching.md."""

from __future__ import annotations

import polars as pl

from analysis.matching import match, read_segments
from tests.shared import shared_path


def test_precision_and_recall_on_the_labelled_sample_are_at_least_95_percent() -> None:
    labels = pl.read_csv(shared_path("segment_labels_dev.csv"))
    rules = read_segments(shared_path("segments_dev.json"))
    wanted = labels["uscc"].unique().to_list()
    firms = pl.scan_parquet(shared_path("registry_1m.parquet")).filter(pl.col("uscc").is_in(wanted)).collect()
    pairs = match(firms.select(pl.col("uscc").alias("firm_id"), "name", "scope"), rules).pairs
    found = labels.join(pairs, left_on=["uscc", "segment_id"], right_on=["firm_id", "segment_id"], how="left")
    assert found["verdict"].null_count() == 0, "a pair in which a keyword occurs has no row"
    said, truth = found["verdict"] == "confirmed", found["label"] == "Y"
    right = int((said & truth).sum())
    assert right / int(said.sum()) >= 0.95
    assert right / int(truth.sum()) >= 0.95
