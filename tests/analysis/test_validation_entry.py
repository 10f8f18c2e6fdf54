"""Entry: whether relatedness of one year names the activities that regions enter by another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.validation.entry import blocks, plain_scores, validate_entry
from analysis.validation.features import LEVEL, Setting, features
from analysis.validation.panel import Panel, UnusablePanel, cut_panel
from analysis.validation.sentences import entry_sentences
from tests.shared import shared_path


def panel_of(before: np.ndarray, after: np.ndarray) -> Panel:
    regions = tuple(f"{1 + at // 10:02}{at:04}" for at in range(len(before)))
    return Panel(2017, 2021, regions, tuple(map(str, range(before.shape[1]))), before, after, 0)


def random_panel(n_regions: int = 60, n_activities: int = 12, seed: int = 0) -> Panel:
    """Regions of two kinds, each good at half of the activities; by the last year more of their own kind have come."""
    rng = np.random.default_rng(seed)
    kind = rng.random(n_regions) < 0.5
    fits = (kind[:, None] == (np.arange(n_activities) < n_activities / 2)).astype(float)
    before = rng.poisson(0.5 + 3 * fits) * rng.integers(1, 4, (n_regions, 1)) + np.eye(n_regions, n_activities)
    return panel_of(before, before + rng.poisson(0.4 + 2 * fits))


# A–D make p and q, E makes r and s. By 2021 A has entered r, B has entered nothing.
BEFORE = np.array([[4, 4, 0, 0], [4, 4, 0, 0], [4, 0, 0, 4], [0, 0, 4, 4]], dtype=float)


def test_candidates_entries_and_their_order_are_those_worked_by_hand():
    # Totals: regions 8 each, activities 12, 8, 4, 8 of 32. RCA: A, B = [4/3, 2, 0, 0], C = [4/3, 0, 0, 2],
    # D = [0, 0, 4, 2]. So k = [3, 2, 1, 2]; φ01 = 2/3, φ03 = 1/3, φ23 = 1/2, the others 0. Densities of the candidates:
    # A, B: r 0 (1/2 of s missing), s 1/3 / (5/6) = .4; C: q 1, r 1; D: p 1/3 / 1 = 1/3, q 0.
    after = BEFORE.copy()
    after[2, 1] = 4  # C enters q: RCA (4/12)/(12/36) = 1
    result = validate_entry(panel_of(BEFORE, after))
    assert plain_scores(panel_of(BEFORE, after))["density"][[0, 0, 2, 2, 3, 3], [2, 3, 1, 2, 0, 1]] == pytest.approx(
        [0, 0.4, 1, 1, 1 / 3, 0]
    )
    assert (result.n_candidates, result.n_entries, result.entry_share) == (8, 1, 1 / 8)
    auc = result.scores.set_index("score").auc
    # density 1 of (C, q) ties with (C, r) and beats the other six: 6.5 of 7
    assert auc.density == pytest.approx(6.5 / 7)
    # ubiquity of q is 2: r (1, three times) lies below, s (2, twice) and (D, q) tie, p (3) is above: 4.5 of 7
    assert auc.ubiquity == pytest.approx(4.5 / 7)
    # diversity is 2 everywhere
    assert auc.diversity == 0.5


def test_relatedness_is_found_where_there_is_some_and_the_models_use_it():
    result = validate_entry(random_panel(200))
    auc = result.scores.set_index("score").auc
    gains = result.gains.set_index("better")
    assert auc.density > 0.8 > 0.7 > auc.ubiquity
    assert gains.loc["with_density_model", "low"] > 0.05
    assert result.scores.set_index("score").fitted[["structure", "level"]].all()
    assert "提高" in "；".join(entry_sentences(result.told()))


def test_no_relatedness_is_claimed_where_there_is_none():
    rng = np.random.default_rng(4)
    shape = (200, 12)
    result = validate_entry(panel_of(rng.poisson(3, shape) + 0.0, rng.poisson(3, shape) + 0.0))
    low, high = result.scores.set_index("score").loc["within_activity", ["low", "high"]]
    assert low < 0.53 and high > 0.47
    assert "不能说关联密度在此之外还有帮助" in "；".join(entry_sentences(result.told()))


@settings(max_examples=15)
@given(st.permutations(range(20)), st.permutations(range(6)), st.integers(0, 5))
def test_relabelling_regions_and_activities_changes_nothing(rows, columns, seed):
    panel = random_panel(20, 6, seed)
    at = np.ix_(rows, columns)
    moved = panel_of(panel.before[at], panel.after[at])
    one, other = (validate_entry(two).scores.set_index("score") for two in (panel, moved))
    for name in ("auc", "low", "high"):
        assert other[name].to_numpy(dtype=float) == pytest.approx(one[name].to_numpy(dtype=float), nan_ok=True)


def test_intervals_widen_as_regions_become_fewer():
    widths = []
    for n in (30, 120, 480):
        row = validate_entry(random_panel(n)).scores.set_index("score").loc["density"]
        widths.append(row.high - row.low)
    assert widths == sorted(widths, reverse=True)


def test_too_few_regions_or_entries_to_fit_a_model_are_said_instead_of_a_figure():
    small = validate_entry(random_panel(12))
    assert small.unfitted == "只有 12 个地区，不足以拟合模型（至少 20 个）"
    assert set(small.scores.score) <= {"density", "ubiquity", "diversity", "demeaned_density", "within_activity"}
    assert small.unfitted in "".join(entry_sentences(small.told()))
    assert validate_entry(random_panel(60), parent_prefix=1).unfitted == "只有 1 个上级地区，不能分成 5 份轮流留出"


def test_regions_of_one_parent_are_one_block():
    assert blocks(random_panel(60), 2).tolist() == np.repeat(range(6), 10).tolist()
    held = validate_entry(random_panel(200), parent_prefix=2, folds=3)
    assert "把整个上级地区分成 3 份轮流留出" in "".join(entry_sentences(held.told()))


def test_no_feature_of_a_region_that_does_not_train_depends_on_what_came_to_it():
    panel, train = random_panel(), np.arange(60) < 40
    turned = replace(panel)
    later = panel.later.copy()
    later[~train] = ~later[~train]
    turned.__dict__["later"] = later
    one, other = (features(Setting.of(known), train) for known in (panel, turned))
    for name in LEVEL:
        assert (one[name] == other[name]).all(), name


def test_a_training_region_is_described_without_its_own_entries():
    panel, train = random_panel(), np.ones(60, dtype=bool)
    turned = replace(panel)
    later = panel.later.copy()
    later[3] = ~later[3]
    turned.__dict__["later"] = later
    one, other = (features(Setting.of(known), train) for known in (panel, turned))
    for name in ("entry_rate", "learned"):
        assert one[name][3] == pytest.approx(other[name][3]), name


def test_every_feature_is_a_number_whatever_the_training_regions_lack():
    panel = random_panel()
    train = panel.before[:, 0] == 0  # none of them has the first activity
    assert train.any()
    for name, values in features(Setting.of(panel), train).items():
        assert np.isfinite(values).all(), name


def test_whole_numbers_are_needed_whole_and_never_fewer_than_are_shown():
    # totals 16: E of (A, p) = 8·12/32 = 3, of (A, r) = 8·4/32 = 1, but no cell shows fewer than 4
    assert Setting.of(panel_of(BEFORE, BEFORE)).need[0].tolist() == [4, 4, 4, 4]
    assert Setting.of(panel_of(BEFORE + 1, BEFORE)).need.min() == 2  # E = 12·8/48 = 2
    money = Setting.of(panel_of(BEFORE + 0.5, BEFORE))
    assert (money.need == money.expected).all()  # all above 0.5


def test_activities_near_no_other_are_left_out_and_counted():
    # t is made by E alone, who makes nothing else
    before = np.pad(BEFORE, ((0, 1), (0, 1)))
    before[4, 4] = 4
    after = before.copy()
    after[2, 1] = 4
    result = validate_entry(panel_of(before, after))
    assert result.n_unrelated == 4  # t in A, B, C and D


def test_a_panel_in_which_nothing_happens_says_so():
    before = np.array([[9.0, 1.0], [1.0, 9.0]])
    with pytest.raises(UnusablePanel, match="没有一个进入"):
        validate_entry(panel_of(before, np.array([[9.0, 1.0], [0.0, 9.0]])))


def test_the_counties_of_a_nation_give_the_published_areas_and_the_models_reach_further():
    """On 3,107 counties and 288 industries: 0.8365, 0.758 and 0.695 were measured apart from this program."""
    columns = {"fips": "region", "naics4": "activity", "est": "value"}
    rows = pd.read_parquet(shared_path("us_cbp_county_naics4.parquet"), columns=[*columns, "year"])
    result = validate_entry(cut_panel(rows.rename(columns=columns), 2017, 2021), folds=2)
    auc = result.scores.set_index("score").auc
    assert (result.n_regions, result.n_activities, result.n_candidates) == (3107, 288, 743_036)
    assert result.entry_share == pytest.approx(0.0314, abs=5e-5)
    assert auc.density == pytest.approx(0.8365, abs=0.001)
    assert auc.ubiquity == pytest.approx(0.758, abs=0.001)
    assert auc.diversity == pytest.approx(0.695, abs=0.001)
    assert result.scores.set_index("score").low.structure >= 0.875
    assert result.scores.set_index("score").low.level >= 0.90
