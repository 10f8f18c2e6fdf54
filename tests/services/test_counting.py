"""Counts under another tier of evidence and at an earlier day, worked by hand on three prefectures."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from data.regions import resolve_region
from services.comparison import with_region, with_year, year_cube
from services.context import read_context
from services.counting import Counting, counted_cube, counted_local, undated
from services.map_ground import tier_cube, tier_ground
from services.presence import load_cube, load_local
from services.whatif import ground_of


@pytest.fixture
def home(store):
    return read_context(store).home


@pytest.fixture
def ground(store, chain):
    return ground_of(store, chain, read_context(store), load_cube(store, [chain]))


def write(store, *statements: str) -> None:
    with store.write() as cursor:
        for statement in statements:
            cursor.execute(statement)


def counts(local, column: str = "n_makers") -> dict[str, int]:
    return {key: int(n) for key, n in local.counts.set_index("segment_id")[column].items()}


def test_counting_all_that_is_confirmed_changes_nothing(store, chain, home):
    cube, local = load_cube(store, [chain]), load_local(store, home)

    assert counted_cube(store, cube, Counting()) is cube
    assert counted_local(store, local, home, Counting()) is local


def test_counted_anew_by_the_same_rule_the_cube_is_the_same(store, chain, home):
    # every firm was founded in 2010: by 2019 all are there
    cube, local = load_cube(store, [chain]), load_local(store, home)

    again = counted_cube(store, cube, Counting(until=date(2019, 1, 1)))

    pd.testing.assert_frame_equal(again.marks, cube.marks)
    pd.testing.assert_frame_equal(again.totals, cube.totals, check_dtype=False)
    assert counts(counted_local(store, local, home, Counting(until=date(2019, 1, 1)))) == counts(local)


def test_strict_leaves_out_the_unsure_unless_a_person_confirmed_them(store, chain, home):
    # all pairs have 把握 0.9; powder's firm of Jinan is sure, press is confirmed in Jinan by a person
    write(
        store,
        "UPDATE segment_firm SET score = 0.97 WHERE firm_id = '370100-1'",
        "INSERT INTO segment_firm BY NAME SELECT 'tiny' AS chain_id, 'press' AS segment_id, '370100-2' AS firm_id, "
        "'maker' AS role, 'confirmed' AS verdict, 0.5 AS score, '人' AS evidence, '张' AS decided_by, true AS core",
        "INSERT INTO segment_firm BY NAME SELECT 'tiny' AS chain_id, 'part' AS segment_id, '370100-3' AS firm_id, "
        "'maker' AS role, 'confirmed' AS verdict, 0.9 AS score, '词' AS evidence, 'rule' AS decided_by, true AS core",
    )

    found = counted_local(store, load_local(store, home), home, Counting("strict"))

    assert counts(found) == {"*tiny": 2, "powder": 1, "press": 1}


def test_the_wide_tier_counts_what_is_still_to_be_reviewed_here_and_everywhere(store, chain, home):
    # 3 of Jinan's and 6 of Wuhan's firms may make parts: part has 20 + 9 of 100 producers, Jinan's share is 10 · 29 / 100
    write(
        store,
        "INSERT INTO segment_firm BY NAME SELECT 'tiny' AS chain_id, 'part' AS segment_id, city || '-' || i AS firm_id, "
        "'maker' AS role, 'uncertain' AS verdict, 0.4 AS score, '词' AS evidence, 'rule' AS decided_by, true AS core "
        "FROM (SELECT '370100' AS city, unnest(range(2, 5)) AS i UNION ALL SELECT '420100', unnest(range(40, 46)))",
    )
    context, cube, local = read_context(store), load_cube(store, [chain]), load_local(store, home)
    usual = ground_of(store, chain, context, cube)

    wide = tier_ground(store, chain, context, (cube, tier_cube(store, cube, "all")), local, usual, "all")

    before, after = (one.before.labels.set_index("segment_id").loc["part"] for one in (usual, wide))
    assert (before.n_local, before.expected) == (0, pytest.approx(2.0))
    assert (after.n_local, after.expected) == (3, pytest.approx(2.9))
    assert wide.before.coverage.whole.n_nominal.iloc[0] == usual.before.coverage.whole.n_nominal.iloc[0]


def test_beside_another_region_both_are_judged_against_the_same_benchmark(store, ground):
    # Wuhan has 60 of 100 producers, 9 of 10 powder makers: 6 expected; Jinan 1 of them, 1 expected
    found = with_region(store, ground, resolve_region(store, "420100"), Counting())
    row = found.rows.set_index("segment_id").loc["powder"]

    assert (row.n_local, row.expected) == (1, pytest.approx(1.0))
    assert (row.n_local_other, row.expected_other) == (9, pytest.approx(6.0))
    assert found.caption == "武汉市"
    assert found.rows.difference.is_monotonic_decreasing
    assert f"{int(found.rows.differs.sum())} 个环节的判定不同" in found.told


def test_beside_a_year_only_firms_founded_by_then_count_and_so_does_what_is_expected(store, chain, ground, home):
    # by 2005 Jinan has 5 producers and no powder maker, all others 90: 9 powder makers of 95 producers, 9 · 5 / 95 expected
    write(
        store,
        "UPDATE firm SET founded_on = '2000-01-01' WHERE city_code <> '370100' OR firm_id IN "
        "('370100-6', '370100-7', '370100-8', '370100-9', '370100-10')",
    )
    cube = year_cube(store, load_cube(store, [chain]), 2005, "confirmed")

    found = with_year(store, ground, cube, home, 2005, "confirmed")

    row = found.rows.set_index("segment_id").loc["powder"]
    assert (row.n_local, row.n_local_other) == (1, 0)
    assert row.expected_other == pytest.approx(9 * 5 / 95)
    assert found.caption == "2005 年末"
    assert found.note.endswith("本链的本地企业都有成立日期。")


def test_firms_without_a_date_of_founding_are_said_and_not_guessed(store, chain, ground, home):
    write(
        store,
        "UPDATE firm SET founded_on = NULL WHERE firm_id IN ('370100-1', '370100-2')",
        # a researcher makes no powder: it counts on neither side
        "INSERT INTO segment_firm BY NAME SELECT 'tiny' AS chain_id, 'powder' AS segment_id, '370100-2' AS firm_id, "
        "'rd' AS role, 'confirmed' AS verdict, 0.9 AS score, '词' AS evidence, 'rule' AS decided_by, true AS core",
    )
    cube = year_cube(store, load_cube(store, [chain]), 2015, "confirmed")

    found = with_year(store, ground, cube, home, 2015, "confirmed")

    assert undated(store, home, chain).to_dict() == {"powder": 1}
    row = found.rows.set_index("segment_id").loc["powder"]
    assert (row.n_local, row.n_local_other, row.n_undated) == (1, 0, 1)
    assert "本地有 1 家次成立日期不详，不猜" in found.note


def test_before_anyone_was_founded_there_is_nothing_to_expect(store, chain, home):
    local = counted_local(store, load_local(store, home), home, Counting(until=date(1990, 1, 1)))

    assert local.counts.empty
    assert local.totals[["n_firms", "n_producers"]].to_numpy().tolist() == [[0, 0]]
