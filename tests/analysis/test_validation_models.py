"""The small regressions behind the fitted models, against cases worked by hand and plain refitting."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.validation.learned import learned_relatedness
from analysis.validation.logistic import fit_logistic


def test_a_slope_is_the_logarithm_of_the_odds_ratio():
    # of 4,000 without the feature 1,000 entered, of 4,000 with it 2,000: odds 1/3 and 1, ratio 3
    feature = np.repeat([0.0, 0.0, 1.0, 1.0], [1000, 3000, 2000, 2000])[:, None]
    entered = np.repeat([True, False, True, False], [1000, 3000, 2000, 2000])
    model = fit_logistic(feature, entered)
    assert model.slopes[0] / model.spread[0] == pytest.approx(np.log(3), abs=2e-3)
    assert model.score(np.array([[0.0]]))[0] == pytest.approx(-np.log(3), abs=2e-3)


def test_a_feature_that_tells_everything_or_nothing_breaks_nothing():
    features = np.column_stack([np.arange(10.0), np.ones(10)])
    model = fit_logistic(features, np.arange(10) >= 5)
    assert np.isfinite(model.score(features)).all()
    assert model.slopes[1] == 0
    assert (np.diff(model.score(features)) > 0).all()


@pytest.fixture
def cells() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(5)
    present = rng.random((30, 6)) < 0.4
    return present, present ^ (rng.random((30, 6)) < 0.2), np.arange(30) < 24


def test_learned_relatedness_of_a_training_region_is_what_the_others_say(cells):
    present, later, train = cells
    found = learned_relatedness(present, later, train, ridge=0.1)
    region, activity = 7, 2
    others = np.flatnonzero(train & (np.arange(30) != region))
    x = np.delete(present.astype(float), activity, axis=1)
    design = np.column_stack([np.ones(len(others)), x[others]])
    penalty = 0.1 * 24 * np.diag([0.0, *np.ones(5)])
    slopes = np.linalg.solve(design.T @ design + penalty, design.T @ later[others, activity])
    assert found[region, activity] == pytest.approx(np.r_[1.0, x[region]] @ slopes)


def test_learned_relatedness_never_looks_at_what_came_to_a_region_that_does_not_train(cells):
    present, later, train = cells
    other = later.copy()
    other[~train] = ~other[~train]
    assert (learned_relatedness(present, later, train) == learned_relatedness(present, other, train)).all()


def test_learned_relatedness_never_looks_at_the_activity_itself(cells):
    present, later, train = cells
    other = present.copy()
    other[~train, 3] = ~other[~train, 3]
    one, two = (learned_relatedness(cells_, later, train)[~train, 3] for cells_ in (present, other))
    assert one == pytest.approx(two)
