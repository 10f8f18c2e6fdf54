"""Journeys of few days: the way takes the time of visits, and what cannot be reached is left out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.journeys import Ground, JourneyParams, plan_journey
from analysis.visits import Choice

ON_A_LINE = (0.0, 100.0, 150.0, 1_500.0)
"""Home, two towns near each other, and a far one."""


def ground(places: list[int], chance: list[float], at=ON_A_LINE, n_visits: int = 9, held=()) -> Ground:
    firms = tuple(f"f{n}" for n in range(len(places)))
    choice = Choice(firms, np.array([50.0]), np.array([chance]), np.array(places))
    km = abs(np.array(at)[:, None] - np.array(at))
    return Ground(choice, np.array(places), km, n_visits, tuple(held))


def test_a_far_city_that_covers_more_waits_for_a_longer_journey():
    # one day holds 3 visits: the way to the far town and back, 3,000 km, takes 7.5; to the near ones, 300 km, 0.75
    found = ground([1, 2, 3], [0.2, 0.2, 0.45])
    assert set(plan_journey(found, JourneyParams(days=1)).order) == {1, 2}
    # 50·(1 − 0.8·0.8) = 18
    assert plan_journey(found, JourneyParams(days=1)).value == pytest.approx(18.0)
    # four days hold 12 − 7.5 visits, but the far town is a day of its own: three days for 3 visits at least
    assert set(plan_journey(found, JourneyParams(days=4)).order) == {1, 2, 3}


def test_visits_held_take_their_time_and_their_city_costs_no_way():
    # 3 visits less 2 held less 200/400 km: half a visit is left, none can be made
    assert plan_journey(ground([1, 2], [0.2, 0.3], held=(1, 1)), JourneyParams(days=1)).firms == ()
    # a second day: 3.5 visits; the towns are 50 km apart
    found = plan_journey(ground([1, 2], [0.2, 0.3], held=(1, 1)), JourneyParams(days=2))
    assert (set(found.order), found.firms) == ({1, 2}, (0, 1))


@settings(max_examples=60, deadline=None)
@given(
    at=st.lists(st.floats(1, 3_000), min_size=3, max_size=7),
    days=st.integers(1, 5),
    data=st.data(),
)
def test_the_way_and_the_visits_fit_into_the_days(at, days, data):
    places = data.draw(st.lists(st.integers(1, len(at)), min_size=1, max_size=12))
    chance = data.draw(st.lists(st.floats(0.01, 0.5), min_size=len(places), max_size=len(places)))
    params = JourneyParams(days)

    found = plan_journey(ground(places, chance, (0.0, *at)), params)

    assert len(found.firms) + found.km / params.km_per_visit <= days * params.per_day
    assert {places[firm] for firm in found.firms} == set(found.order)
