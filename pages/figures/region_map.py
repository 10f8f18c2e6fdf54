"""The ground of a region map: paths of areas, borders and lines, and where each name stands, for pages/components/js.

Of real regions it is the country with everything the shapes have, 台湾 and 南海诸岛 among them. Fictional regions have
no shapes: their ground is made of their places, each with what is nearer to it than to any other.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from data.region_shapes import Line, city_places, city_shapes, province_shapes, sea_lines
from pages.figures.region_paths import albers, area_path, line_path, outline_path

UNIT_KM, FICTIONAL_KM = 3.0, 1.0
"""Kilometres of a unit, of the country and of fictional regions."""
MARGIN = 14
REACH_KM = 170.0
"""How far a fictional region goes from its place where it meets no other."""
CORNERS = 48
CHINA = "china_map.json"
"""Name of the asset that holds the country."""


@dataclass(frozen=True)
class Area:
    """One area: its path, its short name and where that is written."""

    path: str
    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Ground:
    """A map without values: size in units, areas by code, and the paths of the borders of provinces and of other lines."""

    width: int
    height: int
    areas: Mapping[str, Area]
    borders: str
    lines: str

    def data(self) -> dict[str, object]:
        """As the browser reads it: areas are [path, name, x, y]."""
        areas = {code: [area.path, area.name, area.x, area.y] for code, area in self.areas.items()}
        return {
            "width": self.width, "height": self.height, "areas": areas, "borders": self.borders, "lines": self.lines,
        }  # fmt: skip


def china() -> Ground:
    """The country: prefectures, borders of provinces, and the dashed line in the South China Sea."""
    cities = {code: [_units(ring) for ring in rings] for code, rings in city_shapes().items()}
    lines = [_units(line) for line in sea_lines()]
    shift, size = _frame(np.vstack([point for rings in [*cities.values(), lines] for point in rings]))
    places = city_places()
    at = _units(places.select("longitude", "latitude").to_numpy()) + shift
    areas = {
        code: Area(area_path(ring + shift for ring in cities[code]), name, round(x), round(y))
        for code, name, (x, y) in zip(places["adcode"], places["name"], at, strict=True)
    }
    borders = "".join(outline_path(_units(ring) + shift for ring in rings) for rings in province_shapes().values())
    return Ground(*size, areas, borders, line_path(line + shift for line in lines))


def china_json() -> str:
    """The country as JSON, for the browser to keep."""
    return json.dumps(china().data(), ensure_ascii=False, separators=(",", ":"))


def fictional(places: pd.DataFrame) -> Ground:
    """Regions without shapes, one cell a place.

    Parameters
    ----------
    places : one row a region: adcode, name, province_code, longitude, latitude
    """
    rows = places.drop_duplicates(["longitude", "latitude"])
    points = _units(rows[["longitude", "latitude"]], FICTIONAL_KM)
    provinces = rows.province_code.to_numpy()
    cells = [_cell(points, at) for at in range(len(points))]
    shift, size = _frame(np.vstack(cells))
    borders = [edge for at in range(len(points)) for edge in _outer(cells[at], points, at, provinces)]
    areas = {
        str(row.adcode): Area(area_path([cell + shift]), str(row.name_), round(x), round(y))
        for row, cell, (x, y) in zip(
            rows.rename(columns={"name": "name_"}).itertuples(), cells, points + shift, strict=True
        )
    }
    return Ground(*size, areas, line_path(edge + shift for edge in borders), "")


def _units(degrees: Line | pd.DataFrame, kilometres: float = UNIT_KM) -> Line:
    return albers(degrees) / kilometres


def _frame(points: Line) -> tuple[Line, tuple[int, int]]:
    """What is added to points for a margin at the left and above, and the width and height with margins all around."""
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = np.ceil(high - low + 2 * MARGIN).astype(int).tolist()
    return MARGIN - low, (width, height)


def _cell(points: Line, at: int) -> Line:
    """The ring of what is within reach of a place and nearer to it than to any other."""
    angles = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    cell = points[at] + REACH_KM / FICTIONAL_KM * np.column_stack([np.cos(angles), np.sin(angles)])
    for other in np.delete(points, at, axis=0):
        cell = _cut(cell, (points[at] + other) / 2, other - points[at])
    return np.vstack([cell, cell[:1]])


def _cut(cell: Line, middle: Line, away: Line) -> Line:
    """What of a convex polygon is not beyond the line through ``middle`` across ``away`` (Sutherland and Hodgman)."""
    beyond = (cell - middle) @ away
    kept = []
    for here, there, d_here, d_there in zip(cell, np.roll(cell, -1, axis=0), beyond, np.roll(beyond, -1), strict=True):
        if d_here <= 0:
            kept.append(here)
        if d_here * d_there < 0:
            kept.append(here + (there - here) * d_here / (d_here - d_there))
    return np.array(kept)


def _outer(cell: Line, points: Line, at: int, provinces: np.ndarray) -> list[Line]:
    """The edges of a cell that are a border: of another province, or of all."""
    found = []
    for begin, end in pairwise(cell):
        distances = np.linalg.norm(points - (begin + end) / 2, axis=1)
        beside = np.isclose(distances, distances[at], rtol=1e-6)
        if not (beside & (provinces == provinces[at])).sum() > 1:
            found.append(np.array([begin, end]))
    return found
