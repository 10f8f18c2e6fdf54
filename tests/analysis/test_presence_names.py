"""What regions and segments are called, and in which order they come, changes nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.labels import label_segments
from analysis.presence import benchmark, location_quotients, regional_presence
from analysis.relatedness import density, proximity

counts = arrays(np.int64, (4, 3), elements=st.integers(0, 30))


def labelled(n: np.ndarray, regions: list[str], segments: list[str]) -> pd.DataFrame:
    wide = pd.DataFrame(n, index=pd.Index(regions, name="region"), columns=pd.Index(segments, name="segment_id"))
    totals = pd.DataFrame({"n_firms": 50.0, "n_producers": 40.0 + 10.0 * (wide.index.map(len) % 2)}, index=wide.index)
    rows = wide.stack().rename("n").reset_index()
    marks = benchmark(rows[rows.n > 0], totals, pd.Series(dict.fromkeys(segments, "producers")))
    found = label_segments(regional_presence(rows, totals, marks).assign(n_anchor=0))
    return found.set_index(["region", "segment_id"])[["n_local", "expected", "lq", "label"]].sort_index()


@given(n=counts, order=st.permutations(range(4)), places=st.permutations(range(3)))
def test_relabelling_regions_or_segments_changes_no_label(n, order, places):
    regions, segments = ["r1", "r2", "r3", "r4"], ["s1", "s2", "s3"]
    one = labelled(n, regions, segments)
    moved = labelled(n[np.ix_(order, places)], [regions[i] for i in order], [segments[j] for j in places])
    assert moved.label.tolist() == one.label.tolist()
    assert moved.lq.tolist() == pytest.approx(one.lq.tolist())


@given(n=counts, order=st.permutations(range(4)), places=st.permutations(range(3)))
def test_relabelling_moves_relatedness_with_the_names(n, order, places):
    present = (n > 10).astype(float)
    one = density(present, proximity(present))
    moved = present[np.ix_(order, places)]
    np.testing.assert_allclose(density(moved, proximity(moved)), one[np.ix_(order, places)])


@given(present=arrays(np.bool_, (5, 4)))
def test_relatedness_is_a_share(present):
    phi = proximity(present)
    found = density(present, phi)
    assert ((phi >= 0) & (phi <= 1)).all() and (phi == phi.T).all()
    known = found[~np.isnan(found)]
    assert ((known >= 0) & (known <= 1 + 1e-12)).all()


@given(n=st.integers(1, 50), level=st.sampled_from([0.5, 0.8, 0.95]), share=st.floats(0.05, 0.9))
def test_intervals_widen_as_data_shrink(n, level, share):
    """The same ratio of seen and expected resting on a share of the firms."""
    whole, part = (location_quotients([n * f], [n * f], 3.0, level).iloc[0] for f in (1.0, share))
    assert part.lq_high - part.lq_low >= whole.lq_high - whole.lq_low - 1e-12
