"""From longitudes and latitudes to the path of an SVG: a conic projection, whole units, no point that is not seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data.region_shapes import Line

RADIUS_KM = 6371.0
PARALLELS, MIDDLE = (25.0, 47.0), (105.0, 36.0)
"""Standard parallels and origin of the usual equal-area projection of the country."""
CELL = 8
"""Of the islands smaller than a unit one in a square of so many units is drawn."""
Units = NDArray[np.int64]


def albers(degrees: ArrayLike) -> Line:
    """Kilometres east and south of ``MIDDLE`` in Albers' equal-area conic projection of the sphere.

    n = (sin φ₁ + sin φ₂) / 2, C = cos² φ₁ + 2 n sin φ₁, ρ = R √(C - 2 n sin φ) / n, θ = n (λ - λ₀)

    Source: Snyder (1987), "Map projections: a working manual", USGS Professional Paper 1395, equations 14-1 to 14-6.

    >>> albers([[105.0, 36.0]]).round(6).tolist()
    [[0.0, 0.0]]
    """
    longitude, latitude = np.radians(np.asarray(degrees, dtype=float)).T
    first, second = np.radians(PARALLELS)
    n = (np.sin(first) + np.sin(second)) / 2
    c = np.cos(first) ** 2 + 2 * n * np.sin(first)
    rho, rho_0 = (RADIUS_KM * np.sqrt(c - 2 * n * np.sin(phi)) / n for phi in (latitude, np.radians(MIDDLE[1])))
    theta = n * (longitude - np.radians(MIDDLE[0]))
    return np.column_stack([rho * np.sin(theta), rho * np.cos(theta) - rho_0])


def snapped(points: ArrayLike) -> Units:
    """Points in whole units without those that repeat or lie on a straight way.

    Neighbours share the points of their border: in whole units they share it still.

    >>> snapped([[0.1, 0], [0.9, 0.2], [2.1, 0], [2, 1]]).tolist()
    [[0, 0], [2, 0], [2, 1]]
    """
    units = np.rint(np.asarray(points, dtype=float)).astype(np.int64)
    units = units[np.r_[True, (np.diff(units, axis=0) != 0).any(axis=1)]]
    if len(units) < 3:
        return units
    before, after = units[1:-1] - units[:-2], units[2:] - units[1:-1]
    turns = before[:, 0] * after[:, 1] != before[:, 1] * after[:, 0]
    return units[np.r_[True, turns, True]]


def area_path(rings: Iterable[Line]) -> str:
    """The path of an area from its rings in units; what is smaller than a unit is a dot, one in each square of ``CELL``."""
    drawn: list[str] = []
    dots: dict[tuple[int, int], tuple[int, int]] = {}
    for ring in rings:
        units = snapped(ring)
        if len(units) > 3:
            drawn.append(f"{_steps(units[:-1])}z")
        else:
            x, y = (int(value) for value in units[0])
            dots.setdefault((x // CELL, y // CELL), (x, y))
    return "".join([*drawn, *(f"M{x - 1} {y}l1-1 1 1-1 1z" for x, y in dots.values())])


def outline_path(rings: Iterable[Line]) -> str:
    """The path of the larger rings of an area, for its border."""
    return "".join(f"{_steps(units[:-1])}z" for units in map(snapped, rings) if len(units) > 6)


def line_path(lines: Iterable[Line]) -> str:
    """The path of open lines."""
    return "".join(_steps(units) for units in map(snapped, lines) if len(units) > 1)


def _steps(units: Sequence[Sequence[int]] | Units) -> str:
    points = np.asarray(units)
    moves = " ".join(f"{x} {y}" for x, y in np.diff(points, axis=0).tolist()).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{moves}"
