"""Quality of matching on labelled pairs: by segment and role, calibration, and what each signal adds.

    python -m benchmarks.matching_quality ../shared/data

"left out" always means: weights fitted without the segment that is judged (ten folds of segments).
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from analysis.matching.score import CONFIRMED_FROM, PRIOR, REJECTED_BELOW, features, score
from benchmarks.fit_matching import FOLDS, fit, labelled, probability

Floats = npt.NDArray[np.float64]

#: Signals that are taken away together.
GROUPS = {
    "全部信号": (),
    "不看中心词（齿轮油也算齿轮）": ("head_",),
    "不看前缀与限定（氧化铁粉、其复合材料）": ("altered", "qualified"),
    "不看企业名称": ("positive_named", "positive_maker", "positive_trading", "bare_", "other_named", "absent_maker"),
    "不看括号": ("in_bracket",),
}


def rates(likely: Floats, truth: npt.NDArray[np.bool_]) -> tuple[float, float, int]:
    """Precision, recall and number of pairs."""
    said = likely >= CONFIRMED_FROM
    right = float((said & truth).sum())
    return right / max(int(said.sum()), 1), right / max(int(truth.sum()), 1), len(truth)


def left_out(pairs: pl.DataFrame, without: tuple[str, ...] = ()) -> Floats:
    """Scores of each pair with weights fitted on the other folds of segments."""
    table = {name: column for name, column in features(pairs).items() if not name.startswith(without or ("\0",))}
    names = ["", *table]
    columns = np.column_stack([np.ones(len(pairs)), *(column.astype(float) for column in table.values())])
    prior = np.array([PRIOR.get(name, 0.0) for name in names])
    truth = (pairs["label"] == "Y").to_numpy().astype(float)
    order = {segment: place % FOLDS for place, segment in enumerate(sorted(pairs["segment_id"].unique().to_list()))}
    fold = np.array([order[segment] for segment in pairs["segment_id"].to_list()])
    out = np.zeros(len(pairs))
    for number in range(FOLDS):
        weights = fit(columns[fold != number], truth[fold != number], prior)
        out[fold == number] = probability(columns[fold == number] @ weights)
    return out


def table_of(pairs: pl.DataFrame, column: str) -> str:
    """Precision, recall and number by the values of a column."""
    lines = []
    for value in sorted(pairs[column].unique().to_list()):
        part = pairs.filter(pl.col(column) == value)
        precision, recall, count = rates(part["likely"].to_numpy(), (part["label"] == "Y").to_numpy())
        yes = int((part["label"] == "Y").sum())
        said = int((part["likely"] >= CONFIRMED_FROM).sum())
        lines.append(f"| {value} | {count} | {yes} | {said} | {precision:.2f} | {recall:.2f} |")
    return "\n".join(lines)


def calibration(likely: Floats, truth: npt.NDArray[np.bool_]) -> str:
    """Mean score and share of right pairs by score."""
    edges = [0, 0.05, 0.2, REJECTED_BELOW, CONFIRMED_FROM, 0.8, 0.9, 0.95, 1.0001]
    lines = []
    for low, high in itertools.pairwise(edges):
        inside = (likely >= low) & (likely < high)
        if inside.any():
            share = f"{truth[inside].mean():.3f}"
            lines.append(f"| {low:.2f}–{min(high, 1):.2f} | {inside.sum()} | {likely[inside].mean():.3f} | {share} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    pairs = labelled(parser.parse_args().folder)
    truth = (pairs["label"] == "Y").to_numpy()
    shipped, unseen = score(pairs), left_out(pairs)
    for name, likely in (("shipped weights", shipped), ("left out", unseen)):
        precision, recall, count = rates(likely, truth)
        unsure = int(((likely >= REJECTED_BELOW) & (likely < CONFIRMED_FROM)).sum())
        print(f"{name}: precision {precision:.4f} recall {recall:.4f} pairs {count} uncertain {unsure}")
    print("\n| 标注角色 | 对数 | 属于 | 确认 | 准确率 | 召回率 |\n|---|---|---|---|---|---|")
    print(table_of(pairs.with_columns(likely=pl.Series(unseen)), "role"))
    print("\n| 环节 | 对数 | 属于 | 确认 | 准确率 | 召回率 |\n|---|---|---|---|---|---|")
    print(table_of(pairs.with_columns(likely=pl.Series(unseen)), "segment_id"))
    print("\n| 得分 | 对数 | 平均得分 | 实际属于 |\n|---|---|---|---|")
    print(calibration(unseen, truth))
    print("\n| 信号 | 准确率 | 召回率 |\n|---|---|---|")
    for name, said in (("只看有没有关键词", truth | True), ("有关键词，且企业生产任何东西", pairs["makes"].to_numpy())):
        precision, recall, _ = rates(said.astype(float), truth)
        print(f"| {name} | {precision:.3f} | {recall:.3f} |")
    for name, without in GROUPS.items():
        precision, recall, _ = rates(left_out(pairs, without), truth)
        print(f"| {name} | {precision:.3f} | {recall:.3f} |")


if __name__ == "__main__":
    main()
