"""Fit the weights of the matching score on labelled pairs, and measure them on segments left out.

    python -m benchmarks.fit_matching ../shared/data

Prints the weights (to be copied into analysis/matching/score.py), and precision, recall and Brier score on all pairs and
on segments left out in ten folds.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.matching import Phrases, read_segments
from analysis.matching.pairs import find_pairs
from analysis.matching.score import CONFIRMED_FROM, PRIOR, features

Floats = npt.NDArray[np.float64]
#: Strength of the pull towards the prior weights (inverse variance).
PULL = 0.5
FOLDS = 10


def labelled(folder: Path) -> pl.DataFrame:
    """Labelled pairs with their signals."""
    labels = pl.read_csv(folder / "segment_labels_dev.csv", schema_overrides={"uscc": pl.String})
    rules = read_segments(folder / "segments_dev.json")
    wanted = labels["uscc"].unique().to_list()
    registry = pl.scan_parquet(folder / "registry_1m.parquet").filter(pl.col("uscc").is_in(wanted)).collect()
    phrases = Phrases.build(registry.select(pl.col("uscc").alias("firm_id"), "name", "scope"))
    pairs = find_pairs(phrases, rules)
    pairs = pairs.with_columns(
        uscc=phrases.firms["firm_id"].gather(pairs["firm"]),
        segment_id=pl.Series([rules[place].id for place in pairs["segment"]]),
    )
    return labels.join(pairs, on=["uscc", "segment_id"], how="inner", maintain_order="left")


def probability(logits: Floats) -> Floats:
    """The logistic function."""
    return 1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30)))


def fit(columns: Floats, truth: Floats, prior: Floats) -> Floats:
    """Weights that maximise the penalised likelihood (Newton's method)."""
    weights = prior.copy()
    for _ in range(60):
        likely = probability(columns @ weights)
        slope = columns.T @ (truth - likely) - PULL * (weights - prior)
        bend = columns.T @ (columns * (likely * (1 - likely))[:, None]) + PULL * np.eye(len(prior))
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def quality(likely: Floats, truth: Floats) -> str:
    """Precision, recall and Brier score as one line."""
    said = likely >= CONFIRMED_FROM
    right = float((said & (truth > 0)).sum())
    precision, recall = right / max(said.sum(), 1), right / max(truth.sum(), 1)
    return f"precision {precision:.4f}  recall {recall:.4f}  Brier {np.mean((likely - truth) ** 2):.4f}  n {len(truth)}"


def main() -> None:
    """Fit, print weights and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    pairs = labelled(parser.parse_args().folder)
    table = features(pairs)
    names = ["", *table]
    columns = np.column_stack([np.ones(len(pairs)), *(column.astype(float) for column in table.values())])
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    truth = (pairs["label"] == "Y").to_numpy().astype(float)
    weights = fit(columns, truth, prior)
    for name, weight, count in zip(names, weights, columns.sum(axis=0), strict=True):
        print(f'    "{name}": {weight:.2f},  # {int(count)}')
    segments = pairs["segment_id"].unique(maintain_order=True).to_list()
    fold_of = {segment: place % FOLDS for place, segment in enumerate(sorted(segments))}
    fold = np.array([fold_of[segment] for segment in pairs["segment_id"].to_list()])
    left_out = np.zeros(len(truth))
    for number in range(FOLDS):
        trained = fit(columns[fold != number], truth[fold != number], prior)
        left_out[fold == number] = probability(columns[fold == number] @ trained)
    print("all       ", quality(probability(columns @ weights), truth))
    print("prior     ", quality(probability(columns @ prior), truth))
    print("left out  ", quality(left_out, truth))


if __name__ == "__main__":
    main()
