"""Visits chosen for few cities: the value worked by hand, the optimum by trying every list."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.visits import Choice, Plan, VisitParams, choice_of, fill_greedily, plan_visits

EXACT = VisitParams(tolerance=1e-6, rounds=50, nodes=10_000, seconds=30.0)
PRIORITY = pd.Series({"x": 50.0, "y": 40.0})


def candidates(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["segment_id", "firm_id", "city", "score"])


ROWS = candidates(
    ("x", "a", "甲市", 80.0), ("x", "b", "乙市", 60.0), ("y", "b", "乙市", 60.0), ("y", "c", "丙市", 70.0)
)  # fmt: skip


def planned(n_visits: int, n_cities: int | None = None, rows: pd.DataFrame = ROWS) -> Plan:
    return plan_visits(choice_of(rows, PRIORITY), n_visits, n_cities, EXACT)


def test_one_visit_goes_to_the_firm_that_serves_both_gaps():
    # b: 0.3·50 + 0.3·40 = 27, a: 0.4·50 = 20, c: 0.35·40 = 14
    plan = planned(1)
    assert (plan.firms, plan.value) == (("b",), pytest.approx(27.0))


def test_a_second_visit_for_the_same_gap_is_worth_less():
    # a after b: 50·0.7·0.4 = 14 of the 20 it is worth alone; c after b: 40·0.7·0.35 = 9.8; a and c without b: 34
    assert planned(2).firms == ("a", "b")
    assert planned(2).value == pytest.approx(41.0)
    assert planned(3).value == pytest.approx(50.8)


def test_no_more_cities_than_allowed():
    assert planned(3, 1).firms == ("b",)
    assert set(planned(3, 2).firms) == {"a", "b"}


def test_more_visits_than_candidates_take_them_all():
    assert planned(99).firms == ("a", "b", "c")


def test_a_firm_that_suits_nothing_is_not_visited():
    assert planned(9, None, candidates(("x", "a", "甲市", 80.0), ("y", "b", "乙市", 0.0))).firms == ("a",)


def test_two_good_firms_in_one_city_beat_the_best_one_elsewhere():
    rows = candidates(("x", "a", "甲市", 80.0), ("x", "b", "乙市", 70.0), ("y", "c", "乙市", 70.0))
    assert planned(2, 1, rows).firms == ("b", "c")
    # always taking the next best starts with a and cannot leave its city
    assert planned(2, 1, rows).greedy == pytest.approx(20.0)


def test_the_list_does_not_depend_on_the_order_of_the_candidates():
    assert planned(2) == planned(2, None, ROWS.iloc[::-1])


@st.composite
def choices(draw) -> Choice:
    n_gaps, n_firms = draw(st.integers(1, 4)), draw(st.integers(1, 8))
    chance = [[draw(st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.4])) for _ in range(n_firms)] for _ in range(n_gaps)]
    city = [draw(st.integers(0, 2)) for _ in range(n_firms)]
    priority = [float(draw(st.integers(1, 90))) for _ in range(n_gaps)]
    return Choice(
        tuple(f"f{i}" for i in range(n_firms)), np.array(priority), np.array(chance), pd.factorize(np.array(city))[0]
    )


def best_value(choice: Choice, n_visits: int, n_cities: int) -> float:
    """The value of the best list, by trying every one."""
    every = range(len(choice.firms))
    lists = [list(some) for n in range(min(n_visits, len(every)) + 1) for some in combinations(every, n)]
    return max(choice.value(np.array(some, dtype=int)) for some in lists if len(set(choice.city[some])) <= n_cities)


@settings(max_examples=30)
@given(choice=choices(), n_visits=st.integers(1, 5), n_cities=st.integers(1, 3))
def test_the_list_is_as_good_as_the_best_of_all_lists(choice, n_visits, n_cities):
    plan = plan_visits(choice, n_visits, n_cities, EXACT)
    chosen = np.array([choice.firms.index(firm) for firm in plan.firms], dtype=int)
    best = best_value(choice, n_visits, n_cities)
    assert plan.value == pytest.approx(choice.value(chosen))
    assert plan.value == pytest.approx(best, rel=2e-6)
    assert plan.bound >= best * (1 - 1e-6)
    assert plan.greedy <= plan.value
    assert len(plan.firms) <= n_visits
    assert len(set(choice.city[chosen])) <= n_cities


@settings(max_examples=10)
@given(choice=choices(), n_visits=st.integers(1, 4), n_cities=st.integers(1, 2))
def test_more_visits_or_more_cities_never_cover_less(choice, n_visits, n_cities):
    value = plan_visits(choice, n_visits, n_cities, EXACT).value
    assert plan_visits(choice, n_visits + 1, n_cities, EXACT).value >= value * (1 - 2e-6)
    assert plan_visits(choice, n_visits, n_cities + 1, EXACT).value >= value * (1 - 2e-6)


def large(seed: int, n_gaps: int = 40, per_gap: int = 50, n_cities: int = 100) -> Choice:
    """As many gaps and candidates as a long chain has."""
    rng = np.random.default_rng(seed)
    pool = int(n_gaps * per_gap * 0.8)
    city = rng.zipf(1.5, size=pool) % n_cities
    rows = [
        (f"s{gap}", f"f{firm:05d}", f"c{city[firm]}", float(rng.uniform(35, 75)))
        for gap in range(n_gaps)
        for firm in rng.choice(pool, per_gap, replace=False)
    ]
    return choice_of(candidates(*rows), pd.Series({f"s{gap}": rng.uniform(20, 70) for gap in range(n_gaps)}))


@pytest.mark.parametrize(("n_visits", "n_cities"), [(20, 6), (60, 10)])
def test_a_long_chain_is_planned_close_to_the_best_and_the_same_every_time(n_visits, n_cities):
    choice = large(7)
    plan = plan_visits(choice, n_visits, n_cities)
    assert plan.missed <= 0.03
    assert plan.greedy <= plan.value <= plan.bound
    assert plan_visits(choice, n_visits, n_cities).firms == plan.firms


def test_where_the_solver_has_no_time_the_greedy_list_stands_with_a_bound():
    choice = large(3, n_gaps=6)
    hasty = plan_visits(choice, 5, 2, VisitParams(seconds=0.0))
    assert 0.0 < hasty.value <= hasty.bound <= choice.priority.sum()
    assert hasty.bound >= plan_visits(choice, 5, 2).value


def test_filling_up_keeps_what_is_chosen():
    choice = choice_of(ROWS, PRIORITY)
    assert fill_greedily(choice, [2], 2, 2).tolist() == [1, 2]
