"""Local demand and supply: the input–output fixture, small chains worked by hand, and what must always hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.chain_demand import InputOutput, chain_demand, pull
from analysis.demand import (
    NotProductive,
    delivered,
    flq,
    flq_shares,
    leontief,
    pool_shares,
    quotient_shares,
    requirements,
    simple_quotients,
    suppliers_needed,
    total_requirements,
    unmet,
)

A = np.array([[0.1, 0.2, 0.0], [0.3, 0.1, 0.1], [0.05, 0.15, 0.2]])
LOCAL, WHOLE, FINAL = [100.0, 50.0, 20.0], [10_000.0, 10_000.0, 4_000.0], [20.0, 10.0, 5.0]
R = [40.0, 47.0, 21.5]


def test_requirements_are_what_users_and_final_demand_take() -> None:
    # 10 + 10 + 0 + 20; 30 + 5 + 2 + 10; 5 + 7.5 + 4 + 5
    assert requirements(A, LOCAL, FINAL) == pytest.approx(R)


def test_quotients_compare_shares_of_output() -> None:
    # of 170 here and 24,000 in all: 0.588 against 0.417, 0.294 against 0.417, 0.118 against 0.167
    assert simple_quotients(LOCAL, WHOLE) == pytest.approx([1.4118, 0.7059, 0.7059], abs=5e-5)


def test_the_two_shares_leave_different_gaps() -> None:
    slq = quotient_shares(simple_quotients(LOCAL, WHOLE))
    assert unmet(R, slq) == pytest.approx([0.0, 13.824, 6.324], abs=5e-4)
    assert unmet(R, pool_shares(LOCAL, R)) == pytest.approx([0.0, 0.0, 1.5])


def test_total_requirements_of_a_unit_delivered() -> None:
    # (I − A)⁻¹ of [[0, 1/2], [1/5, 0]] = 1/(1 − 1/10) · [[1, 1/2], [1/5, 1]]
    assert leontief([[0.0, 0.5], [0.2, 0.0]]) == pytest.approx(np.array([[1.0, 0.5], [0.2, 1.0]]) / 0.9)
    assert leontief(A) @ (np.eye(3) - A) == pytest.approx(np.eye(3))


def test_where_nothing_is_missing_total_and_direct_requirements_agree() -> None:
    # each makes more than the others take: deliveries 80, 13 and 3.5
    assert delivered(A, LOCAL) == pytest.approx([80.0, 13.0, 3.5])
    assert total_requirements(A, LOCAL, FINAL) == pytest.approx(R)


def test_what_a_missing_segment_would_need_counts_in_total() -> None:
    # gears → gearboxes → cars, only 100 of cars are made: 20 of gearboxes are needed, and 10 of gears for them
    chain = [[0.0, 0.5, 0.0], [0.0, 0.0, 0.2], [0.0, 0.0, 0.0]]
    assert requirements(chain, [0, 0, 100]) == pytest.approx([0.0, 20.0, 0.0])
    assert total_requirements(chain, [0, 0, 100]) == pytest.approx([10.0, 20.0, 0.0])


def test_coefficients_that_use_up_more_than_is_made_are_refused() -> None:
    with pytest.raises(NotProductive, match="谱半径是 1，应小于 1"):
        leontief([[0.0, 1.0], [1.0, 0.0]])


def test_flq_is_the_cross_quotient_times_a_factor_of_size_and_the_diagonal_the_simple_one() -> None:
    # a region of a third: log2(4/3) = 0.41504, to the power 0.3 = 0.76811
    found = flq([2.0, 0.5], 1 / 3)
    factor = np.log2(4 / 3) ** 0.3
    assert factor == pytest.approx(0.76811, abs=5e-6)
    assert found == pytest.approx(np.array([[2.0, 4.0], [0.25, 0.5]]) * factor)


def test_flq_shares_are_weighted_by_what_each_user_buys() -> None:
    # FLQ of the first supplier: 2 and 4 times 0.768 → 1; of the second: 0.25·f for the first user and 0.5·f for the second
    a, factor = [[0.1, 0.1], [0.2, 0.3]], np.log2(4 / 3) ** 0.3
    found = flq_shares(a, [10.0, 20.0], [2.0, 0.5], 1 / 3)
    assert found == pytest.approx([1.0, (2 * 0.25 + 6 * 0.5) * factor / 8])


def test_an_absent_supplier_supplies_nothing_even_to_itself_and_an_absent_user_does_not_count() -> None:
    assert flq_shares([[0.1, 0.5], [0.0, 0.0]], [0.0, 10.0], [0.0, 1.0], 0.5) == pytest.approx(
        [0.0, np.nan], nan_ok=True
    )


# --- a chain: foundry → axle → car, foundry → car
GRAPH = nx.DiGraph()
GRAPH.add_weighted_edges_from([("foundry", "axle", 0.5), ("foundry", "car", 0.1), ("axle", "car", 0.3)])


def firms(local: list[float], whole: list[float], share: float = 0.1) -> pd.DataFrame:
    frame = pd.DataFrame({"local": local, "whole": whole}, index=["foundry", "axle", "car"], dtype=float)
    return frame.assign(expected=frame.whole * share)


def test_suppliers_are_counted_in_their_own_firms_at_the_ratio_of_the_benchmark() -> None:
    # 100 foundries serve 40 axle and 20 car makers: 0.5·40 + 0.1·20 = 22. Here 6 and 2: 3.2, so 100·3.2/22 foundries
    found = chain_demand(GRAPH, firms([4, 6, 2], [100, 40, 20]))

    assert found.requirement.tolist()[:2] == pytest.approx([3.2, 0.6])
    assert found.suppliers_needed.tolist()[:2] == pytest.approx([320 / 22, 4.0])
    assert found.supply_share_pool.tolist()[:2] == pytest.approx([4 * 22 / 320, 1.0])
    assert found.supply_share_slq.tolist() == pytest.approx([0.4, 1.0, 1.0])
    assert found.unmet.tolist()[:2] == pytest.approx([3.2 - 0.88, 0.0])
    assert set(found.demand_tier) == {"A"}


def test_a_segment_without_users_in_the_chain_has_no_demand_that_is_known() -> None:
    car = chain_demand(GRAPH, firms([4, 6, 2], [100, 40, 20])).loc["car"]

    assert car[["requirement", "suppliers_needed", "supply_share_pool", "unmet"]].isna().all()
    assert car.supply_share_slq == 1.0


def test_users_that_are_not_here_need_nothing() -> None:
    foundry = chain_demand(GRAPH, firms([4, 0, 0], [100, 40, 20])).loc["foundry"]

    assert foundry.requirement == foundry.unmet == 0.0
    assert pd.isna(foundry.supply_share_pool)


def test_zero_totals_give_no_figure_and_no_division_error() -> None:
    nothing = chain_demand(GRAPH, firms([0, 0, 0], [0, 0, 0]))

    assert nothing[["suppliers_needed", "supply_share_pool", "supply_share_slq"]].isna().all(axis=None)
    assert pull(nothing).tolist()[:2] == [0.0, 0.0]


def test_a_chain_of_one_segment_has_no_demand() -> None:
    alone = nx.DiGraph()
    alone.add_node("only")
    found = chain_demand(alone, pd.DataFrame({"local": [3.0], "expected": [1.0], "whole": [9.0]}, index=["only"]))

    assert found.unmet.isna().all()
    assert pull(found).isna().all()


# --- with a table of the user's


NOT_GIVEN = (None, None, None)


def table(local: Sequence[float | None] = NOT_GIVEN, national: Sequence[float | None] = NOT_GIVEN) -> InputOutput:
    rows = [("foundry", "axle", 0.2), ("foundry", "car", 0.05), ("axle", "car", 0.1)]
    outputs = {"local_output": local, "national_output": national, "final_demand": NOT_GIVEN}
    return InputOutput(
        pd.DataFrame(rows, columns=["supplier_id", "user_id", "coefficient"]),
        pd.DataFrame(outputs, index=pd.Index(["foundry", "axle", "car"], name="segment_id"), dtype=float),
        "表",
        date(2023, 12, 31),
    )


def test_a_table_replaces_the_edges_counts_every_round_and_says_so() -> None:
    found = chain_demand(GRAPH, firms([4, 0, 20], [100, 40, 20]), table())

    # no axle is made: 20 cars need 0.1·20 = 2 of axles, and foundries 0.05·20 + 0.2·2 = 1.4 instead of 1
    assert found.requirement.tolist()[:2] == pytest.approx([1.4, 2.0])
    # n/E = 0.4, 0 and 10; the region's share is 16/160 = 0.1: f = log2(1.1)^0.3; foundry → car 0.4/10·f
    factor = np.log2(1.1) ** 0.3
    assert found.supply_share_flq.tolist()[:2] == pytest.approx([0.04 * factor, 0.0])
    assert found.supply_share.tolist()[:2] == found.supply_share_flq.tolist()[:2]
    assert found.unmet.tolist()[:2] == pytest.approx([1.4 * (1 - 0.04 * factor), 2.0])
    assert set(found.demand_method) == {"table"}
    assert set(found.demand_tier) == {"C"}


def test_with_outputs_the_table_speaks_of_money() -> None:
    found = chain_demand(GRAPH, firms([4, 6, 2], [100, 40, 20]), table([100, 60, 200], [10_000, 6_000, 4_000]))

    # foundry: 0.2·60 + 0.05·200 = 22; axle: 0.1·200 = 20, both made in plenty
    assert found.requirement.tolist()[:2] == pytest.approx([22.0, 20.0])
    assert found.supply_share_pool.tolist()[:2] == [1.0, 1.0]
    # of 360 here and 20,000 in all: 0.278 against 0.5, 0.167 against 0.3, 0.556 against 0.2
    assert found.supply_share_slq.tolist() == pytest.approx([0.5556, 0.5556, 1.0], abs=5e-5)
    assert set(found.demand_method) == {"output"}
    assert found.suppliers_needed.isna().all()


def test_an_output_not_given_is_the_national_one_by_the_share_of_firms() -> None:
    # 6 of 40 axle makers are here: 6,000·6/40 = 900
    found = chain_demand(GRAPH, firms([4, 6, 2], [100, 40, 20]), table([100, None, 200], [None, 6_000, None]))

    assert found.requirement.tolist()[:2] == pytest.approx([0.2 * 900 + 10, 20.0])
    assert found.supply_share_slq.tolist() == pytest.approx(
        [0.4, 1.0, 1.0]
    )  # by firms: not every national output is known


def test_one_output_that_cannot_be_known_leaves_the_table_with_firms() -> None:
    found = chain_demand(GRAPH, firms([4, 6, 2], [100, 40, 20]), table([100, None, 200]))

    assert set(found.demand_method) == {"table"}


# --- what must hold

counts = st.lists(st.integers(0, 50), min_size=3, max_size=3)
totals = st.lists(st.integers(1, 500), min_size=3, max_size=3)


@given(totals, st.floats(0.01, 1.0))
def test_where_every_quotient_is_one_the_share_is_one_and_nothing_is_missing(whole: list[int], share: float) -> None:
    found = chain_demand(GRAPH, firms([n * share for n in whole], [float(n) for n in whole], share)).iloc[:2]

    assert found.supply_share_pool.tolist() == pytest.approx([1.0, 1.0])
    assert found.supply_share_slq.tolist() == pytest.approx([1.0, 1.0])
    assert found.unmet.tolist() == pytest.approx([0.0, 0.0], abs=1e-9)


@given(counts, totals)
def test_shares_lie_between_none_and_all_and_a_maker_more_never_widens_its_gap(
    local: list[int], whole: list[int]
) -> None:
    before = chain_demand(GRAPH, firms(list(map(float, local)), list(map(float, whole))))
    after = chain_demand(GRAPH, firms([local[0] + 1.0, *map(float, local[1:])], list(map(float, whole))))

    shares = before[["supply_share_pool", "supply_share_slq", "supply_share"]].stack().dropna()
    assert shares.between(0.0, 1.0).all()
    assert after.unmet["foundry"] <= before.unmet["foundry"] + 1e-12


@given(counts, totals, st.permutations([0, 1, 2]))
def test_the_order_of_segments_changes_nothing(local: list[int], whole: list[int], order: list[int]) -> None:
    frame = firms(list(map(float, local)), list(map(float, whole)))

    for one in (None, table(), table([1.0, 2.0, 3.0], [10.0, 20.0, 30.0])):
        found, again = chain_demand(GRAPH, frame, one), chain_demand(GRAPH, frame.iloc[order], one)
        pd.testing.assert_frame_equal(again.loc[found.index], found, rtol=1e-9)


@given(st.lists(st.floats(0, 1000), min_size=3, max_size=3))
def test_total_requirements_are_never_below_direct_ones(output: list[float]) -> None:
    assert (total_requirements(A, output) >= requirements(A, output) - 1e-6).all()


def test_users_outside_the_benchmark_leave_the_need_unknown() -> None:
    assert np.isnan(suppliers_needed([[0.0, 0.5], [0.0, 0.0]], [1, 2], [10, 0])[0])
