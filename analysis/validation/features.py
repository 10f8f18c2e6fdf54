"""What a model of entry may know of a cell: structure at T, and what training regions showed by T + k."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.relatedness import density, proximity
from analysis.validation.learned import learned_relatedness
from analysis.validation.panel import BoolArray, FloatArray, Panel

STRUCTURE = ("density", "ubiquity", "diversity", "expected", "threshold", "entry_rate", "learned")
LEVEL = (*STRUCTURE, "advantage", "unseen")
NESTED: dict[str, tuple[str, ...]] = {
    "ubiquity_model": ("ubiquity",),
    "ubiquity_diversity_model": ("ubiquity", "diversity"),
    "with_density_model": ("ubiquity", "diversity", "density"),
}
MODELS: dict[str, tuple[str, ...]] = {**NESTED, "structure": STRUCTURE, "level": LEVEL}
"""Fitted models and the features of each."""
FEATURE_NAMES = {
    "density": "关联密度",
    "ubiquity": "行业普遍度",
    "diversity": "地区多样性",
    "expected": "应有数",
    "threshold": "达到门槛所需",
    "entry_rate": "行业进入率",
    "learned": "回归关联",
    "advantage": "现有区位商",
    "unseen": "现在未见",
}
SMALL = 1e-3
"""Added to shares before a logarithm: a tenth of a per cent."""
PRIOR_CELLS = 20.0
"""Candidates' worth of the overall rate in an activity's rate of entry."""


@dataclass(frozen=True)
class Setting:
    """What does not depend on which regions train.

    expected : E = x_r x_s / x, the value at RCA 1
    need : the value that takes a cell there, as such values come: whole numbers where the panel has none but those, and
        never below the smallest that it shows
    """

    panel: Panel
    expected: FloatArray
    need: FloatArray

    @classmethod
    def of(cls, panel: Panel) -> Setting:
        """The setting of a panel."""
        x = panel.before
        expected = np.outer(x.sum(axis=1), x.sum(axis=0)) / x.sum()
        whole = bool((x == x.round()).all())
        return cls(panel, expected, np.maximum(np.ceil(expected) if whole else expected, x[x > 0].min()))


def features(setting: Setting, train: BoolArray) -> dict[str, FloatArray]:
    """Every feature of every cell (regions × activities), learned from the training regions alone.

    The training regions' own values leave themselves out wherever what came by T + k is used, so that they look as an
    unseen region's do.
    """
    panel = setting.panel
    shape = panel.before.shape
    return {
        "density": _log_density(panel.present, train),
        "ubiquity": np.broadcast_to(_log_odds(panel.present[train].sum(axis=0), train.sum()), shape),
        "diversity": np.broadcast_to(np.log1p(panel.present.sum(axis=1))[:, None], shape),
        "expected": np.log(setting.expected),
        "threshold": np.log(setting.need / setting.expected),
        "entry_rate": _entry_rate(panel, train),
        "learned": learned_relatedness(panel.present, panel.later, train),
        "advantage": panel.advantage,
        "unseen": (panel.before == 0).astype(float),
    }


def _log_density(present: BoolArray, train: BoolArray) -> FloatArray:
    """log density with the training regions' proximities; the mean where an activity is near none that they have."""
    found = np.log(density(present, proximity(present[train])) + SMALL)
    return np.where(np.isnan(found), np.nanmean(found) if np.isfinite(found).any() else 0.0, found)


def _log_odds(some: FloatArray, of: FloatArray | np.int_) -> FloatArray:
    share: FloatArray = (np.asarray(some, dtype=float) + 0.5) / (np.asarray(of, dtype=float) + 1.0)
    return np.log(share / (1.0 - share))


def _entry_rate(panel: Panel, train: BoolArray) -> FloatArray:
    """Log odds of the share of an activity's candidates that were entered in the other training regions."""
    could_enter = (~panel.present & train[:, None]).astype(float)
    entered = could_enter * panel.later
    others_entered, others_could = entered.sum() - entered.sum(axis=1), could_enter.sum() - could_enter.sum(axis=1)
    overall = ((others_entered + 0.5) / (others_could + 1.0))[:, None]
    came = entered.sum(axis=0) - entered + PRIOR_CELLS * overall
    could = could_enter.sum(axis=0) - could_enter + PRIOR_CELLS
    share = came / could
    return np.log(share / (1.0 - share))
