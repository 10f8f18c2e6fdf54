"""Clusters that the trade names, on the real registry: found strong, while few of all pairs are.

known_clusters.csv: 124 places and the trades that they are known for, written down from general knowledge of the trades
before the labels were looked at; none was taken out afterwards. TEN are those that everybody would name.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from services.known_clusters import KnownCluster, clusters_in_store, read_clusters

LISTED = Path(__file__).parent / "known_clusters.csv"
TEN = {
    ("420300", "auto_parts"): "十堰 汽车零部件",
    ("371200", "powder_metallurgy"): "莱芜 粉末冶金",
    ("429004", "bm_dressing"): "仙桃 无纺布（医用卫材）",
    ("360200", "ct_ceramics"): "景德镇 陶瓷",
    ("421300", "ap_special_vehicle"): "随州 专用汽车",
    ("341600", "bm_decoction"): "亳州 中药饮片",
    ("430200", "pm_cemented_carbide"): "株洲 硬质合金",
    ("330300", "eq_low_voltage"): "温州 低压电器",
    ("330200", "eq_mould"): "宁波 模具",
    ("371500", "eq_bearing"): "聊城（临清） 轴承",
}


@pytest.fixture(scope="module")
def found(registry):
    """The ten, then the listed ones: labelled together, for all pairs of the nation are labelled with them."""
    ten = tuple(KnownCluster(at, adcode, segment, None) for at, (adcode, segment) in enumerate(TEN, 1))
    return clusters_in_store(registry, (*ten, *read_clusters(LISTED)), LISTED.name)


def test_the_ten_clusters_that_everybody_names_are_strong(found):
    ten = found.pairs.head(len(TEN))
    assert len(ten) == 10
    assert {row.segment: row.label for row in ten.itertuples() if row.label != "strong"} == {}


def test_most_of_the_listed_clusters_are_strong_and_few_of_all_pairs_are(found):
    listed = found.pairs.iloc[len(TEN) :]
    assert len(listed) == 124
    assert (listed.label == "strong").mean() >= 0.8
    assert found.drawn.value <= 0.1
