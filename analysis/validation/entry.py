"""Would relatedness at T have named the activities that regions entered by T + k?

A candidate is a cell with RCA < 1 at T; it is entered when RCA ≥ 1 at T + k. Scores are compared by the area under the
ROC curve; fitted models only on regions that they were not fitted on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.relatedness import density, proximity
from analysis.validation.area import Area, area_under, mean_area
from analysis.validation.features import FEATURE_NAMES, MODELS, Setting, features
from analysis.validation.logistic import fit_logistic
from analysis.validation.panel import FloatArray, Panel, check_outcomes

SCORE_NAMES = {
    "density": "关联密度（不含自身）",
    "ubiquity": "只看行业普遍度",
    "diversity": "只看地区多样性",
    "demeaned_density": "关联密度（去掉地区均值与行业均值）",
    "within_activity": "关联密度，同一行业内部（各行业平均）",
    "ubiquity_model": "回归：普遍度",
    "ubiquity_diversity_model": "回归：普遍度 + 多样性",
    "with_density_model": "回归：普遍度 + 多样性 + 关联密度",
    "structure": "结构模型",
    "level": "结构模型 + 现有水平",
}
FRAMES = ("scores", "gains", "slopes")
FOLDS = 5
MIN_ENTRIES, MIN_REGIONS = 50, 20
"""Fewer entries or regions say too little to fit a model on."""
MIN_ENTRIES_INSIDE = 5
MOST_NON_ENTRIES = 100_000
"""Models are fitted to all entries and so many non-entries drawn at random; more change the ranking by nothing one sees."""


@dataclass(frozen=True)
class EntryResult:
    """What the panel says.

    scores : one row a score: score, name, auc, low, high (95 %), fitted (evaluated on regions that were not fitted on)
    gains : one row a comparison on the same cells: better, worse (scores), gain, low, high
    slopes : one row a feature and fitted model of the last two: model, feature, name, slope (standardised, mean over folds)
    n_inside : activities behind ``within_activity``; n_unrelated : candidates left out, near no other activity
    whole_parents : whether all regions of a parent were held out together
    unfitted : why no model was fitted, empty where they were
    """

    first: int
    last: int
    n_regions: int
    n_activities: int
    n_candidates: int
    n_entries: int
    n_missing: int
    n_unrelated: int
    n_inside: int
    folds: int
    seed: int
    whole_parents: bool
    scores: pd.DataFrame
    gains: pd.DataFrame
    slopes: pd.DataFrame
    unfitted: str

    @property
    def entry_share(self) -> float:
        """Share of the candidates that were entered."""
        return self.n_entries / self.n_candidates

    def told(self) -> dict[str, Any]:
        """The result in plain values: what is printed as JSON and kept."""
        counts = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in FRAMES}
        frames = {name: getattr(self, name).to_dict("records") for name in FRAMES}
        return counts | {"entry_share": self.entry_share} | frames


GAINS = (
    ("density", "ubiquity"),
    ("with_density_model", "ubiquity_diversity_model"),
    ("structure", "with_density_model"),
    ("level", "structure"),
)


def validate_entry(panel: Panel, *, parent_prefix: int | None = None, folds: int = FOLDS, seed: int = 0) -> EntryResult:
    """Areas under the curve of relatedness, of what could be guessed without it, and of fitted models.

    Parameters
    ----------
    parent_prefix : so many characters of a region's code name its parent; all regions of a parent are then held out
        together, so that nothing is learned from neighbours
    folds : the regions are dealt into so many parts at random (``seed``); each part is foretold from the others

    Returns
    -------
    EntryResult; intervals are over regions (``analysis.validation.area``).

    Raises
    ------
    NoCandidate, NothingRelated, OneOutcome
    """
    check_outcomes(panel, panel.entered)
    plain = plain_scores(panel)
    cells = ~panel.present & ~np.isnan(plain["density"])
    where, entered = np.nonzero(cells), panel.later[cells]
    check_outcomes(panel, entered)
    n = len(panel.regions)
    areas = {name: area_under(score[cells], entered, where[0], n) for name, score in plain.items()}
    inside, n_inside = _inside(plain["density"], panel, cells)
    areas |= {"within_activity": inside} if inside else {}
    unfitted = _too_little(int(entered.sum()), n, int(blocks(panel, parent_prefix).max()) + 1, folds)
    slopes = pd.DataFrame(columns=["model", "feature", "name", "slope"])
    if not unfitted:
        found, slopes = held_out_scores(panel, cells, parent_prefix, folds, seed)
        areas |= {name: area_under(score[cells], entered, where[0], n) for name, score in found.items()}
    return EntryResult(
        panel.first, panel.last, n, len(panel.activities), len(entered), int(entered.sum()), panel.n_missing,
        int((~panel.present).sum()) - len(entered), n_inside, folds, seed, parent_prefix is not None, _table(areas), _gains(areas), slopes, unfitted,
    )  # fmt: skip


def plain_scores(panel: Panel) -> dict[str, FloatArray]:
    """Scores that need no fitting, regions × activities; NaN density where an activity is near no other."""
    # sums in another order differ in the last digits, and equal densities would no longer be
    found = density(panel.present, proximity(panel.present)).round(12)
    near = ~np.isnan(found).all(axis=0)
    known = found[:, near]
    demeaned = np.full_like(found, np.nan)
    demeaned[:, near] = (
        known - known.mean(axis=1, keepdims=True) - known.mean(axis=0) + known.mean() if near.any() else 0
    )
    shape = panel.present.shape
    return {
        "density": found,
        "ubiquity": np.broadcast_to(panel.present.sum(axis=0).astype(float), shape),
        "diversity": np.broadcast_to(panel.present.sum(axis=1).astype(float)[:, None], shape),
        "demeaned_density": demeaned,
    }


def held_out_scores(
    panel: Panel, cells: NDArray[np.bool_], parent_prefix: int | None = None, folds: int = FOLDS, seed: int = 0
) -> tuple[dict[str, FloatArray], pd.DataFrame]:
    """Scores of the fitted models, each region's from models of the other folds' regions, and the mean slopes.

    cells : the candidates that models are fitted to and asked about
    """
    setting = Setting.of(panel)
    rng = np.random.default_rng(seed)
    block = blocks(panel, parent_prefix)
    fold = rng.permutation(np.arange(block.max() + 1) % folds)[block]
    share = MOST_NON_ENTRIES / max(int((cells & ~panel.later).sum()), 1)
    drawn = cells & (panel.later | (rng.random(cells.shape) < share))
    scores = {name: np.full(cells.shape, np.nan) for name in MODELS}
    slopes = []
    for held in range(folds):
        train = fold != held
        known = features(setting, train)
        fitted, asked = drawn & train[:, None], cells & ~train[:, None]
        for name, parts in MODELS.items():
            model = fit_logistic(np.column_stack([known[part][fitted] for part in parts]), panel.later[fitted])
            scores[name][asked] = model.score(np.column_stack([known[part][asked] for part in parts]))
            slopes += [
                (name, part, FEATURE_NAMES[part], slope) for part, slope in zip(parts, model.slopes, strict=True)
            ]
    told = pd.DataFrame(slopes, columns=["model", "feature", "name", "slope"])
    return scores, told.groupby(["model", "feature", "name"], sort=False, as_index=False).slope.mean()


def blocks(panel: Panel, parent_prefix: int | None) -> NDArray[np.intp]:
    """Number of the block of each region: itself, or all that share its parent."""
    names = [region if parent_prefix is None else region[:parent_prefix] for region in panel.regions]
    return np.unique(names, return_inverse=True)[1].astype(np.intp)


def _too_little(n_entries: int, n_regions: int, n_blocks: int, folds: int) -> str:
    if n_regions < MIN_REGIONS:
        return f"只有 {n_regions} 个地区，不足以拟合模型（至少 {MIN_REGIONS} 个）"
    if n_blocks < folds:
        return f"只有 {n_blocks} 个上级地区，不能分成 {folds} 份轮流留出"
    if n_entries < MIN_ENTRIES:
        return f"只有 {n_entries} 次进入，不足以拟合模型（至少 {MIN_ENTRIES} 次）"
    return ""


def _inside(score: FloatArray, panel: Panel, cells: NDArray[np.bool_]) -> tuple[Area | None, int]:
    """Mean area inside the activities that at least ``MIN_ENTRIES_INSIDE`` regions entered; None where there is none."""
    enough = (panel.later & cells).sum(axis=0) >= MIN_ENTRIES_INSIDE
    chosen = cells & enough & (cells & ~panel.later).any(axis=0)
    if not chosen.any():
        return None, 0
    region, activity = np.nonzero(chosen)
    return mean_area(score[chosen], panel.later[chosen], region, activity, len(panel.regions))


def _table(areas: Mapping[str, Area]) -> pd.DataFrame:
    rows = [
        (name, title, areas[name].value, *areas[name].interval, name in MODELS)
        for name, title in SCORE_NAMES.items()
        if name in areas
    ]
    return pd.DataFrame(rows, columns=["score", "name", "auc", "low", "high", "fitted"])


def _gains(areas: Mapping[str, Area]) -> pd.DataFrame:
    rows = [
        (better, worse, *areas[better].above(areas[worse]))
        for better, worse in GAINS
        if better in areas and worse in areas
    ]
    return pd.DataFrame(rows, columns=["better", "worse", "gain", "low", "high"])
