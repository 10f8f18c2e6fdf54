"""Location quotients, their prior and the benchmark, against cases worked by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import gamma, nbinom

from analysis.presence import SHAPES, benchmark, expected_counts, fit_shape, location_quotients, regional_presence

counts = st.integers(min_value=0, max_value=500)
positive = st.floats(min_value=0.01, max_value=500, allow_nan=False)


def test_expected_count_is_the_benchmark_share_of_the_region():
    # 200 makers among 1,000 producers nationwide, 50 producers here: 200 · 50 / 1000
    assert expected_counts(200, 50, 1000) == 10.0


def test_an_empty_benchmark_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="基准区域没有可比企业"):
        expected_counts(1, 1, 0)


def test_quotient_is_shrunk_towards_one_by_the_prior():
    # (n + k) / (E + k) with k = 1: (0+1)/(2+1), (10+1)/(5+1)
    assert location_quotients([0, 10], [2.0, 5.0], 1.0).lq.tolist() == pytest.approx([1 / 3, 11 / 6])


def test_interval_holds_the_named_share_of_the_posterior():
    row = location_quotients([7], [3.0], 2.0, level=0.8).iloc[0]
    posterior = gamma(a=9, scale=1 / 5)
    assert posterior.cdf(row.lq_high) - posterior.cdf(row.lq_low) == pytest.approx(0.8)
    assert posterior.cdf(row.lq_low) == pytest.approx(0.1)


@given(n=counts, e=positive, k=positive)
def test_quotient_lies_inside_its_interval_and_interval_is_positive(n, e, k):
    # the mean of a strongly skewed Gamma may lie above the 90 % point only for shapes below about 0.12
    row = location_quotients([n], [e], k).iloc[0]
    assert 0 <= row.lq_low <= row.lq_high
    if n + k > 0.2:
        assert row.lq_low <= row.lq <= row.lq_high


@given(e=positive, k=positive, factor=st.integers(min_value=2, max_value=50))
def test_interval_narrows_when_the_same_ratio_rests_on_more_firms(e, k, factor):
    n = round(e)
    assume(n + k >= 1)  # below one firm's worth of evidence the posterior piles up at zero and has no width to speak of
    few = location_quotients([n], [e], k).iloc[0]
    many = location_quotients([n * factor], [e * factor], k * factor).iloc[0]
    assert many.lq_high - many.lq_low <= few.lq_high - few.lq_low + 1e-9


@given(n=counts, e=positive, k=positive)
def test_one_more_local_maker_never_lowers_the_quotient(n, e, k):
    rows = location_quotients([n, n + 1], [e, e], k)
    assert (rows.iloc[1] >= rows.iloc[0] - 1e-12).all()


def test_shape_maximises_the_negative_binomial_likelihood():
    rng = np.random.default_rng(3)
    expected = rng.uniform(0.5, 20, 400)
    n = rng.poisson(expected * rng.gamma(2.0, 1 / 2.0, 400))
    found = float(fit_shape(n, expected)[0])
    likelihood = [nbinom.logpmf(n, k, k / (k + expected)).sum() for k in SHAPES]
    assert found == pytest.approx(SHAPES[int(np.argmax(likelihood))])
    assert 1.4 < found < 2.9  # drawn with k = 2


def test_alike_regions_borrow_much_and_unlike_regions_little():
    expected = np.full(200, 5.0)
    alike = fit_shape(np.full(200, 5), expected)[0]
    unlike = fit_shape(np.where(np.arange(200) % 10 == 0, 50, 0), expected)[0]
    assert alike == SHAPES[-1]
    assert unlike < 0.5


TOTALS = pd.DataFrame({"n_firms": [100, 300], "n_producers": [40, 60]}, index=pd.Index(["a", "b"], name="region"))
COUNTS = pd.DataFrame({"region": ["a", "b", "b"], "segment_id": ["s", "s", "v"], "n": [6, 4, 8]})
BASE_OF = pd.Series({"s": "producers", "v": "firms", "w": "firms"})


def test_benchmark_sums_the_regions_over_the_segment_s_own_base():
    marks = benchmark(COUNTS, TOTALS, BASE_OF)
    assert marks.total.to_dict() == {"s": 10, "v": 8, "w": 0}
    assert marks.base_total.to_dict() == {"s": 100, "v": 400, "w": 400}


def test_presence_of_every_region_and_segment():
    rows = regional_presence(COUNTS, TOTALS, benchmark(COUNTS, TOTALS, BASE_OF)).set_index(["region", "segment_id"])
    # s: 10 · 40/100 and 10 · 60/100; v: 8 · 100/400 and 8 · 300/400; nobody makes w
    assert rows.expected.to_dict() == {
        ("a", "s"): 4,
        ("a", "v"): 2,
        ("a", "w"): 0,
        ("b", "s"): 6,
        ("b", "v"): 6,
        ("b", "w"): 0,
    }
    assert rows.n_local.to_dict() == {
        ("a", "s"): 6,
        ("a", "v"): 0,
        ("a", "w"): 0,
        ("b", "s"): 4,
        ("b", "v"): 8,
        ("b", "w"): 0,
    }


def test_expected_counts_of_all_regions_add_up_to_the_total():
    rows = regional_presence(COUNTS, TOTALS, benchmark(COUNTS, TOTALS, BASE_OF))
    assert rows.groupby("segment_id").expected.sum().to_dict() == pytest.approx({"s": 10, "v": 8, "w": 0})


def test_quotient_is_one_where_shares_are_equal():
    # every region has a tenth of its producers in the segment
    counts_ = pd.DataFrame({"region": ["a", "b"], "segment_id": "s", "n": [4, 6]})
    rows = regional_presence(counts_, TOTALS, benchmark(counts_, TOTALS, BASE_OF[["s"]]))
    assert location_quotients(rows.n_local, rows.expected, rows["shape"]).lq.tolist() == pytest.approx([1.0, 1.0])
